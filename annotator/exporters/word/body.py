"""Writes a report as a Word document: every part of it as Word's own paragraphs, tables, pictures and fields."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatchmethod

from annotator.exporters import measures
from annotator.exporters.document import (
    Beside,
    Cell,
    Chart,
    Contents,
    Entry,
    KeyFigure,
    KeyFigures,
    NumberedLine,
    NumberedLines,
    Paragraph,
    Part,
    Report,
    Table,
    Text,
)
from annotator.exporters.options import ReportOptions
from annotator.exporters.rendering import Renderer
from annotator.exporters.shapes import Words
from annotator.exporters.word import package, pictures, tables
from annotator.exporters.word import template as templates
from annotator.exporters.word.flow import Flow, comment_states
from annotator.exporters.word.markup import (
    FAINT,
    INK,
    RULE,
    element,
    page_field,
    paragraph_properties,
    twips,
)
from annotator.exporters.word.pages import page_numbers
from annotator.exporters.word.styles import TEXT_WIDTH
from annotator.exporters.word.template import Template
from annotator.language import tr

_LED_BY_WORDS = Paragraph | Chart | Contents
"""Parts whose first line is a paragraph: no other is needed between them and a table."""
_LONG_CELL = 1200
_NUMBER_WIDTH = 1.0
_ON = {"paper": "On Colour", "muted": "Quiet"}


def document(report: Report, options: ReportOptions, renderer: Renderer | None = None) -> bytes:
    """Return the report as the bytes of a .docx file. Raises WriteError where the template cannot be read."""
    template = templates.read(options.template or templates.shipped(), report.language)
    return package.packed(parts(report, options, template, renderer))


def parts(
    report: Report, options: ReportOptions, template: Template, renderer: Renderer | None = None
) -> dict[str, bytes]:
    """Return the parts of the .docx file by name."""
    body = _Body(template, renderer, page_numbers(report, options))
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
        comments=body.comments(report.comments),
        comment_states=comment_states(report.comments),
        links=body.links,
        pictures=body.pictures,
        carried={name: data for name, data in template.parts.items() if name != "word/fontTable.xml"},
    )


class _Body(Flow):
    """Turns parts into WordprocessingML."""

    def __init__(self, template: Template, renderer: Renderer | None, pages: dict[str, int]) -> None:
        super().__init__(template)
        self.pictures: list[bytes] = []
        self._renderer = renderer
        self._pages = pages
        self._gap = self._empty()

    def parts(self, parts_: Sequence[Part], *, inside: bool = False) -> str:
        """Return parts one below the other; after a table comes a paragraph, as the format demands at ends."""
        out: list[str] = []
        for n, part in enumerate(parts_):
            if isinstance(part, Paragraph):
                out.append(self.paragraph(part))
                continue
            xml = self.part(part)
            out.append(xml)
            is_last = n + 1 == len(parts_)
            if xml.endswith("</w:tbl>") and (is_last or not isinstance(parts_[n + 1], _LED_BY_WORDS)):
                out.append(self._gap if inside else self.paragraph(Paragraph("Small")))
        return "".join(out)

    @singledispatchmethod
    def part(self, part: object) -> str:
        """Return one part that is no paragraph."""
        raise TypeError(type(part).__name__)

    # -- tables

    @part.register
    def _(self, table: Table) -> str:
        widths = [twips(c.width) for c in table.columns]
        rows = len(table.rows) + table.has_head
        ruled = table.look in ("rows", "tight")
        head = table.has_head
        told = tables.properties(
            widths,
            table.title,
            table.description,
            ruled="insideH" if ruled else "bottom" if table.look == "form" else "",
            head=head,
            pads=measures.PADS[table.look],
        )
        out = [f"<w:tbl>{told}"]
        if head:
            heads = tuple((Paragraph("TableHead", (Text(c.head),)),) for c in table.columns)
            out.append(self._row(table, heads, widths, head=True, keep=True))
        for n, cells in enumerate(table.rows, int(head)):
            keep = n < rows - 1 if rows <= measures.KEPT else n in (1, rows - 2)
            keep = keep and not table.parted
            out.append(self._row(table, cells, widths, keep=keep))
        out.append("</w:tbl>")
        return "".join(out)

    def _row(self, table: Table, cells: Sequence[Cell], widths: list[int], *, head: bool = False, keep: bool) -> str:
        whole = head or all(_length(cell) < _LONG_CELL for cell in cells)
        made = [
            tables.cell(width, "".join([self.paragraph(p, keep=keep, end=column.align_end) for p in cell]), head=head)
            for column, width, cell in zip(table.columns, widths, cells, strict=True)
        ]
        return tables.row(made, whole=whole, head=head)

    # -- pictures

    @part.register
    def _(self, chart: Chart) -> str:
        caption = self.paragraph(Paragraph("Caption", (Text(chart.title),)))
        if self._renderer is not None:
            self.pictures.append(self._renderer.picture(chart, pictures.DPI))
            number = len(self.pictures)
            run = pictures.inline(chart, number, package.picture_id(number - 1))
            style = paragraph_properties(style=self._template.ids["Picture"])
            return f"{caption}<w:p><w:pPr>{style}</w:pPr>{run}</w:p>"
        bars = pictures.bars(chart, self._bar_words, self._gap)
        return caption + (bars or self.part(chart.table))

    def _bar_words(self, words: Sequence[Words]) -> str:
        align = {"start": None, "middle": "center", "end": "right"}[words[-1].anchor]
        style = paragraph_properties(style=self._template.ids["BarText"], keep_next=True, align=align)
        runs: list[str] = []
        for n, each in enumerate(words):
            looks = [name for name, on in (("Strong", each.bold), (_ON.get(each.colour, ""), each.colour in _ON)) if on]
            runs.append(self.text(Text(f"\u2002{each.text}" if n else each.text, tuple(looks))))
        return f"<w:p><w:pPr>{style}</w:pPr>{''.join(runs)}</w:p>"

    def _empty(self) -> str:
        """Return a paragraph that takes no room, for cells that hold a colour only."""
        style = paragraph_properties(style=self._template.ids["Picture"])
        return f"<w:p><w:pPr>{style}</w:pPr></w:p>"

    # -- key figures

    @part.register
    def _(self, grid: KeyFigures) -> str:
        width = twips(TEXT_WIDTH / 3)
        told = tables.properties(
            [width] * 3, tr("Key figures"), tr("Each figure as a count of a whole, with its share"), pads=(3, 6)
        )
        rows: list[str] = []
        for n in range(0, len(grid.figures), 3):
            cells = [tables.cell(width, self._figure(f)) for f in grid.figures[n : n + 3]]
            cells += [tables.cell(width, self._gap)] * (3 - len(cells))
            rows.append(tables.row(cells))
        return f"<w:tbl>{told}{''.join(rows)}</w:tbl>"

    def _figure(self, figure: KeyFigure) -> str:
        label = Paragraph("FigureLabel", (Text(figure.words),))
        return self.paragraph(Paragraph("Figure", figure.inlines())) + self._bar(figure) + self.paragraph(label)

    def _bar(self, figure: KeyFigure) -> str:
        """Return the bar of a share: a table of one row and shaded cells; nothing where there is no share."""
        if figure.share is None:
            return ""
        whole = twips(measures.BAR_WIDTH)
        filled = round(whole * min(1.0, max(0.0, figure.share)))
        widths = [w for w in (filled, whole - filled) if w > 0]
        fills = [INK, FAINT] if len(widths) == 2 else [INK if filled else FAINT]
        title = tr("Bar: {share} of the whole", share=figure.per_cent or figure.n)
        told = tables.properties(widths, title, gap=0)
        cells = [
            tables.cell(w, self._gap, shade=element("shd", val="clear", color="auto", fill=f))
            for w, f in zip(widths, fills, strict=True)
        ]
        return f"<w:tbl>{told}{tables.row(cells, height=round(measures.BAR_HEIGHT * 20))}</w:tbl>"

    # -- side by side

    @part.register
    def _(self, beside: Beside) -> str:
        widths = [twips(width) for width, _ in beside.columns]
        title = tr("Side by side: {titles}", titles="; ".join(_titles(beside)))
        told = tables.properties(widths, title, pads=(0, 0), gap=0)
        cells = [
            tables.cell(width, self.parts(parts_, inside=True) or self._gap)
            for width, (_, parts_) in zip(widths, beside.columns, strict=True)
        ]
        return f"<w:tbl>{told}{tables.row(cells)}</w:tbl>"

    # -- numbered lines

    @part.register
    def _(self, lines: NumberedLines) -> str:
        number, margin = twips(_NUMBER_WIDTH), twips(lines.margin)
        widths = [number, twips(TEXT_WIDTH) - number - margin, margin]
        told = tables.properties(widths, lines.title, tr("One row a line: its number, its words, its margin"), gap=0)
        rule = {"left": element("left", val="single", sz=4, space=0, color=RULE)}
        inner = {"left": twips(0.3)}
        rows = [self._line(line, widths, rule, inner, first=n == 0) for n, line in enumerate(lines.lines)]
        return f"<w:tbl>{told}{''.join(rows)}</w:tbl>"

    def _line(
        self, line: NumberedLine, widths: list[int], rule: dict[str, str], inner: dict[str, int], *, first: bool
    ) -> str:
        margins = {"top": 180} if line.first and not first else {}
        number = Paragraph("NumberedMargin", (Text(line.number, ("Paragraph Number",)),) if line.number else ())
        keep = line.style in ("NumberedHeadline", "NumberedHeading")
        return tables.row(
            [
                tables.cell(widths[0], self.paragraph(number), margins=margins),
                tables.cell(
                    widths[1],
                    self.paragraph(Paragraph(line.style, line.inlines, rtl=line.rtl), keep=keep),
                    margins={**margins, "right": inner["left"]} if line.rtl else margins,
                ),
                tables.cell(
                    widths[2],
                    self.paragraph(Paragraph("NumberedMargin", line.margin)),
                    borders=rule,
                    margins={**inner, **margins},
                ),
            ]
        )

    # -- contents

    @part.register
    def _(self, contents: Contents) -> str:
        return "".join([self._entry(entry) for entry in contents.entries])

    def _entry(self, entry: Entry) -> str:
        style = paragraph_properties(style=self._template.ids[f"Contents{min(entry.level, 1) + 1}"])
        # Without looks: LibreOffice underlines a link whose runs have several.
        words = "".join([self.text(i._replace(looks=())) for i in entry.words if isinstance(i, Text)])
        tab = "<w:r><w:tab/></w:r>"
        page = page_field(f"PAGEREF {entry.anchor} \\h", str(self._pages.get(entry.anchor, 1)))
        inner = f'<w:hyperlink w:anchor="{entry.anchor}" w:history="1">{words}{tab}{page}</w:hyperlink>'
        return f"<w:p><w:pPr>{style}</w:pPr>{inner}</w:p>"


def _titles(beside: Beside) -> list[str]:
    return [part.title for _, parts_ in beside.columns for part in parts_ if isinstance(part, Chart | Table)]


def _length(cell: Cell) -> int:
    return sum(len(i.text) for p in cell for i in p.inlines if isinstance(i, Text))
