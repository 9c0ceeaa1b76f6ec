"""Names of resorts: compared without accents, case and common nouns, and known from the shipped catalogue."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W_]+")
_NOUNS = frozenset(
    "skigebiet schigebiet skiarena skiregion skilifte bergbahn bergbahnen skizentrum resort mountain mount mt mont "  # noqa: SIM905
    "monte station stazione domaine comprensorio basin valley".split()
)
_COMMON = _NOUNS - {"basin", "valley"} | frozenset(
    "ski lifte resorts area skiable the die der das le la les il lo de des du di del della am im at".split()  # noqa: SIM905
)


def folded(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents and marks."""
    if not name.isascii():
        marked = unicodedata.normalize("NFKD", name.replace("ß", "ss"))
        name = "".join(c for c in marked if not unicodedata.combining(c))
    return tuple(_WORD.findall(name.casefold()))


def core(name: str) -> tuple[str, ...]:
    """Its words without common nouns; all of them where there are no others."""
    words = folded(name)
    return tuple(word for word in words if word not in _COMMON) or words


def slug_of(name: str) -> str | None:
    """The resort of the catalogue that bears the name."""
    return _slugs().get(folded(name)) or _slugs().get(core(name))


def is_same(one: str, other: str) -> bool:
    """Whether two names are of one resort: by their words, by the catalogue, or as a part such as "Grauegg"."""
    ours, theirs = core(one), core(other)
    if ours == theirs:
        return True
    slug = slug_of(one)
    if slug is not None and slug == slug_of(other):
        return True
    short, long = sorted((ours, theirs), key=len)
    return long[: len(short)] == short


def has_resort_noun(name: str) -> bool:
    """As in "Copperline Mountain Resort", "Skigebiet Grauegg"."""
    return not _NOUNS.isdisjoint(folded(name))


_LAST = frozenset("resort area mountain mtn bowl basin peak peaks valley hill village ridge".split())  # noqa: SIM905
_OF_PAGES = frozenset(
    [
        "uphill",
        "access",
        "travel",
        "policy",
        "policies",
        "touring",
        "skinning",
        "the",
        "our",
        "on",
        "at",
        "about",
        "safety",
    ]
)


def is_plainly_a_resort(name: str) -> bool:
    """Whether a part of a title is written as an English resort's name and ends as such do: "Elk Bowl"."""
    words = name.split()
    told = folded(name)
    written = len(words) > 1 and all(word[0].isupper() or not word[0].isalpha() for word in words)
    named = bool(told) and told[-1] in _LAST and any(word not in _COMMON | _LAST for word in told)
    return written and named and _OF_PAGES.isdisjoint(told)


@cache
def _slugs() -> dict[tuple[str, ...], str]:
    """Names in full, and cut down to their own words where no other resort has the same."""
    whole: dict[tuple[str, ...], str] = {}
    cut: dict[tuple[str, ...], set[str]] = {}
    for name, slug in (*_rows("resorts.csv", "name"), *_rows("aliases.csv", "alias")):
        whole.setdefault(folded(name), slug)
        cut.setdefault(core(name), set()).add(slug)
    single = {words: next(iter(slugs)) for words, slugs in cut.items() if len(slugs) == 1}
    return single | whole


def _rows(file: str, column: str) -> Iterator[tuple[str, str]]:
    """Names and slugs; read here since the catalogue's own module brings the database with it."""
    source = files("uphill").joinpath("data", file).read_text("utf-8")
    for row in csv.DictReader(source.splitlines()):
        yield row[column], row["slug"]
