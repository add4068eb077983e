"""The parts of a Word file around its body, and the zip they go into: the same parts always give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.exporters.escaping import escaped
from annotator.exporters.word.markup import DECLARATION, NAMESPACES, element, one_line, page_field, run, twips
from annotator.exporters.word.styles import TEXT_WIDTH
from annotator.language import tr

PAPERS = {"A4": (21.0, 29.7), "Letter": (21.59, 27.94)}
"""Paper sizes in cm."""

_TOP, _BOTTOM, _HEADER, _FOOTER = 2.3, 2.2, 1.15, 1.05
_PAGES = tr("Page {page} of {pages}", page="\ufdd0", pages="\ufdd0")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_LATER, _LATER_KINDS = "http://schemas.microsoft.com/office/2011", frozenset({"commentsExtended"})

_KINDS = {
    "word/styles.xml": ("styles", _TYPES + "styles+xml"),
    "word/settings.xml": ("settings", _TYPES + "settings+xml"),
    "word/fontTable.xml": ("fontTable", _TYPES + "fontTable+xml"),
    "word/theme/theme1.xml": ("theme", "application/vnd.openxmlformats-officedocument.theme+xml"),
    "word/numbering.xml": ("numbering", _TYPES + "numbering+xml"),
    "word/comments.xml": ("comments", _TYPES + "comments+xml"),
    "word/commentsExtended.xml": ("commentsExtended", _TYPES + "commentsExtended+xml"),
    "word/header1.xml": ("header", _TYPES + "header+xml"),
    "word/header2.xml": ("header", _TYPES + "header+xml"),
    "word/footer1.xml": ("footer", _TYPES + "footer+xml"),
    "word/footer2.xml": ("footer", _TYPES + "footer+xml"),
}
"""Parts the document part leads to: kind of relation and content type."""

_IDS = {name: f"rId{n}" for n, name in enumerate(_KINDS, 1)}


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the headers, the properties and the page set-up tell; ``date`` is ISO 8601."""

    title: str
    kind: str
    author: str
    language: str
    date: str
    footer: str
    paper: str
    header_style: str = "Header"
    footer_style: str = "Footer"


def parts(
    facts: Facts,
    *,
    body: str,
    styles: bytes,
    fonts: bytes,
    comments: str = "",
    comment_states: str = "",
    links: Sequence[str] = (),
    pictures: Sequence[bytes] = (),
    carried: Mapping[str, bytes] | None = None,
) -> dict[str, bytes]:
    """Return every part of a document by name, in the order of the zip.

    ``links`` are outside addresses, related as ``link_id(n)``, ``pictures`` PNG files, related as ``picture_id(n)``;
    ``carried`` are parts taken over from a template.
    """
    document = f"{DECLARATION}<w:document {NAMESPACES}><w:body>{body}{_section(facts.paper)}</w:body></w:document>"
    made: dict[str, bytes] = {
        "word/document.xml": document.encode(),
        "word/styles.xml": styles,
        "word/settings.xml": _settings(facts.language).encode(),
        "word/fontTable.xml": fonts,
        "word/header1.xml": _header(facts).encode(),
        "word/header2.xml": _wrapped("hdr", facts.header_style, "").encode(),
        "word/footer1.xml": _footer(facts).encode(),
        "word/footer2.xml": _footer(facts).encode(),
        **(carried or {}),
    }
    if comments:
        made["word/comments.xml"] = comments.encode()
    if comment_states:
        made["word/commentsExtended.xml"] = comment_states.encode()
    for n, picture in enumerate(pictures):
        made[f"word/{_picture(n)}"] = picture
    front: dict[str, bytes] = {
        "[Content_Types].xml": _content_types(made).encode(),
        "_rels/.rels": _package_relations().encode(),
        "docProps/core.xml": _core(facts).encode(),
        "docProps/app.xml": _app().encode(),
        "word/_rels/document.xml.rels": _document_relations(made, links, len(pictures)).encode(),
    }
    return {**front, **made}


def packed(parts_: Mapping[str, bytes]) -> bytes:
    """Return a zip of the parts, with fixed times."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts_.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            file.writestr(info, data)
    return buffer.getvalue()


def link_id(number: int) -> str:
    """Return the relation id of an outside address, counted from 0."""
    return f"rId{101 + number}"


def picture_id(number: int) -> str:
    """Return the relation id of a picture, counted from 0."""
    return f"rIdP{1 + number}"


def _picture(number: int) -> str:
    return f"media/picture{1 + number}.png"


def _section(paper: str) -> str:
    width, height = PAPERS[paper]
    side = twips((width - TEXT_WIDTH) / 2)
    references = "".join(
        f'<w:{tag}Reference w:type="{kind}" r:id="{_IDS[f"word/{tag}{n}.xml"]}"/>'
        for tag, kind, n in (
            ("header", "default", 1),
            ("header", "first", 2),
            ("footer", "default", 1),
            ("footer", "first", 2),
        )
    )
    margins = element(
        "pgMar",
        top=twips(_TOP),
        right=side,
        bottom=twips(_BOTTOM),
        left=side,
        header=twips(_HEADER),
        footer=twips(_FOOTER),
        gutter=0,
    )
    size = element("pgSz", w=twips(width), h=twips(height))
    return f"<w:sectPr>{references}{size}{margins}{element('titlePg')}</w:sectPr>"


def _wrapped(tag: str, style: str, content: str) -> str:
    paragraph = f"<w:p><w:pPr>{element('pStyle', val=style)}</w:pPr>{content}</w:p>"
    return f"{DECLARATION}<w:{tag} {NAMESPACES}>{paragraph}</w:{tag}>"


def _header(facts: Facts) -> str:
    bold = element("b") + element("bCs")
    title = " ".join(facts.title.split())
    short = title if len(title) <= 90 else title[:89].rstrip() + "…"
    return _wrapped("hdr", facts.header_style, run(facts.kind, bold) + run(f"\t{short}"))


def _footer(facts: Facts) -> str:
    before, between, after = _PAGES.split("\ufdd0")
    fields = page_field("PAGE", "1"), page_field("NUMPAGES", "1")
    pages = run(f"\t{before}") + fields[0] + run(between) + fields[1] + (run(after) if after else "")
    return _wrapped("ftr", facts.footer_style, run(facts.footer) + pages)


def _settings(language: str) -> str:
    compatible = (
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/></w:compat>'
    )
    return (
        f"{DECLARATION}<w:settings {NAMESPACES}>{element('zoom', percent=100)}"
        f"{element('defaultTabStop', val=720)}{element('characterSpacingControl', val='doNotCompress')}{compatible}"
        f"{element('themeFontLang', val=escaped(language), eastAsia='ja-JP', bidi='ar-SA')}"
        f"{element('decimalSymbol', val='.')}{element('listSeparator', val=',')}</w:settings>"
    )


def _content_types(made: Mapping[str, bytes]) -> str:
    overrides = {
        "word/document.xml": _TYPES + "document.main+xml",
        **{name: type_ for name, (_, type_) in _KINDS.items() if name in made},
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    told = "".join(f'<Override PartName="/{name}" ContentType="{type_}"/>' for name, type_ in overrides.items())
    pictures = '<Default Extension="png" ContentType="image/png"/>' if any(n.endswith(".png") for n in made) else ""
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{pictures}{told}</Types>'
    )


def _relation(id_: str, type_: str, target: str, *, outside: bool = False) -> str:
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="{id_}" Type="{type_}" Target="{escaped(target)}"{mode}/>'


def _relations(content: str) -> str:
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{content}</Relationships>'


def _package_relations() -> str:
    return _relations(
        _relation("rId1", f"{_OFFICE}/relationships/officeDocument", "word/document.xml")
        + _relation("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")
        + _relation("rId3", f"{_OFFICE}/relationships/extended-properties", "docProps/app.xml")
    )


def _document_relations(made: Mapping[str, bytes], links: Sequence[str], pictures: int) -> str:
    inner = "".join(
        _relation(
            _IDS[name],
            f"{_LATER if kind in _LATER_KINDS else _OFFICE}/relationships/{kind}",
            name.removeprefix("word/"),
        )
        for name, (kind, _) in _KINDS.items()
        if name in made
    )
    outer = "".join(
        _relation(link_id(n), f"{_OFFICE}/relationships/hyperlink", url, outside=True) for n, url in enumerate(links)
    )
    shown = "".join(_relation(picture_id(n), f"{_OFFICE}/relationships/image", _picture(n)) for n in range(pictures))
    return _relations(inner + outer + shown)


def _core(facts: Facts) -> str:
    when = f'xsi:type="dcterms:W3CDTF">{facts.date}T00:00:00Z'
    author = one_line(facts.author)
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{one_line(f'{facts.kind}: {facts.title}')}</dc:title><dc:subject>{one_line(facts.kind)}</dc:subject>"
        f"<dc:creator>{author}</dc:creator><cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
        f"<dcterms:created {when}</dcterms:created><dcterms:modified {when}</dcterms:modified>"
        f"<dc:language>{escaped(facts.language)}</dc:language></cp:coreProperties>"
    )


def _app() -> str:
    return (
        f'{DECLARATION}<Properties xmlns="{_OFFICE}/extended-properties">'
        "<Application>Article Annotator</Application></Properties>"
    )
