"""However a total ban is put, with asides, brackets, dashes or its circumstances first, it stays a ban."""

import tomllib
from collections.abc import Iterator
from itertools import cycle, permutations, product
from pathlib import Path

import pytest

from crawler.extract import read
from uphill.policy import Policy

_TABLE = tomllib.loads(Path(__file__).with_name("wrapped_bans.toml").read_text(encoding="utf-8"))
_FORMS = (
    "{subject} {one}, {other}, {ban}.",
    "{subject} {one} – {other} – {ban}.",
    "{subject} {one} -- {other} -- {ban}.",
    "{subject} {one} ({other}) {ban}.",
    "{subject} {ban} {one}, {other}.",
    "{subject} {ban} {one} – {other}.",
    "{subject} {ban} – {one} {both} {other}.",
    "{One}: {subject} {ban}, {other}.",
    "{subject}, {one}, {ban} ({other}).",
)
_EVERY = 7
"""Of the combinations this one is read: a number that shares no divisor with that of the forms or of the bans."""


def _sentences(lang: str) -> Iterator[str]:
    table = _TABLE[lang]
    forms = cycle([*_FORMS, *table.get("forms", ())])
    combined = product(table["subjects"], table["bans"], permutations(table["circumstances"], 2))
    for number, (subject, ban, (one, other)) in enumerate(combined):
        if number % _EVERY == 0:
            verb, rest = ban.split(" ", 1)
            yield next(forms).format(
                subject=subject,
                ban=ban,
                verb=verb,
                rest=rest,
                one=one,
                other=other,
                One=one[0].upper() + one[1:],
                both=table["and"],
            )


def _allows(policy: Policy) -> bool:
    told = (policy.access, policy.during_operations, policy.outside_operations)
    return "allowed" in told or bool(policy.windows) or policy.pass_required == "never"


@pytest.mark.parametrize("lang", _TABLE)
def test_a_ban_stays_a_ban_however_it_is_wrapped(lang):
    read_as = {s: read(f"<p>{s}</p>", source="-", lang=lang).policy for s in _sentences(lang)}
    assert len(read_as) > 250
    assert [sentence for sentence, policy in read_as.items() if _allows(policy)] == []


@pytest.mark.parametrize("lang", _TABLE)
def test_a_wrapped_ban_is_read_where_its_page_is_about_going_up(lang):
    heading = f"<h1>{_TABLE[lang]['heading']}</h1>"
    policies = [read(f"{heading}<p>{s}</p>", source="-", lang=lang).policy for s in _sentences(lang)]
    banned = sum(policy.access == "prohibited" for policy in policies)
    assert banned / len(policies) > 0.97
