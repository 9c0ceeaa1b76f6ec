"""Which language a text is in: what the page says, checked against its words."""

import re
from collections import Counter

from crawler.extract.page import Page, Region
from crawler.extract.tagger import LANGUAGES

_COMMON = {
    "en": "the and of to is are you for on with must not your our at be or before after this",
    "de": "der die das und ist nicht auf mit für den dem im zu sind werden oder von bis eine bei wird ab nur",
    "fr": "le la les et des est une pour dans sur vous du au pas avec aux en sont ou de par votre à non oui",
    "it": "il lo gli che di per con del della sono una nel alla dei è le non alle si da al degli anche",
}
_OTHERS = {
    "es": "el los las y en que por con para una del se no su al es como más",
    "nl": "het een en van de niet voor met zijn op te dat aan worden",
    "no": "og er det som på til av en med for ikke å kan har",
    "sv": "och är det som på till av en med för inte att kan har",
}
_WORDS = {lang: frozenset(words.split()) for lang, words in {**_COMMON, **_OTHERS}.items()}
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000
_LEAST = 4


def language_of(page: Page) -> str | None:
    """ISO 639-1 code of one of the languages read, or ``None`` for another one."""
    text = " ".join(page.words(b) for b in page.blocks if b.region is not Region.CHROME)[:_SAMPLE]
    told = guess(text)
    if told is not None:
        return told if told in LANGUAGES else None
    return page.lang if page.lang in LANGUAGES else None if page.lang else "en"


def guess(text: str) -> str | None:
    """The language whose small words are most frequent; ``None`` where there are too few."""
    found = Counter(_WORD.findall(text.casefold()))
    counts = Counter({lang: sum(found[word] for word in words) for lang, words in _WORDS.items()})
    (best, most), *_ = counts.most_common(1)
    return best if most >= _LEAST else None
