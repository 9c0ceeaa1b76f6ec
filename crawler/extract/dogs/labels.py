"""Lines and sentences that only say that the next one is about dogs."""

from crawler.extract.lines.entries import ends_a_menu
from crawler.extract.scoped import Scoped

_LABEL = 3
"""Tokens, and characters from it to what it labels."""


def is_led_to(scoped: Scoped, previous: Scoped) -> bool:
    """Whether the sentence before is a question or a label about dogs, or the sentence's own block is."""
    # a question of an accordion is a link, which is no part of the policy by itself
    apart = bool(previous.scope) is not bool(scoped.scope) and not previous.sentence.block.linked
    if apart or not previous.whole.has("dog") or ends_a_menu(previous.sentence.block, scoped.sentence.block):
        return False
    if previous.sentence.block is scoped.sentence.block:
        return True
    label = len(previous.whole.tokens) <= _LABEL and not previous.sentence.kinds
    return (previous.sentence.asks or label) and scoped.sentence.start - previous.sentence.end <= _LABEL


def is_label(previous: Scoped, scoped: Scoped) -> bool:
    """As "Dogs" above, or "Dogs." before "Bring them."."""
    apart = previous.sentence.block is not scoped.sentence.block
    return apart or (len(previous.whole.tokens) <= _LABEL and not previous.sentence.kinds)
