"""How the article is looked at: filter, list of coinciding marks, column width, line numbers, the text alone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from annotator.language import tr
from annotator.settings import Settings
from annotator.ui.actions import said_key
from annotator.ui.article_view import ArticleColumn
from annotator.ui.frame import Columns, Side
from annotator.ui.preferences import Preferences

HINT_MS = 4000
"""So long the line that says how to come back stays, once the text is alone."""


class Viewing:
    """The verbs of how it looks; what is chosen for good is kept in the settings.

    ``around`` is what goes while the text is alone; its last part, the line that tells news, goes a little later.
    """

    def __init__(
        self,
        window: QWidget,
        column: ArticleColumn,
        columns: Columns,
        side: Side,
        around: tuple[QWidget, ...],
        *,
        settings: Settings,
        preferences: Preferences,
        say: Callable[[str], None],
        followed: Callable[[], object],
    ) -> None:
        self._window = window
        self._column = column
        self._columns = columns
        self._around = around
        self._settings = settings
        self._preferences = preferences
        self._say = say
        self._followed = followed
        self._shown: dict[QWidget, bool] = {}
        self._hint = QTimer(window)
        self._hint.setSingleShot(True)
        self._hint.timeout.connect(self._end_hint)
        column.escaped.connect(self._escaped)
        column.filtering.left.connect(self._filter_left)
        columns.needed.connect(self.leave_alone)
        side.needed.connect(self.leave_alone)
        preferences.view_changed = self.follow
        self._dress()

    def _dress(self) -> None:
        self._column.set_width(self._settings.text("column"))
        self._column.set_numbered(self._settings.flag("numbered"))

    def follow(self) -> None:
        """Look as the settings say."""
        self._dress()
        self._followed()

    @property
    def values(self) -> dict[str, str]:
        """What is ticked in the menu."""
        return {
            "column": self._settings.text("column"),
            "numbered": "on" if self._column.numbered else "",
            "alone": "on" if self.alone else "",
        }

    # -- marks

    def filter(self) -> None:
        """Ask which marks stand out."""
        self._column.filtering.ask()

    def _filter_left(self) -> None:
        if self._column.filtering.filter:
            self._say(
                tr("The filter stays. {key} leads back to it; Shift+Del there shows all.", key=said_key("view.filter"))
            )

    def clear_filter(self) -> None:
        """Let all marks stand out, and close the bar."""
        self._column.filtering.close()
        self._column.text.setFocus()

    def hide_rest(self) -> None:
        """Hide the marks that do not match, or dim them again."""
        filtering = self._column.filtering
        if not filtering.filter:
            filtering.ask()
            return
        filtering.set_hiding(not self._column.filtering.hides)
        self._say(tr("The rest is hidden.") if self._column.filtering.hides else tr("The rest is dimmed."))

    def choose_here(self) -> None:
        """List the marks at the caret."""
        if not self._column.list_here():
            self._say(tr("No mark at the caret."))

    # -- the text

    def set_width(self, width: str) -> None:
        """Make the column narrow, usual or wide."""
        self._preferences.keep(column=width)
        self.follow()

    def number_lines(self, _: str = "on") -> None:
        """Show line numbers, or take them away."""
        self._preferences.keep(numbered=not self._column.numbered)
        self.follow()

    # -- the text alone

    @property
    def alone(self) -> bool:
        """Whether only the text with its margin is shown."""
        return bool(self._shown)

    def toggle_alone(self, _: str = "on") -> None:
        """Show only the text with its margin, or everything again."""
        if self.alone:
            self.leave_alone()
        else:
            self._enter_alone()
            self._preferences.keep(text_alone=True)

    def restore(self) -> None:
        """Show the text alone where it was when the window was last closed, if there is a text."""
        if self._settings.flag("text_alone") and self._column.full and not self.alone:
            self._enter_alone()

    def follow_article(self) -> None:
        """Bring everything back where the text is gone for more than the moment between two projects."""
        if self.alone and not self._column.full:
            QTimer.singleShot(0, self._window, self._leave_nothing)

    def show_line(self, shown: bool) -> None:
        """Show or hide the line that tells news; while the text is alone, once it no longer is."""
        if self.alone:
            self._shown[self._around[-1]] = shown
        else:
            self._around[-1].setVisible(shown)

    def _leave_nothing(self) -> None:
        if not self._column.full and self._window.isVisible():  # a window that closes comes back as it was
            self.leave_alone()

    def _enter_alone(self) -> None:
        self._shown = {widget: not widget.isHidden() for widget in self._around}
        self._say(tr("Only the text: Esc or {key} brings everything back.", key=said_key("view.alone")))
        for widget in self._around[:-1]:
            widget.hide()
        self._hint.start(HINT_MS)
        self._columns.set_alone(True)
        self._column.set_bare(True)
        if self._window.isVisible():
            self._window.setWindowState(self._window.windowState() | Qt.WindowState.WindowFullScreen)
        self._column.text.setFocus()
        self._followed()

    def _end_hint(self) -> None:
        if self.alone:
            self._around[-1].hide()

    def leave_alone(self) -> None:
        """Show everything again."""
        if not self.alone:
            return
        self._hint.stop()
        self._say("")
        shown, self._shown = self._shown, {}
        for widget, visible in shown.items():
            widget.setVisible(visible)
        self._columns.set_alone(False)
        self._column.set_bare(False)
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowFullScreen)
        self._preferences.keep(text_alone=False)
        self._followed()

    def _escaped(self) -> None:
        """Leave the text alone when Esc had nothing else to leave."""
        self.leave_alone()
