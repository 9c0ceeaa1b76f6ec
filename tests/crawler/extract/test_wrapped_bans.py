"""However a total ban is put, with asides, brackets, dashes or its circumstances first, it stays a ban."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.extract import read
from tests.crawler.extract.pairs import of_every_two
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
_TIMED = (
    "<p>{subject} {ban} {hours}.</p>",
    "<p>{subject} {ban} {one} {hours}.</p>",
    "<p>{subject} {ban} {hours}, {one}.</p>",
    "<p>{subject} {ban} ({hours}).</p>",
    "<p>{subject} ({hours}) {ban}.</p>",
    "<p>{subject} – {one} – {ban} {hours}.</p>",
    "<p>{Hours}: {subject} {ban}.</p>",
    "<p>{subject}: {closed} {hours}.</p>",
    "<table><tr><td>{subject}</td><td>{closed}</td><td>{hours}</td></tr></table>",
)


def _sentences(lang: str) -> Iterator[str]:
    table = _TABLE[lang]
    forms, circumstances = [*_FORMS, *table.get("forms", ())], table["circumstances"]
    combined = of_every_two(forms, table["subjects"], table["bans"], circumstances, circumstances)
    for form, subject, ban, one, other in combined:
        if one != other:
            verb, rest = ban.split(" ", 1)
            yield form.format(
                subject=subject,
                ban=ban,
                verb=verb,
                rest=rest,
                one=one,
                other=other,
                One=one[0].upper() + one[1:],
                both=table["and"],
            )


def _timed(lang: str) -> Iterator[str]:
    table = _TABLE[lang]
    parts = (_TIMED, table["subjects"], table["bans"], table["hours"], table["untimed"])
    for form, subject, ban, hours, one in of_every_two(*parts):
        yield form.format(
            subject=subject,
            ban=ban,
            hours=hours,
            Hours=hours[0].upper() + hours[1:],
            one=one,
            closed=table["closed"],
        )


def _opens(policy: Policy) -> bool:
    """Whether the hours of the ban are taken for such in which one may go up."""
    through = any(window.start == "08:30" or window.end == "16:30" for window in policy.windows)
    return through or policy.during_operations == "allowed"


def _allows(policy: Policy) -> bool:
    told = (policy.access, policy.during_operations, policy.outside_operations)
    return "allowed" in told or bool(policy.windows) or policy.pass_required == "never"


@pytest.mark.parametrize("lang", _TABLE)
def test_a_ban_stays_a_ban_however_it_is_wrapped(lang):
    read_as = {s: read(f"<p>{s}</p>", source="-", lang=lang).policy for s in _sentences(lang)}
    assert len(read_as) > 90
    assert [sentence for sentence, policy in read_as.items() if _allows(policy)] == []


@pytest.mark.parametrize("lang", _TABLE)
def test_a_wrapped_ban_is_read_where_its_page_is_about_going_up(lang):
    heading = f"<h1>{_TABLE[lang]['heading']}</h1>"
    policies = [read(f"{heading}<p>{s}</p>", source="-", lang=lang).policy for s in _sentences(lang)]
    banned = sum(policy.access == "prohibited" for policy in policies)
    assert banned / len(policies) > 0.97


@pytest.mark.parametrize("lang", _TABLE)
def test_the_hours_of_a_ban_are_none_of_going_up(lang):
    heading = f"<h1>{_TABLE[lang]['heading']}</h1>"
    read_as = {told: read(heading + told, source="-", lang=lang).policy for told in _timed(lang)}
    assert len(read_as) > 40
    assert [told for told, policy in read_as.items() if _opens(policy)] == []
    left = sum(
        [(w.start, w.end) for w in policy.windows] == [("16:30", "08:30")] for policy in read_as.values()
    )
    assert left / len(read_as) > 0.6
