"""Tables: what goes out as CSV comes back as it was, whatever stands in it."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest

from annotator import interchange
from annotator.errors import ReadError, WriteError
from annotator.interchange import csv_files, tabular
from annotator.project import Project
from tests.interchange.conftest import NewProject
from tests.interchange.projects import TEXT, add, marked
from tests.project.drafts import span

TABLES = ("annotations", "attributions", "sources", "entities")
OTHERS = {
    "annotations": ("article", "layer"),
    "attributions": ("article", "layer", "source"),  # an article has an author of its own
    "sources": ("article", "id"),
    "entities": (),
    "claims": ("article", "layer", "source_ids"),
}
"""By table, what is another one in another project."""


def table(path: Path) -> list[dict[str, str]]:
    """Return a table as another program reads it: apostrophes and all."""
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def exported(project: Project, folder: Path, format_: str = "csv") -> dict[str, Path]:
    found = interchange.export(project, folder / f"out.{format_}", format_)
    return {path.stem.removeprefix("out-"): path for path in found.files}


def without(row: dict[str, str], *names: str) -> dict[str, str]:
    return {k: v for k, v in row.items() if k not in names}


def test_marks_come_back_into_a_project_with_the_same_text(new_project: NewProject, tmp_path: Path) -> None:
    first, second = new_project("first"), new_project("second")
    marked(first)
    article = add(second, publication="The Lantern", date="2026-01-02", byline="not_stated")
    made = exported(first, tmp_path)
    plan = interchange.plan(second, [made[name] for name in TABLES], "csv")
    assert plan.problems == []
    plan.take(second)
    assert second.check() == []
    (tmp_path / "again").mkdir()
    again = exported(second, tmp_path / "again")
    for name, other in OTHERS.items():
        there, here = (sorted(str(without(r, *other)) for r in table(files[name])) for files in (made, again))
        assert here == there
    assert second.annotated(article).claims[0].quote(TEXT) == "We had no crew […] and no fuel"


def test_the_same_tables_again_add_nothing(new_project: NewProject, tmp_path: Path) -> None:
    first, second = new_project("first"), new_project("second")
    marked(first)
    add(second)
    files = [exported(first, tmp_path)[name] for name in TABLES]
    interchange.plan(second, files, "csv").take(second)
    step = second.undo_step
    again = interchange.plan(second, files, "csv")
    assert again.is_empty and not again.problems
    again.take(second)
    assert second.undo_step == step
    second.undo()
    assert not second.annotated(second.article_ids()[0]).annotations


def test_no_cell_becomes_a_formula(new_project: NewProject, tmp_path: Path) -> None:
    project = new_project("first")
    marked(project)
    made = exported(project, tmp_path)
    for name in tabular.COLUMNS:
        rows = table(made[name])
        assert made[name].read_bytes().startswith(b"\xef\xbb\xbf")
        assert not [c for row in rows for c in row.values() if c.startswith(("=", "+", "-", "@", "\t"))]
    assert [r["quote"] for r in table(made["claims"])][2] == "'=SUM(A1)"
    book = interchange.export(project, tmp_path / "out.xlsx", "xlsx").files[0]
    with zipfile.ZipFile(book) as archive:
        sheets = [archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
    assert len(sheets) == len(tabular.COLUMNS) + 1
    assert not [s for s in sheets if "<f" in s.replace("<filter", "")]


def test_every_table_has_its_columns_and_says_what_it_is_of(new_project: NewProject, tmp_path: Path) -> None:
    project = new_project("first")
    article = marked(project)
    for name, path in exported(project, tmp_path).items():
        rows = table(path)
        assert tuple(rows[0]) == tabular.COLUMNS[name]
        assert {r["program"] for r in rows} == {tabular.PROGRAM}
        assert {r.get("text_sha256", project.version(article).sha256) for r in rows} == {
            project.version(article).sha256
        }
    quotations = table(interchange.export(project, tmp_path / "q.csv", "quotations").files[0])
    assert len(quotations) == len(project.annotated(article).attributions)
    assert quotations[0]["source"] == "Oda Lien" and quotations[0]["affiliation"] == "not_stated"
    assert quotations[0]["parts"] == "2" and quotations[0]["nested"] == "no"


def written(tmp_path: Path, *lines: str) -> list[Path]:
    path = tmp_path / "made.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return [path]


def test_what_cannot_be_placed_is_listed_by_line_and_the_rest_comes_in(new_project: NewProject, tmp_path: Path) -> None:
    project = new_project("first")
    article = add(project)
    a, b = span(TEXT, "Oda Lien")
    plan = interchange.plan(
        project,
        written(
            tmp_path,
            "id;kind;segments;quote;type",
            f"T1;claim;{a}-{b};Oda Lien;factual",
            f"T2;claim;{a + 1}-{b + 1};Oda Lien;rumour",
            f"T3;claim;{a}-{a};;",
            "T4;claim;3-999999;nobody said this;",
            f"T5;verb;{a}-{b};Oda Lien;",
            f"T6;claim;{a}-{b};Oda Lien;factual;1;2;3",
            f"T7;claim;{a - 1}-{b + 1};;",
            "T8;source;;Oda Lien;",
        ),
        "csv",
        coder="Bo",
    )
    told = {(p.line, p.kept) for p in plan.problems}
    assert told == {(3, True), (4, False), (5, True), (6, False), (7, False), (8, True)}
    plan.take(project)
    assert project.check() == []
    layer = next(layer.id for layer, coder in project.layers() if coder == "Bo")
    found = project.annotated(article, layer)
    assert [c.quote(TEXT) for c in found.claims] == ["Oda Lien", "Oda Lien", "Oda Lien,"]
    assert sorted(c.type or "" for c in found.claims) == ["", "", "factual"]
    assert found.orphans == 1 and plan.counts["claims"].orphans == 1
    assert [s.label for s in project.sources(article)][2:] == []
    assert not project.annotated(article).annotations
    assert interchange.plan(project, [tmp_path / "made.csv"], "csv", coder="Bo").is_empty


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a,b\n1,2\n", b'\xef\xbb\xbf"attribution","quote"\r\n'])
def test_other_tables_are_refused(new_project: NewProject, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.csv").write_bytes(content)
    with pytest.raises(ReadError):
        interchange.plan(new_project("first"), [tmp_path / "x.csv"], "csv")


def test_the_ending_must_fit(new_project: NewProject, tmp_path: Path) -> None:
    with pytest.raises(WriteError):
        interchange.export(new_project("first"), tmp_path / "x.txt", "csv")
    assert csv_files.selectors({"segments": " " * 1_000_000 + "1-2", "quote": "a"})[0].end == 2
    assert csv_files.selectors({"segments": "1-2 x", "quote": "a"})[0].start is None
    assert csv_files.selectors({"segments": "1-2;5-9,", "quote": None})[1].start == 5
    assert csv_files.selectors({"segments": "1-2 5-9", "quote": "a […] bcde"})[1].quote == "bcde"


@pytest.mark.parametrize(
    "note",
    [
        "=1+1",
        "'=1",
        "''=1",
        "'x",
        "''x",
        "-",
        "+1",
        "@a",
        "\t=x",
        "a\nb\n\nc",
        'say "x", y',
        "a;b\tc",
        "＝1",
        " =1",
        "'",
        "yes",
        "1e5",
        "\u2028x",
    ],
)
def test_a_note_comes_back_letter_by_letter(note: str, new_project: NewProject, tmp_path: Path) -> None:
    first, second = new_project("first"), new_project("second")
    a, b = span(TEXT, "Oda Lien")
    claim = first.mark(add(first), "claim", [(a, b)])
    first.set_note(claim, note)
    kept = first.annotated(first.article_ids()[0]).claims[0].note
    article = add(second)
    interchange.plan(second, [exported(first, tmp_path)["annotations"]], "csv").take(second)
    assert second.annotated(article).claims[0].note == kept
