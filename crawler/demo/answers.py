"""What a request gets: pure, from a site and the request's path and headers to status, headers and body."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urlsplit

from crawler.demo.sites import Document, Site


@dataclass(frozen=True, slots=True)
class Answer:
    """``unforeseen``: the site does not have the path and does not list it as gone."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    unforeseen: bool = False


def answer(site: Site, target: str, headers: Mapping[str, str], origins: Mapping[str, str]) -> Answer:
    """``target`` as in the request line; ``headers`` with names in lower case; ``origins`` by slug."""
    # Query strings that the site does not tell apart (campaign tags and the like) change nothing.
    path = target if target in site.pages else urlsplit(target).path
    if (location := site.redirects.get(path)) is not None:
        return Answer(HTTPStatus.MOVED_PERMANENTLY, {"Location": _located(site, location, origins)})
    document = _document(site, path, origins)
    if document is None:
        return _missing(site, path)
    return _found(site, document, headers)


def _located(site: Site, location: str, origins: Mapping[str, str]) -> str:
    return Document(location.encode(), template=True).rendered(site.slug, origins).decode()


def _document(site: Site, path: str, origins: Mapping[str, str]) -> Document | None:
    """The document at ``path`` with its body as it goes out."""
    plain = path.removesuffix(".gz")
    if plain in site.compressed:
        if plain == path:
            return None
        # mtime=0: the same bytes, and so the same ETag, at every request.
        body = gzip.compress(site.pages[plain].rendered(site.slug, origins), mtime=0)
        return Document(body, "application/gzip")
    page = site.pages.get(path)
    return page and Document(page.rendered(site.slug, origins), page.content_type)


def _missing(site: Site, path: str) -> Answer:
    status = HTTPStatus(site.otherwise)
    body = f"<!doctype html><title>{status.phrase}</title><h1>{status.value} {status.phrase}</h1>\n".encode()
    headers = {"Content-Type": "text/html; charset=utf-8"}
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = "1"
    unforeseen = status is HTTPStatus.NOT_FOUND and path not in site.gone
    return Answer(status, headers, body, unforeseen=unforeseen)


def _found(site: Site, document: Document, request: Mapping[str, str]) -> Answer:
    headers = {"Content-Type": document.content_type}
    if site.validators:
        headers["ETag"] = f'"{hashlib.sha256(document.body).hexdigest()[:20]}"'
        if site.last_modified is not None:
            headers["Last-Modified"] = format_datetime(site.last_modified.astimezone(UTC), usegmt=True)
        if _is_current(headers["ETag"], site.last_modified, request):
            return Answer(HTTPStatus.NOT_MODIFIED, headers)
    body = document.body
    if site.gzip:
        headers["Vary"] = "Accept-Encoding"
        if "gzip" in request.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            body = gzip.compress(body, mtime=0)
    return Answer(HTTPStatus.OK, headers, body)


def _is_current(etag: str, last_modified: datetime | None, request: Mapping[str, str]) -> bool:
    """RFC 9110: If-None-Match decides where it is sent, If-Modified-Since only else."""
    if (tags := request.get("if-none-match")) is not None:
        return "*" in tags or etag in (tag.strip().removeprefix("W/") for tag in tags.split(","))
    since = request.get("if-modified-since")
    if since is None or last_modified is None:
        return False
    try:
        moment = parsedate_to_datetime(since)
    except ValueError:
        return False
    return last_modified <= (moment if moment.tzinfo else moment.replace(tzinfo=UTC))
