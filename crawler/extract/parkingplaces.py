"""Names of parking places in a text."""

import re
from collections.abc import Iterator

_UPPER = r"[A-ZÀ-ÖØ-Þ]"
_WORD = rf"{_UPPER}[\w’'&-]{{0,40}}"
_NAME = rf"{_WORD}(?: (?:of |de |di |du |del |della |des )?{_WORD}){{0,3}}"
_NUMBER = (
    r"(?:#|no\. |nr\. )?(?:[A-Z]\d?|\d{1,2}[A-Z]?)(?!\w|[:.,]\d|\s?(?:[€$%]|(?:am|pm|a\.m|p\.m|min|Uhr|h)\b))"
)
_JOINED = rf"{_NUMBER}(?:(?:, | and | or | & |/){_NUMBER}){{0,8}}"
_ENGLISH_NOUN = (
    r"(?:[Pp]arking (?:[Ll]ots?|[Aa]rea|[Gg]arage|[Ss]tructure)|[Ll]ots?|[Gg]arage|[Cc]ar [Pp]ark)"
)
_ENGLISH_KIND = (
    r"(?:main|upper|lower|north|south|east|west|overflow|base|base area|day|day lodge|lodge|village|middle"
    r"|back|front|gravel|skier|uphill|nordic|free|public|far|first|second|bottom|top|midway|mid-mountain)"
)
_ENGLISH_SPOT = (
    r"(?:yurt|lodge|trailhead|gate|hut|chalet|ticket office|nordic center|ski school|rental shop|base area)"
)
_FRENCH_LINK = r"(?:de la |du |des |de l['’]|d['’]|de )?"
_ITALIAN_LINK = r"(?:della |dello |del |dell['’]|dei |degli |di )?"
_PATTERNS = {
    "en": (
        rf"(?:[Pp]arking )?[Ll]ots? {_JOINED}",
        rf"(?<![\w’'&-])(?P<lead>(?:{_WORD} ){{1,4}}){_ENGLISH_NOUN}\b(?! {_NUMBER})",
        rf"\b{_ENGLISH_KIND}(?: {_ENGLISH_KIND})? {_ENGLISH_NOUN}\b",
        rf"\b[Pp]ark(?:ing)?(?: is)?(?: only)?(?: at| in| near| behind| by)(?: the)? (?P<place>{_NAME})",
        rf"\b[Pp]ark (?:only )?(?:at|near|behind|by) the (?P<place>(?:{_ENGLISH_KIND} )?{_ENGLISH_SPOT})\b",
    ),
    "de": (
        r"Parkpl(?:atz|ätze) P ?\d\b",
        rf"(?:Parkplatz|Parkhaus) (?:(?:an|bei|am|beim|der|im|in|beim) ){{0,2}}{_NAME}",
        r"(?<![\w])[A-ZÄÖÜ][a-zäöüß]{1,40}(?:parkplatz|parkhaus)\b",
        r"\bP ?\d\b",
    ),
    "fr": (
        rf"(?:[Pp]arking|[Ss]tationnement|[Pp]arc de stationnement) (?:P ?\d\b|{_FRENCH_LINK}{_NAME})",
        r"(?:parking|stationnement|parc de stationnement) (?:principal|inférieur|supérieur|central|nord|sud|ouest)\b",
        r"\bP ?\d\b",
    ),
    "it": (
        rf"(?:[Pp]archeggio|[Pp]iazzale|[Pp]osteggio) (?:P ?\d\b|{_ITALIAN_LINK}{_NAME})",
        r"(?:parcheggio|piazzale|posteggio) (?:principale|inferiore|superiore|centrale|nord|sud|est|ovest)\b",
        r"\bP ?\d\b",
    ),
}
_COMPILED = {lang: tuple(re.compile(p) for p in patterns) for lang, patterns in _PATTERNS.items()}
_NEVER = frozenset(
    ["please", "park", "parking", "the", "all", "uphill", "you", "we", "use", "our", "your", "free", "no", "a", "an",
     "at", "in", "skiers", "skinners", "travelers", "guests", "there", "cars", "vehicles", "only", "parken", "bitte",
     "der", "die", "das", "chf", "eur", "euro", "fr", "gratis", "gratuit", "gratuito"]
)  # fmt: skip
"""Words that begin a sentence or end a name in error."""


def places(text: str, start: int, end: int, lang: str) -> Iterator[tuple[str, int]]:
    """Names in ``text[start:end]`` and where they begin, those by the surest pattern first; none in other languages."""
    for pattern in _COMPILED.get(lang, ()):
        for match in pattern.finditer(text, start, end):
            told = match["place"] if "place" in pattern.groupindex else match[0]
            at = match.start("place") if "place" in pattern.groupindex else match.start()
            words = told.split(" ")
            if "lead" in pattern.groupindex:
                while words and words[0].casefold() in _NEVER:
                    at += len(words[0]) + 1
                    words = words[1:]
                if len(words) < 2 or " ".join(words).casefold() in {
                    "parking lot",
                    "parking lots",
                    "parking area",
                }:
                    continue
            if words and words[-1].casefold() not in _NEVER:
                yield " ".join(words).rstrip(".,'’"), at
