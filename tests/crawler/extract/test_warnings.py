"""A ban stands, whatever dangers, trends and hopes are told beside it."""

import tomllib
from pathlib import Path

import pytest

from crawler.extract import read
from uphill.vocabulary import Access, Permission

_TABLE = tomllib.loads((Path(__file__).parent / "warnings.toml").read_text("utf-8"))


@pytest.mark.parametrize("lang", _TABLE)
def test_a_ban_stands_beside_a_warning(lang):
    told = _TABLE[lang]
    read_as = {}
    for ban in told["bans"]:
        for beside in told["beside"]:
            for order in ((ban, beside), (beside, ban)):
                lines = "".join(f"<p>{line}</p>" for line in order)
                page = f"<html lang='{lang}'><title>{told['title']}</title><h1>{told['title']}</h1>{lines}"
                policy = read(page, source="-", lang=lang).policy
                read_as[order] = (policy.access, policy.during_operations, policy.outside_operations)
    banned = (Access.PROHIBITED, Permission.PROHIBITED, Permission.PROHIBITED)
    assert read_as
    assert {order: found for order, found in read_as.items() if found != banned} == {}
