"""How hits lie to one another."""

import pytest

from crawler.extract.automaton import Hit

DAY = Hit("during_ops", 3, 6)


@pytest.mark.parametrize(
    ("first", "last", "overlaps", "within"),
    [
        (0, 2, False, False),
        (0, 3, True, False),
        (2, 7, True, False),
        (3, 6, True, True),
        (4, 5, True, True),
        (6, 8, True, False),
        (7, 9, False, False),
    ],
)
def test_a_hit_beside_another(first, last, overlaps, within):
    hit = Hit("neg", first, last)
    assert (hit.overlaps(DAY), DAY.overlaps(hit), hit.within(DAY)) == (overlaps, overlaps, within)
    away = Hit("only", 20, 21)
    assert (hit.overlaps_any((away, DAY)), hit.within_any((away, DAY))) == (overlaps, within)


def test_nothing_overlaps_none():
    assert not DAY.overlaps_any(())
    assert not DAY.within_any(())


def test_a_hit_covers_its_first_and_its_last_word():
    assert [word for word in range(10) if DAY.covers(word)] == [3, 4, 5, 6]
