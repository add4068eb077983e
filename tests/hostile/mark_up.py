"""XML inside Word, OpenDocument and e-books: entities, foreign files, nesting, lies about the encoding."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.hostile import seeds
from tests.hostile.cases import Case, Place
from tests.hostile.zips import pack

Made = Callable[[str, str], bytes]
"""Mark-up that stands before the root element, and the body, to a whole file."""


def cases(place: Place) -> Iterator[Case]:
    for ending, made, paragraph, deep in (
        ("docx", _word, "<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "w:sdt"),
        ("odt", _odf, "<text:p>{}</text:p>", "text:section"),
        ("fodt", _flat, "<text:p>{}</text:p>", "text:section"),
        ("epub", _book, "<p>{}</p>", "div"),
    ):
        yield from _entities(ending, made, paragraph, place)
        yield from _shapes(ending, made, paragraph, deep)
        yield from _encodings(ending, made, paragraph)


def _word(before: str, body: str) -> bytes:
    return pack(seeds.word_parts(seeds.word_document(body, before=before)))


def _odf(before: str, body: str) -> bytes:
    return pack(seeds.odf_parts(seeds.odf_content(body, before=before)))


def _flat(before: str, body: str) -> bytes:
    return seeds.flat_odf(body, before=before)


def _book(before: str, body: str) -> bytes:
    return pack(seeds.book_parts(seeds.chapter(body, before=before)))


def _entities(ending: str, made: Made, paragraph: str, place: Place) -> Iterator[Case]:
    xml = '<?xml version="1.0" encoding="UTF-8"?>\n'
    root = {"docx": "w:document", "odt": "office:document-content", "fodt": "office:document", "epub": "html"}[ending]

    def case(name: str, subset: str, use: str) -> Case:
        before = f"{xml}<!DOCTYPE {root} {subset}>\n"
        body = paragraph.format(use) + paragraph.format(seeds.PARAGRAPHS[1])
        return Case(f"{name}.{ending}", lambda: made(before, body))

    laughs = '<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    yield case("billion-laughs", f"[{laughs}]", "&l11;")
    yield case("quadratic", f'[<!ENTITY a "{"ha" * 50_000}">]', "&a;" * 20_000)
    yield case("entity-loop", '[<!ENTITY a "&b;"><!ENTITY b "&a;">]', "&a;")
    yield case("entity-file", f'[<!ENTITY x SYSTEM "{place.file}">]', "&x;")
    yield case("entity-http", f'[<!ENTITY x SYSTEM "{place.http}entity">]', "&x;")
    yield case("entity-share", f'[<!ENTITY x SYSTEM "file:{place.share}">]', "&x;")
    yield case("parameter-entity", f'[<!ENTITY % x SYSTEM "{place.http}dtd"> %x;]', "quay")
    yield case("external-dtd", f'SYSTEM "{place.http}x.dtd"', "quay")
    yield case("external-dtd-file", f'SYSTEM "{place.file}"', "quay")
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{place.file}" parse="text"/>'
    yield Case(f"xinclude.{ending}", lambda: made(xml, paragraph.format(include) + paragraph.format(seeds.WORDS)))
    sheet = f'<?xml-stylesheet type="text/xsl" href="{place.http}x.xsl"?>\n'
    yield Case(f"stylesheet.{ending}", lambda: made(xml + sheet, paragraph.format(seeds.WORDS)), "reads", seeds.WORDS)


def _shapes(ending: str, made: Made, paragraph: str, deep: str) -> Iterator[Case]:
    xml = '<?xml version="1.0" encoding="UTF-8"?>\n'

    def case(name: str, body: Callable[[], str], outcome: str = "either", words: str = "") -> Case:
        return Case(f"{name}.{ending}", lambda: made(xml, body()), outcome, words)  # type: ignore[arg-type]

    one = paragraph.format("quay")
    yield case("deep", lambda: f"<{deep}>" * 100_000 + one + f"</{deep}>" * 100_000)
    yield case("deep-300", lambda: f"<{deep}>" * 300 + one + f"</{deep}>" * 300, "either", "")
    yield case("unclosed", lambda: f"<{deep}>" * 50_000 + one)
    yield case("many-attributes", lambda: f"<{deep} {seeds.attributes(50_000)}>{one}</{deep}>")
    yield case("long-attribute", lambda: f'<{deep} a="{"x" * 12_000_000}">{one}</{deep}>')
    yield case("comment-long", lambda: f"<!--{'x' * 12_000_000}-->{one}", "either")
    yield case("many-comments", lambda: "<!-- x -->" * 200_000 + one, "reads", "quay")
    yield case("many-instructions", lambda: "<?x y?>" * 200_000 + one, "reads", "quay")
    yield case("many-names", lambda: "".join(f"<n{n}/>" for n in range(200_000)) + one)
    yield case("many-spaces", lambda: "".join(f'<x{n}:y xmlns:x{n}="urn:{n}"/>' for n in range(60_000)) + one)
    yield case("long-text", lambda: paragraph.format("quay " * 990_000), "reads", "quay")
    yield case(
        "too-long-text",
        lambda: paragraph.format("quay " * 1_000_100),
        "refused",
        "5,000,000 characters|longer than an article",
    )
    yield case("too-many-paragraphs", lambda: one * 50_001, "refused", "50,000 paragraphs|longer than an article")
    yield case("no-text", lambda: paragraph.format(""), "refused", "no text")
    yield case("blank-paragraphs", lambda: paragraph.format("&#160; \t ") * 100, "refused", "no text")


def _encodings(ending: str, made: Made, paragraph: str) -> Iterator[Case]:
    xml = '<?xml version="1.0" encoding="{}"?>\n'
    words = paragraph.format("Café quay")

    def again(name: str, codec: str) -> Callable[[], bytes]:
        if ending == "fodt":
            return lambda: made(xml.format(name), words).decode().encode(codec)
        return lambda: _recoded(ending, made(xml.format(name), words), codec)

    yield Case(f"utf16.{ending}", again("UTF-16", "utf-16"), "either", "")
    yield Case(f"says-utf16-is-utf8.{ending}", again("UTF-16", "utf-8"))
    yield Case(f"says-utf8-is-latin1.{ending}", again("UTF-8", "latin-1"))
    yield Case(f"unknown-encoding.{ending}", again("x-klingon", "utf-8"))
    yield Case(f"latin1.{ending}", again("ISO-8859-1", "latin-1"), "either", "")
    for name, words_ in (("nul-reference", "qu&#0;ay"), ("surrogate-reference", "qu&#xD800;ay"), ("huge-reference", "&#99999999999;"),
                         ("surrogate-bytes", "qu\ud800ay"), ("control", "qu\x01ay"), ("unknown-entity", "qu&nosuch;ay")):  # fmt: skip
        yield Case(f"{name}.{ending}", lambda words_=words_: made(xml.format("UTF-8"), paragraph.format(words_)))


def _recoded(ending: str, data: bytes, codec: str) -> bytes:
    """Return a container whose main part is in another encoding."""
    import io
    import zipfile

    main = {"docx": "word/document.xml", "odt": "content.xml", "epub": "OEBPS/one.xhtml"}[ending]
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        parts = {n: held.read(n) for n in held.namelist()}
    parts[main] = parts[main].decode().encode(codec)
    return pack(parts)
