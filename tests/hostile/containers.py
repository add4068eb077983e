"""Zip containers that lie: bombs, false sizes, parts twice, names that climb, thousands of entries."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from tests.hostile import seeds
from tests.hostile.cases import Case, Place, everywhere, truncated
from tests.hostile.zips import DEFLATED, STORED, Part, deflated, pack, zeros


def cases(place: Place) -> Iterator[Case]:
    for ending, parts, main in (
        ("docx", seeds.word_parts(), "word/document.xml"),
        ("odt", seeds.odf_parts(), "content.xml"),
        ("epub", seeds.book_parts(), "OEBPS/one.xhtml"),
    ):
        yield from everywhere(ending)
        yield from truncated("zip", ending, pack(parts))
        yield from _lies(ending, parts, main)
        yield from _names(ending, parts, main)
        yield Case(f"seed.{ending}", lambda parts=parts: pack(parts), "reads", seeds.WORDS)
        yield Case(f"text-called.{ending}", seeds.text)
        yield Case(f"page-called.{ending}", seeds.page, "reads", seeds.WORDS)
        yield Case(f"pdf-called.{ending}", seeds.pdf, "reads", seeds.WORDS)
    yield Case("docx-called.epub", lambda: pack(seeds.word_parts()), "reads", seeds.WORDS)
    yield Case("epub-called.docx", lambda: pack(seeds.book_parts()), "reads", seeds.WORDS)
    yield Case(
        "workbook-called.docx",
        lambda: pack({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}),
        "refused",
        "Excel",
    )
    yield Case("pictures.docx", lambda: pack({"a.png": b"x"}), "refused")


def _honest(parts: Mapping[str, bytes], main: str, **told: object) -> list[Part]:
    """Return the parts with the main one changed."""
    made = [Part(n, d, STORED if n == "mimetype" else DEFLATED) for n, d in parts.items()]
    return [Part(p.name, p.data, **({"method": p.method} | told)) if p.name == main else p for p in made]  # type: ignore[arg-type]


def _lies(ending: str, parts: Mapping[str, bytes], main: str) -> Iterator[Case]:
    data = parts[main]
    size = len(data)

    def case(name: str, told: dict[str, object], outcome: str = "either", words: str = "") -> Case:
        return Case(f"{name}.{ending}", lambda: pack(_honest(parts, main, **told)), outcome, words)  # type: ignore[arg-type]

    yield Case(
        f"bomb.{ending}", lambda: pack(_honest(parts, main, packed=zeros(400), size=400_000_000, crc=0)), "refused"
    )
    yield Case(
        f"bomb-that-says-it-is-small.{ending}",
        lambda: pack(_honest(parts, main, packed=zeros(400), size=1_000, crc=0)),
        "refused",
    )
    yield Case(f"bomb-beside.{ending}", lambda: pack(
        [*_honest(parts, main), Part("media/x.bin", b"", packed=zeros(400), size=400_000_000, crc=0)]))  # fmt: skip
    yield Case(f"many-bombs.{ending}", lambda: pack([*_honest(parts, main), *(
        Part(f"styles{n}.xml", b"", packed=zeros(50), size=50_000_000, crc=0) for n in range(20))]))  # fmt: skip
    yield case("size-too-small", {"size": size // 2})
    yield case("size-too-large", {"size": size * 1_000}, "either")
    yield case("size-four-gigabytes", {"size": 0xFFFFFFFE}, "either")
    yield case("packed-size-too-large", {"packed_size": 0x7FFFFFFF}, "refused")
    yield case("packed-size-zero", {"packed_size": 0}, "refused")
    yield case("wrong-checksum", {"crc": 0xDEADBEEF}, "refused")
    yield case("encrypted", {"flags": 1}, "refused", "password")
    yield case("strong-encryption", {"flags": 0x41}, "refused", "password")
    yield case("unknown-method", {"method": 99, "packed": data}, "refused")
    yield case("says-lzma", {"method": 14, "packed": data}, "refused")
    yield case("no-deflate-at-all", {"packed": data}, "refused")
    yield case("deflate-cut-off", {"packed": deflated(data)[: len(deflated(data)) // 2]}, "refused")
    yield case("offset-beyond", {"at": 0x7FFFFFF0}, "refused")
    yield case("offset-elsewhere", {"at": 3}, "refused")
    yield Case(f"overlapping.{ending}", lambda: pack(
        [*_honest(parts, main), *(Part(f"again{n}.xml", b"x" * 99, at=0) for n in range(3_000))]))  # fmt: skip
    yield Case(f"entries-wrongly-counted.{ending}", lambda: pack(_honest(parts, main), entries=60_000))
    yield Case(f"entries-said-none.{ending}", lambda: pack(_honest(parts, main), entries=0))
    yield Case(f"table-elsewhere.{ending}", lambda: _end_changed(pack(parts), 16, 0x0FFFFFFF))
    yield Case(f"table-huge.{ending}", lambda: _end_changed(pack(parts), 12, 0x7FFFFFFF))
    yield Case(f"long-comment.{ending}", lambda: pack(_honest(parts, main), comment=b"x" * 65_000))
    yield Case(f"something-before.{ending}", lambda: b"MZ\x90 junk" * 50 + pack(parts))
    yield Case(f"something-behind.{ending}", lambda: pack(parts) + b"junk" * 3_000)


def _end_changed(data: bytes, field: int, value: int) -> bytes:
    """Return a container whose end record says something else (a field's place in it)."""
    at = data.rindex(b"PK\x05\x06") + field
    return data[:at] + struct.pack("<I", value) + data[at + 4 :]


def _names(ending: str, parts: Mapping[str, bytes], main: str) -> Iterator[Case]:
    data = parts[main]
    honest = _honest(parts, main)
    bad = Part(main, data.replace(b"eleven", b"twelve"))

    def case(name: str, made: list[Part], outcome: str = "either", words: str = "") -> Case:
        return Case(f"{name}.{ending}", lambda: pack(made), outcome, words)  # type: ignore[arg-type]

    yield case("part-twice", [*honest, bad], "refused")
    yield case("part-twice-before", [honest[0], bad, *honest[1:]], "refused")
    yield case("part-in-capitals", [*honest, Part(main.upper(), bad.data)])
    yield case("entries-60000", [*honest, *(Part(f"x/{n}", b"", STORED) for n in range(60_000))], "refused", "10,000")
    yield case("entries-9900", [*honest, *(Part(f"x/{n}", b"", STORED) for n in range(9_900))], "reads", seeds.WORDS)
    climbing = (
        "../../../../etc/cron.d/x",
        "/etc/passwd",
        "C:\\Windows\\x",
        "..\\..\\x",
        "a/../../x",
        "\\\\host\\share\\x",
        "con",
        "a:b",
    )
    yield case("climbing-names", [*honest, *(Part(n, b"x") for n in climbing)], "reads", seeds.WORDS)
    yield case(
        "odd-names", [*honest, *(Part(n, b"x") for n in ("", "/", "x" * 60_000, "a\nb", "\udcff", "a\x00b", "．．/x"))]
    )
    yield case("no-main-part", [p for p in honest if p.name != main], "refused")
    yield case("main-part-empty", _honest({**parts, main: b""}, main), "refused")
    yield case(
        "main-part-is-folder", [*(p for p in honest if p.name != main), Part(main + "/", b"", STORED)], "refused"
    )
    yield case("main-part-noise", _honest({**parts, main: b"\x00\xff<<<" * 999}, main), "refused")
    yield case("main-part-zip", _honest({**parts, main: pack(parts)}, main), "refused")
    yield Case(f"no-parts.{ending}", lambda: pack({}), "refused")
    for name in parts:
        if name not in (main, "mimetype"):
            stem = name.replace("/", "-").replace("[", "").replace("]", "")
            yield case(f"without-{stem}", [p for p in honest if p.name != name])
            yield case(f"empty-{stem}", _honest({**parts, name: b""}, main))
            yield case(f"noise-{stem}", _honest({**parts, name: b"\x00<\xff" * 9}, main))
