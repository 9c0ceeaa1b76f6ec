"""When two URLs lead to the same page; what belongs to one site is the domain's to say."""

from urllib.parse import urlsplit

from uphill.sites import same_site, site_of

__all__ = ["page_key", "same_site", "site_of"]


def page_key(url: str) -> tuple[str, str, str]:
    """What makes two URLs the same page: not the scheme, ``www.``, a closing slash, or a fragment."""
    parts = urlsplit(url)
    return parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/"), parts.query
