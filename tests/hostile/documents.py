"""Word and OpenDocument in particular: parts that are nowhere, styles and lists that go in circles, tables in tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.hostile import seeds
from tests.hostile.cases import Case, Outcome, Place
from tests.hostile.zips import pack


def cases(place: Place) -> Iterator[Case]:
    yield from _word(place)
    yield from _word_bodies()
    yield from _odf(place)


def _case(name: str, make: Callable[[], dict[str, bytes]], outcome: Outcome = "either", words: str = "") -> Case:
    return Case(name, lambda: pack(make()), outcome, words)


def _w(name: str, body: str, outcome: Outcome = "reads", words: str = seeds.WORDS) -> Case:
    return _case(
        f"{name}.docx", lambda: seeds.word_parts(seeds.word_document(body + seeds.word_body())), outcome, words
    )


def _word(place: Place) -> Iterator[Case]:
    rels = "word/_rels/document.xml.rels"

    def with_parts(name: str, outcome: Outcome = "reads", words: str = seeds.WORDS, **parts: bytes) -> Case:
        return _case(f"{name}.docx", lambda: seeds.word_parts(**parts), outcome, words)

    yield with_parts("word-null", **{rels: seeds.relations(("rId1", "image", "NULL"), ("rId2", "styles", "NULL"))})
    yield with_parts("missing-parts", **{rels: seeds.relations(
        *((f"rId{n}", kind, f"{kind}.xml") for n, kind in enumerate(("styles", "numbering", "footnotes", "comments", "header"))))})  # fmt: skip
    yield with_parts("climbing-relations", **{rels: seeds.relations(
        ("rId1", "styles", "../../../../etc/passwd"), ("rId2", "numbering", place.file), ("rId3", "footnotes", "/etc/passwd"))})  # fmt: skip
    yield with_parts("external-relations", **{rels: seeds.relations(
        ("rId1", "attachedTemplate", f"{place.http}t.dotm"), ("rId2", "image", f"file:{place.share}"), ("rId3", "styles", place.file),
        mode=' TargetMode="External"')})  # fmt: skip
    yield with_parts(
        "relations-of-itself",
        **{rels: seeds.relations(("rId1", "styles", "document.xml"), ("rId2", "numbering", "document.xml"))},
    )
    yield with_parts(
        "many-relations", **{rels: seeds.relations(*((f"rId{n}", "image", f"media/{n}.png") for n in range(100_000)))}
    )
    yield _case("main-part-by-another-name.docx", lambda: {
        **{n: d for n, d in seeds.word_parts().items() if n != "word/document.xml"},
        "_rels/.rels": seeds.relations(("rId1", "officeDocument", "/word/text2.xml")), "word/text2.xml": seeds.word_document()}, "reads", seeds.WORDS)  # fmt: skip
    yield _case("main-part-outside.docx", lambda: {
        **seeds.word_parts(), "_rels/.rels": seeds.relations(("rId1", "officeDocument", "../../../etc/passwd"))})  # fmt: skip
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    yield _case("strict.docx", lambda: seeds.word_parts(seeds.word_document(space=strict)), "reads", seeds.WORDS)
    yield _case("unknown-namespace.docx", lambda: seeds.word_parts(seeds.word_document(space="urn:nobody")), "refused")
    yield _case("another-root.docx", lambda: seeds.word_parts(b"<html><body><p>quay</p></body></html>"), "refused")
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:name w:val="s{n}"/><w:basedOn w:val="s{(n + 1) % 9}"/></w:style>'
        for n in range(9)
    )
    body = seeds.word_body().replace("<w:p>", '<w:p><w:pPr><w:pStyle w:val="s3"/></w:pPr>')
    yield _case("styles-in-a-circle.docx", lambda: seeds.word_parts(seeds.word_document(body), **{
        "word/styles.xml": f'<w:styles xmlns:w="{seeds.W}">{styles}</w:styles>'.encode(),
        rels: seeds.relations(("rId1", "styles", "styles.xml"))}), "reads", seeds.WORDS)  # fmt: skip
    numbering = (
        f'<w:numbering xmlns:w="{seeds.W}"><w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="x"/><w:lvl w:ilvl="0">'
        '<w:start w:val="99999999999999999999"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1%2%9%%"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="77"/></w:num></w:numbering>'
    )
    listed = seeds.word_body().replace(
        "<w:p>", '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    )
    yield _case("numbers-without-end.docx", lambda: seeds.word_parts(seeds.word_document(listed), **{
        "word/numbering.xml": numbering.encode(), rels: seeds.relations(("rId1", "numbering", "numbering.xml"))}), "reads", seeds.WORDS)  # fmt: skip
    notes = f'<w:footnotes xmlns:w="{seeds.W}"><w:footnote w:id="2"><w:p><w:r><w:footnoteReference w:id="2"/><w:t>note</w:t></w:r></w:p></w:footnote></w:footnotes>'
    yield _case("note-in-itself.docx", lambda: seeds.word_parts(
        seeds.word_document('<w:p><w:r><w:t>quay</w:t><w:footnoteReference w:id="2"/></w:r></w:p>' + seeds.word_body()),
        **{"word/footnotes.xml": notes.encode(), rels: seeds.relations(("rId1", "footnotes", "footnotes.xml"))}), "reads", seeds.WORDS)  # fmt: skip
    yield with_parts("core-noise", **{"docProps/core.xml": b"<x" * 999})
    yield with_parts("core-huge", **{"docProps/core.xml": (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:title>{"quay " * 400_000}</dc:title><dc:creator>{"a;" * 9_000}</dc:creator></cp:coreProperties>').encode()})  # fmt: skip


def _word_bodies() -> Iterator[Case]:
    cell = "<w:tbl><w:tr><w:tc>"
    yield _w("tables-in-tables", cell * 3_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 3_000, "either", "")
    yield _w(
        "wide-table",
        "<w:tbl><w:tr>" + "<w:tc><w:p><w:r><w:t>q</w:t></w:r></w:p></w:tc>" * 60_000 + "</w:tr></w:tbl>",
        "either",
    )
    yield _w(
        "spanning",
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2147483647"/></w:tcPr><w:p><w:r><w:t>q</w:t></w:r></w:p></w:tc></w:tr></w:tbl>',
    )
    box = '<w:p><w:r><w:pict><v:textbox xmlns:v="urn:schemas-microsoft-com:vml"><w:txbxContent>'
    yield _w("boxes-in-boxes", box * 2_000 + "</w:txbxContent></v:textbox></w:pict></w:r></w:p>" * 2_000, "either", "")
    yield _w("runs", "<w:p>" + "<w:r><w:t>q</w:t></w:r>" * 300_000 + "</w:p>")
    yield _w(
        "fields-unclosed",
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>HYPERLINK "file:///etc/passwd"</w:instrText></w:r></w:p>'
        * 500,
    )
    yield _w(
        "field-ends",
        '<w:p><w:r><w:fldChar w:fldCharType="end"/><w:fldChar w:fldCharType="separate"/></w:r></w:p>' * 500,
    )
    include = '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>INCLUDETEXT "/etc/passwd"</w:instrText><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    yield _w("include-text", include + '<w:altChunk xmlns:r="x" r:id="rId77"/><w:subDoc xmlns:r="x" r:id="rId78"/>')
    yield _w("tabs", "<w:p><w:r>" + "<w:tab/>" * 400_000 + "</w:r></w:p>", "either")
    yield _w(
        "symbols",
        '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:char="ZZZZ"/><w:sym/><w:sym w:char="110000"/></w:r></w:p>',
    )
    yield _w(
        "attributes-that-are-no-numbers",
        '<w:p><w:pPr><w:outlineLvl w:val="-7"/><w:numPr><w:ilvl w:val="x"/><w:numId/></w:numPr></w:pPr><w:r><w:t>q</w:t></w:r></w:p>',
    )
    yield _w(
        "revisions",
        "<w:ins>" * 300 + "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>" + "</w:ins>" * 300,
        "either",
        "",
    )
    yield _w("text-outside-runs", "<w:p>loose words<w:t>loose</w:t></w:p><w:t>looser</w:t>")
    yield _w("control-characters", "<w:p><w:r><w:t>a_x0007_b&#x9;&#xA;</w:t></w:r></w:p>")


def _odf(place: Place) -> Iterator[Case]:
    def body(name: str, made: str, outcome: Outcome = "reads", words: str = seeds.WORDS) -> Case:
        return _case(f"{name}.odt", lambda: seeds.odf_parts(seeds.odf_content(made + seeds.odf_body())), outcome, words)

    yield body("spaces", '<text:p>a<text:s text:c="2147483647"/>b</text:p>', "either", "")
    yield body("spaces-many", '<text:p>a<text:s text:c="99999"/>b</text:p>' * 200, "either", "")
    yield body("spaces-negative", '<text:p>a<text:s text:c="-5"/><text:s text:c="x"/>b</text:p>')
    yield body("repeated-cells", '<table:table><table:table-row table:number-rows-repeated="1048576"><table:table-cell '
               'table:number-columns-repeated="16384"><text:p>q</text:p></table:table-cell></table:table-row></table:table>')  # fmt: skip
    yield body("tables-in-tables", "<table:table><table:table-row><table:table-cell>" * 3_000
               + "</table:table-cell></table:table-row></table:table>" * 3_000, "either", "")  # fmt: skip
    yield body(
        "lists-in-lists",
        "<text:list><text:list-item>" * 5_000 + "<text:p>q</text:p>" + "</text:list-item></text:list>" * 5_000,
        "either",
        "",
    )
    yield body("notes-in-notes", "<text:p>" + "<text:note><text:note-body><text:p>" * 1_000 + "q"
               + "</text:p></text:note-body></text:note>" * 1_000 + "</text:p>", "either", "")  # fmt: skip
    yield body(
        "outline-level",
        '<text:h text:outline-level="99999999999999999999">head</text:h><text:h text:outline-level="x">head</text:h>',
    )
    link = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    yield body("reaches-out", f'<text:section {link}><text:section-source xlink:href="{place.file}"/></text:section><text:p {link}>'
               f'<draw:image xlink:href="{place.http}x.png"/><draw:object xlink:href="{place.file}"/></text:p>')  # fmt: skip
    encrypted = (
        b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
        b'manifest:full-path="content.xml" manifest:media-type="text/xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>'
    )
    yield _case(
        "locked.odt",
        lambda: {**seeds.odf_parts(b"\x93\x11noise" * 99), "META-INF/manifest.xml": encrypted},
        "refused",
        "password",
    )
    yield _case(
        "styles-noise.odt", lambda: seeds.odf_parts(**{"styles.xml": b"<" * 999, "meta.xml": b"\x00" * 9}), "either", ""
    )
    yield _case(
        "sheet-called.odt",
        lambda: {**seeds.odf_parts(), "mimetype": b"application/vnd.oasis.opendocument.spreadsheet"},
        "refused",
        "spreadsheet",
    )
    yield _case(
        "no-body.odt",
        lambda: seeds.odf_parts(b'<?xml version="1.0"?><office:document-content xmlns:office="urn:x"/>'),
        "refused",
    )
    yield Case("seed.fodt", seeds.flat_odf, "reads", seeds.WORDS)
    yield Case("no-office.fodt", lambda: b"<?xml version='1.0'?><x>quay</x>", "refused")
    binary = "<office:binary-data>" + "QUJD" * 1_000_000 + "</office:binary-data>"
    yield Case(
        "binary.fodt", lambda: seeds.flat_odf(f"<text:p>{binary}</text:p>{seeds.odf_body()}"), "reads", seeds.WORDS
    )
