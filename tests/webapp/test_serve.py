"""``uphill serve``, as a real process."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

pytestmark = pytest.mark.slow


def serve(sqlite_url, *arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "uphill", "serve", "--workers", "1", *arguments],
        env=os.environ | {"UPHILL_DATABASE_URL": sqlite_url},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_it_serves_an_upgraded_database_until_interrupted(sqlite_url, tmp_path):
    with serve(sqlite_url, "--port", "0") as process:
        told = process.stdout.readline()
        found = re.fullmatch(r"Serving on (http://127\.0\.0\.1:\d+) \(Ctrl-C stops\)\n", told)
        assert found, told
        with urllib.request.urlopen(f"{found[1]}/healthz", timeout=20) as answer:
            assert answer.read() == b'{"resorts":0,"status":"ok"}\n'
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (0, "", "")
    assert not list(tmp_path.glob("*.ctl"))


def test_a_port_in_use_is_one_sentence(sqlite_url):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with serve(sqlite_url, "--port", str(port)) as process:
            out, err = process.communicate(timeout=20)
    assert process.returncode == 1
    assert out == ""
    assert err == f"uphill: Port {port} is in use on 127.0.0.1; choose another with --port.\n"
