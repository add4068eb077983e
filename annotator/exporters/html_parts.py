"""Parts of a report as HTML: paragraphs, tables, pictures, figures, numbered lines, contents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from annotator.exporters.document import (
    Beside,
    Cell,
    Chart,
    Column,
    Contents,
    Inline,
    KeyFigure,
    KeyFigures,
    Link,
    NumberedLine,
    NumberedLines,
    Paragraph,
    Part,
    Table,
    Text,
)
from annotator.exporters.escaping import escaped
from annotator.exporters.html_inlines import Inlines
from annotator.exporters.manners import manner
from annotator.exporters.svg import inline as svg
from annotator.language import tr

_DEEPEST = 6
_PLAIN_CELL = "TableText"


class Writer:
    """Turns parts into HTML; keeps the headings in order and the pictures' ids apart.

    ``titled``: the page has its first heading already.
    """

    def __init__(self, inlines: Inlines, *, titled: bool) -> None:
        self._inlines = inlines
        self._level = int(titled)
        self._charts = 0
        self._writers: dict[type, Callable[[Any], str]] = {
            Paragraph: self._paragraph,
            Table: self._table,
            Chart: self._chart,
            KeyFigures: self._key_figures,
            Beside: self._beside,
            NumberedLines: self._numbered_lines,
            Contents: self._contents,
        }

    def part(self, part: Part) -> str:
        """Return one part of a report."""
        return self._writers[type(part)](part)

    # -- paragraphs

    def _paragraph(self, p: Paragraph) -> str:
        style = p.style
        set_so = manner(style)
        if not p.inlines and not set_so.to_write_on:
            return ""
        tag = self._tag(p)
        inner = self._columns(p.inlines) if set_so.columns else self._words(p)
        turned = ' dir="rtl"' if p.rtl else ""
        classes = _classes(style, p.new_page, p.indented, p.align_end, p.deeper)
        return f'<{tag} class="{classes}"{turned}>{inner}</{tag}>\n'

    def _words(self, paragraph: Paragraph) -> str:
        if not paragraph.style.startswith("Article"):
            return self._inlines.isolated(paragraph.inlines)
        head = self._hung(paragraph.inlines)
        return head if head is not None else self._inlines.html(paragraph.inlines)

    def _hung(self, inlines: Sequence[Inline]) -> str | None:
        """Return an article's paragraph whose number hangs in the margin; None where it has no number."""
        for n, inline in enumerate(inlines[:3]):
            if isinstance(inline, Text) and inline.looks == ("Paragraph Number",) and inline.text.endswith("\t"):
                number = f'<span class="hung">{escaped(inline.text[:-1])}</span>'
                return f"{self._inlines.html(inlines[:n])}{number}{self._inlines.html(inlines[n + 1 :])}"
        return None

    def _columns(self, inlines: Sequence[Inline]) -> str:
        """Return words with a column of their own behind each tab."""
        columns: list[list[Inline]] = [[]]
        for inline in inlines:
            if not isinstance(inline, Text) or "\t" not in inline.text:
                columns[-1].append(inline)
                continue
            for n, piece in enumerate(inline.text.split("\t")):
                if n:
                    columns.append([])
                if piece:
                    columns[-1].append(inline._replace(text=piece))
        return "".join(f'<span class="column">{self._inlines.isolated(c)}</span>' for c in columns)

    def _tag(self, paragraph: Paragraph) -> str:
        style = paragraph.style
        if style == "Title":
            wanted = 2 + paragraph.level if paragraph.level is not None else 1 if not self._level else 2
        elif (level := manner(style).level if paragraph.level is None else paragraph.level) is not None:
            wanted = 2 + level
        else:
            return "blockquote" if style in ("ArticleQuote", "Quote") else "p"
        self._level = max(1, min(wanted, self._level + 1, _DEEPEST))
        return f"h{self._level}"

    # -- tables

    def _table(self, table: Table) -> str:
        caption = f'<caption class="unseen">{escaped(_told(table.title, table.description))}</caption>'
        whole = sum(c.width for c in table.columns) or 1.0
        columns = "".join(f'<col style="width:{c.width / whole * 100:.4g}%">' for c in table.columns)
        head = ""
        if table.has_head:
            cells = "".join(_head(c) for c in table.columns)
            head = f"<thead><tr>{cells}</tr></thead>"
        is_named = table.has_head or table.look == "facts"
        rows = "".join([self._row(table.columns, row, is_named) for row in table.rows])
        wide = ' tabindex="0" role="region"' if len(table.columns) > 3 else ""
        label = f' aria-label="{escaped(table.title)}"' if wide else ""
        return (
            f'<div class="table"{wide}{label}><table class="{table.look}">{caption}<colgroup>{columns}</colgroup>{head}'
            f"<tbody>{rows}</tbody></table></div>\n"
        )

    def _row(self, columns: Sequence[Column], cells: Sequence[Cell], is_named: bool) -> str:
        out = ["<tr>"]
        for n, (column, cell) in enumerate(zip(columns, cells, strict=True)):
            tag = 'th scope="row"' if is_named and not n else "td"
            to_end = ' class="to-end"' if column.align_end else ""
            turned = ' dir="rtl"' if cell and cell[0].rtl and len(cell) == 1 else ""
            out.append(f"<{tag}{to_end}{turned}>{self._cell(cell)}</{tag[:2]}>")
        out.append("</tr>\n")
        return "".join(out)

    def _cell(self, cell: Cell) -> str:
        if len(cell) == 1 and cell[0].style == _PLAIN_CELL:
            return self._inlines.isolated(cell[0].inlines)
        return "".join([self.part(p).rstrip("\n") for p in cell])

    # -- pictures and figures

    def _chart(self, chart: Chart) -> str:
        self._charts += 1
        behind = self.part(chart.table)
        return (
            f'<figure class="chart" style="--wide:{chart.width:.4g}"><figcaption class="Caption">{escaped(chart.title)}</figcaption>\n'
            f"{svg(chart, f'chart-{self._charts}')}\n"
            f"<details><summary>{escaped(tr('As a table'))}</summary>\n{behind}</details></figure>\n"
        )

    def _key_figures(self, grid: KeyFigures) -> str:
        figures = "".join(self._figure(f) for f in grid.figures)
        return f'<ul class="figures" aria-label="{escaped(tr("Key figures"))}">\n{figures}</ul>\n'

    def _figure(self, figure: KeyFigure) -> str:
        n = Text(figure.n)
        number = self._inlines.html([Link(figure.anchor, n) if figure.anchor else n])
        of = f'<span class="whole">{escaped(tr(" of {n}", n=figure.of))}</span>' if figure.of else ""
        share = f' <span class="share">{escaped(figure.per_cent)}</span>' if figure.per_cent else ""
        filled = min(1.0, max(0.0, figure.share or 0.0)) * 100
        bar = f'<span class="bar" aria-hidden="true"><span style="width:{filled:.4g}%"></span></span>'
        bar = bar if figure.share is not None else ""
        told = f'<span class="says">{escaped(figure.words)}</span>'
        return f'<li><span class="number"><b>{number}</b>{of}{share}</span>{bar}{told}</li>\n'

    def _beside(self, beside: Beside) -> str:
        columns = "".join(
            f'<div style="flex:{width:.4g} 1 {width:.4g}cm">{"".join([self.part(p) for p in parts])}</div>'
            for width, parts in beside.columns
        )
        return f'<div class="beside">{columns}</div>\n'

    # -- numbered lines, contents

    def _numbered_lines(self, lines: NumberedLines) -> str:
        rows = "".join([self._line(line) for line in lines.lines])
        caption = f'<caption class="unseen">{escaped(lines.title)}</caption>'
        share = lines.margin / 16 * 100
        columns = f'<colgroup><col class="no"><col><col style="width:{share:.4g}%"></colgroup>'
        return f'<div class="table"><table class="lines">{caption}{columns}<tbody>{rows}</tbody></table></div>\n'

    def _line(self, line: NumberedLine) -> str:
        first = ' class="first"' if line.first else ""
        turned = ' dir="rtl"' if line.rtl else ""
        return (
            f'<tr{first}><th scope="row">{escaped(line.number)}</th><td class="{escaped(line.style)}"{turned}>'
            f"{self._inlines.html(line.inlines)}</td><td>{self._inlines.isolated(line.margin)}</td></tr>\n"
        )

    def _contents(self, contents: Contents) -> str:
        entries = "".join(
            f'<li class="level-{entry.level}"><a href="#{escaped(entry.anchor)}">{self._entry(entry.words)}</a></li>\n'
            for entry in contents.entries
        )
        return f'<nav class="contents" aria-label="{escaped(tr("Contents"))}"><ul>\n{entries}</ul></nav>\n'

    def _entry(self, words: Sequence[Inline]) -> str:
        """Return the words of an entry, which is a link itself."""
        return self._inlines.isolated([w.words if isinstance(w, Link) else w for w in words])


@lru_cache(256)
def _classes(style: str, new_page: bool, indented: bool, align_end: bool, deeper: int) -> str:
    names = [style]
    names += ["new-page"] * new_page + ["indented"] * indented + ["to-end"] * align_end
    if deeper:
        names.append(f"deeper-{deeper}")
    return escaped(" ".join(names))


def _head(column: Column) -> str:
    to_end = ' class="to-end"' if column.align_end else ""
    return f'<th scope="col"{to_end}>{escaped(column.head)}</th>' if column.head else "<td></td>"


def _told(title: str, description: str) -> str:
    return f"{title}. {description}" if description else title
