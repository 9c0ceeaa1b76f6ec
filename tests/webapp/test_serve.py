"""``uphill serve``, as a real process."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

pytestmark = pytest.mark.slow


def serve(sqlite_url, *arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "uphill", "serve", "--workers", "1", *arguments],
        env=os.environ | {"UPHILL_DATABASE_URL": sqlite_url, "UPHILL_LIMIT_PAGES": "3/minute"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def asked(url, **headers):
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as error:
        error.close()
        return error.code, error.headers


def test_it_serves_an_upgraded_database_until_interrupted(sqlite_url, tmp_path):
    """Its two processes count together, and believe no proxy."""
    with serve(sqlite_url, "--port", "0", "--workers", "2") as process:
        told = process.stdout.readline()
        found = re.fullmatch(r"Serving on (http://127\.0\.0\.1:\d+) \(Ctrl-C stops\)\n", told)
        assert found, told
        with urllib.request.urlopen(f"{found[1]}/healthz", timeout=120) as answer:
            assert answer.read() == b'{"resorts":0,"status":"ok"}\n'
        answers = [
            asked(
                f"{found[1]}/about", **{"X-Forwarded-For": f"192.0.2.{number}", "X-Forwarded-Proto": "https"}
            )
            for number in range(9)
        ]
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    # A process that a busy machine does not get to the end of in its five seconds is killed, and that is told.
    said = [line for line in err.splitlines() if "was sent SIGKILL" not in line]
    assert (process.returncode, out, said) == (0, "", [])
    assert not list(tmp_path.glob("*.ctl"))
    assert [status for status, _ in answers] == [200] * 3 + [429] * 6
    assert all("Strict-Transport-Security" not in headers for _, headers in answers)
    assert 0 < int(answers[-1][1]["Retry-After"]) <= 61


def test_a_port_in_use_is_one_sentence(sqlite_url):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with serve(sqlite_url, "--port", str(port)) as process:
            out, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert out == ""
    assert err == f"uphill: Port {port} is in use on 127.0.0.1; choose another with --port.\n"
