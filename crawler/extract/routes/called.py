"""Ways up that a heading or the bold beginning of a paragraph calls a route: "Outback Route"."""

import re

from crawler.extract.document import Document
from crawler.extract.routes.heads import NO_LIST, NO_PAGE
from crawler.extract.routes.names import Name, names
from crawler.extract.scoped import Scope, Scoped

STARTS = (
    r"(?:From|Begins?|Starts?|Follows?|Climbs?|Ascends?|Ab|Von|Vom|Start|Beginnt|Startet|Führt|Folgt"
    r"|Départ|Depuis|Débute|Commence|Part|Suivre|Suivez|Partenza|Dal|Dalla|Dall|Parte|Inizia|Inizio|Segue|Seguire)\b"
)
"""How what is told behind a route's name begins."""
_LEADS_ON = re.compile(
    rf"(?i:{STARTS}"
    r"|\b(?:up|top|summit|ascend|climb|uphill|skin|gipfel|aufstieg|bergstation|montée|sommet|salita|cima)\b)"
    r"|[^\W\d_][^.;:()|]{2,40}? (?:to|bis|à|au|fino) [A-ZÀ-Ý]"
)
"""Where a way up leads, or from where, as it is told behind its name."""
_CALLED = frozenset(["route", "uptrack", "skintrack"])
_OTHER_PASTIMES = ("snowshoe", "foot", "bike", "dog")
_SECTION = 2
"""Level of a section's heading, which is no entry."""
_FAR = 300
"""Characters behind a name in which it is described."""


def is_called_a_route(scoped: Scoped, document: Document) -> bool:
    """A heading, or the bold beginning of a paragraph, that is a name and "Route", above where that leads."""
    block, whole = scoped.sentence.block, scoped.whole
    if not document.about or block.row or 0 < block.level <= _SECTION or scoped.scope is Scope.OUT:
        return False
    name = next(iter(names(whole, heads_sentence=False, faint=True)), None)
    if name is None or name.first or not name.noun or whole.has(*NO_PAGE, *NO_LIST, *_OTHER_PASTIMES):
        return False
    if not is_called(scoped, name) or any(head.has(*NO_PAGE, *NO_LIST) for head in scoped.headings[:1]):
        return False
    text = document.page.text
    return _LEADS_ON.search(text, scoped.sentence.end, scoped.sentence.end + _FAR) is not None


def is_called(scoped: Scoped, name: Name) -> bool:
    """As "Outback Route" is, alone on its line."""
    tokens = scoped.whole.tokens
    alone = not name.first and all(token.is_mark for token in tokens[name.last + 1 :])
    return alone and tokens[name.last].fold in _CALLED
