"""What is due becomes jobs: full ones, no site twice in one, nothing lost, the first first."""

from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from uphill.cluster.batches import batches, sites
from uphill.recording.visit import KnownPage, Target
from uphill.vocabulary import SourceKind


def target(slug: str, site: str | None, *pages: str) -> Target:
    known = tuple(KnownPage(f"https://{page}/uphill", SourceKind.POLICY) for page in pages)
    return Target(slug, slug, f"https://www.{site}/" if site else None, known)


def slugs(made: list[list[Target]]) -> list[list[str]]:
    return [[each.slug for each in batch] for batch in made]


def test_the_sites_of_a_resort_are_those_of_its_website_and_of_its_known_pages():
    assert sites(target("a", "one-hill.com", "tickets.one-hill.com", "two-hill.com")) == {
        "one-hill.com",
        "two-hill.com",
    }
    assert sites(target("a", None)) == frozenset()


def test_jobs_are_filled_in_the_order_of_what_is_due():
    due = [target(name, f"{name}-hill.com") for name in "abcde"]
    assert slugs(batches(due, 2)) == [["a", "b"], ["c", "d"], ["e"]]
    assert batches([], 2) == []


def test_resorts_of_one_site_are_in_jobs_of_their_own_and_the_gaps_are_filled():
    due = [
        target("a", "same-hill.com"),
        target("b", "same-hill.com"),
        target("c", "own-hill.com"),
        target("d", "other-hill.com", "same-hill.com"),
        target("e", "fifth-hill.com"),
    ]
    assert slugs(batches(due, 3)) == [["a", "c", "e"], ["b"], ["d"]]


_DUE = st.lists(
    st.builds(
        target,
        st.uuids().map(str),
        st.sampled_from([None, *(f"{letter}-hill.com" for letter in "abcdef")]),
        st.sampled_from([f"{letter}-hill.com" for letter in "abcdef"]),
    ),
    max_size=40,
)


@given(_DUE, st.integers(1, 7))
def test_every_resort_is_in_one_job_and_no_job_has_a_site_twice(due, size):
    made = batches(due, size)
    assert sorted(chain.from_iterable(slugs(made))) == sorted(each.slug for each in due)
    for batch in made:
        asked = [site for each in batch for site in sites(each)]
        assert len(asked) == len(set(asked))
        assert 0 < len(batch) <= size
