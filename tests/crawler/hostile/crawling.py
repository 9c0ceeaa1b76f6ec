"""``uphill ARGUMENTS`` with a resolver that the test writes, and a record of where it connected.

``NAMES`` is a JSON object of names and the addresses that they have; ``CONNECTIONS`` the file that gets each
address connected to, and each port opened, a line each, as Python itself reports them.
"""

import json
import os
import socket
import sys
from typing import Any

from tests.forked import uphill

_TRIED_BY_URLLIB3 = ("::1", 0)
"""On import, whether there is IPv6."""
_as_ever = socket.gethostbyname


def _resolve(name: str) -> str:
    names: dict[str, str] = json.loads(os.environ["NAMES"])
    return names[name] if name in names else _as_ever(name)


def hostile(*arguments: str) -> None:
    record = os.open(os.environ["CONNECTIONS"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def note(event: str, told: tuple[Any, ...]) -> None:
        if event == "socket.connect" and isinstance(told[1], tuple):
            os.write(record, f"{told[1][0]}\n".encode())
        elif event == "socket.bind" and isinstance(told[1], tuple) and told[1][:2] != _TRIED_BY_URLLIB3:
            os.write(record, b"opened-a-port\n")

    socket.gethostbyname = _resolve
    sys.addaudithook(note)
    uphill(*arguments)
