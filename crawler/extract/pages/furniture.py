"""Lines that belong to the page's furniture wherever they stand: "Share", "Read more", "Advertisement"."""

from crawler.extract.languages import of_all

_LINES = of_all("furniture")
_CREDITS = of_all("credits")
_LONGEST, _LONGEST_CREDIT = 40, 80
"""Characters."""
_MARKS = " .…:;!|·•+×→›»<>↑▲▼-–"


def is_furniture(line: str) -> bool:
    if len(line) > _LONGEST_CREDIT:
        return False
    if len(line) <= _LONGEST and line.casefold().strip(_MARKS) in _LINES:
        return True
    return ":" in line and line.partition(":")[0].casefold().strip() in _CREDITS
