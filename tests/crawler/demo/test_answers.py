from datetime import UTC, datetime

import pytest

from crawler.demo.answers import answer
from crawler.demo.sites import Document, Site

ORIGINS = {"here": "http://127.0.1.1:80", "there": "http://127.0.1.2:80"}
CHANGED = datetime(2026, 10, 28, 15, 4, tzinfo=UTC)
PLAIN = Site("here", {"/": Document(b"home"), "/map?view=list": Document(b"list")})
KEPT = Site("here", {"/": Document(b"home")}, validators=True, last_modified=CHANGED)


def etag() -> str:
    return answer(KEPT, "/", {}, ORIGINS).headers["ETag"]


def test_a_query_that_the_site_does_not_tell_apart_is_ignored():
    assert answer(PLAIN, "/?utm_source=mail", {}, ORIGINS).body == b"home"
    assert answer(PLAIN, "/map?view=list", {}, ORIGINS).body == b"list"
    assert answer(PLAIN, "/map", {}, ORIGINS).status == 404


def test_without_validators_nothing_is_conditional():
    given = answer(PLAIN, "/", {"if-none-match": "*"}, ORIGINS)
    assert (given.status, "ETag" in given.headers) == (200, False)


@pytest.mark.parametrize(
    ("since", "status"),
    [
        ("Wed, 28 Oct 2026 15:04:00 GMT", 304),
        ("Thu, 29 Oct 2026 00:00:00 GMT", 304),
        ("Wed, 28 Oct 2026 15:03:59 GMT", 200),
        ("yesterday", 200),
    ],
)
def test_if_modified_since(since, status):
    assert answer(KEPT, "/", {"if-modified-since": since}, ORIGINS).status == status


def test_if_none_match_decides_alone():
    later = "Thu, 29 Oct 2026 00:00:00 GMT"
    assert answer(KEPT, "/", {"if-none-match": f'W/"x", W/{etag()}'}, ORIGINS).status == 304
    assert answer(KEPT, "/", {"if-none-match": '"x"', "if-modified-since": later}, ORIGINS).status == 200


def test_a_304_has_the_validators_and_no_body():
    given = answer(KEPT, "/", {"if-none-match": etag()}, ORIGINS)
    assert (given.body, given.headers["ETag"]) == (b"", etag())
    assert given.headers["Last-Modified"] == "Wed, 28 Oct 2026 15:04:00 GMT"


def test_templates_name_origins_and_other_documents_are_left_alone():
    site = Site(
        "here",
        {
            "/a": Document(b"{{ base }}/x {{ there }}/y", template=True),
            "/b": Document(b"{{ base }} {{ message }}"),
        },
        redirects={"/old": "{{ there }}/new"},
    )
    assert answer(site, "/a", {}, ORIGINS).body == b"http://127.0.1.1:80/x http://127.0.1.2:80/y"
    assert answer(site, "/b", {}, ORIGINS).body == b"{{ base }} {{ message }}"
    assert answer(site, "/old", {}, ORIGINS).headers["Location"] == "http://127.0.1.2:80/new"


def test_a_template_that_names_no_site_of_the_web_is_a_mistake():
    site = Site("here", {"/": Document(b"{{ nowhere }}", template=True)})
    with pytest.raises(KeyError, match="nowhere"):
        answer(site, "/", {}, ORIGINS)


def test_what_is_gone_is_foreseen():
    site = Site("here", {}, gone=frozenset({"/old"}))
    assert (answer(site, "/old", {}, ORIGINS).status, answer(site, "/old", {}, ORIGINS).unforeseen) == (
        404,
        False,
    )
    assert answer(site, "/elsewhere", {}, ORIGINS).unforeseen
