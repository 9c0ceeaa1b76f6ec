"""``uphill notify``: sends what is due, tests the way, and tells what can't be sent."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


@pytest.fixture
def hook():
    """A server that takes messages under /good and refuses those under /bad: its address, and what it took."""
    taken = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            good = self.path.startswith("/good")
            if good:
                taken.append(said["title"])
            self.send_response(200 if good else 403)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"json://ops:hunter2@127.0.0.1:{server.server_address[1]}", taken
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def notify(uphill, tmp_path):
    """Runs ``uphill notify`` with a table of these URLs."""
    file = tmp_path / "mine.toml"

    def run(urls, *arguments, more=""):
        file.write_text(
            f'[[notify]]\nurls = {json.dumps(urls)}\non = ["unhealthy", "resort_changed"]\n{more}',
            encoding="utf-8",
        )
        return uphill("notify", *arguments, UPHILL_CONFIG=str(file))

    return run


def test_a_test_message_goes_to_each_url_and_each_is_told(notify, hook):
    url, taken = hook
    shown = notify([f"{url}/good", f"{url}/bad", f"{url}/good"], "--test")
    assert shown.exit_code == 1
    assert shown.stdout == "[[notify]] 1, URL 1 (json://…): sent\n"
    assert shown.stderr.startswith("[[notify]] 1, URL 2 (json://…): failed: ")
    assert "403" in shown.stderr
    assert taken == ["Uphill directory: a test"]
    assert "hunter2" not in shown.output
    assert notify([f"{url}/good"], "--test").exit_code == 0


def test_what_is_due_is_sent_and_counted(notify, hook):
    url, taken = hook
    first, second = notify([f"{url}/good"]), notify([f"{url}/good"])
    assert (first.exit_code, first.stdout) == (0, "Messages: 1 new, 1 sent, 0 failed, 0 given up.\n")
    assert second.stdout == "Messages: 0 new, 0 sent, 0 failed, 0 given up.\n"
    assert taken == ["The directory is not healthy: No crawl has ever ended."]


def test_a_message_that_fails_makes_the_exit_code_one(notify, hook):
    shown = notify([f"{hook[0]}/bad"])
    assert (shown.exit_code, shown.stdout) == (1, "Messages: 1 new, 0 sent, 1 failed, 0 given up.\n")


def test_what_was_given_up_is_shown_for_a_week(notify, hook, sqlite_url):
    from sqlalchemy import text

    from uphill.db import make_engine

    notify([f"{hook[0]}/bad"])
    engine = make_engine(sqlite_url)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text("UPDATE notifications SET tries = 3, next_try_at = created_at"))
    engine.dispose()
    shown = notify([f"{hook[0]}/bad"])
    assert "0 failed, 1 given up." in shown.stdout
    assert (
        "“The directory is not healthy: No crawl has ever ended.” to [[notify]] 1, URL 1 (json://…): "
        in shown.stderr
    )
    assert "hunter2" not in shown.output


def test_nobody_to_notify_is_wrong_usage(uphill):
    shown = uphill("notify", "--test")
    assert shown.exit_code == 2
    assert shown.stderr == (
        "uphill: There is nobody to notify; write a [[notify]] table into uphill.toml ('uphill config --path').\n"
    )


def test_a_resort_that_is_not_there_is_named(notify, hook):
    shown = notify([f"{hook[0]}/good"], "--test", more='resorts = ["no-such-hill"]\n')
    assert shown.exit_code == 1
    assert shown.stderr == (
        "A [[notify]] table names the resort no-such-hill, which is not in the directory; see 'uphill search'.\n"
    )
