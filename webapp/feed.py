"""Changes as an Atom feed (RFC 4287), written with lxml.

Feed libraries carry their own models of RSS and podcasts, and the usual one has had no release for years; the dozen
elements that a feed of changes needs are fewer lines than its use would be.
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid5

from lxml import etree

from uphill.language import gettext
from uphill.licence import ATTRIBUTION, CAUTION
from webapp.formats import safe_url
from webapp.history import Moment

MIMETYPE = "application/atom+xml"
_ATOM = "http://www.w3.org/2005/Atom"
_IDS = UUID("6f0f9d86-5a2e-5f1b-9a53-5f1f6f3b7c11")
"""The space of all our ids: an entry keeps its id wherever the site is served, and however often."""
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(
    moments: Sequence[Moment],
    *,
    title: str,
    about: str,
    links: dict[str, str],
    page_of: Callable[[Moment], str],
    content_of: Callable[[Moment], str],
) -> bytes:
    """The feed of ``moments``, newest first.

    ``about`` tells one feed from another: its id is made of it. ``links`` are absolute addresses by relation,
    ``page_of`` gives that of a moment's page, ``content_of`` what changed, as HTML.
    """
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    _add(feed, "id", f"urn:uuid:{uuid5(_IDS, f'changes {about}')}")
    _add(feed, "title", title)
    _add(feed, "subtitle", gettext(CAUTION))
    _add(feed, "updated", _moment(max((moment.at for moment in moments), default=_NEVER)))
    _add(_add(feed, "author"), "name", gettext("Uphill access"))
    _add(feed, "rights", gettext(ATTRIBUTION))
    for relation, address in links.items():
        kind = "text/html" if relation == "alternate" else MIMETYPE
        _add(feed, "link", rel=relation, href=address, type=kind)
    for moment in moments:
        entry = _add(feed, "entry")
        _add(entry, "id", f"urn:uuid:{_entry_id(moment)}")
        _add(entry, "title", _title(moment))
        _add(entry, "updated", _moment(moment.at))
        _add(entry, "published", _moment(moment.at))
        _add(entry, "link", rel="alternate", href=page_of(moment), type="text/html")
        source = safe_url(moment.source_url)
        if source is not None:
            _add(entry, "link", rel="via", href=source)
        _add(entry, "content", content_of(moment), type="html")
    return etree.tostring(feed, xml_declaration=True, encoding="utf-8")


def _entry_id(moment: Moment) -> UUID:
    return uuid5(_IDS, f"{moment.resort} {_moment(moment.at)} {moment.at.microsecond} {moment.cause}")


def _title(moment: Moment) -> str:
    labels = ", ".join(dict.fromkeys(change.label for change in moment.changes))
    return gettext("%(label)s: %(values)s", label=moment.resort_name, values=labels or moment.reason)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    """Adds an element; what XML can't hold is left out."""
    element = etree.SubElement(parent, f"{{{_ATOM}}}{name}", {
        key: _NO_XML.sub("", value) for key, value in attributes.items()
    })  # fmt: skip
    element.text = _NO_XML.sub("", text) or None
    return element
