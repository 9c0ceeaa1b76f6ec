"""Importing much, in the least time."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def swift_imports() -> Iterator[None]:
    """What the block imports is not searched for garbage, neither meanwhile (a fifth of the time) nor ever after."""
    was_enabled, had = gc.isenabled(), len(sys.modules)
    gc.disable()
    try:
        yield
    finally:
        if len(sys.modules) > had:
            gc.freeze()
        if was_enabled:
            gc.enable()
