"""Word files written by hand, in raw XML: the known article, and any body a test wants to read."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

from tests.importers import known
from tests.importers.known import Piece, Run

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ROOT = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{key}"{extra}><w:name w:val="{name}"/>{more}</w:style>'
    for key, name, extra, more in (
        ("Normal", "Normal", ' w:default="1"', ""),
        ("Titre", "Title", "", '<w:basedOn w:val="Normal"/>'),
        ("Untertitel", "Subtitle", "", '<w:basedOn w:val="Normal"/>'),
        ("berschrift1", "heading 1", "", '<w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>'),
        ("berschrift2", "heading 2", "", '<w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
        ("Zitat", "Quote", "", '<w:basedOn w:val="Normal"/>'),
        ("Beschriftung", "caption", "", '<w:basedOn w:val="Normal"/>'),
        ("Hidden", "Hidden text", "", '<w:basedOn w:val="Normal"/><w:rPr><w:vanish/></w:rPr>'),
        ("Nummer", "List Number", "", '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>'),
    )
)


def level(n: int, form: str, text: str, more: str = "") -> str:
    """Return a level of a list in raw XML."""
    return (
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{720 * (n + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
    )


NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{level(0, "bullet", "•")}{level(1, "bullet", "–")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="1">{level(0, "decimal", "%1.")}{level(1, "lowerLetter", "%2)")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
)


def package(
    body: str,
    *,
    styles: str = STYLES,
    numbering: str = NUMBERING,
    parts: dict[str, str] | None = None,
    relations: str = "",
    main: str = "word/document.xml",
    core: str = "",
    left_out: tuple[str, ...] = (),
    more: dict[str, bytes] | None = None,
) -> bytes:
    """Return a Word file. ``parts``: of the folder "word", name to the inner XML ("footnotes" is related as such)."""
    folder = main.rpartition("/")[0]
    roots = {
        "footnotes": "footnotes",
        "endnotes": "endnotes",
        "comments": "comments",
        "header1": "hdr",
        "footer1": "ftr",
    }
    inner = {"styles": ("styles", styles), "numbering": ("numbering", numbering)}
    inner |= {name: (roots[name], text) for name, text in (parts or {}).items()}
    written = {main: f"<w:document {_ROOT}><w:body>{body}</w:body></w:document>"}
    written |= {f"{folder}/{n}.xml": f"<w:{root} {_ROOT}>{text}</w:{root}>" for n, (root, text) in inner.items()}
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATED}{name.rstrip("1")}" Target="{name}.xml"/>'
        for n, name in enumerate(inner)
    )
    overrides = "".join(
        f'<Override PartName="/{folder}/{name}.xml" ContentType="{_TYPES}{name.rstrip("1")}+xml"/>' for name in inner
    )
    relationships = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    written[f"{folder}/_rels/{main.rpartition('/')[2]}.rels"] = f"{relationships}{related}{relations}</Relationships>"
    written["_rels/.rels"] = (
        f'{relationships}<Relationship Id="a" Type="{_RELATED}officeDocument" Target="{main}"/><Relationship Id="b" '
        'Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>'
    )
    written["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="{_TYPES}document.main+xml"/>{overrides}'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )
    written["docProps/core.xml"] = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{core}</cp:coreProperties>'
    )
    return zipped({n: (_HEAD + t).encode() for n, t in written.items() if n not in left_out} | (more or {}))


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return a zip container."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return file.getvalue()


def t(words: str) -> str:
    """Return words as they stand in a run, with the elements Word has for some characters."""
    made = escape(words).replace("\t", "</w:t><w:tab/><w:t xml:space='preserve'>")
    return (
        "<w:t xml:space='preserve'>"
        + made.replace("\u00ad", "</w:t><w:softHyphen/><w:t xml:space='preserve'>")
        + "</w:t>"
    )


def r(words: str, properties: str = "") -> str:
    """Return a run of words."""
    return f"<w:r><w:rPr>{properties}</w:rPr>{t(words)}</w:r>"


def p(*runs: str, style: str = "", more: str = "") -> str:
    """Return a paragraph of runs."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{''.join(runs)}</w:p>"


def num(list_: int, at: int = 0) -> str:
    """Return the property that puts a paragraph in a list."""
    return f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{list_}"/></w:numPr>'


def field(code: str, result: str) -> str:
    """Return a field in its long form."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return f"{mark('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{mark('separate')}{result}{mark('end')}"


def box(*paragraphs: str) -> str:
    """Return a run with a text box, written twice as Word writes it: for new readers and for old ones."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    shape = (
        '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="2000000" cy="900000"/>'
        '<wp:docPr id="7" name="Box"/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="900000"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>{content}</wps:txbx><wps:bodyPr/>'
        "</wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{shape}</mc:Choice><mc:Fallback><w:pict>'
        f'<v:shape style="width:150pt;height:70pt"><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback>'
        "</mc:AlternateContent></w:r>"
    )


FIRST_COMMENT = 101
"""LibreOffice mixes notes up where a comment has the number of one."""

_STYLE = {"heading": "berschrift2", "quote": "Zitat", "caption": "Beschriftung"}
_ZONE_STYLE = {"headline": "Titre", "standfirst": "Untertitel"}


class _Writer:
    """Writes the known article; notes and comments are gathered for parts of their own."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.comments: list[str] = []

    def run(self, run: Run) -> str:
        change = 'w:id="900" w:author="Ida" w:date="2025-06-01T10:00:00Z"'
        match run.kind:
            case "bold" | "italic":
                return r(run.words, "<w:b/>" if run.kind == "bold" else "<w:i/>")
            case "link":
                return f'<w:hyperlink r:id="link">{r(run.words)}</w:hyperlink>'
            case "inserted":
                return f"<w:ins {change}>{r(run.words)}</w:ins>"
            case "deleted":
                return f"<w:del {change}>{r(run.words).replace('w:t>', 'w:delText>').replace('w:t ', 'w:delText ')}</w:del>"
            case "hidden":
                return r(run.words, "<w:vanish/>")
            case "field":
                return field(" DOCPROPERTY Sum ", r(run.words))
            case "note":
                self.notes.append(run.words)
                return f'<w:r><w:footnoteReference w:id="{len(self.notes)}"/></w:r>'
            case "comment":
                self.comments.append(run.words)
                n = len(self.comments) + FIRST_COMMENT - 1
                return f'<w:r><w:commentReference w:id="{n}"/></w:r>'
            case _:
                return r(run.words)

    def piece(self, piece: Piece) -> str:
        runs = [self.run(run) for run in piece.runs]
        if piece.zone == "box":
            return p(box(p(*runs)))
        more = num(2 if piece.number else 1, piece.level - 1) if piece.kind == "list" else ""
        if piece.words[:1] >= "\u0590" and piece.words[:1] < "\u0800":
            more += "<w:bidi/>"
        return p(*runs, style=_ZONE_STYLE.get(piece.zone) or _STYLE.get(piece.kind, ""), more=more)

    def body(self) -> str:
        written: list[str] = []
        rows: list[str] = []
        for piece in (*known.PIECES, None):
            if piece is not None and piece.kind == "table_row":
                cells = "".join(f"<w:tc><w:tcPr/>{p(r(c) if c else '')}</w:tc>" for c in piece.cells)
                rows.append(f"<w:tr>{cells}</w:tr>")
                continue
            if rows:
                columns = '<w:gridCol w:w="2500"/>' * 3
                written.append(f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>")
                rows = []
            if piece is not None:
                written.append(self.piece(piece))
        return "".join(written)


def article() -> bytes:
    """Return the known article as a Word file."""
    writer = _Writer()
    body = writer.body()
    marks = ("separator", "continuationSeparator")
    notes = "".join(
        f'<w:footnote w:type="{mark}" w:id="{n}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
        for n, mark in enumerate(marks, -1)
    ) + "".join(
        f'<w:footnote w:id="{n}">{p("<w:r><w:footnoteRef/></w:r>", r(words))}</w:footnote>'
        for n, words in enumerate(writer.notes, 1)
    )
    comments = "".join(
        f'<w:comment w:id="{n}" w:author="Ida Brook" w:date="2025-06-02T08:00:00Z">{p(r(words))}</w:comment>'
        for n, words in enumerate(writer.comments, FIRST_COMMENT)
    )
    styles = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="{known.LANGUAGE}"/></w:rPr></w:rPrDefault></w:docDefaults>'
    )
    link = f'<Relationship Id="link" Type="{_RELATED}hyperlink" Target={quoteattr(known.LINK)} TargetMode="External"/>'
    return package(
        body,
        styles=styles + STYLES,
        parts={"footnotes": notes, "comments": comments},
        relations=link,
        core=f"<dc:title>{known.TITLE}</dc:title><dc:creator>Someone Else</dc:creator>",
    )


def unzipped(data: bytes) -> dict[str, bytes]:
    """Return the parts of a zip container."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}
