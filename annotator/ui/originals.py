"""The original of an article: shown beside it, at the same place, and given back as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QApplication, QFileDialog, QTextEdit, QWidget

from annotator import paths
from annotator.errors import WriteError
from annotator.language import tr
from annotator.model import Id
from annotator.ui.frame import Columns, Side
from annotator.ui.notices import NoticeBar
from annotator.ui.theme import Theme
from annotator.ui.workspace import Workspace

if TYPE_CHECKING:
    from annotator.ui.panels.original import OriginalPanel
    from annotator.ui.reading import Reading


class Place(Protocol):
    """What tells where in the article one is."""

    @property
    def text(self) -> QTextEdit:
        """The text itself."""
        ...

    def selection(self) -> tuple[int, int]:
        """Return what is selected; where nothing is, the caret twice."""
        ...

    def select(self, start: int, end: int) -> None:
        """Select words and bring them into sight."""
        ...


class Originals:
    """The verbs; the panel is made when it is first asked for."""

    def __init__(
        self,
        window: QWidget,
        workspace: Workspace,
        side: Side,
        columns: Columns,
        column: Place,
        theme: Callable[[], Theme],
        reading: Reading,
        notices: NoticeBar,
    ) -> None:
        self._window = window
        self._workspace = workspace
        self._side = side
        self._columns = columns
        self._column = column
        self._theme = theme
        self._reading = reading
        self._notices = notices
        self._panel: OriginalPanel | None = None
        side.over_changed.connect(self._make_room)

    @property
    def panel(self) -> OriginalPanel:
        """The panel, made now where there is none."""
        if self._panel is None:
            from annotator.ui.panels.original import OriginalPanel  # only now: the window starts without it

            self._panel = made = OriginalPanel(self._workspace, self._theme(), self._reading, self._column.selection)
            made.closed.connect(self.close)
            made.save_asked.connect(self.save)
            made.place_asked.connect(self._show_in_article)
        return self._panel

    @property
    def shown(self) -> bool:
        """Whether the original stands beside the article."""
        return self._panel is not None and self._side.panel is self._panel

    def toggle(self) -> None:
        """Show the original beside the article, or take it away."""
        if self.shown:
            self.close()
        else:
            self.show()

    def show(self, article: Id | None = None) -> None:
        """Show the original of the article shown, or of another one, which is shown then."""
        if article is not None and article != self._workspace.article:
            self._workspace.show_article(article)
        if self._workspace.article is None:
            return
        if self._side.isHidden():
            self._side.needed.emit()
        self._side.show_over(self.panel)
        self.panel.place_changed()

    def show_place(self) -> None:
        """Show in the original what is selected, chosen or at the caret in the article."""
        self.show()
        self.panel.show_place()

    def follow(self, *_: object) -> None:
        """Follow what is selected in the article."""
        if self._panel is not None:
            self._panel.place_changed()

    def _show_in_article(self, start: int, end: int) -> None:
        self._column.select(start, end)
        self._column.text.setFocus()

    def close(self) -> None:
        """Show the panels again; the keyboard goes back to the article where it was in the original."""
        focused = QApplication.focusWidget()
        inside = self._panel is not None and focused is not None and self._panel.isAncestorOf(focused)
        self._side.show_over(None)
        if inside:
            self._side.left.emit()

    def _make_room(self, over: bool) -> None:
        kind = self._side.current
        self._columns.set_wide(over or (kind is not None and kind.wide))

    def save(self, article: Id | None = None) -> None:
        """Write the bytes an article was read from to a file a person chooses."""
        project, id_ = self._workspace.project, article or self._workspace.article
        original = project.original(id_) if project is not None and id_ is not None else None
        if original is None:
            self._notices.warn(tr("This article has no original: nothing was kept of what it was read from."))
            return
        start = str(paths.documents() / Path(original.name).name)
        name, _ = QFileDialog.getSaveFileName(self._window, tr("Save the original as"), start)
        if not name:
            return
        from annotator import writing  # only now: the window starts without it

        try:
            writing.replace(Path(name), original.content)
        except WriteError as error:
            self._notices.warn(str(error))
        else:
            self._notices.say(tr("The original was written, byte for byte: {name}", name=name))
            if self._panel is not None:
                self._panel.saved(tr("Written, byte for byte: {name}", name=Path(name).name))
