"""Messages arrive over real HTTP and real mail; what fails is told by its reason, and never with its password."""

import email
import email.policy
import io
import logging

import pytest

from uphill.notify.message import SendFailed
from uphill.notify.sending import is_usable, scrubbed, send

BODY = "Pass required: no pass needed → always\n“<b>No</b> pass & no **uphill**”\nhttps://larkspur-bowl.example/uphill?a=1&b=2"


def test_a_message_arrives_over_http_as_it_was_written(sink):
    send(sink.url, "Larkspur Bowl: dogs", BODY)
    (arrived,) = sink.arrived
    assert (arrived["title"], arrived["message"]) == ("Larkspur Bowl: dogs", BODY)


def test_a_message_arrives_by_mail_as_it_was_written(mailbox):
    send(mailbox.url, "Zürs: dogs", BODY)
    (arrived,) = mailbox.arrived
    mail = email.message_from_bytes(arrived, policy=email.policy.default)
    assert mail["Subject"] == "Zürs: dogs"
    assert mail["To"] == "skier@example.org"
    assert "uphill@example.org" in mail["From"]
    assert mail.get_content_type() == "text/plain"  # the page's markup stays text
    assert mail.get_content().splitlines() == BODY.splitlines()


def test_a_refusal_is_told_by_its_status(sink):
    sink.answers = [500]
    with pytest.raises(SendFailed, match="500"):
        send(sink.url, "A subject", BODY)
    assert sink.tried == 1


def test_a_login_that_is_refused_is_told_and_no_password(mailbox):
    with pytest.raises(SendFailed) as raised:
        send(mailbox.url.replace("hunter2", "swordfish"), "A subject", BODY)
    assert "535" in str(raised.value)
    assert "swordfish" not in str(raised.value)
    assert mailbox.arrived == []


@pytest.fixture
def logged(monkeypatch):
    """Everything that gets to the log of a program that logs all."""
    stream = io.StringIO()
    monkeypatch.setattr(logging.root, "handlers", [logging.StreamHandler(stream)])
    monkeypatch.setattr(logging.root, "level", logging.DEBUG)
    return stream


def test_nobody_there_is_told_without_the_url(capfd, logged, port):
    with pytest.raises(SendFailed, match="onnection") as raised:
        send(f"json://ops:hunter2@127.0.0.1:{port}/hook-5f2a?+X-Key=abcdef", "A subject", BODY)
    told = str(raised.value) + "".join(capfd.readouterr()) + logged.getvalue()
    assert [word for word in ("hunter2", "hook-5f2a", "abcdef") if word in told] == []


def test_a_url_that_apprise_does_not_know_fails_like_the_others(capfd):
    with pytest.raises(SendFailed, match="does not know"):
        send("nonsense://hunter2", "A subject", BODY)
    assert "hunter2" not in "".join(capfd.readouterr())


@pytest.mark.parametrize(
    ("url", "usable"),
    [
        ("json://127.0.0.1", True),
        ("mailto://u:p@example.org", True),
        ("nonsense://x", False),
        ("", False),
        ("x", False),
    ],
)
def test_a_url_is_usable_or_not(url, usable):
    assert is_usable(url) is usable


def test_a_reason_has_no_part_of_the_url_in_it():
    url = "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#chan%20nel?key=s%2Fcret"
    reason = "T1JJ3T3L2 and A1BRTD4JD\nsaid TIiajkdnlazkcOXrIdevi7FQ: chan nel, s/cret; error=403."
    assert scrubbed(reason, url) == "*** and *** said ***: ***, ***; error=403."
