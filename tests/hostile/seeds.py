"""One small, sound original of each format, and the parts they are made of."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

from tests.hostile.zips import pack

HEADLINE = "The quay will stay closed until spring"
PARAGRAPHS = (
    "The harbour master said on Monday that the old quay would stay closed until spring.",
    "“We have found cracks in eleven of the piles,” said Ada Brandt, who leads the inspection — “and nobody may moor.”",
    "The council had promised in May that repairs would cost no more than 2.4 million crowns.",
    "Fishermen fear for the season; the co-operative counts forty boats without a berth.",
)
WORDS = "eleven of the piles"
"""Words that stand in every seed."""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


# -- Word


def word_body(paragraphs: Sequence[str] = (HEADLINE, *PARAGRAPHS)) -> str:
    return "".join(f"<w:p><w:r><w:t>{p}</w:t></w:r></w:p>" for p in paragraphs)


def word_document(body: str | None = None, *, before: str = XML, space: str = W) -> bytes:
    body = word_body() if body is None else body
    head = f'<w:document xmlns:w="{space}" xmlns:r="{_REL}"><w:body>'
    return f"{before}{head}{body}</w:body></w:document>".encode("utf-8", "surrogatepass")


def word_parts(document: bytes | None = None, **more: bytes) -> dict[str, bytes]:
    types = (
        f'{XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    return {
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": word_document() if document is None else document,
        **more,
    }


def relations(*of: tuple[str, str, str], mode: str = "") -> bytes:
    rows = "".join(f'<Relationship Id="{i}" Type="{_REL}/{kind}" Target="{to}"{mode}/>' for i, kind, to in of)
    return f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'.encode()


# -- OpenDocument

ODF_TYPE = b"application/vnd.oasis.opendocument.text"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
ODF_SPACES = f'xmlns:office="{_OASIS}:office:1.0" xmlns:text="{_OASIS}:text:1.0" xmlns:table="{_OASIS}:table:1.0"'


def odf_body(paragraphs: Sequence[str] = (HEADLINE, *PARAGRAPHS)) -> str:
    return "".join(f"<text:p>{p}</text:p>" for p in paragraphs)


def odf_content(body: str | None = None, *, before: str = XML) -> bytes:
    body = odf_body() if body is None else body
    made = (
        f'{before}<office:document-content {ODF_SPACES} office:version="1.3"><office:body><office:text>{body}'
        "</office:text></office:body></office:document-content>"
    )
    return made.encode("utf-8", "surrogatepass")


def odf_parts(content: bytes | None = None, **more: bytes) -> dict[str, bytes]:
    manifest = (
        f'{XML}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0"><manifest:file-entry '
        f'manifest:full-path="/" manifest:media-type="{ODF_TYPE.decode()}"/><manifest:file-entry '
        'manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    made = {"mimetype": ODF_TYPE, "META-INF/manifest.xml": manifest.encode()}
    return {**made, "content.xml": odf_content() if content is None else content, **more}


def flat_odf(body: str | None = None, *, before: str = XML) -> bytes:
    body = odf_body() if body is None else body
    made = (
        f'{before}<office:document {ODF_SPACES} office:version="1.3" office:mimetype="{ODF_TYPE.decode()}">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    )
    return made.encode("utf-8", "surrogatepass")


# -- pages and books


def page_body(paragraphs: Sequence[str] = PARAGRAPHS) -> str:
    return f"<h1>{HEADLINE}</h1>" + "".join(f"<p>{p}</p>" for p in paragraphs)


def page(body: str | None = None, *, head: str = "", before: str = "<!DOCTYPE html>\n") -> bytes:
    body = page_body() if body is None else body
    made = f'{before}<html lang="en"><head><meta charset="utf-8"><title>{HEADLINE}</title>{head}</head><body><article>{body}</article></body></html>'
    return made.encode("utf-8", "surrogatepass")


def chapter(body: str | None = None, *, before: str = XML) -> bytes:
    body = page_body() if body is None else body
    made = f'{before}<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{HEADLINE}</title></head><body>{body}</body></html>'
    return made.encode("utf-8", "surrogatepass")


def package(spine: Sequence[str] = ("one.xhtml",), *, before: str = XML, more: str = "") -> bytes:
    items = "".join(f'<item id="i{n}" href="{f}" media-type="application/xhtml+xml"/>' for n, f in enumerate(spine))
    refs = "".join(f'<itemref idref="i{n}"/>' for n, _ in enumerate(spine))
    made = (
        f'{before}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="u"><metadata '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="u">urn:x</dc:identifier><dc:title>{HEADLINE}'
        f"</dc:title><dc:language>en</dc:language></metadata><manifest>{items}{more}</manifest><spine>{refs}</spine></package>"
    )
    return made.encode()


def book_parts(chapter_: bytes | None = None, opf: bytes | None = None, **more: bytes) -> dict[str, bytes]:
    where = (
        f'{XML}<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile '
        'full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    return {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": where.encode(),
        "OEBPS/content.opf": package() if opf is None else opf,
        "OEBPS/one.xhtml": chapter() if chapter_ is None else chapter_,
        **more,
    }


def attributes(n: int) -> str:
    return " ".join(f'a{i}="x"' for i in range(n))


# -- rich text, mail


def rtf(body: str | None = None, *, head: str = "\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Times;}}") -> bytes:
    lines = "".join(f"{rtf_words(p)}\\par\n" for p in (HEADLINE, *PARAGRAPHS))
    return f"{{{head}{lines if body is None else body}}}".encode("latin-1")


def rtf_words(words: str) -> str:
    return "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in words)


def mail(body: bytes | None = None, *, kind: str = "text/plain; charset=utf-8", head: str = "") -> bytes:
    lines = "\r\n\r\n".join(PARAGRAPHS).encode() if body is None else body
    fields = (
        "From: Harbour News <news@example.org>\r\nTo: reader@example.org\r\n"
        f"Subject: {HEADLINE}\r\nDate: Mon, 4 Mar 2024 08:00:00 +0000\r\nMIME-Version: 1.0\r\n"
        f"{head}Content-Type: {kind}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    return fields.encode("utf-8", "surrogatepass") + lines


def multipart(parts: Sequence[tuple[str, bytes]], *, kind: str = "mixed", boundary: str = "x1y2") -> tuple[bytes, str]:
    """Return the body of a message of several parts, each its head lines and bytes, and the value of its type."""
    made = b"".join(f"--{boundary}\r\n{head}\r\n\r\n".encode() + body + b"\r\n" for head, body in parts)
    return made + f"--{boundary}--\r\n".encode(), f'multipart/{kind}; boundary="{boundary}"'


def web_archive(parts: Sequence[tuple[str, bytes]] | None = None, *, more: str = "") -> bytes:
    url = "https://news.example.org/quay.html"
    root = (
        f"Content-Type: text/html; charset=utf-8\r\nContent-Location: {url}\r\nContent-Transfer-Encoding: 8bit",
        page(),
    )
    body, kind = multipart([root] if parts is None else parts, kind="related")
    head = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {url}\r\nSubject: {HEADLINE}\r\n"
        f'Date: Mon, 4 Mar 2024 08:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: {kind}; type="text/html"\r\n{more}\r\n'
    )
    return head.encode() + body


# -- PDF


def pdf_words(words: str) -> bytes:
    made = words.encode("cp1252", "replace")
    return b"(" + made.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


def pdf_text(paragraphs: Sequence[str] = (HEADLINE, *PARAGRAPHS)) -> bytes:
    """Return what draws the paragraphs on a page, a line of some sixty letters each."""
    out = [b"BT /F1 11 Tf 72 760 Td 14 TL"]
    for paragraph in paragraphs:
        line = ""
        for word in [*paragraph.split(), "\n"]:
            if word == "\n" or len(line) + len(word) > 80:
                out.append(pdf_words(line) + b" Tj T*")
                line = ""
            line = f"{line} {word}".strip()
        out.append(b"T*")
    return b"\n".join([*out, b"ET"])


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s>>\nstream\n%s\nendstream" % (len(data), entries, data)


def flate(data: bytes) -> bytes:
    return stream(zlib.compress(data), b"/Filter /FlateDecode ")


def pdf_objects(content: bytes | None = None, **changed: bytes) -> dict[int, bytes]:
    """Return the objects of a one-page document; changed by name: catalog, pages, page, content, font."""
    made = {
        "catalog": b"<< /Type /Catalog /Pages 2 0 R >>",
        "pages": b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "page": b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >> >>",
        "content": flate(pdf_text()) if content is None else content,
        "font": FONT,
        **changed,
    }
    return dict(enumerate((made[n] for n in ("catalog", "pages", "page", "content", "font")), 1))


def pdf(objects: Mapping[int, bytes] | None = None, *, trailer: bytes = b"", version: bytes = b"1.5") -> bytes:
    """Return a document of these objects with a table of where they stand."""
    objects = pdf_objects() if objects is None else objects
    out = bytearray(b"%%PDF-%s\n%%\xe2\xe3\xcf\xd3\n" % version)
    places: dict[int, int] = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    at, size = len(out), max(objects, default=0) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    out += b"trailer\n<< /Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, at)
    return bytes(out)


def text() -> bytes:
    return "\n\n".join((HEADLINE, *PARAGRAPHS)).encode()


def markdown() -> bytes:
    quote, *rest = PARAGRAPHS[1:]
    table = "| boats | berths |\n|---|---|\n| 40 | 0 |"
    return "\n\n".join((f"# {HEADLINE}", PARAGRAPHS[0], f"> {quote}", *(f"- {p}" for p in rest), table)).encode()


def seeds() -> dict[str, bytes]:
    """Return a sound original for each ending that has a reader of its own, by file name."""
    return {
        "seed.txt": text(),
        "seed.md": markdown(),
        "seed.html": page(),
        "seed.mhtml": web_archive(),
        "seed.docx": pack(word_parts()),
        "seed.odt": pack(odf_parts()),
        "seed.fodt": flat_odf(),
        "seed.rtf": rtf(),
        "seed.pdf": pdf(),
        "seed.epub": pack(book_parts()),
        "seed.eml": mail(),
    }
