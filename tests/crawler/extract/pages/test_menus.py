"""Words in menus, told from the markup; wherever that is so, the tree says the same."""

import pytest

from crawler.extract.pages.dismissal import dismissed
from crawler.extract.pages.markup import holds_outside_menus, tree
from crawler.extract.pages.menus import stand_in_menus

_LINK = '<li><a href="/uphill">Uphill Access</a></li>'
_IN_MENUS = {
    "a menu": f"<nav><ul>{_LINK}</ul></nav>",
    "a footer": f"<footer><div><ul>{_LINK}</ul></div></footer>",
    "a menu by its class": f'<div class="main-menu"><ul><li><a href="/">Home</a></li>{_LINK}</ul></div>',
    "a menu by its role": f"<div role='navigation'><p>Plan</p><ul>{_LINK}</ul></div>",
    "capitals": "<NAV><A HREF=/uphill>UPHILL</A></NAV>",
    "a menu twice": f"<nav><ul>{_LINK}</ul></nav><p>Lifts</p><nav><ul>{_LINK}</ul></nav>",
    "a list left open": f"<nav><ul><li>Home{_LINK}</ul></nav>",
    "a picture": f'<nav><a href="/"><img src="logo.png"></a><ul>{_LINK}</ul></nav>',
}
_MAYBE_OUTSIDE = {
    "text": "<nav><a href=/>Home</a></nav><p>Uphill</p>",
    "both": f"<nav><ul>{_LINK}</ul></nav><p>Uphill</p>",
    "behind a menu": "<nav>Home</nav> Uphill",
    "a menu that another tag closes": "<div><nav><ul><li>Home</div> Uphill </nav>",
    "a paragraph that a list closes": "<p>Plan <nav><p>Home<ul></ul></p> Uphill </nav>",
    "content in a menu's class": f'<div class="menu">{"<p>Snow.</p>" * 80}<p>Uphill</p></div>',
    "sentences in a menu's class": '<div class="menu"><p>Uphill travel is free. It is at your own risk.</p></div>',
    "a title in a menu's class": '<div class="menu"><h1>Uphill</h1></div>',
    "a panel of an accordion": '<nav class="w-dropdown-list"><p>Uphill</p></nav>',
    "a tag in an attribute": "<div data-menu='<nav>'><p>Uphill</p></div>",
    "an end in an attribute": f'<div class="menu"><a title="</div></div>">x</a>{"<p>Snow.</p>" * 80}Uphill</div>',
    "a class in an attribute": "<div title=' class=\"menu\"' class=text>Uphill</div>",
    "a name in letters of both kinds": "<p>upHill</p>",
    "letters by their numbers": f"<nav><ul>{_LINK}</ul></nav><p>&#85;phill</p>",
}


def _times(markup):
    return sum(text.casefold().count("uphill") for text in tree(markup).itertext())


@pytest.mark.parametrize("markup", _IN_MENUS.values(), ids=_IN_MENUS)
def test_words_in_menus(markup):
    page = f"<body>{markup}<main><p>Lifts run from nine to four.</p></main></body>"
    assert stand_in_menus(page, {"uphill"}, _times(page))
    assert not holds_outside_menus(tree(page), {"uphill"})


@pytest.mark.parametrize("markup", _MAYBE_OUTSIDE.values(), ids=_MAYBE_OUTSIDE)
def test_what_may_stand_elsewhere_is_left_to_the_tree(markup):
    page = f"<body>{markup}</body>"
    assert not stand_in_menus(page, {"uphill"}, _times(page))


def test_a_policy_beside_its_link_is_read():
    filling = "<p>The restaurant is open from nine to four and parking is free for our guests.</p>" * 150
    menu = f"<nav><ul>{_LINK}</ul></nav>"
    assert dismissed(f"<html lang=en><body>{menu}{filling}</body></html>") is not None
    assert (
        dismissed(f"<html lang=en><body>{menu}{filling}<p>Uphill travel is allowed.</p></body></html>")
        is None
    )
