"""A resort's own word for programs: the document that it may publish at ``/.well-known/uphill-policy.json``.

:mod:`document` is the format, :mod:`entries` reads what somebody wrote in it, :func:`read` takes from that what is
said of one resort.
"""

from uphill.published.document import EXAMPLE, MINIMAL, WELL_KNOWN, PublishedDocument
from uphill.published.entries import Checked, check
from uphill.published.parsing import MAX_BYTES
from uphill.published.word import Published, read

__all__ = [
    "EXAMPLE",
    "MAX_BYTES",
    "MINIMAL",
    "WELL_KNOWN",
    "Checked",
    "Published",
    "PublishedDocument",
    "check",
    "read",
]
