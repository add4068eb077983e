"""What a hostile file is, and what is to come of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["reads", "refused", "either"]
SECRET = "zanzibar-7731-secret"
"""Stands in a file beside, and behind an address; no article may hold it."""


@dataclass(frozen=True)
class Place:
    """Where the files lie, for those that reach for something: addresses of a file beside, of a server, of a share."""

    file: str
    http: str
    share: str = "//files.example.invalid/share/secret.txt"


@dataclass(frozen=True)
class Case:
    """A hostile file: its name, its bytes when they are wanted, and what is to come of it.

    ``words``: a pattern that the text (where it reads) or the sentence (where it is refused) holds.
    """

    name: str
    make: Callable[[], bytes]
    outcome: Outcome = "either"
    words: str = ""


Cases = Callable[[Place], Iterator[Case]]
FRACTIONS = (0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99)


def truncated(stem: str, ending: str, data: bytes) -> Iterator[Case]:
    """Yield a file cut off at every fraction."""
    for part in FRACTIONS:
        size = max(1, int(len(data) * part))
        yield Case(f"{stem}-cut-at-{part:.0%}.{ending}".replace("%", ""), lambda size=size: data[:size])


def everywhere(ending: str) -> Iterator[Case]:
    """Yield what may stand under any name: nothing, one byte, noise, another kind of file."""
    yield Case(f"empty.{ending}", lambda: b"", "refused", "the file is empty")
    yield Case(f"one-byte.{ending}", lambda: b"\x00", "either" if ending in ("html", "eml", "mhtml") else "refused")
    yield Case(f"nul-heavy.{ending}", lambda: b"a\x00\x00\x00\x00\x00\x00\x00" * 20_000)
    yield Case(f"noise.{ending}", lambda: bytes((n * 7919 >> 3) & 255 for n in range(100_000)))
    yield Case(f"white-space.{ending}", lambda: b" \n\t\r\n" * 10_000, "refused")
    for name, head, words in (
        ("png", b"\x89PNG\r\n\x1a\n", "is a picture"), ("jpeg", b"\xff\xd8\xff\xe0", "is a picture"),
        ("old-word", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), r"old Word \(\.doc\)"),
        ("locked", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("gzip", b"\x1f\x8b\x08\x00", "compressed file"), ("kindle", bytes(60) + b"BOOKMOBI", "Kindle"),
    ):  # fmt: skip
        yield Case(f"{name}-called.{ending}", lambda head=head: head + bytes(2_000), "refused", words)
