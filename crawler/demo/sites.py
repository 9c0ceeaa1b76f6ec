"""What the demo web serves: documents by path, each site an origin of its own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

_NAME = re.compile(rb"\{\{ ([a-z0-9-]+) \}\}")
# Not mimetypes: its answers differ by platform. A suffix that is missing here has no place in pages/.
_CONTENT_TYPES = {
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".pdf": "application/pdf",
    ".json": "application/json",
}


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes to answer with. In a ``template``, ``{{ base }}`` and ``{{ SLUG }}`` stand for origins.

    Origins are written without a closing slash; ``{{ SLUG }}`` is that of another site of the web.
    """

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    template: bool = False

    def rendered(self, slug: str, origins: Mapping[str, str]) -> bytes:
        """The body as site ``slug`` serves it. Raises ``KeyError`` for a site that there is not."""
        if not self.template:
            return self.body
        names = {**origins, "base": origins[slug]}
        return _NAME.sub(lambda match: names[match[1].decode()].encode(), self.body)


@dataclass(frozen=True, slots=True)
class Site:
    """One origin: ``pages`` maps paths (``/``, ``/safety/uphill``, ``/map?view=list``) to documents.

    ``redirects`` maps a path to a path, or to a URL that may hold ``{{ SLUG }}``. ``compressed`` are
    paths of ``pages`` served as gzip files at that path plus ``.gz`` instead. ``otherwise`` is the status
    of every path that the site does not have; ``gone`` are such paths that are meant to be asked for.
    ``delay`` is in seconds, before each answer. With ``validators`` answers carry ETag and, where
    ``last_modified`` is given, Last-Modified, and conditional requests may get a 304.
    """

    slug: str
    pages: Mapping[str, Document]
    redirects: Mapping[str, str] = field(default_factory=dict)
    compressed: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    otherwise: int = 404
    gzip: bool = False
    delay: float = 0.0
    validators: bool = False
    last_modified: datetime | None = None


def read_pages(
    folder: Path, *, html_charset: str | None = "utf-8", html_suffix: bool = False
) -> dict[str, Document]:
    """The documents below ``folder``, by the path at which a site has them.

    ``index.html`` is its folder's path with a closing slash; other HTML files lose their suffix unless
    ``html_suffix``. With ``html_charset`` None the Content-Type header names no charset.
    """
    html = "text/html" if html_charset is None else f"text/html; charset={html_charset}"
    pages: dict[str, Document] = {}
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        path = "/" + file.relative_to(folder).as_posix()
        if file.name == "index.html":
            path = path.removesuffix("index.html")
        elif file.suffix == ".html" and not html_suffix:
            path = path.removesuffix(".html")
        pages[path] = Document(
            file.read_bytes(),
            html if file.suffix == ".html" else _CONTENT_TYPES[file.suffix],
            template=file.suffix != ".pdf",
        )
    return pages
