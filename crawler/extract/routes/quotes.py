"""Names of routes in quotation marks, which are names as a whole: 'the route "Wold – Pianalunga"'."""

_CLOSING = {"«": "»", "“": "”", "„": "“", '"': '"', "‹": "›"}
_LONGEST = 48
"""Characters of such a name."""
_NO_NAME = frozenset(".!?:;()|\n")
"""What no name holds."""


def quoted_whole(text: str, begin: int, end: int) -> str | None:
    """All between the marks of which the first stands right before ``begin``; ``None`` where they hold no name."""
    at = begin - 2 if text[begin - 1 : begin].isspace() else begin - 1  # French sets a space behind the mark
    closing = _CLOSING.get(text[at : at + 1]) if at >= 0 else None
    if closing is None:
        return None
    until = text.find(closing, begin, min(end, begin + _LONGEST))
    if until < 0 and closing == "”":
        until = text.find("“", begin, min(end, begin + _LONGEST))
    whole = text[begin:until].strip(" ,;") if until > begin else ""
    return whole if whole and _NO_NAME.isdisjoint(whole) else None
