"""Importing much, in the least time."""

import gc
import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial


@contextmanager
def swift_imports() -> Iterator[None]:
    """What the block imports is not searched for garbage, neither meanwhile (a fifth of the time) nor ever after.

    Who looks at the stack meanwhile, as Scrapy does to learn where its classes are made, sees it without the lines
    of source, which would be searched for in all modules (another fifth).
    """
    was_enabled, had, stack = gc.isenabled(), len(sys.modules), inspect.stack
    gc.disable()
    inspect.stack = partial(stack, 0)
    try:
        yield
    finally:
        inspect.stack = stack
        if len(sys.modules) > had:
            gc.freeze()
        if was_enabled:
            gc.enable()
