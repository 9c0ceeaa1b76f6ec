"""Sets of positions as whole numbers."""

from hypothesis import given
from hypothesis import strategies as st

from uphill.search.bits import mask_of, positions


@given(st.sets(st.integers(0, 999)))
def test_positions_of_a_set_are_read_back_in_order(some):
    mask = mask_of(some, 1000)
    assert list(positions(mask)) == sorted(some)
    assert mask.bit_count() == len(some)
    assert all(mask >> each & 1 for each in some)
