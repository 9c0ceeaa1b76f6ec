"""Tiles under the map: the address that they are fetched from, and the words that their maker wants to be shown."""

import re

_PLACEHOLDERS = {"z", "x", "y", "s", "r"}
_ADDRESS = re.compile(
    r"(?P<origin>https?://(?P<host>(?:\{s\}\.)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)(?::[0-9]{1,5})?)/[^\s\"'<>\\^`|]*",
    re.ASCII,
)
_LONGEST = 500


def tile_template(url: str) -> str:
    """``url``, if it is empty or an address of tiles: ``https://tiles.example/{z}/{x}/{y}.png``.

    Raises ValueError, whose words follow "map_tiles is '…': ".
    """
    if not url:
        return url
    match = _ADDRESS.fullmatch(url) if len(url) <= _LONGEST else None
    if match is None:
        raise ValueError("write an http or https address, such as https://tiles.example/{z}/{x}/{y}.png")
    names = re.findall(r"\{([^}]*)\}", url)
    if unknown := sorted(set(names) - _PLACEHOLDERS):
        raise ValueError(
            f"{{{unknown[0]}}} can't be filled in; a tile has {{z}}, {{x}}, {{y}}, {{s}} and {{r}}"
        )
    if missing := [name for name in "zxy" if name not in names]:
        raise ValueError(f"{{{missing[0]}}} is missing; a tile is named by {{z}}, {{x}} and {{y}}")
    return url


def attribution_of(words: str, tiles: str) -> str:
    """``words``, if ``tiles`` are not shown without any. Raises ValueError, as :func:`tile_template` does."""
    if tiles and not words.strip():
        raise ValueError(
            "tiles are not shown without their source; write it, such as "
            "[© OpenStreetMap contributors](https://www.openstreetmap.org/copyright)"
        )
    return words.strip()


def tile_host(url: str) -> str:
    """The source of tiles as a Content-Security-Policy names it: ``https://*.tiles.example:8443``."""
    match = _ADDRESS.fullmatch(url)
    if match is None:
        raise ValueError(f"{url!r} is no address of tiles")
    return match["origin"].replace("{s}", "*").lower()
