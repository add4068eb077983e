"""Writes a report as a Word document: every look is a style of the template, every comment Word's own."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

import regex

from annotator.exporters.document import (
    AnchorEnd,
    AnchorStart,
    Cell,
    CommentEnd,
    CommentStart,
    Inline,
    Link,
    Paragraph,
    Part,
    Report,
    Table,
    Text,
    WebLink,
)
from annotator.exporters.options import ReportOptions
from annotator.exporters.rendering import Renderer
from annotator.exporters.word import package
from annotator.exporters.word import template as templates
from annotator.exporters.word.markup import (
    DECLARATION,
    INK,
    NAMESPACES,
    RULE,
    element,
    escaped,
    one_line,
    ordered_run,
    paragraph_properties,
    run,
    twips,
)
from annotator.exporters.word.styles import COLUMN_LEFT, COLUMN_RIGHT, LIST_LEFT, LIST_STEP
from annotator.exporters.word.template import Template

_GAP = 159
"""Space at the right of a cell, in twentieths of a point (0.28 cm)."""

_PADS = {"rows": (2.6, 3.0), "tight": (2.0, 2.2), "facts": (0.0, 1.0), "legend": (3.0, 4.0)}
_LONG_CELL = 1200
_LONGEST_URL = 2000
_OUTSIDE = regex.compile(r"(?i)(https?://|mailto:)\S")
_HUNG = frozenset({"ArticleBody", "ArticleQuote", "ArticleList", "ArticleCaption", "ArticleBox", "ArticleCorrection"})


def document(report: Report, options: ReportOptions, renderer: Renderer | None = None) -> bytes:
    """Return the report as the bytes of a .docx file. Raises WriteError where the template cannot be read."""
    template = templates.read(options.template or templates.shipped(), report.language)
    return package.packed(parts(report, options, template))


def parts(report: Report, options: ReportOptions, template: Template) -> dict[str, bytes]:
    """Return the parts of the .docx file by name."""
    body = _Body(template)
    xml = body.parts(report.parts)
    facts = package.Facts(
        title=report.title,
        kind=report.kind,
        author=report.author,
        language=report.language,
        date=report.made.isoformat(),
        footer=report.footer,
        paper=options.paper,
        header_style=template.ids["Header"],
        footer_style=template.ids["Footer"],
    )
    return package.parts(
        facts,
        body=xml,
        styles=template.styles,
        fonts=template.parts["word/fontTable.xml"],
        comments=body.comments(report),
        links=body.links,
        carried={name: data for name, data in template.parts.items() if name != "word/fontTable.xml"},
    )


class _Body:
    """Turns parts into WordprocessingML; counts bookmarks and outside links on the way."""

    def __init__(self, template: Template) -> None:
        self.links: list[str] = []
        self._template = template
        self._anchors: dict[str, int] = {}
        self._run_properties: dict[tuple[object, ...], str] = {}
        self._paragraph_properties: dict[tuple[object, ...], str] = {}

    def parts(self, parts_: tuple[Part, ...]) -> str:
        """Return the paragraphs and tables; a table is always followed by a paragraph, as the format demands."""
        out: list[str] = []
        for n, part in enumerate(parts_):
            if isinstance(part, Paragraph):
                out.append(self.paragraph(part))
                continue
            assert isinstance(part, Table), f"no Word for a {type(part).__name__} yet"
            out.append(self.table(part))
            if n + 1 == len(parts_) or isinstance(parts_[n + 1], Table):
                out.append(self.paragraph(Paragraph("Small")))
        return "".join(out)

    # -- paragraphs

    def paragraph(self, p: Paragraph, *, keep: bool = False, end: bool = False) -> str:
        """Return one paragraph; ``keep`` holds it on the page of the next, ``end`` sets it against the far edge."""
        keep = keep or p.keep_next
        key = p.style, *p[2:], keep, end
        properties = self._paragraph_properties.get(key)
        if properties is None:
            properties = self._paragraph_properties[key] = self._properties(p, keep, end)
        content = "".join([self._inline(i) for i in p.inlines])
        return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"

    def _properties(self, p: Paragraph, keep: bool, end: bool) -> str:
        left = COLUMN_LEFT if p.indented else None
        right = hanging = None
        tabs: tuple[tuple[str, float], ...] = ()
        if p.deeper and not p.rtl:
            left = hanging = LIST_LEFT + LIST_STEP * p.deeper
            tabs = (("clear", LIST_LEFT), ("left", left))
        if p.rtl and p.style.startswith("Article"):
            # Word counts "left" from the right edge here: keep the column where it is, hang the number at its own side.
            left, right = COLUMN_RIGHT, COLUMN_LEFT
            if p.style in _HUNG:
                hanging, tabs = COLUMN_RIGHT - 0.5, (("clear", COLUMN_LEFT), ("left", COLUMN_RIGHT))
        return paragraph_properties(
            style=self._template.ids[p.style],
            keep_next=True if keep else None,
            new_page=p.new_page,
            rtl=p.rtl,
            left=left,
            right=right,
            hanging=hanging,
            tabs=tabs,
            align="right" if end or p.align_end else None,
            level=p.level,
        )

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Text():
                return self._text(inline)
            case Link(anchor, words, tip):
                told = f' w:tooltip="{one_line(tip)}"' if tip else ""
                return f'<w:hyperlink w:anchor="{anchor}"{told} w:history="1">{self._text(words)}</w:hyperlink>'
            case WebLink(url, words):
                return self._web_link(url, words)
            case AnchorStart(name):
                number = self._anchors[name] = len(self._anchors)
                return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
            case AnchorEnd(name):
                return f'<w:bookmarkEnd w:id="{self._anchors[name]}"/>'
            case CommentStart(number):
                return f'<w:commentRangeStart w:id="{number}"/>'
            case CommentEnd(number):
                return (
                    f'<w:commentRangeEnd w:id="{number}"/><w:r><w:rPr>{self._style("CommentReference")}</w:rPr>'
                    f'<w:commentReference w:id="{number}"/></w:r>'
                )

    def _text(self, text: Text) -> str:
        key = text[1:]
        properties = self._run_properties.get(key)
        if properties is None:
            properties = self._run_properties[key] = self._look(text)
        return run(text.text, properties)

    def _look(self, text: Text) -> str:
        """Return the run properties of words under several looks.

        A run has one character style: the first look is it, the further ones are copied from their styles, so that a
        restyled "Source" also shows inside claims. The shading is always written out: it outlives a paste elsewhere.
        """
        looks = [look.replace(" ", "") for look in text.looks]
        if text.claims:
            shade = "Claim" if text.claims == 1 else "ClaimOverlap"
            looks.insert(len(looks) if text.looks and text.looks[0].endswith("Mark") else 0, shade)
        made: dict[str, str] = {}
        if looks:
            first = self._template.run[looks[0]]
            made["rStyle"] = self._style(looks[0])
            if "shd" in first:
                made["shd"] = first["shd"]
            for look in looks[1:]:
                further = self._template.run[look]
                made.update({tag: xml for tag, xml in further.items() if tag not in first and tag not in made})
        made.update(_language(text))
        return ordered_run(made)

    def _style(self, look: str) -> str:
        return element("rStyle", val=self._template.ids[look])

    def _web_link(self, url: str, words: Text) -> str:
        target = _address(url)
        if target is None:
            return self._text(words)
        self.links.append(target)
        styled = Text(words.text, (*words.looks, "Web Address"), words.claims, words.script, words.language)
        id_ = package.link_id(len(self.links) - 1)
        return f'<w:hyperlink r:id="{id_}" w:history="1">{self._text(styled)}</w:hyperlink>'

    # -- tables

    def table(self, table: Table) -> str:
        """Return a table: hairlines between the rows, none upright, flush with the text."""
        widths = [twips(c.width) for c in table.columns]
        rows = len(table.rows) + table.has_head
        out = [f"<w:tbl>{_table_properties(table, widths)}"]
        if table.has_head:
            heads = tuple((Paragraph("TableHead", (Text(c.head),)),) for c in table.columns)
            out.append(self._row(table, heads, widths, head=True, keep=True))
        for n, cells in enumerate(table.rows, int(table.has_head)):
            # A short table stays on one page; a long one leaves no lone row at either end.
            keep = n < rows - 1 if rows <= 7 else n in (1, rows - 2)
            out.append(self._row(table, cells, widths, keep=keep))
        out.append("</w:tbl>")
        return "".join(out)

    def _row(self, table: Table, cells: tuple[Cell, ...], widths: list[int], *, head: bool = False, keep: bool) -> str:
        whole = head or all(_length(cell) < _LONG_CELL for cell in cells)
        properties = ("<w:cantSplit/>" if whole else "") + ("<w:tblHeader/>" if head else "")
        out = [f"<w:tr><w:trPr>{properties}</w:trPr>" if properties else "<w:tr>"]
        for column, width, cell in zip(table.columns, widths, cells, strict=True):
            out.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{_HEAD if head else _TOP}</w:tcPr>')
            out += [self.paragraph(p, keep=keep, end=column.align_end) for p in cell]
            out.append("</w:tc>")
        out.append("</w:tr>")
        return "".join(out)

    # -- comments

    def comments(self, report: Report) -> str:
        """Return ``comments.xml``, in one pass; empty where the report has none."""
        if not report.comments:
            return ""
        plain = f"<w:pPr>{element('pStyle', val=self._template.ids['CommentText'])}</w:pPr>"
        mark = f"<w:r><w:rPr>{self._style('CommentReference')}</w:rPr><w:annotationRef/></w:r>"
        out = [f"{DECLARATION}<w:comments {NAMESPACES}>"]
        for number, comment in enumerate(report.comments):
            out.append(
                f'<w:comment w:id="{number}" w:author="{one_line(comment.author)}" w:date="{escaped(comment.at)}"'
                f' w:initials="{one_line(comment.initials, 9)}">'
            )
            for n, line in enumerate(comment.lines):
                words = "".join([self._text(t) for t in line])
                out.append(f"<w:p>{plain}{mark if n == 0 else ''}{words}</w:p>")
            out.append("</w:comment>")
        out.append("</w:comments>")
        return "".join(out)


_TOP = '<w:vAlign w:val="top"/>'
_HEAD = (
    f'<w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{INK}"/></w:tcBorders>'
    '<w:tcMar><w:top w:w="40" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/></w:tcMar><w:vAlign w:val="bottom"/>'
)


def _table_properties(table: Table, widths: list[int]) -> str:
    ruled = table.look in ("rows", "tight")
    borders = "".join(
        element(side, val="single", sz=4, space=0, color=RULE)
        if ruled and side in ("bottom", "insideH")
        else element(side, val="nil")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    top, bottom = _PADS[table.look]
    margins = "".join(
        element(side, w=width, type="dxa")
        for side, width in (("top", round(top * 20)), ("left", 0), ("bottom", round(bottom * 20)), ("right", _GAP))
    )
    look = element(
        "tblLook",
        val="0620" if table.has_head else "0600",
        firstRow=int(table.has_head),
        lastRow=0,
        firstColumn=0,
        lastColumn=0,
        noHBand=1,
        noVBand=1,
    )
    described = f'<w:tblDescription w:val="{one_line(table.description)}"/>' if table.description else ""
    grid = "".join(element("gridCol", w=w) for w in widths)
    return (
        f"<w:tblPr>{element('tblW', w=sum(widths), type='dxa')}{element('tblInd', w=0, type='dxa')}"
        f"<w:tblBorders>{borders}</w:tblBorders>{element('tblLayout', type='fixed')}"
        f"<w:tblCellMar>{margins}</w:tblCellMar>{look}"
        f'<w:tblCaption w:val="{one_line(table.title)}"/>{described}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


def _length(cell: Cell) -> int:
    return sum(len(i.text) for p in cell for i in p.inlines if isinstance(i, Text))


def _language(text: Text) -> dict[str, str]:
    language = escaped(text.language) or None
    if text.script == "rtl":
        return {"rtl": element("rtl"), "lang": element("lang", bidi=language or "ar-SA")}
    if text.script == "cjk":
        return {"lang": element("lang", eastAsia=language or "ja-JP")}
    return {"lang": element("lang", val=language)} if language else {}


def _address(url: str) -> str | None:
    """Return an outside address that Word accepts as a link, else None."""
    if not _OUTSIDE.match(url) or len(url) > _LONGEST_URL:
        return None
    try:
        parts_ = urlsplit(url)
        if parts_.scheme.lower() != "mailto" and not parts_.hostname:
            return None
        return quote(url, safe="%/:=&?~#+!$,;'@()*[]")
    except ValueError:  # a host like "[" or a lone surrogate
        return None
