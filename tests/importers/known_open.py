"""OpenDocument files written by hand, in raw XML: the known article, and any body a test wants to read."""

from __future__ import annotations

from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

from tests.importers import known
from tests.importers.known import Piece, Run
from tests.importers.known_word import zipped

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_ROOT = " ".join(
    (
        *(f'xmlns:{name}="{_OASIS}{name}:1.0"' for name in ("office", "style", "text", "table", "meta")),
        f'xmlns:draw="{_OASIS}drawing:1.0" xmlns:fo="{_OASIS}xsl-fo-compatible:1.0"',
        f'xmlns:svg="{_OASIS}svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
        'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" office:version="1.3"',
    )
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_KIND = "application/vnd.oasis.opendocument.text"


def package(
    body: str,
    *,
    styles: str = "",
    masters: str = "",
    meta: str = "",
    kind: str = "text",
    more: dict[str, bytes] | None = None,
) -> bytes:
    """Return an OpenDocument text as a zip container."""
    parts = {
        "mimetype": _KIND,
        "meta.xml": f"{_HEAD}<office:document-meta {_ROOT}><office:meta>{meta}</office:meta></office:document-meta>",
        "styles.xml": f"{_HEAD}<office:document-styles {_ROOT}><office:styles>{styles}</office:styles>"
        f"<office:master-styles>{masters}</office:master-styles></office:document-styles>",
        "content.xml": f"{_HEAD}<office:document-content {_ROOT}><office:body><office:{kind}>{body}</office:{kind}>"
        "</office:body></office:document-content>",
    }
    listed = {"/": _KIND, **{name: "text/xml" for name in parts if name.endswith(".xml")}}
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{type_}"/>'
        for name, type_ in listed.items()
    )
    parts["META-INF/manifest.xml"] = (
        f'{_HEAD}<manifest:manifest xmlns:manifest="{_OASIS}manifest:1.0" manifest:version="1.3">{entries}</manifest:manifest>'
    )
    return zipped({name: text.encode() for name, text in parts.items()} | (more or {}))


def flat(body: str, *, styles: str = "", meta: str = "") -> bytes:
    """Return an OpenDocument text as one XML document."""
    return (
        f'{_HEAD}<office:document {_ROOT} office:mimetype="{_KIND}"><office:meta>{meta}</office:meta>'
        f"<office:styles>{styles}</office:styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document>"
    ).encode()


def p(inside: str, style: str = "Standard") -> str:
    """Return a paragraph; what is inside is mark-up."""
    return f'<text:p text:style-name="{style}">{inside}</text:p>'


STYLES = (
    '<style:default-style style:family="paragraph"><style:text-properties fo:language="en" fo:country="GB"/>'
    "</style:default-style>"
    '<style:style style:name="Hidden" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<text:list-style style:name="Dots"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/>'
    '<text:list-level-style-bullet text:level="2" text:bullet-char="–"/></text:list-style>'
    '<text:list-style style:name="Numbers">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/></text:list-style>'
)
_ZONE_STYLE = {"headline": "Title", "standfirst": "Subtitle"}
_STYLE = {"quote": "Quotations", "caption": "Caption"}


class _Writer:
    """Writes the known article."""

    def __init__(self) -> None:
        self.changes: list[str] = []

    def run(self, run: Run) -> str:
        words = escape(run.words).replace("\t", "<text:tab/>")
        words = f"<text:s/>{words[1:]}" if words.startswith(" ") else words
        match run.kind:
            case "link":
                return f'<text:a xlink:type="simple" xlink:href={quoteattr(known.LINK)}>{words}</text:a>'
            case "deleted":
                info = "<office:change-info><dc:creator>Ida</dc:creator><dc:date>2025-06-01T10:00:00</dc:date></office:change-info>"
                self.changes.append(
                    f'<text:changed-region xml:id="c1" text:id="c1"><text:deletion>{info}{p(words)}</text:deletion></text:changed-region>'
                )
                return '<text:change text:change-id="c1"/>'
            case "hidden":
                return f'<text:span text:style-name="Hidden">{words}</text:span>'
            case "note":
                return (
                    '<text:note text:note-class="footnote"><text:note-citation>*</text:note-citation>'
                    f"<text:note-body>{p(words)}</text:note-body></text:note>"
                )
            case "comment":
                return f"<office:annotation><dc:creator>Ida Brook</dc:creator><dc:date>2025-06-02T08:00:00</dc:date>{p(words)}</office:annotation>"
            case "field":
                return f'<text:text-input text:description="sum">{words}</text:text-input>'
            case "bold" | "italic":
                return f'<text:span text:style-name="T1">{words}</text:span>'
            case _:
                return words

    def piece(self, piece: Piece) -> str:
        inside = "".join(self.run(run) for run in piece.runs)
        if piece.zone == "box":
            return p(
                f'<draw:frame text:anchor-type="paragraph"><draw:text-box>{p(inside)}</draw:text-box></draw:frame>'
            )
        if piece.kind == "heading" and piece.zone == "body":
            return f'<text:h text:outline-level="{piece.level}">{inside}</text:h>'
        return p(inside, _ZONE_STYLE.get(piece.zone) or _STYLE.get(piece.kind, "Standard"))

    def body(self) -> str:
        written: list[str] = []
        depth = 0
        in_table = False
        for piece in known.PIECES:
            wanted = piece.level if piece.kind == "list" else 0
            while depth > wanted:
                written.append("</text:list-item></text:list>")
                depth -= 1
            if in_table and piece.kind != "table_row":
                written.append("</table:table>")
                in_table = False
            if piece.kind == "table_row":
                written.append(
                    "" if in_table else "<table:table><table:table-column table:number-columns-repeated='3'/>"
                )
                in_table = True
                cells = "".join(f"<table:table-cell>{p(cell)}</table:table-cell>" for cell in piece.cells)
                written.append(f"<table:table-row>{cells}</table:table-row>")
                continue
            if wanted and depth == wanted:
                written.append("</text:list-item><text:list-item>")
            while depth < wanted:
                depth += 1
                style = "Numbers" if piece.number else "Dots"
                written.append(f'<text:list text:style-name="{style}"><text:list-item>')
            written.append(self.piece(piece))
        return "".join(written)


def article(write: Callable[..., bytes] = package) -> bytes:
    """Return the known article as an OpenDocument text; ``write``: package or flat."""
    writer = _Writer()
    body = writer.body()
    changes = f"<text:tracked-changes>{''.join(writer.changes)}</text:tracked-changes>"
    meta = f"<dc:title>{known.TITLE}</dc:title><meta:initial-creator>Someone Else</meta:initial-creator>"
    return write(changes + body, styles=STYLES, meta=meta)
