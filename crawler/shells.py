"""Whether a page is the shell of an application: next to no text, and a place that scripts are to fill."""

import re

FEW_WORDS = 60
"""A page with more words than these shows something without its scripts."""
_HEAD_BYTES = 300_000

_SCRIPT = re.compile(rb"<script\b", re.IGNORECASE)
_ROOT = re.compile(
    rb"""<(?:div|main|section)\b[^>]{0,200}\bid=["']?"""
    rb"""(?:root|app|app-root|main-app|application|__next|__nuxt|___gatsby|svelte|q-app|wrapper-app)["'\s>]"""
    rb"""|<[a-z]{2,20}-(?:root|app)\b|\bng-app\b|\bdata-reactroot\b|\bdata-server-rendered\b""",
    re.IGNORECASE,
)
_NO_SCRIPT = re.compile(
    rb"<noscript\b[^>]{0,100}>(?:[^<]|<(?!/noscript)){0,600}?\b(?:enable|activate|aktivier|activer|attiva|abilita)",
    re.IGNORECASE,
)


def is_shell(body: bytes, text: str) -> bool:
    """``text`` is what can be read of ``body`` without a script."""
    if len(text.split()) > FEW_WORDS:
        return False
    head = body[:_HEAD_BYTES]
    return bool(_SCRIPT.search(head)) and bool(_ROOT.search(head) or _NO_SCRIPT.search(head))
