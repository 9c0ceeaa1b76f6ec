"""Hours and seasons as a reader writes them, into the spelling of the vocabulary."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from babel import Locale

from uphill.language import current_locale
from uphill.policy import days_text
from uphill.vocabulary import Day, Event, SeasonMark
from uphill.words.wording import moment_words

_DASHES = str.maketrans("–—−‐‑", "-----")
_ENGLISH = Locale("en", "US")
_TO = r"(?:-|\bto\b|\buntil\b|\btill\b|\bbis\b|\bà\b|\bau\b|\bal(?:le)?\b)"
_CLOCK = r"\d{1,2}(?:[:.h]\d{2})?\s*(?:[ap]\.?m\.?|h\b|uhr\b)?"
_ENDS = re.compile(r"^(?:from|von|ab|de|da(?:lle)?)\s+")
_DAILY = {"", "daily", "every day", "täglich", "tous les jours", "ogni giorno"}


def window_of(line: str) -> str | None:
    """``Mo-Fr 05:00-08:30`` of ``Mon–Fri 5am to 8:30``; None where it can't be read."""
    text = " ".join(line.translate(_DASHES).casefold().split())
    events = dict(_event_words())
    moment = "|".join([*map(re.escape, sorted(events, key=len, reverse=True)), _CLOCK])
    found = re.fullmatch(rf"(?P<days>.*?)[\s,:]*(?P<start>{moment})\s*{_TO}\s*(?P<end>{moment})", text)
    if found is None:
        return None
    end = _moment(found["end"], events)
    start = _moment(found["start"], events, meridiem=_meridiem(found["end"]))
    days = _days(_ENDS.sub("", found["days"] + " ").strip(" ,:"))
    if start is None or end is None or days is None:
        return None
    return f"{days} {start}-{end}".strip()


def season_of(line: str) -> dict[str, str] | None:
    """``{"start": "11-15", "end": "closing_day"}`` of ``15 Nov to closing day``; None where it can't be read."""
    text = " ".join(line.translate(_DASHES).casefold().split())
    whole = re.split(rf"\s-\s|\s{_TO}\s", text, maxsplit=1)
    if len(whole) == 2:
        ends = [_date(_ENDS.sub("", part)) for part in whole]
        return None if None in ends else {"start": ends[0] or "", "end": ends[1] or ""}
    until = re.sub(r"^(?:until|till|bis|jusqu['’]au|fino al)\s+", "", text)
    moment = _date(_ENDS.sub("", until))
    if moment is None:
        return None
    return {"end" if until != text else "start": moment}


def _event_words() -> Iterator[tuple[str, str]]:
    for event in Event:
        for words in (event.value, event.value.replace("_", " "), moment_words(event).casefold()):
            yield words, event.value


def _meridiem(clock: str) -> str:
    found = re.search(r"([ap])\.?m", clock)
    return found[1] if found else ""


def _moment(text: str, events: dict[str, str], meridiem: str = "") -> str | None:
    if text in events:
        return events[text]
    hour, minute, *_ = (*map(int, re.findall(r"\d+", text)), 0)
    half = _meridiem(text) or meridiem
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif half:
        return None
    return f"{hour:02}:{minute:02}" if hour < 24 or (hour, minute) == (24, 0) else None


def _names(kind: str) -> Iterator[tuple[str, int]]:
    """The names of days (0: Monday) or months (1: January), those of the language in force last."""
    for locale in (_ENGLISH, current_locale()):
        named = locale.days if kind == "days" else locale.months
        for width in ("abbreviated", "wide"):
            for number, name in named["format"][width].items():
                yield name.casefold().rstrip("."), number


def _days(text: str) -> str | None:
    """``Mo-Fr,Su``; empty for every day."""
    if text in _DAILY:
        return ""
    week = tuple(Day)
    numbers = {day.value.casefold(): number for number, day in enumerate(week)} | dict(_names("days"))
    chosen: list[int] = []
    for part in re.split(r"\s*(?:,|&|\band\b|\bund\b|\bet\b|\be\b|\s)\s*", re.sub(r"\s*-\s*", "-", text)):
        begin, dash, end = part.partition("-")
        if not part:
            continue
        first, last = (
            numbers.get(name.rstrip(".s") if name not in numbers else name) for name in (begin, end or begin)
        )
        if first is None or last is None:
            return None
        chosen += [at % 7 for at in range(first, (last if last >= first or not dash else last + 7) + 1)]
    return days_text(tuple(day for number, day in enumerate(week) if number in chosen))


def _date(text: str) -> str | None:
    marks = {mark.value: mark.value for mark in SeasonMark}
    mark = marks.get(text.replace(" ", "_"))
    if mark is not None:
        return mark
    if re.fullmatch(r"(?:\d{4}-)?\d{2}-\d{2}", text):
        return _on_the_calendar(text)
    months = dict(_names("months"))
    month: int | None = None
    numbers: list[int] = []
    for word in _words(text):
        if word.isdigit():
            numbers.append(int(word))
        elif word in months and month is None:
            month = months[word]
        else:
            return None
    years = [number for number in numbers if 2000 <= number < 2100]
    dates = [number for number in numbers if 0 < number <= 31]
    if month is None or len(dates) != 1 or len(years) > 1 or len(numbers) != len(dates) + len(years):
        return None
    return _on_the_calendar("-".join([*map(str, years), f"{month:02}", f"{dates[0]:02}"]))


def _on_the_calendar(day: str) -> str | None:
    try:
        date.fromisoformat(day if len(day) > 5 else f"2000-{day}")
    except ValueError:
        return None
    return day


def _words(text: str) -> Iterable[str]:
    return re.findall(r"\d+|[^\W\d_]+", re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", text))
