"""Whatever stands around a plain statement, it is not read as another."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.extract import read
from tests.crawler.extract.pairs import of_every_two

_TABLE = tomllib.loads(Path(__file__).with_name("put_together.toml").read_text(encoding="utf-8"))
_FACTS = ("dogs", "pass_required", "status")


def _sentences(fact: str, lang: str) -> Iterator[tuple[str, str]]:
    """Each with the value that it states."""
    table = _TABLE[fact][lang]
    for value, stated in table["stated"].items():
        for told, circumstance, form in of_every_two(stated, table["circumstances"], table["forms"]):
            small = told[0].lower() + told[1:]
            large = circumstance[0].upper() + circumstance[1:]
            yield form.format(Stated=told, stated=small, circumstance=circumstance, Circumstance=large), value


@pytest.mark.parametrize("lang", _TABLE["page"])
@pytest.mark.parametrize("fact", _FACTS)
def test_a_statement_is_not_read_as_another(fact, lang):
    page = _TABLE["page"][lang]
    stated = dict(_sentences(fact, lang))
    assert len(stated) > 40
    told = {s: str(getattr(read(f"{page}<p>{s}</p>", source="-", lang=lang).policy, fact)) for s in stated}
    wrong = {s: value for s, value in told.items() if value not in ("unknown", stated[s])}
    assert wrong == {}
    known = sum(value != "unknown" for value in told.values())
    assert known / len(told) > 0.75
