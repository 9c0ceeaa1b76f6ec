"""Counts of requests in memory that the processes of one server share, and nobody else can read.

They are made before a server forks. No address is kept: a count stands under a keyed hash, whose key is never
written down. No process waits for another, so that two at the same moment may be counted as one.
"""

import mmap
import secrets
import struct
import time
from collections.abc import Callable
from hashlib import blake2b
from math import ceil
from threading import Lock

from limits.storage import Storage

_ENTRY = struct.Struct("<QII")
"""Hash of what is counted, second of its end, count."""
_ENTRIES = 8
_BUCKETS = 8192
_BUCKET_BYTES = _ENTRY.size * _ENTRIES
_KEY_BYTES = 16
_MOST = 2**32 - 1


class Counters(Storage):
    """A table of a fixed size, 1 MB: where it is full, what ends soonest is forgotten."""

    STORAGE_SCHEME = None

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        super().__init__()
        self._clock = clock
        self._key = secrets.token_bytes(_KEY_BYTES)
        self._memory = mmap.mmap(-1, _BUCKETS * _BUCKET_BYTES)
        self._counting = Lock()

    @property
    def base_exceptions(self) -> type[Exception]:
        return OSError

    def now(self) -> float:
        return self._clock()

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        now = self._clock()
        name, bucket = self._place(key)
        with self._counting:
            at, entry = self._find(name, bucket, now)
            end, count = (entry[1], entry[2]) if entry is not None else (ceil(now + expiry), 0)
            count = min(count + amount, _MOST)
            _ENTRY.pack_into(self._memory, at, name, end, count)
        return count

    def get(self, key: str) -> int:
        _, entry = self._find(*self._place(key), self._clock())
        return entry[2] if entry is not None else 0

    def get_expiry(self, key: str) -> float:
        now = self._clock()
        _, entry = self._find(*self._place(key), now)
        return entry[1] if entry is not None else now

    def check(self) -> bool:
        return not self._memory.closed

    def reset(self) -> int | None:
        self._memory[:] = bytes(len(self._memory))
        return None

    def clear(self, key: str) -> None:
        at, entry = self._find(*self._place(key), self._clock())
        if entry is not None:
            _ENTRY.pack_into(self._memory, at, 0, 0, 0)

    def _place(self, key: str) -> tuple[int, int]:
        name = int.from_bytes(blake2b(key.encode(), digest_size=8, key=self._key).digest(), "little")
        return name, name % _BUCKETS * _BUCKET_BYTES

    def _find(self, name: int, bucket: int, now: float) -> tuple[int, tuple[int, int, int] | None]:
        """Where the count stands, or could stand, and the count itself if it has not ended."""
        entries = list(_ENTRY.iter_unpack(self._memory[bucket : bucket + _BUCKET_BYTES]))
        soonest = 0
        for number, entry in enumerate(entries):
            if entry[0] == name and entry[1] > now:
                return bucket + number * _ENTRY.size, (entry[0], entry[1], entry[2])
            if entry[1] < entries[soonest][1]:
                soonest = number
        return bucket + soonest * _ENTRY.size, None
