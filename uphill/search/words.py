"""Words of a search: which resorts hold them, and how well."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from uphill.search.bits import mask_of
from uphill.search.index import Index
from uphill.search.text import fold


@dataclass(frozen=True, slots=True)
class Texts:
    """The resorts that hold all words."""

    words: tuple[str, ...]
    found: int


def texts_of(session: Session, index: Index, text: str) -> Texts:
    del session
    words = tuple(fold(text).split())
    holding = (
        at for at, resort in enumerate(index.resorts) if words and all(word in resort.words for word in words)
    )
    return Texts(words, mask_of(holding, len(index.resorts)))
