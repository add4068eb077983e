"""Tables of the article are tables of the report, with the numbers of their paragraphs and every mark in them."""

from __future__ import annotations

from annotator.exporters.article_tables import MOST_COLUMNS, NUMBER, WIDTH, tabled
from annotator.exporters.document import CommentEnd, CommentStart, Inline, Link, Paragraph, Table, Text


def row(*inlines: Inline) -> Paragraph:
    return Paragraph("ArticleBody", (Text("7\t", ("Paragraph Number",)), *inlines))


def words(table: Table) -> list[list[str]]:
    return [
        ["".join(i.text if isinstance(i, Text) else "|" for i in cell[0].inlines) for cell in cells]
        for cells in table.rows
    ]


def test_rows_that_follow_each_other_become_one_table() -> None:
    before, after = Paragraph("ArticleBody", (Text("a"),)), Paragraph("ArticleBody", (Text("b"),))
    parts = tabled([False, True, True, False], [before, row(Text("Year\tRise")), row(Text("2022\t3 %\tmore")), after])
    assert parts[0] is before and parts[-1] is after and len(parts) == 4
    table = parts[1]
    assert isinstance(table, Table) and words(table) == [["7", "Year", "Rise", ""], ["7", "2022", "3 %", "more"]]
    assert table.columns[0].width == NUMBER and abs(sum(c.width for c in table.columns[1:]) - WIDTH) < 0.05


def test_marks_go_on_from_cell_to_cell() -> None:
    marked = row(CommentStart(0), Text("6 %\tage", ("Source",), 1), CommentEnd(0), Link("s1", Text("ing\tnow")))
    (table,) = tabled([True], [marked])
    assert isinstance(table, Table)
    cells = [cell[0].inlines for cell in table.rows[0]]
    assert cells[1] == (CommentStart(0), Text("6 %", ("Source",), 1))
    assert cells[2] == (Text("age", ("Source",), 1), CommentEnd(0), Link("s1", Text("ing")))
    assert cells[3] == (Link("s1", Text("now")),)


def test_a_row_of_one_cell_and_one_of_too_many_stay_paragraphs() -> None:
    one, many = row(Text("alone")), row(Text("\t".join("x" * (MOST_COLUMNS + 1))))
    assert tabled([True, True], [one, many]) == [one, many]
