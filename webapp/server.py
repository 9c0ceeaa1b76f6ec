"""gunicorn, run from within the program."""

import socket
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from uphill.settings import Settings
from webapp import create_app

_THREADS = 4


class Server(BaseApplication):  # type: ignore[misc]
    """The site on an address that is already bound; takes the socket over.

    The application is made in each worker, after the fork.
    """

    def __init__(self, settings: Settings, listener: socket.socket) -> None:
        self._settings = settings
        self._listener = listener
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": f"fd://{self._listener.detach()}",
            "workers": self._settings.workers,
            "worker_class": "gthread",
            "threads": _THREADS,
            "loglevel": "warning",
            "accesslog": None,
            "control_socket_disable": True,
            "graceful_timeout": 5,
        }
        for name, value in options.items():
            if name in self.cfg.settings:  # older versions have no control socket to disable
                self.cfg.set(name, value)

    def load(self) -> Flask:
        return create_app(self._settings)


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to ``host`` and ``port`` (0: any free one). Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, reuse_port=False)
