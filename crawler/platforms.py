"""What a page was built with, as far as it shows: where one builder's pages fail, they fail together."""

import re

_GENERATOR = re.compile(rb"""<meta\b(?=[^>]{0,300}\bname=["']?generator\b)[^>]{0,300}>""", re.IGNORECASE)
_CONTENT = re.compile(rb"""\bcontent=["']?([^"'>]{1,60})""", re.IGNORECASE)
_HEAD_BYTES = 200_000

MARKS: tuple[tuple[str, tuple[bytes, ...]], ...] = (
    ("WordPress", (b"/wp-content/", b"/wp-includes/")),
    ("Wix", (b"static.wixstatic.com", b"wix-image")),
    ("Squarespace", (b"static1.squarespace.com", b"squarespace-cdn.com")),
    ("Webflow", (b"data-wf-page", b"assets.website-files.com")),
    ("HubSpot", (b"/hs-fs/", b"js.hs-scripts.com", b"/hubfs/")),
    ("TYPO3", (b"/typo3temp/", b"/typo3conf/", b"/fileadmin/")),
    ("Drupal", (b"data-drupal-selector", b"/sites/default/files/", b"drupal-settings-json")),
    ("Joomla", (b"/media/jui/", b"/components/com_")),
    ("Contao", (b"/assets/contao/", b"/system/modules/")),
    ("Adobe Experience Manager", (b"/etc.clientlibs/", b"/content/dam/")),
    ("Sitecore", (b"/-/media/", b"/sitecore/")),
    ("Kentico", (b"/getmedia/", b"/kentico")),
    ("Shopify", (b"cdn.shopify.com",)),
    ("Duda", (b"irp.cdn-website.com", b"lirp.cdn-website.com")),
    ("Weebly", (b"editmysite.com",)),
    ("Next.js", (b"__NEXT_DATA__", b"/_next/static/")),
    ("Nuxt", (b"__NUXT__", b"/_nuxt/")),
)
"""A builder's name and the marks of its pages; the first that fits."""

_KNOWN = {name.casefold(): name for name, _ in MARKS}


def platform_of(body: bytes) -> str | None:
    """The page builder by its own word (``meta generator``), else by its files; ``None`` where neither shows."""
    head = body[:_HEAD_BYTES]
    generator = _GENERATOR.search(head)
    if generator is not None and (found := _CONTENT.search(generator[0])):
        word = found[1].decode("latin-1").strip().casefold()
        for key, name in _KNOWN.items():
            if word.startswith(key):
                return name
    return next((name for name, marks in MARKS if any(mark in head for mark in marks)), None)
