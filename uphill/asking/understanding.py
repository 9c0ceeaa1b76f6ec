"""A question in a person's words into filters, by rules and words alone: always the same for the same words."""

import re
from datetime import datetime

from uphill.asking.lexicon import lexicon
from uphill.asking.meanings import shortened
from uphill.asking.names import Names
from uphill.asking.nearness import Around
from uphill.asking.sentence import Sentence
from uphill.asking.taking import Taken
from uphill.asking.tokens import MAX_ASKED, Asked, clean, joined, tokens
from uphill.asking.understood import Understood
from uphill.errors import BadFilter
from uphill.language import gettext
from uphill.search.places import Near

_NOBODY = Names()
_DEGREES = re.compile(r"\s*-?\d{1,3}(\.\d*)?\s*[, ]\s*-?\d")
_SHOWN = 80


def understand(text: str, *, today: datetime, names: Names = _NOBODY, lang: str = "en") -> Understood:
    """What is asked for. ``today`` is now, aware, in the asker's zone: what "tonight" is said of.

    At most ``MAX_ASKED`` characters are read. Never raises, whatever the text; the text that is left is
    understood as itself and nothing more. ``lang`` decides where a phrase means two things in two languages.
    """
    whole = clean(text)
    taken = Taken()
    if len(text) > MAX_ASKED and whole != " ".join(text.split()):
        taken.remark("", shortened(MAX_ASKED))
    while True:
        found = tokens(whole)
        if not found:  # marks alone are no words, but they were typed
            return taken.answer(whole, whole, ())
        sentence = Sentence(whole, found, taken, lexicon(lang), names, today)
        sentence.read()
        left = joined(whole, sentence.kept, sentence.instead)
        if left == whole:
            return taken.answer(whole, joined(whole, sentence.unknown), sentence.resorts)
        # What was understood may have kept apart words that say something together: "dogs Vermont allowed".
        whole = left


def near_instead(text: str, names: Names, lang: str = "en") -> Near | None:
    """The town that a text is the name of, to be offered where no resort is found by it: "Denver"."""
    return _around(text, names, lang).whole()


def place_named(text: str, names: Names = _NOBODY, lang: str = "en") -> Near:
    """The place that is typed where one is asked for: a town, a resort, or degrees. Raises BadFilter."""
    if _DEGREES.match(text):
        return Near.parse(text)
    found = _around(text, names, lang).whole(mend=True)
    if found is None:
        raise BadFilter(
            "near",
            gettext(
                "No place is known by the name “%(name)s”. Write a town or a resort, with its state "
                "where there are several (Burlington, VT), or latitude and longitude in degrees: 39.74,-104.99",
                name=clean(text)[:_SHOWN],
            ),
        )
    return found


def _around(text: str, names: Names, lang: str) -> Around:
    asked = [Asked(token, (token.word,)) for token in tokens(clean(text))]
    return Around(asked, lexicon(lang), names)
