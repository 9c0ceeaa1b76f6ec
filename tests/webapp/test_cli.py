import socket

import pytest
from click.testing import CliRunner

from uphill.settings import Settings
from webapp import cli
from webapp.server import Server, listen


@pytest.fixture
def invoke(sqlite_url, monkeypatch):
    """Runs the command; what would be served comes back instead of being served."""
    served = []
    monkeypatch.setattr(Server, "run", lambda server: served.append(server.cfg))

    def run(*arguments):
        result = CliRunner().invoke(cli.serve, arguments, env={"UPHILL_DATABASE_URL": sqlite_url})
        return result, (served or [None])[0]

    return run


def test_it_says_where_it_serves(invoke):
    result, config = invoke("--port", "0", "--workers", "3")
    assert result.exit_code == 0
    assert result.output.startswith("Serving on http://127.0.0.1:")
    assert (config.workers, config.worker_class_str, config.accesslog) == (3, "gthread", None)
    assert config.control_socket_disable


def test_an_address_of_version_6_is_in_brackets(invoke):
    result, _ = invoke("--host", "::1", "--port", "0")
    assert "http://[::1]:" in result.output


@pytest.mark.parametrize("host", ["192.0.2.1", "nowhere.invalid"])
def test_an_address_that_is_not_ours(invoke, host):
    result, _ = invoke("--host", host)
    assert isinstance(result.exception, cli.CannotServe)
    assert str(result.exception).startswith(f"Can't serve on {host}:8000: ")


def test_a_port_in_use(invoke):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result, _ = invoke("--port", str(taken.getsockname()[1]))
    assert isinstance(result.exception, cli.CannotServe)
    assert "choose another with --port" in str(result.exception)


def test_the_application_is_made_where_it_is_served(sqlite_url):
    listener = listen("127.0.0.1", 0)
    server = Server(Settings(database_url=sqlite_url), listener)
    assert server.load().name == "webapp"
    socket.socket(fileno=int(server.cfg.bind[0].removeprefix("fd://"))).close()
