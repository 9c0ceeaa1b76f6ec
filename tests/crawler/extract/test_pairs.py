"""What is put together for other tests: few combinations, and every two parts meet in one of them."""

from itertools import combinations, product

import pytest

from tests.crawler.extract.pairs import of_every_two


@pytest.mark.parametrize(
    "parts", [("ab", "cd", "ef"), ("abcdef", "ghij", "klm", "nopqrstuvwx", "yz"), ("a", "b")]
)
def test_every_two_parts_meet(parts):
    told = list(of_every_two(*parts))
    for one, other in combinations(range(len(parts)), 2):
        assert {(each[one], each[other]) for each in told} == set(product(parts[one], parts[other]))
    most, next_most = sorted(map(len, parts))[-2:]
    assert len(told) <= 2 * most * next_most


def test_it_is_always_the_same():
    assert list(of_every_two("abc", "def", "ghi")) == list(of_every_two("abc", "def", "ghi"))
