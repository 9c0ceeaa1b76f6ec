"""``uphill ARGUMENTS`` with a resolver that the test writes, and a record of where it connected.

``NAMES`` is a JSON object of names and the addresses that they have; ``CONNECTIONS`` the file that gets each
address connected to, and each port opened, a line each, as Python itself reports them.
"""

import json
import os
import socket
import sys
from typing import Any

NAMES: dict[str, str] = json.loads(os.environ["NAMES"])
_TRIED_BY_URLLIB3 = ("::1", 0)
"""On import, whether there is IPv6."""
_as_ever = socket.gethostbyname


def _resolve(name: str) -> str:
    return NAMES[name] if name in NAMES else _as_ever(name)


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        os.write(_record, f"{arguments[1][0]}\n".encode())
    elif event == "socket.bind" and isinstance(arguments[1], tuple) and arguments[1][:2] != _TRIED_BY_URLLIB3:
        os.write(_record, b"opened-a-port\n")


if __name__ == "__main__":
    _record = os.open(os.environ["CONNECTIONS"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    socket.gethostbyname = _resolve
    sys.addaudithook(_note)
    from uphill.cli import main

    main()
