import gzip

import brotli
import pytest

from webapp.compression import LEAST_BYTES


def asked(client, url, coding, **headers):
    response = client.get(url, headers={"Accept-Encoding": coding, **headers})
    response.get_data()
    response.close()
    return response


@pytest.fixture
def sheet(soup):
    return soup("/about").select_one("link[rel=stylesheet]")["href"]


@pytest.mark.parametrize("url", ["/about", "/api/v1/regions", "/sitemap.xml"])
@pytest.mark.parametrize(("coding", "opened"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_pages_api_and_files_alike(client, url, coding, opened):
    plain = asked(client, url, "identity")
    small = asked(client, url, coding)
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == coding
    assert opened(small.data) == plain.data
    assert len(small.data) == int(small.headers["Content-Length"]) < len(plain.data) / 2
    for each in (plain, small):
        assert "Accept-Encoding" in each.headers["Vary"]


def test_a_static_file(client, sheet):
    small = asked(client, sheet, "br")
    assert small.headers["Content-Encoding"] == "br"
    assert "immutable" in small.headers["Cache-Control"]
    assert brotli.decompress(small.data) == asked(client, sheet, "identity").data
    again = asked(client, sheet, "br", **{"If-None-Match": small.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_part_of_a_file_is_left_as_it_is(client, sheet):
    part = asked(client, sheet, "gzip", Range="bytes=0-999")
    whole = asked(client, sheet, "identity")
    assert (part.status_code, part.data) == (206, whole.data[:1000])
    assert "Content-Encoding" not in part.headers


@pytest.mark.parametrize("url", ["/about", "/api/v1/regions"])
def test_an_unchanged_answer_is_unchanged_in_every_coding(client, url):
    tag = asked(client, url, "gzip").headers["ETag"]
    assert tag.startswith("W/")
    for coding in ("gzip", "br", "zstd", "identity"):
        again = asked(client, url, coding, **{"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")
        assert "Content-Encoding" not in again.headers
        assert "Accept-Encoding" in again.headers["Vary"]


def test_tiny_answers_are_left_as_they_are(client):
    tiny = asked(client, "/healthz", "br")
    assert len(tiny.data) < LEAST_BYTES
    assert "Content-Encoding" not in tiny.headers


@pytest.mark.parametrize("coding", ["", "identity", "gzip;q=0", "compress"])
def test_who_takes_no_coding_of_ours_gets_none(client, coding):
    assert "Content-Encoding" not in asked(client, "/about", coding).headers


def test_a_head_tells_what_a_get_would_send(client):
    get = asked(client, "/about", "gzip")
    head = client.head("/about", headers={"Accept-Encoding": "gzip"})
    assert head.data == b""
    assert [head.headers[name] for name in ("Content-Length", "ETag")] == [
        get.headers[name] for name in ("Content-Length", "ETag")
    ]


@pytest.mark.parametrize("suffix", ["csv", "json", "geojson"])
@pytest.mark.parametrize(("coding", "opened"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_what_is_read_while_it_is_sent(client, suffix, coding, opened):
    url = f"/resorts.{suffix}?region=US-VT"
    small = asked(client, url, coding)
    assert small.headers["Content-Encoding"] == coding
    assert opened(small.data) == asked(client, url, "identity").data
