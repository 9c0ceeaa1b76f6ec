"""Text made alike before it is compared; see :mod:`uphill.folding`."""

from uphill.folding import fold, slugify

__all__ = ["fold", "slugify"]
