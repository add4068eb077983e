"""Export: options as ticked, a name offered, the report written in the background."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from annotator import paths
from annotator.exporters.options import ReportOptions
from annotator.project import Project
from annotator.settings import Settings
from annotator.ui.application import Application
from annotator.ui.dialogs.export import ExportDialog, Reach, slug
from annotator.ui.handover import Handover
from annotator.ui.notices import NoticeBar
from annotator.ui.theme import LIGHT
from annotator.ui.workspace import Workspace


def test_the_options_are_those_ticked(qtbot: QtBot, project: Project, article: str, tmp_path: Path) -> None:
    dialog = ExportDialog(LIGHT, project.annotated(article), Reach("Harbour news", 3), ReportOptions(), tmp_path, None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.ticks["comments"].setChecked(False)
    dialog.paper.set_value("Letter")
    assert dialog.options() == ReportOptions(comments=False, paper="Letter")
    assert dialog.file_name() == "bridge-to-close-annotated.docx"
    dialog.scope.set_value("all")
    assert dialog.file_name() == "harbour-news-annotated.docx"
    assert not dialog.grab().isNull()


def test_several_chosen_articles_are_offered_first(
    qtbot: QtBot, project: Project, article: str, tmp_path: Path
) -> None:
    dialog = ExportDialog(
        LIGHT, project.annotated(article), Reach("Harbour news", 8, 3), ReportOptions(), tmp_path, None
    )
    qtbot.addWidget(dialog)
    assert [dialog.scope.itemText(n) for n in range(dialog.scope.count())] == [
        "This article", "The 3 chosen", "All 8 articles",
    ]  # fmt: skip
    assert dialog.scope.value == "chosen" and dialog.file_name() == "harbour-news-3-articles-annotated.docx"


def test_nothing_is_written_without_a_name(
    qtbot: QtBot, project: Project, article: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = ExportDialog(LIGHT, project.annotated(article), Reach("Harbour news", 1), ReportOptions(), tmp_path, None)
    qtbot.addWidget(dialog)
    answers = iter([("", ""), (str(tmp_path / "report"), "")])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: next(answers))
    dialog.accept()
    assert dialog.dest is None and not dialog.result()
    dialog.accept()
    assert dialog.dest == tmp_path / "report.docx" and dialog.result()


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


def test_who_has_a_name_is_not_asked(qtbot: QtBot, project: Project, article: str, tmp_path: Path) -> None:
    dialog = ExportDialog(LIGHT, project.annotated(article), Reach("Harbour news", 1), ReportOptions(), tmp_path, None)
    qtbot.addWidget(dialog)
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
        handover.write_copy(tmp_path / "clean.annot", clean=True)
        qtbot.waitUntil((tmp_path / "clean.annot").is_file, timeout=10_000)
    finally:
        workspace.wait_for_jobs()
        workspace.close()
