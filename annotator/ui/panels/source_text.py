"""The source of an original that is a text: its characters as they are, the first part of them, and the frame around."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPaintEvent, QPen, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from annotator import text as texts
from annotator.language import tr
from annotator.project import Original
from annotator.ui.labels import column, painter
from annotator.ui.paint import focus_ring
from annotator.ui.theme import Theme, font, scroll_bar_sheet

SOURCE_BYTES = 2_000_000
"""So much of the source is shown."""
LONGEST_LINE = 1_000
"""Longer lines of the source are shown broken: to lay one out takes the square of its length."""
_TEXT_LIKE = ("text/", "message/", "multipart/", "application/rtf", "application/xhtml")


def source_of(original: Original, encoding: str) -> str:
    """Return the characters of an original that is a text, in lines to be shown; empty where it is none."""
    head = original.content[:4096]
    if not original.media_type.startswith(_TEXT_LIKE) or (
        b"\0" in head and "16" not in encoding and "32" not in encoding
    ):
        return ""
    try:
        raw = original.content[:SOURCE_BYTES].decode(encoding or "utf-8", "replace")
    except (LookupError, ValueError):
        raw = original.content[:SOURCE_BYTES].decode("utf-8", "replace")
    out: list[str] = []
    for line in texts.clean(raw).text.split("\n"):
        at = 0
        while len(line) - at > LONGEST_LINE:
            end = texts.snap(
                line, line.rfind(" ", at + LONGEST_LINE // 2, at + LONGEST_LINE) + 1 or at + LONGEST_LINE, up=False
            )
            out.append(line[at:end])
            at = end
        out.append(line[at:])
    return "\n".join(out)


class SourceText(QPlainTextEdit):
    """The characters of a text file as they are."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._text = ""
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setAccessibleName(tr("The original’s source"))
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        made = font("small")
        made.setFamilies(["DejaVu Sans Mono", "Menlo", "Consolas", "monospace"])
        self.setFont(made)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.setStyleSheet(
            f"QPlainTextEdit {{ background:transparent; color:{theme.ink}; border:0; padding:8px;"
            f" selection-background-color:{theme.sel}; selection-color:{theme.selink}; }}"
        )
        self.verticalScrollBar().setStyleSheet(scroll_bar_sheet(theme, "transparent", 10))

    def show_text(self, text: str) -> None:
        """Show characters, from the first."""
        self._text = text
        self.setPlainText(text)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy the characters as they are, not as Qt shows them."""
        start, end = self.selected()
        made = QMimeData()
        made.setText(self._text[start:end])
        return made

    def selected(self) -> tuple[int, int]:
        """Return what is selected, in code points; where nothing is, the caret twice."""
        units, cursor = texts.Utf16Map(self._text), self.textCursor()
        return units.to_code_point(cursor.selectionStart()), units.to_code_point(cursor.selectionEnd())

    def reveal(self, start: int, end: int) -> None:
        """Select [start, end), code points, and bring it into sight."""
        units = texts.Utf16Map(self._text)
        cursor = self.textCursor()
        cursor.setPosition(units.to_utf16(start))
        cursor.setPosition(units.to_utf16(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.centerCursor()


class Framed(QWidget):
    """A text in a frame, which is the ring while it has the keyboard."""

    def __init__(self, theme: Theme, inner: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self._inner = inner
        self.setAccessibleName(inner.accessibleName())
        column(self, (2, 2, 2, 2)).addWidget(inner)
        self.setFocusProxy(inner)
        inner.installEventFilter(self)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show or hide the ring as the keyboard comes and goes."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame."""
        p = painter(self)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(self._theme.page))
        p.drawRoundedRect(QRectF(self.rect()), 6, 6)
        p.setBrush(Qt.BrushStyle.NoBrush)
        if self._inner.hasFocus():
            focus_ring(p, self.rect(), self._theme)
        else:
            p.setPen(QPen(QColor(self._theme.line), 1))
            p.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        p.end()
