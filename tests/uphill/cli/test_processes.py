"""The command as a process of its own: exit codes, clean errors, and ``uphill up`` from start to stop."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

UPHILL = Path(sys.executable).parent / "uphill"


@pytest.fixture
def environ(sqlite_url):
    return os.environ | {"UPHILL_DATABASE_URL": sqlite_url, "UPHILL_WORKERS": "1"}


SCRIPT, MODULE = [str(UPHILL)], [sys.executable, "-m", "uphill"]


@pytest.mark.parametrize(
    ("command", "arguments", "code", "said"),
    [
        (SCRIPT, ["--version"], 0, ""),
        (SCRIPT, ["search", "--dogs", "maybe"], 2, "uphill: dogs can't be 'maybe'. Try one of: "),
        (MODULE, ["show", "nowhere"], 1, "uphill: There is no resort 'nowhere' in the directory."),
    ],
)
def test_a_process_ends_with_its_code_and_one_sentence(environ, command, arguments, code, said):
    done = subprocess.run([*command, *arguments], env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == (1 if said else 0)


@contextmanager
def up(environ, port):
    """``uphill up --no-crawl`` in a process group of its own; yields it, and what it said until it served."""
    command = [*MODULE, "up", "--no-crawl", "--port", str(port)]
    process = subprocess.Popen(
        command,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    watchdog = threading.Timer(300, os.killpg, (process.pid, signal.SIGKILL))
    watchdog.start()
    try:
        said = []
        for line in process.stdout:
            said.append(line)
            if f"http://127.0.0.1:{port}" in line:
                break
        yield process, "".join(said)
    finally:
        watchdog.cancel()
        with suppress(ProcessLookupError):  # nothing of the group may outlive the test, whatever went wrong
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()


def ended(process):
    """Waits for the process; returns its exit code once its whole group is gone."""
    code = process.wait(timeout=120)
    deadline = time.monotonic() + 120
    with suppress(ProcessLookupError):
        while time.monotonic() < deadline:  # those that are about to end are waited for
            os.killpg(process.pid, 0)
            time.sleep(0.01)
        pytest.fail("some of its processes did not end")
    return code


@pytest.mark.slow
def test_up_fills_an_empty_directory_and_serves_it_until_it_is_told_to_stop(environ, port):
    """That it loads nothing twice, and how Ctrl-C ends it: tests/uphill/schedule/test_processes.py."""
    with up(environ, port) as (process, said):
        assert "Resorts: 1278 new" in said
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=120) as answer:
            assert answer.status == 200
            assert b"<html" in answer.read()
        process.send_signal(signal.SIGTERM)
        assert ended(process) == 0


@pytest.mark.slow
def test_up_fails_with_a_sentence_where_the_port_is_taken(directory, sqlite_url, monkeypatch, capfd):
    monkeypatch.setenv("UPHILL_DATABASE_URL", sqlite_url)  # the site is a process of its own
    before = signal.getsignal(signal.SIGTERM)
    try:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            done = directory("up", "--no-crawl", "--port", str(port))
    finally:
        signal.signal(signal.SIGTERM, before)
    assert done.exit_code == 1
    assert done.stderr.startswith(
        "uphill: The site "
    )  # which may have ended before it was looked for, or after
    assert done.stderr.endswith("; its own message stands above.\n")
    said = capfd.readouterr().err
    assert f"Port {port} is in use" in said
    assert "Traceback" not in said
