"""Importing in the least time leaves everything as it was."""

import gc
import inspect
import sys

import pytest

from uphill.imports import swift_imports


class Stopped(Exception):
    pass


def test_garbage_and_the_stack_are_looked_at_as_before():
    before = inspect.stack
    with swift_imports():
        assert not gc.isenabled()
        assert inspect.stack()[0].function == sys._getframe().f_code.co_name
        assert inspect.stack()[0].code_context is None
    assert gc.isenabled()
    assert inspect.stack is before


def test_an_import_that_fails_leaves_them_so_too():
    before = inspect.stack
    with pytest.raises(Stopped), swift_imports():
        raise Stopped
    assert gc.isenabled()
    assert inspect.stack is before


def test_who_does_without_looking_for_garbage_still_does():
    gc.disable()
    try:
        with swift_imports():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
