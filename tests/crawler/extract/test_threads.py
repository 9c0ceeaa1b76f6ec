"""A crawl reads several pages at once: what is read of each is what it says, whoever else is reading."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from crawler.extract import read
from crawler.extract.tagger import lexicon

PAGES = sorted((Path(__file__).parents[1] / "corpus" / "pages").iterdir())[::6]


@pytest.fixture
def alone():
    return {body: read(body, source="-") for body in (page.read_bytes() for page in PAGES)}


@pytest.fixture
def eager_threads():
    """Threads that take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.slow
def test_pages_read_side_by_side_say_what_they_say_alone(alone, eager_threads):
    for _ in range(2):
        lexicon.cache_clear()  # the words met are told anew, by several threads at once
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(lambda body: read(body, source="-"), alone)) == list(alone.values())
