"""What a page was built with is told by its own word, or by the files it asks for."""

import pytest

from crawler.platforms import MARKS, platform_of


@pytest.mark.parametrize(("name", "mark"), [(name, mark) for name, marks in MARKS for mark in marks])
def test_every_mark_names_its_builder(name: str, mark: bytes):
    assert platform_of(b'<html><link href="https://x.example' + mark + b'a.css">') == name


@pytest.mark.parametrize(
    ("html", "name"),
    [
        (b'<meta name="generator" content="WordPress 6.8.1">', "WordPress"),
        (b'<META content="TYPO3 CMS" name=generator>', "TYPO3"),
        (b'<meta name="generator" content="drupal 10 (https://www.drupal.org)">', "Drupal"),
        (b'<meta name="generator" content="Vim"><img src="/wp-content/a.png">', "WordPress"),
        (b"<html><body>Drupal and WordPress are talked about</body>", None),
        (b"", None),
    ],
)
def test_its_own_word_comes_first(html: bytes, name: str | None):
    assert platform_of(html) == name


def test_only_the_head_of_a_large_page_is_looked_at():
    assert platform_of(b" " * 300_000 + b"/wp-content/") is None
