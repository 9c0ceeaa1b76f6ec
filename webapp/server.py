"""gunicorn, run from within the program."""

import socket
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from uphill.settings import Settings
from webapp import create_app
from webapp.counters import Counters
from webapp.warming import begin_to_warm_up

_THREADS = 4
_LONGEST_REQUEST_LINE = 8190
"""As long as gunicorn takes: the site itself says what is too long, on a page."""


class Server(BaseApplication):  # type: ignore[misc]
    """The site on an address that is already bound; takes the socket over.

    The application, with its connections to the database, is made in each worker, after the fork; the counts of who
    asks how often before it, so that all workers share them.
    """

    def __init__(self, settings: Settings, listener: socket.socket) -> None:
        self._settings = settings
        self._listener = listener
        self._counters = Counters()
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
            "limit_request_line": _LONGEST_REQUEST_LINE,
            # Whom to believe is a setting, and the application's to heed: nobody's headers count before.
            "forwarded_allow_ips": "",
            "secure_scheme_headers": {},
            "forwarder_headers": "",
        }
        for name, value in options.items():
            if name in self.cfg.settings:  # older versions have no control socket to disable
                self.cfg.set(name, value)

    def load(self) -> Flask:
        app = create_app(self._settings, counters=self._counters)
        begin_to_warm_up(app)
        return app


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to ``host`` and ``port`` (0: any free one). Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, reuse_port=False)
