"""Export: options as ticked, a name offered, the report written in the background."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from annotator import exporters, importers, paths
from annotator.errors import AnnotatorError
from annotator.exporters import beginning, writing
from annotator.exporters.document import Paragraph, Report, Text
from annotator.exporters.options import KINDS, ReportOptions, formats_of, options_of
from annotator.project import Project
from annotator.settings import Settings
from annotator.ui.application import Application
from annotator.ui.dialogs import export
from annotator.ui.dialogs.export import ExportDialog, Reach, slug
from annotator.ui.handover import Handover, PreviewMaker, _written, keep_options, kept_options
from annotator.ui.notices import NoticeBar
from annotator.ui.previewing import Made
from annotator.ui.theme import LIGHT
from annotator.ui.workspace import Cancelled, Job, Workspace

REPORT = Report(
    "Annotated article", "Bridge to close", "Ada", date(2026, 1, 1), "en-GB", "by Ada",
    tuple(Paragraph("ArticleBody", (Text(f"Paragraph {n} of the article."),)) for n in range(60)),
)  # fmt: skip
Make = Callable[..., ExportDialog]


@pytest.fixture
def made(qtbot: QtBot, tmp_path: Path) -> Iterator[Make]:
    dialogs: list[ExportDialog] = []

    def make(reach: Reach | None = None, options: ReportOptions | None = None, **more: Any) -> ExportDialog:
        more.setdefault("maker", lambda _options, scope: Made(REPORT, "Shown here: some." if scope == "all" else ""))
        reach = reach or Reach("Harbour news", 1)
        dialog = ExportDialog(LIGHT, "Bridge to close", reach, options or ReportOptions(), tmp_path, None, **more)
        qtbot.addWidget(dialog)
        dialogs.append(dialog)
        return dialog

    yield make
    for dialog in dialogs:
        dialog.preview.close_down()


def test_the_options_are_those_ticked(made: Make) -> None:
    dialog = made(Reach("Harbour news", 3))
    dialog.show()
    dialog.form.ticks["comments"].setChecked(False)
    dialog.paper.set_value("Letter")
    dialog.paper.picked.emit("Letter")
    assert dialog.options() == ReportOptions(comments=False, paper="Letter")
    assert dialog.file_name() == "bridge-to-close-annotated.docx"
    dialog.scope.set_value("all")
    assert dialog.file_name() == "harbour-news-annotated.docx"
    assert not dialog.grab().isNull()


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_kind_shows_its_own_options_and_formats(made: Make, kind: str) -> None:
    dialog = made()
    dialog.choose_kind(kind)
    named = {name.partition(".")[0] for name in dialog.form.ticks} | set(dialog.form.numbers)
    assert named == {option.name for option in options_of(kind)}
    offered = [dialog.format.itemData(n) for n in range(dialog.format.count())]
    assert offered == list(formats_of(kind))
    assert dialog.options().kind == kind
    assert all(control.accessibleName() for control in (*dialog.form.ticks.values(), *dialog.form.numbers.values()))


def test_what_was_ticked_for_one_kind_is_there_when_it_is_chosen_again(made: Make) -> None:
    dialog = made()
    dialog.choose_kind("worksheet")
    dialog.form.ticks["hide.sources"].setChecked(False)
    dialog.form.numbers["trace"].setValue(3)
    dialog.choose_kind("audit")
    dialog.choose_kind("worksheet")
    assert not dialog.form.ticks["hide.sources"].isChecked() and dialog.form.numbers["trace"].value() == 3
    assert dialog.options().hide == {"marks", "labels", "verdicts"} and dialog.options().trace == 3


def test_a_format_no_kind_of_pen_and_paper_has_gives_way(made: Make) -> None:
    dialog = made(options=ReportOptions(format="xlsx"))
    assert dialog.file_name().endswith(".xlsx")
    assert dialog._rows["paper"].isHidden() and dialog._rows["template"].isHidden()
    dialog.choose_kind("worksheet")
    assert dialog.options().format == "docx" and not dialog._rows["paper"].isHidden()


def test_comments_are_offered_only_where_a_file_can_hold_them(made: Make) -> None:
    dialog = made()
    dialog.format.set_value("pdf")
    dialog.format.picked.emit("pdf")
    assert not dialog.form.ticks["comments"].isEnabled()
    dialog.format.set_value("html")
    dialog.format.picked.emit("html")
    assert dialog.form.ticks["comments"].isEnabled()


def test_pages_are_turned_from_anywhere_in_the_dialog(qtbot: QtBot, made: Make) -> None:
    dialog = made()
    dialog.show()
    qtbot.waitUntil(lambda: dialog.preview.is_counted, timeout=10_000)
    assert dialog.preview.pages == 3 and dialog._page.text() == "Page 1 of 3"
    with qtbot.waitSignal(dialog.preview.turned):
        dialog._on.click()
    assert dialog.preview.page == 1
    qtbot.waitUntil(lambda: dialog._page.text() == "Page 2 of 3", timeout=10_000)
    dialog.preview.turn(99)
    assert dialog.preview.page == 2 and not dialog._on.isEnabled()


def test_why_there_is_no_preview_is_said(qtbot: QtBot, made: Make) -> None:
    def broken(_options: ReportOptions, _scope: str) -> Made:
        raise AnnotatorError("The disk is gone.")

    dialog = made(maker=broken)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.preview.accessibleDescription() == "The disk is gone.", timeout=10_000)
    assert dialog.preview.pages == 0 and not dialog.preview.grab().isNull()


def test_several_chosen_articles_are_offered_first(made: Make) -> None:
    dialog = made(Reach("Harbour news", 8, 3))
    assert [dialog.scope.itemText(n) for n in range(dialog.scope.count())] == [
        "This article", "The 3 chosen", "All 8 articles",
    ]  # fmt: skip
    assert dialog.scope.value == "chosen" and dialog.file_name() == "harbour-news-3-articles-annotated.docx"


def test_how_much_of_a_large_report_is_shown_is_said(qtbot: QtBot, made: Make) -> None:
    dialog = made(Reach("Harbour news", 2000))
    dialog.show()
    qtbot.waitUntil(lambda: dialog.preview.is_counted, timeout=10_000)
    assert "Shown here" not in dialog._about.text()
    dialog.scope.set_value("all")
    dialog.scope.picked.emit("all")
    qtbot.waitUntil(lambda: dialog._about.text().endswith("Shown here: some."), timeout=10_000)


def test_nothing_is_written_without_a_name(made: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = made()
    answers = iter([("", ""), (str(tmp_path / "report"), "")])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: next(answers))
    dialog.accept()
    assert dialog.dest is None and not dialog.result()
    dialog.accept()
    assert dialog.dest == tmp_path / "report.docx" and dialog.result()


def test_an_ending_that_is_typed_decides(made: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = made()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(tmp_path / "report.pdf"), ""))
    dialog.accept()
    assert dialog.dest == tmp_path / "report.pdf" and dialog.options().format == "pdf"


@pytest.mark.parametrize("said", [True, False])
def test_files_the_file_dialog_did_not_ask_about_are_asked_about(
    made: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: bool
) -> None:
    (tmp_path / "sheet-answer-key.docx").write_text("mine")
    dialog = made(options=ReportOptions(kind="worksheet", both=True))
    assert dialog._name.text() == "bridge-to-close-worksheet.docx and bridge-to-close-worksheet-answer-key.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(tmp_path / "sheet.docx"), ""))
    asked: list[str] = []

    def confirm(_parent: object, _theme: object, _title: str, text: str, _verb: str) -> bool:
        asked.append(text)
        return said

    monkeypatch.setattr(export, "confirm", confirm)
    dialog.accept()
    assert asked == ["“sheet-answer-key.docx” is there already."] and bool(dialog.dest) is said


@pytest.mark.parametrize(("kept", "typed", "coder"), [("Me", "Ada  Reader", "Ada Reader"), ("Ada", "", "Me")])
def test_the_name_is_asked_for_before_the_report_is_written(
    qtbot: QtBot, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: str, typed: str, coder: str
) -> None:
    path = project.path
    project.close()
    Settings.load(paths.config()).put(coder_name=kept)
    application = Application()
    workspace, window = application.workspace, application.window
    qtbot.addWidget(window)
    assert workspace.open(path)
    dest = tmp_path / "out.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(dest), ""))
    asked: list[str] = []

    def answer(dialog: ExportDialog) -> QDialog.DialogCode:
        assert dialog.name_field is not None
        asked.append(dialog.name_field.text())
        dialog.name_field.setText(typed)
        dialog.accept()
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(ExportDialog, "exec", answer)
    try:
        window.handover.export()
        qtbot.waitUntil(lambda: dest.exists() and bool(window.notices.texts), timeout=10_000)
        assert asked == ["" if kept == "Me" else kept]
        with zipfile.ZipFile(dest) as file:
            assert f'w:author="{coder}"' in file.read("word/comments.xml").decode()
        assert (window.preferences.name_to_ask() is None) == (coder != "Me")
    finally:
        workspace.wait_for_jobs()
        workspace.close()


def test_who_has_a_name_is_not_asked(made: Make) -> None:
    dialog = made()
    assert dialog.name_field is None and dialog.coder_name == ""


@pytest.mark.parametrize(
    ("title", "name"),
    [("“Wait”: she said / no?", "wait-she-said-no"), ("تقرير عن الماء", "تقرير-عن-الماء"), ("?!", "article")],
)
def test_file_names_are_made_of_titles_in_any_script(title: str, name: str) -> None:
    assert slug(title) == name


def test_a_report_is_written_and_offered(qtbot: QtBot, project: Project, article: str, tmp_path: Path) -> None:
    path = project.path
    project.close()
    workspace = Workspace()
    assert workspace.open(path)
    notices = NoticeBar(LIGHT)
    qtbot.addWidget(notices)
    handover = Handover(
        notices,
        workspace,
        notices,
        lambda: LIGHT,
        lambda: None,
        ReportOptions,
        lambda *_: None,
        lambda: tmp_path,
        lambda: None,
    )
    try:
        job = handover.write_report([article], ReportOptions(), tmp_path / "out.docx")
        assert job is not None
        qtbot.waitUntil(lambda: bool(notices.texts), timeout=10_000)
        assert notices.texts[-1].startswith("Wrote “out.docx”") and (tmp_path / "out.docx").stat().st_size > 1000
        handover.write_report([article], ReportOptions(kind="worksheet", both=True), tmp_path / "sheet.pdf")
        qtbot.waitUntil(lambda: "sheet" in notices.texts[-1], timeout=10_000)
        assert "“sheet.pdf” and “sheet-answer-key.pdf”" in notices.texts[-1]
        (tmp_path / "set-old.csv").write_text("old")
        handover.write_report([article], ReportOptions(kind="claims", format="csv"), tmp_path / "set.csv")
        qtbot.waitUntil(lambda: any("set-" in text and "Wrote" in text for text in notices.texts), timeout=10_000)
        assert any("earlier report: “set-old.csv”" in text for text in notices.texts)
        handover.write_copy(tmp_path / "clean.annot", clean=True)
        qtbot.waitUntil((tmp_path / "clean.annot").is_file, timeout=10_000)
    finally:
        workspace.wait_for_jobs()
        workspace.close()


def test_a_cancelled_report_is_not_written(qtbot: QtBot, project: Project, article: str, tmp_path: Path) -> None:
    path = project.path
    project.close()
    job = Job("", lambda _: None)
    job.cancel()
    with pytest.raises(Cancelled):
        _written(job, path, [article], ReportOptions(), tmp_path / "out.pdf", "Ada")
    assert not (tmp_path / "out.pdf").exists()


@pytest.mark.parametrize("step", ["build", "made"])
def test_a_report_cancelled_while_it_is_made_leaves_the_old_file(
    project: Project, article: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path, out, job = project.path, tmp_path / "out.docx", Job("", lambda _: None)
    project.close()
    out.write_bytes(b"old")
    where = exporters if step == "build" else writing
    made = getattr(where, step)

    def cancelled_meanwhile(*given: object, **named: object) -> object:
        job.cancel()
        return made(*given, **named)

    monkeypatch.setattr(where, step, cancelled_meanwhile)
    with pytest.raises(Cancelled):
        _written(job, path, [article], ReportOptions(), out, "Ada")
    assert out.read_bytes() == b"old"


def test_options_are_kept_in_the_project_without_where_the_template_lies(project: Project, tmp_path: Path) -> None:
    used = ReportOptions(kind="audit", method=False, format="pdf", template=tmp_path / "house.docx")
    keep_options(project, used)
    assert str(tmp_path) not in (project.meta("report_options") or "")
    again = kept_options(project, ReportOptions(template=tmp_path / "mine.docx", paper="Letter"))
    assert again == replace(used, template=tmp_path / "mine.docx")
    project.set_meta("report_options", "{broken")
    assert kept_options(project, ReportOptions()) == ReportOptions()


def test_the_preview_reads_the_project_for_itself_and_once(project: Project, article: str) -> None:
    maker = PreviewMaker(project, {"one": [article]})
    with ThreadPoolExecutor(1) as pool:
        made = [pool.submit(maker, ReportOptions(kind=kind), "one").result() for kind in ("annotated", "audit")]
    assert [(m.report.title, m.of) for m in made] == [("Bridge to close", "")] * 2 and len(maker.read) == 1


def test_once_it_is_left_the_preview_reads_no_more(project: Project, article: str) -> None:
    maker = PreviewMaker(project, {"all": [article] * 2})
    maker.leave()
    with pytest.raises(Cancelled):
        maker(ReportOptions(), "all")


def test_of_many_articles_the_first_are_shown(project: Project, article: str) -> None:
    made = PreviewMaker(project, {"all": [article] * 2_000})(ReportOptions(), "all")
    assert made.of == "Shown here: the first 12 of 2,000 articles."


def test_of_a_very_large_article_its_beginning_is_shown(
    project: Project, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = project.annotated(article)
    whole = PreviewMaker(project, {"one": [article]}, shown=shown)(ReportOptions(), "one")
    monkeypatch.setattr(beginning, "LARGE", 0)
    for kind in KINDS:
        made = PreviewMaker(project, {"one": [article]}, shown=shown)(ReportOptions(kind=kind), "one")
        assert made.of.startswith("Shown here: the beginning")
    assert not whole.of


def test_the_author_of_reports_stands_on_them(qtbot: QtBot, project: Project, article: str, tmp_path: Path) -> None:
    path = project.path
    project.close()
    Settings.load(paths.config()).put(report_author="The desk", line_numbers=False)
    application = Application()
    qtbot.addWidget(application.window)
    assert application.workspace.open(path)
    try:
        handover, options = application.window.handover, application.window.preferences.report_options()
        assert options.line_numbers is False
        handover.write_report([article], options, tmp_path / "out.docx")
        qtbot.waitUntil(lambda: bool(application.window.notices.texts), timeout=10_000)
        with zipfile.ZipFile(tmp_path / "out.docx") as file:
            assert "<dc:creator>The desk</dc:creator>" in file.read("docProps/core.xml").decode()
    finally:
        application.workspace.wait_for_jobs()
        application.workspace.close()


def test_the_preview_of_the_article_shown_is_made_of_what_the_file_is_made_of(project: Project, article: str) -> None:
    claim = next(iter(project.annotated(article).claims)).id
    other = project.add_article(importers.draft_from_text("Another paper\n\nThe bridge is open all summer."))
    far = project.mark(other, "claim", [(15, 45)])
    project.relate(claim, far, "contradicts")
    shown = project.annotated(article).snapshot()
    made = PreviewMaker(project, {"one": [article]}, shown=shown)
    read = PreviewMaker(project, {"one": [article]})
    options = ReportOptions()
    assert made(options, "one") == read(options, "one")
    assert made.read["one"][0].far.keys() == {far}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_shown_of_the_article_in_the_window(project: Project, article: str, kind: str) -> None:
    options = ReportOptions(kind=kind, hide=frozenset({"marks", "sources", "verdicts"}))
    shown, read = (
        PreviewMaker(project, {"one": [article]}, shown=there)(options, "one")
        for there in (project.annotated(article).snapshot(), None)
    )
    assert shown == read
