"""Parts of a page: what counts as content, and what as furniture."""

import pytest

from crawler.extract import parse_page
from crawler.extract.pages.page import Region

_BODY = "<h1>Uphill access</h1><p>Uphill travel is allowed.</p>"


def _region(markup):
    page = parse_page(f"{_BODY}{markup}")
    return next(block.region for block in page.blocks if "Dogs" in page.words(block))


@pytest.mark.parametrize(
    "names",
    [
        'class="elementor-widget elementor-widget-text-editor"',
        'class="hs_cos_wrapper_widget"',
        'class="widget-span widget-type-rich_text"',
        'class="ck-content"',
        'class="text-side-by-side"',
        'class="side-by-side"',
        'class="layout has-sidebar"',
        'class="no-sidebar"',
        'id="foot-traffic"',
        'id="search-and-rescue"',
        'class="content with-sidebar"',
        'id="share-the-trail"',
    ],
)
def test_content_is_content_whatever_its_names(names):
    assert _region(f"<div {names}><p>Dogs are not allowed.</p></div>") is Region.MAIN


@pytest.mark.parametrize(
    ("tag", "region"),
    [
        ('div class="sidebar"', Region.SIDE),
        ('div class="widget widget_text"', Region.SIDE),
        ('div class="widget-area"', Region.SIDE),
        ('div class="left side"', Region.SIDE),
        ("aside", Region.SIDE),
        ('div class="site-footer"', Region.CHROME),
        ('div class="page-foot"', Region.CHROME),
        ('div class="foot"', Region.CHROME),
        ('div class="elementor-widget elementor-widget-nav-menu"', Region.CHROME),
        ('div id="ck-bar"', Region.CHROME),
        ('div class="share-buttons"', Region.CHROME),
        ('div class="search-form"', Region.CHROME),
        ("nav", Region.CHROME),
        ('ul class="dropdown-menu"', Region.CHROME),
        ('div class="cookieConsent"', Region.CHROME),
    ],
)
def test_furniture_is_told_by_its_names(tag, region):
    assert _region(f"<{tag}><p>Dogs are welcome.</p></{tag.split()[0]}>") is region
