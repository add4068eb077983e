"""E-books in particular: spines that go in circles, chapters that are nowhere, books that are locked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.hostile import seeds
from tests.hostile.cases import Case, Outcome, Place
from tests.hostile.zips import pack


def cases(place: Place) -> Iterator[Case]:
    def case(name: str, make: Callable[[], dict[str, bytes]], outcome: Outcome = "either", words: str = "") -> Case:
        return Case(f"{name}.epub", lambda: pack(make()), outcome, words)

    def spine(name: str, of: list[str], outcome: Outcome = "reads", words: str = seeds.WORDS, **more: bytes) -> Case:
        return case(name, lambda: seeds.book_parts(None, seeds.package(of), **more), outcome, words)

    yield spine("spine-again-and-again", ["one.xhtml"] * 20_000)
    yield spine("spine-missing", ["one.xhtml", "none.xhtml", "none2.xhtml"])
    yield spine("spine-all-missing", ["none.xhtml"], "refused", "")
    yield spine("spine-climbing", ["one.xhtml", "../../../../etc/passwd", "/etc/passwd", place.file, place.http])
    yield spine("spine-of-itself", ["one.xhtml", "content.opf", "../META-INF/container.xml"])
    yield spine("spine-odd-addresses", ["one.xhtml", "one.xhtml#x", "%2e%2e/%00", "one%2Exhtml", "", "?", "a:b"])
    yield spine("spine-of-pictures", ["one.xhtml", "a.png"], **{"OEBPS/a.png": b"\x89PNG\r\n\x1a\n" * 99})
    many = {f"OEBPS/c{n}.xhtml": seeds.chapter(f"<p>Chapter {n} of the quay.</p>") for n in range(3_000)}
    yield spine("chapters-3000", [f"c{n}.xhtml" for n in range(3_000)], "reads", "Chapter 2", **many)
    long = {f"OEBPS/c{n}.xhtml": seeds.chapter(f"<p>{f'Chapter {n} of the quay. ' * 50_000}</p>") for n in range(9)}
    yield spine("book-too-long", [f"c{n}.xhtml" for n in range(9)], "reads", "Chapter 0", **long)
    yield case("opf-empty", lambda: seeds.book_parts(None, b"<package/>"), "refused")
    yield case("opf-loop", lambda: {**seeds.book_parts(), "META-INF/container.xml": seeds.book_parts()["META-INF/container.xml"].replace(
        b"OEBPS/content.opf", b"META-INF/container.xml")}, "refused")  # fmt: skip
    yield case("opf-outside", lambda: {**seeds.book_parts(), "META-INF/container.xml": seeds.book_parts()["META-INF/container.xml"].replace(
        b"OEBPS/content.opf", b"../../../etc/passwd")}, "either")  # fmt: skip
    yield case("opf-entity", lambda: seeds.book_parts(None, seeds.package(
        before=f'<?xml version="1.0"?><!DOCTYPE package [<!ENTITY x SYSTEM "{place.file}">]>')))  # fmt: skip
    nav = "<nav><ol>" + "<li><a href='one.xhtml'>x</a><ol>" * 5_000
    yield spine("nav-deep", ["one.xhtml"], **{"OEBPS/nav.xhtml": seeds.chapter(nav)})
    ncx = "<navPoint>" * 20_000
    yield case("ncx-deep", lambda: seeds.book_parts(
        None, seeds.package(more='<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'), **{"OEBPS/toc.ncx": ncx.encode()}), "reads", seeds.WORDS)  # fmt: skip
    yield case("manifest-many", lambda: seeds.book_parts(None, seeds.package(
        more="".join(f'<item id="m{n}" href="m{n}.xhtml" media-type="x/y"/>' for n in range(100_000)))), "reads", seeds.WORDS)  # fmt: skip
    locked = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
        '<enc:EncryptionMethod Algorithm="{}"/><enc:CipherData><enc:CipherReference URI="OEBPS/{}"/></enc:CipherData></enc:EncryptedData></encryption>'
    )
    aes = locked.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "one.xhtml").encode()
    yield case(
        "copy-protected",
        lambda: seeds.book_parts(b"\x93noise" * 99, **{"META-INF/encryption.xml": aes}),
        "refused",
        "protected",
    )
    yield case("copy-protected-rights", lambda: seeds.book_parts(
        b"\x93noise" * 99, **{"META-INF/encryption.xml": aes, "META-INF/rights.xml": b"<rights/>"}), "refused", "protected")  # fmt: skip
    font = locked.format("http://www.idpf.org/2008/embedding", "font.otf").encode()
    yield case(
        "fonts-obfuscated",
        lambda: seeds.book_parts(**{"META-INF/encryption.xml": font, "OEBPS/font.otf": b"x"}),
        "reads",
        seeds.WORDS,
    )
    yield case("encryption-noise", lambda: seeds.book_parts(**{"META-INF/encryption.xml": b"\x00<"}))
    yield case("chapter-reaches-out", lambda: seeds.book_parts(seeds.chapter(
        f'<iframe src="{place.file}"/><img src="{place.http}"/>{seeds.page_body()}')), "reads", seeds.WORDS)  # fmt: skip
    yield case(
        "chapter-not-well-formed",
        lambda: seeds.book_parts(seeds.page("<p>open <b>quay<p>" + seeds.page_body())),
        "reads",
        seeds.WORDS,
    )
