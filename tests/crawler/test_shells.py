"""The shell of an application smells of it; a short page that is one does not."""

import pytest

from crawler.shells import is_shell

SHELLS = {
    "react": b'<html><head><script src="/a.js"></script></head><body><div id="root"></div></body>',
    "next": b'<body><div class=x id="__next"></div><script src="/_next/a.js"></script></body>',
    "angular": b'<body><app-root></app-root><script src="main.js" type="module"></script></body>',
    "vue": b"<body><div id=app></div><script>1</script></body>",
    "noscript": b"<body><noscript><p>Please enable JavaScript to see this page.</p></noscript><script></script>",
    "noscript in German": b"<noscript>Bitte aktivieren Sie JavaScript.</noscript><script src=a.js></script>",
}


@pytest.mark.parametrize("body", SHELLS.values(), ids=SHELLS)
def test_shells(body: bytes):
    assert is_shell(body, "Please wait")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (SHELLS["react"], "word " * 61),
        (b'<body><div id="root"><p>Closed for the season.</p></div></body>', "Closed for the season."),
        (
            b"<body><script src='/stats.js'></script><p>See you in November.</p></body>",
            "See you in November.",
        ),
        (b"", ""),
    ],
    ids=["says much", "no script", "a short page with statistics", "nothing"],
)
def test_no_shells(body: bytes, text: str):
    assert not is_shell(body, text)


@pytest.mark.parametrize("worst", [b"<noscript>", b"<div id=", b"<div " * 2, b"<noscript><"])
def test_any_megabyte_is_looked_at_in_bounds(worst: bytes, alarm):
    is_shell(b"<script>" + worst * (1_000_000 // len(worst)), "")
