"""A report's tables as files for spreadsheets: every table once, figures as numbers, nothing a formula."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.analysis.sourcing import Figure
from annotator.errors import WriteError
from annotator.exporters import ReportOptions, build, cells, charts, figures, table_files, write
from annotator.exporters.document import (
    Beside,
    Chart,
    Column,
    KeyFigure,
    KeyFigures,
    Link,
    Paragraph,
    Part,
    Report,
    Table,
    Text,
    WebLink,
)
from annotator.exporters.material import Material
from annotator.model import AnnotatedArticle, FindingAnswer
from tests.exporters.audits import full
from tests.exporters.conftest import TODAY
from tests.test_tables import Book

MakeReport = Callable[..., Report]
NASTY = "=cmd|' /C calc'!A0"


def report_of(*parts: Part, title: str = "The bridge") -> Report:
    return Report("Audit", title, "Ada Reader", datetime.date(2026, 3, 1), "en-GB", "footer", parts)


def cell(*words: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph("TableText", (Text(w),)) for w in words)


def table(*rows: tuple[tuple[Paragraph, ...], ...], title: str = "Claims") -> Table:
    return Table((Column("Name", 4), Column("Words", 2, align_end=True)), rows, title)


def csv_rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_every_table_becomes_a_sheet(make_report: MakeReport) -> None:
    book = Book(table_files.xlsx(make_report(), ReportOptions()))
    assert {"Claims", "Source register", "Entity index"} <= set(book.names)
    assert not any("Legend" in name for name in book.names)
    assert len(book.names) == len(set(book.names))


def test_a_picture_gives_its_table_once() -> None:
    chart = charts.who_speaks(full(), 160)
    assert chart is not None
    report = report_of(chart, Beside(((8.0, (chart,)),)), chart.table)
    (sheet,) = table_files.sheets(report)
    assert sheet.name == "Who speaks"
    assert next(iter(sheet.rows)) == ["Quay Board", "Named", 8, 46, 54, 0.54]


def test_figures_are_numbers_and_dashes_are_nothing() -> None:
    one = table(
        (cell("1,204"), (cells.number(1204),)), (cell("–"), (cells.nothing(),)), (cell("a", "b"), cell("1,204"))
    )
    (sheet,) = table_files.sheets(report_of(one))
    assert list(sheet.rows) == [["1,204", 1204], [None, None], ["a\nb", "1,204"]]
    assert sheet.heads == ("Name", "Words")


def test_a_share_keeps_its_precision_however_it_is_printed() -> None:
    shares = [0.128, 0.004, 0.9999, None, 0.0]
    one = table(*[(cell("x"), (cells.share(s),)) for s in shares])
    assert [p.inlines[0].text for _, (p,) in one.rows] == ["13 %", "under 1 %", "over 99 %", "none", "0 %"]
    (sheet,) = table_files.sheets(report_of(one))
    assert [row[1] for row in sheet.rows] == shares


def test_n_of_n_is_two_numbers_in_two_columns() -> None:
    one = table((cell("x"), (cells.n_of(Figure(7.5, 20)),)), (cell("y"), cell("–")))
    (sheet,) = table_files.sheets(report_of(one))
    assert sheet.heads == ("Name", "Words", "Words: of")
    assert list(sheet.rows) == [["x", 7.5, 20], ["y", None, None]]
    assert len(sheet.widths) == len(sheet.ends) == 3


def test_tables_do_not_depend_on_the_words_figures_are_printed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    audit = full()
    made = [charts.who_speaks(audit, 160), charts.nobody_named(audit, 84), charts.sources_by_naming(audit, 84)]
    wanted = [[list(row) for row in s.rows] for s in table_files.sheets(report_of(*[c for c in made if c]))]
    monkeypatch.setattr(figures, "per_cent", lambda share: "beaucoup")
    monkeypatch.setattr(figures, "number", lambda n: "beaucoup")
    made = [charts.who_speaks(audit, 160), charts.nobody_named(audit, 84), charts.sources_by_naming(audit, 84)]
    told = [[list(row) for row in s.rows] for s in table_files.sheets(report_of(*[c for c in made if c]))]
    assert told == wanted and not any("beaucoup" in row for rows in told for row in rows)


def test_the_figures_of_an_audit_are_numbers(make_report: MakeReport) -> None:
    found = {s.name: s for s in table_files.sheets(make_report(kind="audit"))}
    sheet = found["Figures"]
    at = sheet.heads.index("Number")
    assert sheet.heads[at : at + 2] == ("Number", "Of")
    assert all(isinstance(row[at], int | float) and isinstance(row[at + 1], int) for row in sheet.rows)
    key = found["Key figures"]
    assert all(isinstance(row[1], int | float) and isinstance(row[2], int) for row in key.rows)


def test_links_are_words() -> None:
    linked = (Paragraph("TableText", (Link("x", Text("C1\u00a0")), WebLink("javascript:x", Text("site")))),)
    (sheet,) = table_files.sheets(report_of(table((linked, (cells.number(1),)))))
    assert list(sheet.rows) == [["C1 site", 1]]


def test_two_printed_halves_are_one_table() -> None:
    columns = tuple(Column(h, 3) for h in ("Entity", "Kind") * 2)
    rows = ((cell("a"), cell("place"), cell("c"), cell("work")), (cell("b"), cell("place"), cell(""), cell("")))
    (sheet,) = table_files.sheets(report_of(Table(columns, rows, "Entities")))
    assert sheet.heads == ("Entity", "Kind")
    assert [row[0] for row in sheet.rows] == ["a", "b", "c"]


def test_key_figures_are_a_sheet() -> None:
    figures = KeyFigures(
        (KeyFigure("15", "20", "75 %", "claims say who", 0.751, values=(15, 20)), KeyFigure("none", "", "", "x", None))
    )
    (sheet,) = table_files.sheets(report_of(figures))
    assert list(sheet.rows) == [["claims say who", 15, 20, 0.751], ["x", None, None, None]]


def test_a_report_without_tables_has_its_facts() -> None:
    (sheet,) = table_files.sheets(report_of())
    assert list(sheet.rows)[1] == ["Title", "The bridge"]


def test_csv_files_stand_beside_each_other_and_are_told(tmp_path: Path) -> None:
    report = report_of(table((cell(NASTY), cell("7"))), table((cell("x"), cell("8")), title="../../Sources: “all”"))
    out = tmp_path / "audit.csv"
    written = write(report, out, ReportOptions())
    assert written == (tmp_path / "audit-claims.csv", tmp_path / "audit-sources-all.csv")
    assert sorted(tmp_path.iterdir()) == sorted(written)
    assert csv_rows(written[0]) == [["Name", "Words"], [f"'{NASTY}", "7"]]


def test_the_only_table_takes_the_name_itself(tmp_path: Path) -> None:
    out = tmp_path / "audit.CSV"
    assert write(report_of(table((cell("x"), cell("8")))), out, ReportOptions()) == (out,)
    assert csv_rows(out)[1] == ["x", "8"]


def test_tables_of_several_chapters_are_one_with_the_article_named() -> None:
    share = Column("Share", 2, align_end=True)
    longer = Table(
        (Column("Name", 4), share, Column("Words", 2, align_end=True)),
        ((cell("y"), (cells.share(0.5),), (cells.number(9),)),),
        "Claims",
    )
    chapters = [Paragraph("Title", (Text(words),), level=0) for words in ("The bridge", "The quay")]
    report = report_of(chapters[0], table((cell("x"), (cells.number(8),))), chapters[1], longer, table(title="Other"))
    (sheet,) = table_files.sheets(report)
    assert sheet.heads == ("Article", "Name", "Words", "Share")
    assert list(sheet.rows) == [["The bridge", "x", 8, None], ["The quay", "y", 9, 0.5]]
    assert sheet.ends == (False, False, True, True)


def test_tables_without_heads_are_joined_too() -> None:
    facts = [Table((Column("", 2), Column("", 5)), ((cell("Date"), cell(w)),), "Facts", look="facts") for w in "ab"]
    title = Paragraph("Title", (Text("The quay"),), level=0)
    (sheet,) = table_files.sheets(report_of(facts[0], title, facts[1]))
    assert list(sheet.rows) == [["All articles", "Date", "a"], ["The quay", "Date", "b"]]


def test_claims_printed_one_below_the_other_are_rows(make_report: MakeReport, annotated: AnnotatedArticle) -> None:
    report = make_report(kind="claims")
    (sheet,) = [s for s in table_files.sheets(report) if s.name == "Claims"]
    rows = [dict(zip(sheet.heads, row, strict=True)) for row in sheet.rows]
    assert [row["No."] for row in rows] == [f"C{n}" for n in range(1, len(annotated.claims) + 1)]
    first = rows[0]
    assert first["Claim"] == "the bridge carries nine thousand carts a day"
    assert first["In its sentence"] == "The Quay Board says the bridge carries nine thousand carts a day."
    assert (first["Type"], first["Who says so"]) == ("Factual", "S1 Quay Board")
    assert "Cue: “says” neutral." in str(first["Coded"]) and str(first["Place"]).startswith("¶")
    assert rows[2]["Claim"] == "“We stopped in spring,” […] “and the page is blank.”"
    assert not any(p.title == "Claims" for p in report.parts if isinstance(p, Table)), "they are not printed twice"


def test_claims_of_several_articles_name_their_article(make_report: MakeReport, annotated: AnnotatedArticle) -> None:
    other = annotated.changed(article=replace(annotated.article, id="other", title="The quay"))
    (sheet,) = [s for s in table_files.sheets(make_report(annotated, other, kind="claims")) if s.name == "Claims"]
    rows = list(sheet.rows)
    assert sheet.heads[:2] == ("No.", "Article")
    assert rows[-1][:2] == [f"A2-C{len(annotated.claims)}", "The quay"]


def test_findings_are_rows_with_their_passages_and_answers(annotated: AnnotatedArticle) -> None:
    (asked, *_) = Material((annotated,)).findings[annotated.article.id]
    answer = FindingAnswer(rule=asked.rule.key, subject=asked.subject, article=annotated.article.id, answer="=It is so")
    report = build(Material((annotated,), answers=(answer,)), ReportOptions(kind="audit"), coder="Ada", today=TODAY)
    (sheet,) = [s for s in table_files.sheets(report) if s.name == "Findings"]
    rows = [dict(zip(sheet.heads, row, strict=True)) for row in sheet.rows]
    assert len(rows) == len(Material((annotated,)).findings[annotated.article.id])
    (answered,) = [row for row in rows if row["Answer"]]
    assert answered["Answer"] == "=It is so" and answered["What was found"] == asked.words
    assert answered["Finding"] == asked.rule.title and answered["Passages"]
    assert all(isinstance(row["No."], int) for row in rows)
    without = build(Material((annotated,)), ReportOptions(kind="audit", findings=False), coder="Ada", today=TODAY)
    assert "Findings" not in {s.name for s in table_files.sheets(without)}


def test_tables_of_one_name_are_kept_apart(tmp_path: Path) -> None:
    twice = report_of(*[table((cell(n), cell("8")), title="C" * 300 + n) for n in "ab"])
    written = write(twice, tmp_path / "t.csv", ReportOptions())
    assert len({p.name for p in written}) == 2
    assert len(Book(table_files.xlsx(twice, ReportOptions())).names) == 2


def test_nasty_names_are_words_in_a_workbook(tmp_path: Path) -> None:
    nasty = report_of(
        table((cell(NASTY, "<script>"), cell("javascript:x")), title=f"{NASTY}[]:*?/\\"), title="\x00" + "t" * 300
    )
    (path,) = write(nasty, tmp_path / "t.xlsx", ReportOptions())
    book = Book(path.read_bytes())
    assert book.rows()[1] == [f"{NASTY}\n<script>", "javascript:x"]
    assert b"<f>" not in book.parts["xl/worksheets/sheet1.xml"]


def test_whatever_kind_and_format_is_written(make_report: MakeReport, tmp_path: Path) -> None:
    report = make_report()
    for ending in ("html", "xlsx", "csv"):
        for path in write(report, tmp_path / f"r.{ending}", ReportOptions()):
            assert path.stat().st_size > 40


def test_a_folder_in_the_way_of_a_csv_is_told(tmp_path: Path) -> None:
    (tmp_path / "t.csv").mkdir()
    with pytest.raises(WriteError, match="is a folder"):
        write(report_of(table((cell("x"), cell("8")))), tmp_path / "t.csv", ReportOptions())


def test_a_chart_alone_is_a_table() -> None:
    chart = charts.types_by_status(full(), 72)
    assert isinstance(chart, Chart)
    assert [s.name for s in table_files.sheets(report_of(chart))] == ["Claims by type and status"]
