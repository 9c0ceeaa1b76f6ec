"""What belongs to one site: the registrable domain, found without asking the network."""

import ipaddress
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import tldextract


@cache
def _suffixes() -> "tldextract.TLDExtract":
    # It loads a client of the network with it, which takes longer than most commands that need no site.
    import tldextract  # noqa: PLC0415

    # The list that comes with the package; private suffixes keep the customers of one site builder apart.
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


def site_of(url: str) -> str:
    """The site a URL belongs to: ``example.com`` for any host of it, ``host:port`` where it has no domain.

    Empty for what is no ``http`` URL.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not host:
        return ""
    if _is_address(host):
        return f"{host}:{port or (443 if parts.scheme == 'https' else 80)}"
    return _suffixes().extract_str(host).top_domain_under_public_suffix or (
        f"{host}:{port}" if port else host
    )


def host_family(site: str) -> str:
    """What the sites of one host have in common: ``wixsite.com`` of ``bowl.wixsite.com``; of others the site itself."""
    return (
        _suffixes().extract_str(site, include_psl_private_domains=False).top_domain_under_public_suffix
        or site
    )


def same_site(one: str, other: str) -> bool:
    site = site_of(one)
    return bool(site) and site == site_of(other)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
