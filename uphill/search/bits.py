"""Sets of resorts as whole numbers: bit n stands for the resort at position n."""

from collections.abc import Iterable, Iterator


def mask_of(positions: Iterable[int], size: int) -> int:
    """The set of these positions, each below ``size``."""
    octets = bytearray(size // 8 + 1)
    for position in positions:
        octets[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(octets, "little")


def first(mask: int) -> int:
    """The lowest position of a set that is not empty."""
    return (mask & -mask).bit_length() - 1


def positions(mask: int) -> Iterator[int]:
    """The positions of a set, in order."""
    digits = f"{mask:b}"[::-1]
    at = digits.find("1")
    while at >= 0:
        yield at
        at = digits.find("1", at + 1)
