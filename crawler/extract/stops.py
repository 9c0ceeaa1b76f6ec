"""Where a sentence ends: at a full stop that is not that of an abbreviation, a number of an order or the like."""

import re
from collections.abc import Iterable, Iterator

from crawler.extract.languages import LANGUAGES, language

_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]{0,2}\s+(?=[\"'“‘«¿(\[]?[^\W_a-zß-öø-ÿ])|\s(?=[•▪●✓]\s)")


def _before_a_stop(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s?") for word in sorted(words))


_ABBREVIATION = re.compile(
    rf"(?:\b(?:{_before_a_stop(w for code in LANGUAGES for w in language(code).abbreviations)})|\b[A-Z])\.$"
)
_NUMBERED = re.compile(rf"\b(?:{_before_a_stop(w for code in LANGUAGES for w in language(code).counted)})\.$")
"""Abbreviations before a number, and words before anything else: "No. 4", "No. Uphill travel is …"."""
_ORDINAL = re.compile(r"(?<![€$])(?<!CHF)(?<!EUR)(?<!Fr\.)(?:^|\s)\d{1,2}\.$")
"""A number of an order, and no sum: "Saison € 99."."""
MERIDIEM = re.compile(r"[ap]\.?\s?m\.$", re.IGNORECASE)
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)", re.IGNORECASE)
_LABELLED = re.compile(r"[A-Z] ?[:.)]\s{1,3}(?=[\"'“‘«¿]?[^\W\d_])")
_LONGEST_SENTENCE = 1500


def sentence_spans(text: str, start: int, end: int, lang: str) -> Iterable[tuple[int, int]]:
    """Start and end of each sentence in ``text[start:end]``, of what is too long for a sentence in pieces."""
    if end - start <= _LONGEST_SENTENCE and _END.search(text, start, end) is None:
        return ((_behind_label(text, start, lang), end),)  # most lines are one sentence
    found = _bounded(_found(text, start, end, lang))
    return ((_behind_label(text, begin, lang), until) for begin, until in found)


_COUNTED = re.compile(
    r"\d{1,2}\. (?=[^\W\d_])(?!(?:Jän|Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|Etappe|Sektion)|[a-zà-ÿ])"
)
"""The number of a rule, not that of a day: "4. Wear a headlamp"."""


def _behind_label(text: str, start: int, lang: str) -> int:
    """Where the sentence of "Q: May I skin here?" and of "4. Wear a headlamp." begins."""
    if text[start : start + 1].isdigit():
        label = _COUNTED.match(text, start)
    elif text[start : start + 1] not in language(lang).question_labels:  # a title may be empty
        return start
    else:
        label = _LABELLED.match(text, start)
    return label.end() if label is not None else start


def _found(text: str, start: int, end: int, lang: str) -> Iterator[tuple[int, int]]:
    begin = start
    for match in _END.finditer(text, start, end):
        before = text[max(begin, match.start() - 8) : match.start()]
        numbered = _ORDINAL.search(before) and (language(lang).ordinal_dots or match.start() - begin <= 3)
        goes_on = (
            numbered
            or _ABBREVIATION.search(before)
            or (_NUMBERED.search(before) and text[match.end() : match.end() + 1].isdigit())
            or (MERIDIEM.search(before) and (text[match.end()] in "([" or _WEEKDAY.match(text, match.end())))
            or (
                text[match.end()] == "»"
                and text.count("«", begin, match.start()) > text.count("»", begin, match.start())
            )
        )
        if goes_on and match.start() - begin < _LONGEST_SENTENCE:
            continue
        if match.start() > begin:
            yield begin, match.start()
        begin = match.end()
    if begin < end:
        yield begin, end


def _bounded(found: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Cut what is too long for a sentence, so that no pattern ever sees more than that."""
    for start, end in found:
        for begin in range(start, end, _LONGEST_SENTENCE):
            yield begin, min(begin + _LONGEST_SENTENCE, end)
