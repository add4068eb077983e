"""Writes zip containers byte by byte, so that they can lie."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

STORED, DEFLATED = 0, 8


@dataclass(frozen=True)
class Part:
    """A part of a container; what is None is told truly."""

    name: str
    data: bytes
    method: int = DEFLATED
    packed: bytes | None = None
    size: int | None = None
    packed_size: int | None = None
    crc: int | None = None
    flags: int = 0
    at: int | None = None

    def body(self) -> bytes:
        if self.packed is not None:
            return self.packed
        return deflated(self.data) if self.method == DEFLATED else self.data

    def fields(self, body: bytes) -> tuple[int, int, int, int, int, int, int]:
        """Return flags, method, time, date, CRC, packed size and size as they are told."""
        crc = zlib.crc32(self.data) if self.crc is None else self.crc
        packed = len(body) if self.packed_size is None else self.packed_size
        size = len(self.data) if self.size is None else self.size
        return self.flags, self.method, 0, 0x21, crc, packed, size


def deflated(data: bytes, level: int = 6) -> bytes:
    squeeze = zlib.compressobj(level, zlib.DEFLATED, -15)
    return squeeze.compress(data) + squeeze.flush()


@cache
def zeros(megabytes: int) -> bytes:
    """Return so many megabytes of blanks, deflated, made without holding them."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = b" " * 1_000_000
    return b"".join(squeeze.compress(block) for _ in range(megabytes)) + squeeze.flush()


def pack(parts: Mapping[str, bytes] | Iterable[Part], *, comment: bytes = b"", entries: int | None = None) -> bytes:
    """Return a container; a mapping's parts are honest, ``mimetype`` among them is stored."""
    if isinstance(parts, Mapping):
        parts = [Part(n, d, STORED if n == "mimetype" else DEFLATED) for n, d in parts.items()]
    out = bytearray()
    table = bytearray()
    count = 0
    for part in parts:
        name, body = part.name.encode("utf-8", "surrogatepass"), part.body()
        fields = part.fields(body)
        at = len(out) if part.at is None else part.at
        if part.at is None:
            out += struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, *fields[:4], *fields[4:], len(name), 0) + name + body
        table += struct.pack(
            "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, *fields[:4], *fields[4:], len(name), 0, 0, 0, 0, 0, at
        )
        table += name
        count += 1
    told = min(count if entries is None else entries, 0xFFFF)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, told, told, len(table), len(out), len(comment))
    return bytes(out + table + end + comment)
