"""What is told: a subject of one line and a body of plain sentences, whatever the crawled page was made of."""

import unicodedata
from dataclasses import dataclass

from uphill.subscription import Topic

LONGEST_SUBJECT = 150
LONGEST_BODY = 4000
"""What most services take in one message."""
CAUTION = "Rules change daily: the resort's word and the patrol's go before this message."


class SendFailed(Exception):
    """A message did not get through; the reason has no secret in it."""


@dataclass(frozen=True, slots=True)
class Message:
    """``key`` names the event among those of its topic; the same event has the same key, whenever it is told."""

    topic: Topic
    key: str
    subject: str
    body: str


def plain(text: str) -> str:
    """``text`` on one line, without characters that steer a terminal, a mail's head or the direction of writing."""
    kept = (
        ""
        if unicodedata.category(letter) == "Cf"
        else " "
        if unicodedata.category(letter)[0] == "C"
        else letter
        for letter in text
    )
    return " ".join("".join(kept).split())


def clipped(text: str, length: int) -> str:
    """``text`` of at most ``length`` characters, cut at a word where it is longer."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut[length // 2 :] else cut}…"


def fitted(head: str, blocks: list[str], tail: str, left_out: str) -> str:
    """The blocks between head and tail, as many as a body takes; ``left_out`` is told with the number of the rest."""
    room = LONGEST_BODY - len(head) - len(tail) - len(left_out) - 20
    kept: list[str] = []
    for block in blocks:
        room -= len(block) + 2
        if room < 0:
            break
        kept.append(block)
    rest = len(blocks) - len(kept)
    if rest:
        kept.append(left_out.format(rest))
    return "\n\n".join([head, *kept, tail])
