"""Bringing articles in: a file, what is dropped, what is pasted; read in the background and looked at before it is added."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QMimeData, QPoint, QTimer
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu, QWidget

from annotator.errors import AnnotatorError, ReadError
from annotator.language import tr
from annotator.model import ENCODINGS, Id, ReadOptions
from annotator.ui import pasting
from annotator.ui.actions import caps
from annotator.ui.frame import open_menu
from annotator.ui.notices import NoticeBar
from annotator.ui.projects import documents_folder
from annotator.ui.reading import Reading
from annotator.ui.theme import Theme
from annotator.ui.workspace import Job, Workspace
from annotator.vocabulary import encoding_words

if TYPE_CHECKING:
    from annotator.importers import Draft
    from annotator.importers.sandbox import Pool
    from annotator.ui.dialogs.import_article import Asked, Reread, Twin
    from annotator.ui.many_files import ManyFiles

LONG_TEXT = 200_000
"""To look at a text of so many code points takes a time one would wait for."""


@dataclass(frozen=True)
class Look:
    """What a person decided about a draft that was looked at: what to add, and whether to.

    ``said``: add it, add it and all that wait, leave it, or open the article the project has already (``twin``).
    """

    draft: Draft
    said: Literal["add", "all", "skip", "open"]
    twin: Id | None = None


class Imports:
    """Reads documents and adds them; makes a project first where none is open."""

    def __init__(
        self,
        window: QWidget,
        workspace: Workspace,
        notices: NoticeBar,
        theme: Callable[[], Theme],
        need_project: Callable[[str], bool],
    ) -> None:
        self._window = window
        self._workspace = workspace
        self._notices = notices
        self._theme = theme
        self._need_project = need_project
        self.reading = Reading(workspace, window)
        self._many: ManyFiles | None = None

    # -- ways in

    def add_files(self, files: list[Path]) -> Job | None:
        """Read a file in the background, then show it before it is added; many, and folders, go through the queue."""
        from annotator.importers.folders import is_folder  # only now: the window starts without it

        if not files or not self._may_add():
            return None
        if len(files) > 1 or is_folder(files[0]):
            self.many.start(files)
            return None
        return self._read_file(files[0])

    def _read_file(self, file: Path, options: ReadOptions | None = None) -> Job:
        return self.reading.run(
            tr("Reading “{name}”", name=file.name),
            lambda pool: pool.read(file, options),
            self._offer_soon,
            lambda error: self._not_read(file, error),
        )

    def _not_read(self, file: Path, error: Exception) -> None:
        """Tell why a file was not read, and offer to say how it is written where that helps."""
        if not isinstance(error, AnnotatorError):
            raise error
        asks = isinstance(error, ReadError) and error.ask == "encoding"
        acts = [(tr("Choose its encoding…"), lambda: self._ask_encoding(file))] if asks else []
        self._notices.warn(str(error), acts)

    def _ask_encoding(self, file: Path) -> None:
        """Offer the encodings a file may be in, and read it in the one that is chosen."""
        menu = QMenu(self._window)
        menu.setAccessibleName(tr("Encoding of “{name}”", name=file.name))
        for name in ENCODINGS:
            menu.addAction(encoding_words(name), lambda name=name: self._read_file(file, ReadOptions(encoding=name)))
        middle, size = self._window.mapToGlobal(self._window.rect().center()), menu.sizeHint()
        open_menu(menu, self._theme(), middle - QPoint(size.width() // 2, size.height() // 2))

    def _offer_soon(self, draft: Draft, words: str | None = None) -> None:
        """Let the job end, and its progress go, before a dialog waits for an answer."""
        QTimer.singleShot(0, self._window, lambda: self._offer(draft, words=words))

    @property
    def many(self) -> ManyFiles:
        """What adds many files, made when there are some."""
        if self._many is None:
            from annotator.ui.many_files import ManyFiles  # only now: the window starts without it

            self._many = ManyFiles(
                self._window, self._workspace, self._notices, self._theme, self._need_project,
                lambda draft, place, more: self.look(draft, place=place, more=more),
            )  # fmt: skip
        return self._many

    def add_folder(self) -> None:
        """Ask for a folder and add what is in it."""
        if not self._may_add():
            return
        name = QFileDialog.getExistingDirectory(self._window, tr("Add a folder"), str(documents_folder()))
        if name:
            self.many.start([Path(name)])

    def show_list(self) -> None:
        """Show the files that are being added, or were added last, with the keyboard in their list."""
        if self._many is None or not self._many.queue.items:
            self._notices.say(tr("No files have been added since the project was opened."))
        else:
            self._many.show()

    def _may_add(self) -> bool:
        """Say at once where nothing can be added: before a file is read and its facts are put right."""
        project = self._workspace.project
        if project is None or not project.read_only:
            return True
        self._notices.warn(tr("Nothing can be added. {why}", why=project.why_read_only))
        return False

    def may_leave(self) -> bool:
        """Ask before files that are being added are left. True: go."""
        return self._many is None or self._many.may_leave()

    def paste(self) -> None:
        """Make an article of the clipboard, its form kept; where it holds no words, ask for a text."""
        self._take(pasting.clipboard())

    def paste_plain(self) -> None:
        """Make an article of the clipboard's words alone."""
        self._take(pasting.clipboard(), plain=True)

    def _take(self, data: QMimeData, *, plain: bool = False) -> None:
        if not self._may_add():
            return
        words = data.text()
        formed = None if plain or (data.hasText() and not words.strip()) else pasting.formed(data)
        if formed is not None:
            self._read_pasted(*formed, words, has_picture=data.hasImage())
        elif words.strip():
            self.add_text(words)
        else:
            self._ask_for_text(has_picture=data.hasImage())

    def _ask_for_text(self, *, has_picture: bool = False) -> None:
        from annotator.ui.dialogs.import_article import PasteDialog  # only now: the window starts without it

        note = tr("The clipboard holds a picture, and a picture has no text.") if has_picture else ""
        dialog = PasteDialog(self._theme(), self._window, note=note)
        text = dialog.text.toPlainText() if dialog.exec() else ""
        dialog.deleteLater()
        if text.strip():
            self.add_text(text)

    def _read_pasted(self, data: bytes, name: str, words: str, *, has_picture: bool) -> None:
        """Read all of what was copied with its form; where nothing is found in it the words alone are taken."""

        def failed(error: Exception) -> None:
            if words.strip():
                self.add_text(words)
            elif has_picture:
                self._ask_for_text(has_picture=True)
            else:
                self._notices.warn(str(error))

        self.reading.run(
            tr("Reading what was pasted"),
            lambda pool: pasting.read(pool, data, name, ReadOptions()),
            lambda draft: self._offer_soon(draft, words),
            failed,
        )

    def add_text(self, text: str) -> None:
        """Make an article of a text."""
        if len(text) > LONG_TEXT:
            self._workspace.run_job(
                tr("Reading what was pasted"),
                lambda _: pasting.plain(text),
                lambda draft: self._offer_soon(draft, text),
            )
            return
        try:
            draft = pasting.plain(text)
        except AnnotatorError as error:
            self._notices.warn(str(error))
            return
        self._offer(draft, words=text)

    @staticmethod
    def accepts(data: QMimeData) -> bool:
        """Say whether something dragged over the window can be dropped: files, or plain text."""
        return (
            any(url.isLocalFile() for url in data.urls())
            or data.hasText()
            or data.hasHtml()
            or pasting.formed(data) is not None
        )

    def drop(self, data: QMimeData, open_project: Callable[[Path], object]) -> None:
        """Take what was dropped: a project is opened, files and text become articles."""
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        project = next((f for f in files if f.suffix == ".annot"), None)
        if project is not None:
            open_project(project)
        elif files:
            self.add_files(files)
        elif (data.hasText() or pasting.formed(data) is not None) and not data.urls():
            self._take(data)
        else:
            self._notices.warn(tr("Only files and text can be dropped here; an address on the web is not fetched."))

    # -- showing and adding

    def _offer(self, draft: Draft, *, words: str | None = None) -> None:
        """Show a draft and add it where the person said so. ``words``: the plain words where it was pasted."""
        look = self.look(draft, words=words)
        if look.said == "open" and look.twin is not None:
            self._workspace.show_article(look.twin)
        elif look.said != "skip":
            self._add(look.draft)

    def look(self, draft: Draft, *, place: str = "", more: int = 0, words: str | None = None) -> Look:
        """Show a draft before it is added, and wait for what the person decides; nothing is stored.

        ``place``: what stands over it; ``more``: how many wait behind it; ``words``: the plain words where
        it was pasted.
        """
        from annotator.ui.dialogs.import_article import ImportDialog  # only now: the window starts without it

        twin, project = self._twin(draft), self._workspace.project
        dialog = ImportDialog(
            self._theme(), draft, self._window, place=place, more=more, reread=self._rereader(draft, words),
            to=project.path.stem if project is not None else "", twin=twin,
            rich=bool(words and words.strip()) and pasting.has_form(draft.file_name),
        )  # fmt: skip
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        taken, all_, open_ = dialog.result_draft(), dialog.take_all, dialog.said == "open"
        dialog.deleteLater()
        said: Literal["add", "all", "skip", "open"] = "open" if open_ else "skip"
        if accepted:
            said = "all" if all_ else "add"
        return Look(taken, said, twin.article if twin is not None else None)

    def _twin(self, draft: Draft) -> Twin | None:
        """Return the article of the project that has the same content, or one that looks like it."""
        from annotator.ui.dialogs.import_article import Twin  # only now: the window starts without it

        project = self._workspace.project
        if project is None:
            return None
        same = project.same_content(draft)
        found = same or project.alike(draft)
        return Twin(found, project.article(found).title, same is not None) if found is not None else None

    def _rereader(self, draft: Draft, words: str | None) -> Reread:
        """Return what reads the bytes of a draft again, or the words of what was pasted."""
        data, name = draft.original, draft.file_name

        def reread(asked: Asked, done: Callable[[Draft], None], failed: Callable[[str], None]) -> Callable[[], object]:
            def work(pool: Pool) -> Draft:
                if words is None:
                    return pool.read_bytes(data, name, asked.options)
                if asked.plain or not pasting.has_form(name):
                    return pasting.plain(words, asked.options)
                return pasting.read(pool, data, name, asked.options)

            title = tr("Reading “{name}” again", name=pasting.name_words(name))
            job = self.reading.run(title, work, done, lambda error: failed(str(error)), quiet=True)
            return lambda: self.reading.stop(job)

        return reread

    def _add(self, draft: Draft) -> None:
        fresh = self._workspace.project is None
        if not self._need_project(draft.title):
            return
        made = self._workspace.do(lambda p: p.add_article(draft))
        if made is None:
            return
        self._workspace.show_article(made)
        project = self._workspace.project
        if fresh and project is not None:
            said = tr("Added “{title}” to a new project: {path}", title=draft.title, path=project.path)
        else:
            said = tr(
                "Added “{title}”. Select words and press {claim}, {source} or {entity} to mark them.",
                title=draft.title,
                **caps(),
            )
        self._notices.say(said)
