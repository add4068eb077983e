"""A zip container read by name: never extracted, every unpacked byte counted, nothing its headers say taken on trust.

Not by ``zipfile``: that reads a directory of any length before anybody can count, takes the last of two parts of one
name, and raises a dozen kinds of errors.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from annotator.errors import ReadError
from annotator.language import tr

ENTRIES = 10_000
"""Most parts of a container."""

UNPACKED_BYTES = 300_000_000
"""Most bytes that are unpacked of one container, over all parts that are read."""

_CHUNK = 1 << 16
_END = struct.Struct("<4s4H2LH")
_END64_PLACE = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_ENCRYPTED, _UTF8 = 0x1, 0x800
_STORED, _DEFLATED = 0, 8
_TOO_WIDE = 0xFFFFFFFF


@dataclass(frozen=True)
class _Part:
    """One line of the container's directory; sizes and place in bytes, as the directory says."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    at: int


class Container:
    """The parts of a zip file by their names, "/" between folders.

    Raises ReadError, as the end of a sentence that begins with the file's name, for what is no container, damaged,
    encrypted or larger than it may be; in ``read`` and ``chunks`` too.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._left = UNPACKED_BYTES
        self._parts: dict[str, _Part] = {}
        self._twice: set[str] = set()
        try:
            base, parts = _directory(data)
        except struct.error as error:
            raise _damaged(tr("its table of contents is cut off")) from error
        self._base = base
        _check_places(parts, len(data) - base)
        for part in parts:
            if part.name in self._parts:
                self._twice.add(part.name)
            self._parts[part.name] = part
        self._folded = {name.casefold(): name for name in self._parts}

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all parts, in the directory's order, folders left out."""
        return tuple(self._parts)

    def __contains__(self, name: object) -> bool:
        return name in self._parts

    def find(self, name: str) -> str | None:
        """Return a part's name as it is written in the container, letter case apart; None where there is no such part."""
        return name if name in self._parts else self._folded.get(name.casefold())

    def read(self, name: str) -> bytes:
        """Return a part's bytes. Raises KeyError for a name that is not among ``names``, ReadError as the class does."""
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a part's bytes piece by piece, so that a long one need not be held; raises as ``read`` does."""
        part = self._parts[name]
        if name in self._twice:
            raise ReadError(
                tr("is damaged: it holds “{part}” twice, and which of them is meant is not known.", part=name)
            )
        if part.flags & _ENCRYPTED:
            raise ReadError(tr("is protected by a password: open it with the password and save it without one."))
        crc = 0
        for chunk in self._unpacked(part):
            crc = zlib.crc32(chunk, crc)
            self._left -= len(chunk)
            if self._left < 0:
                raise ReadError(
                    tr("unpacks to more than {most:,} MB; it cannot be read.", most=UNPACKED_BYTES // 1_000_000)
                )
            if chunk:
                yield chunk
        if crc != part.crc:
            raise _damaged(tr("“{part}” does not agree with its checksum", part=name))

    def _unpacked(self, part: _Part) -> Iterator[bytes]:
        packed = self._packed(part)
        if part.method == _STORED:
            for at in range(0, len(packed), _CHUNK):
                yield bytes(packed[at : at + _CHUNK])
            return
        if part.method != _DEFLATED:
            raise ReadError(tr("packs “{part}” in a way that cannot be read; save it again.", part=part.name))
        inflater = zlib.decompressobj(-15)
        try:
            for at in range(0, len(packed), _CHUNK):
                more: bytes | memoryview = packed[at : at + _CHUNK]
                while more and not inflater.eof:
                    yield inflater.decompress(more, _CHUNK)
                    more = inflater.unconsumed_tail
            while not inflater.eof and (rest := inflater.decompress(inflater.unconsumed_tail, _CHUNK)):
                yield rest
        except zlib.error as error:
            raise _damaged(tr("“{part}” cannot be unpacked", part=part.name)) from error
        if not inflater.eof:
            raise _damaged(tr("“{part}” is cut off", part=part.name))

    def _packed(self, part: _Part) -> memoryview:
        at = self._base + part.at
        try:
            magic, *_, name_length, extra_length = _LOCAL.unpack_from(self._data, at)
        except struct.error as error:
            raise _damaged(tr("“{part}” is missing", part=part.name)) from error
        start = at + _LOCAL.size + name_length + extra_length
        if magic != b"PK\x03\x04" or start + part.packed > len(self._data):
            raise _damaged(tr("“{part}” is missing", part=part.name))
        return memoryview(self._data)[start : start + part.packed]


def _damaged(why: str) -> ReadError:
    return ReadError(
        tr("is damaged: {why}. Get it again, or open it in the program it is from and save it anew.", why=why)
    )


def _directory(data: bytes) -> tuple[int, list[_Part]]:
    """Return what all places are counted from, and the parts. Raises struct.error where the directory is cut off."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - _END.size - 0xFFFF))
    if end < 0:
        if data.startswith(b"PK"):
            raise _damaged(tr("its end is missing"))
        raise ReadError(tr("is not what its name says: it is no zip container, as such a file has to be."))
    *_, count, size, offset, _ = _END.unpack_from(data, end)
    directory_end = end
    place = end - _END64_PLACE.size
    if place >= 0 and data.startswith(b"PK\x06\x07", place):
        directory_end = _end64(data, place)
        *_, count, size, offset = _END64.unpack_from(data, directory_end)
    if count > ENTRIES:
        raise _too_many()
    base = directory_end - size - offset
    if size > directory_end or base < 0:
        raise _damaged(tr("its table of contents is not where it should be"))
    return base, list(_entries(data, directory_end - size, directory_end))


def _end64(data: bytes, place: int) -> int:
    """Return where the end record of a large container stands; ``place`` is where its place is told."""
    near = place - _END64.size  # what was set before the container moves the record and not the place that is told
    told = _END64_PLACE.unpack_from(data, place)[2]
    found = next((at for at in (near, told) if 0 <= at < place and data.startswith(b"PK\x06\x06", at)), None)
    if found is None:
        raise _damaged(tr("its table of contents is missing"))
    return found


def _entries(data: bytes, at: int, end: int) -> Iterator[_Part]:
    seen = 0
    while at < end:
        magic, _, _, flags, method, _, _, crc, packed, size, n, extra_n, comment_n, _, _, _, place = _ENTRY.unpack_from(
            data, at
        )
        if magic != b"PK\x01\x02":
            raise _damaged(tr("its table of contents makes no sense"))
        seen += 1
        if seen > ENTRIES:
            raise _too_many()
        start = at + _ENTRY.size
        raw, extra = data[start : start + n], data[start + n : start + n + extra_n]
        at = start + n + extra_n + comment_n
        packed, place = _wide(extra, size, packed, place)
        name = raw.decode("utf-8" if flags & _UTF8 else "cp437", "replace").replace("\\", "/").lstrip("/")
        if name and not name.endswith("/"):
            yield _Part(name, flags, method, crc, packed, place)


def _wide(extra: bytes, size: int, packed: int, place: int) -> tuple[int, int]:
    """Return packed size and place, taken from the extra field for large containers where they are not in the entry."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            at += 4 + 8 * (size == _TOO_WIDE)
            if packed == _TOO_WIDE:
                (packed,) = struct.unpack_from("<Q", extra, at)
                at += 8
            if place == _TOO_WIDE:
                (place,) = struct.unpack_from("<Q", extra, at)
            break
        at += 4 + length
    return packed, place


def _check_places(parts: list[_Part], end: int) -> None:
    """Refuse parts that lie over each other: so a small file says that it unpacks to a very large one."""
    spans = sorted((part.at, part.at + _LOCAL.size + part.packed) for part in parts)
    if any(first_end > second for (_, first_end), (second, _) in pairwise(spans)):
        raise _damaged(tr("its parts lie over each other"))
    if spans and spans[-1][1] > end:
        raise _damaged(tr("it is cut off"))


def _too_many() -> ReadError:
    return ReadError(tr("has more than {most:,} parts; it cannot be read.", most=ENTRIES))
