"""Which addresses may be asked for, so that no page leads the crawler into somebody's private network. Pure.

:func:`refuse` looks at a URL, :func:`permitted` at the address that a connection is about to be made to; a
fetch needs both, since a name tells nothing of where it leads. Whatever else fetches pages (a browser) has
to ask both for every hop.
"""

import ipaddress
import socket
import unicodedata
from urllib.parse import urlsplit

PORTS = frozenset({80, 443, 8080, 8443})
LONGEST = 2000
LONGEST_HOST = 253
_SCHEMES = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Which of these count as global depends on the version of Python.
_SPECIAL = tuple(
    map(
        ipaddress.ip_network,
        ("192.0.0.0/24", "192.88.99.0/24", "64:ff9b:1::/48", "2001::/23", "3fff::/20", "5f00::/16"),
    )
)
_LOCAL_NAMES = frozenset(
    {"localhost", "localdomain", "local", "internal", "intranet", "lan", "home", "corp", "private", "arpa"}
)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class UnsafeAddress(Exception):
    """What was asked for lies where the crawler must not go; the message says why, without the URL."""


def refuse(url: str, *, allow_loopback: bool = False) -> str | None:
    """Why a URL must not be asked for, as words for a sentence; ``None`` where nothing speaks against it.

    With ``allow_loopback`` loopback addresses pass, at any port. A name passes then at any port too:
    :func:`permitted` judges the address that it turns out to have.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return "it is no URL"
    address = _literal(host)
    at = _SCHEMES.get(parts.scheme, 0) if port is None else port
    any_port = allow_loopback and (address is None or address.is_loopback)
    # The first that fits is told.
    told = (
        (parts.scheme not in _SCHEMES, "only http and https are asked for"),
        (len(url) > LONGEST, f"it is longer than {LONGEST} characters"),
        ("@" in parts.netloc, "it carries a user name or a password"),
        (not host or len(host) > LONGEST_HOST, "it names no host"),
        (
            address is None and not allow_loopback and _is_local_name(host),
            "the name belongs to a private network",
        ),
        (
            address is not None and not _is_permitted(address, allow_loopback=allow_loopback),
            "the address belongs to no public network",
        ),
        (not any_port and at not in PORTS, f"port {at} is no port of a public site"),
    )
    return next((why for wrong, why in told if wrong), None)


def permitted(address: str, port: int, *, allow_loopback: bool = False) -> bool:
    """Whether a connection to this numeric address and port may be made; a name never may."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if allow_loopback and _plain(found).is_loopback:
        return True
    return port in PORTS and _is_permitted(found, allow_loopback=False)


def _is_permitted(address: Address, *, allow_loopback: bool) -> bool:
    plain = _plain(address)
    if plain.is_loopback:
        return allow_loopback
    if any(plain in network for network in _SPECIAL if network.version == plain.version):
        return False
    if isinstance(plain, ipaddress.IPv6Address) and plain.is_site_local:
        return False
    return plain.is_global and not plain.is_multicast and not plain.is_reserved


def _plain(address: Address) -> Address:
    """The IPv4 address that an IPv6 address stands for, else the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _literal(host: str) -> Address | None:
    """The address that a host is written as, in any of the ways that resolvers take: ``0x7f.1``, ``2130706433``."""
    told = (host if host.isascii() else unicodedata.normalize("NFKC", host)).strip("[].")
    if told.rpartition(".")[2].isalpha():  # as of nearly all hosts; no notation of an address ends so
        return None
    try:
        return _plain(ipaddress.ip_address(told))
    except ValueError:
        pass  # not in the common notation
    try:
        return ipaddress.IPv4Address(socket.inet_aton(told))
    except (OSError, ValueError):  # ValueError: a character that no address has
        return None


def _is_local_name(host: str) -> bool:
    last = unicodedata.normalize("NFKC", host).lower().strip(".").rpartition(".")
    return not last[1] or last[2] in _LOCAL_NAMES
