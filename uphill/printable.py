"""Text of others made safe to print: nothing in it can steer a terminal or turn the reading direction."""

import re

_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, escape and its one-character forms among them
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction of writing
    "\u2028\u2029\ud800-\udfff]"  # line ends of their own, and what no terminal can be sent
)


def printable(text: str) -> str:
    """The text with each character that would steer a terminal replaced by ``�``; line ends and tabs stay."""
    return _STEERING.sub("\ufffd", text)
