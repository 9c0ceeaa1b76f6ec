"""What the tests of the crawler share."""

import signal

import pytest

_SECONDS = 60
"""Far more than anything linear takes on a slow machine, far less than what backtracks without bound."""


@pytest.fixture
def alarm():
    """Fails the test that does not come to an end; when called, the time begins anew."""

    def ring(*_: object) -> None:
        raise TimeoutError("the reading does not come to an end")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(_SECONDS)
    yield lambda: signal.alarm(_SECONDS)
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)
