"""Fields one types in: a fact, a note, tags, a pick from the register. Each commits on Enter and when the focus leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QHelpEvent, QIcon, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QMenu, QPlainTextEdit, QToolTip

from annotator.language import tr
from annotator.model.values import NOT_STATED
from annotator.ui.controls import NOT_FILLED_IN, Choice, ChoiceDelegate, QuietCombo
from annotator.ui.labels import plain_tip
from annotator.ui.theme import Theme, font, icon

NOT_STATED_WORDS = tr("Not stated in the text")
FIELD_HEIGHT = 30


Offers = Callable[[], Iterable[tuple[str, str]]]
"""What a field offers once it is typed in: words, and a tool tip for each."""


def suggest(field: QLineEdit, offered: Iterable[tuple[str, str]], take: Callable[[], object]) -> None:
    """Let a field offer what fits the words typed, wherever in the word; ``take`` is called once one was chosen."""
    completer = field.completer() or _completer(field, take)
    model = completer.model()
    assert isinstance(model, QStandardItemModel)
    model.clear()
    for words, tip in offered:
        item = QStandardItem(words)
        item.setToolTip(plain_tip(tip))
        item.setAccessibleDescription(tip)
        model.appendRow(item)


def _completer(field: QLineEdit, take: Callable[[], object]) -> QCompleter:
    # Made once and filled anew: one that is replaced may be the one whose list has just been closed.
    made = QCompleter(field)
    made.setModel(QStandardItemModel(made))
    made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    made.setFilterMode(Qt.MatchFlag.MatchContains)
    made.activated.connect(take, Qt.ConnectionType.QueuedConnection)
    popup = made.popup()
    if popup is not None:
        popup.setFont(font("body"))
        popup.setItemDelegate(ChoiceDelegate(popup))
        popup.setAccessibleName(tr("{field}: suggestions", field=field.accessibleName()))
    field.setCompleter(made)
    return made


class TermCombo(QuietCombo):
    """A choice whose values are terms: the tool tip of each says what it means, also while the arrows walk over it."""

    def __init__(self, theme: Theme, name: str, choices: Iterable[Choice] = (), value: str | None = None) -> None:
        self._tips: Mapping[str | None, str] = {}
        super().__init__(theme, name, choices, value)
        self.highlighted.connect(self._explain)

    def set_terms(self, choices: Iterable[Choice], value: str | None, tips: Mapping[str | None, str]) -> None:
        """Offer these choices, each with what it means."""
        self._tips = tips
        self.set_choices(choices, value)
        for at in range(self.count()):
            tip = tips.get(self.itemData(at), "")
            self.setItemData(at, plain_tip(tip), Qt.ItemDataRole.ToolTipRole)
            self.setItemData(at, tip, Qt.ItemDataRole.AccessibleDescriptionRole)

    def set_value(self, value: str | None) -> None:
        """Show a value, and in the tool tip what it means."""
        super().set_value(value)
        tip = self._tips.get(value, "")
        self.setAccessibleDescription(tip)
        if not self.read_only:
            self.setToolTip(plain_tip(tip))

    def _explain(self, at: int) -> None:
        view = self.view()
        tip = self.itemData(at, Qt.ItemDataRole.ToolTipRole)
        below = view.mapToGlobal(QPoint(0, view.height() - 12))  # Qt itself leaves room for a pointer
        QToolTip.showText(below, tip or "", view)

    def hidePopup(self) -> None:
        """Close the list, and what was said about it."""
        QToolTip.hideText()
        super().hidePopup()


def read_only_sheet(theme: Theme, kind: str) -> str:
    """Return the style of a field that is there to be read: no frame, no ground; a ring while it has the keyboard."""
    side = 4 if kind == "QLineEdit" else 2  # the words stand under those of the choices
    return (
        f"{kind} {{ background:transparent; border:2px solid transparent; padding:3px {side}px; color:{theme.ink}; }}"
        f"{kind}:focus {{ border:2px solid {theme.accent}; }}"
    )


class FactField(QLineEdit):
    """One line of text that may also be "not filled in" (None) or, where it applies, "not stated in the text"."""

    committed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        name: str,
        value: str | None,
        *,
        may_be_not_stated: bool = False,
        offers: Offers | None = None,
        hint: str = NOT_FILLED_IN,
    ) -> None:
        super().__init__()
        self._hint = hint
        self._value: str | None = None
        self._menu_action: QAction | None = None
        self._theme = theme
        self._offers = offers
        self.setAccessibleName(name)
        self.setFont(font("body"))
        self.setFixedHeight(FIELD_HEIGHT)
        if may_be_not_stated:
            self._menu_action = self.addAction(QIcon(), QLineEdit.ActionPosition.TrailingPosition)
            self._menu_action.setText(tr("Other answers"))
            self._menu_action.setToolTip(tr("Not stated, not filled in (Alt+Down)"))
            self._menu_action.triggered.connect(self._open_menu)
        self.returnPressed.connect(self.commit)
        self.set_theme(theme)
        self.set_value(value)

    @property
    def value(self) -> str | None:
        """What is stored; typed text counts once it was committed."""
        return self._value

    def set_value(self, value: str | None) -> None:
        """Show a stored value; what is being typed is left alone."""
        if self.is_dirty() and self.hasFocus():
            self._value = value
            return
        self._value = value
        self._show()

    def is_dirty(self) -> bool:
        """Say whether something else was typed than what is stored."""
        return self.isModified() and self._typed() != self._value

    def commit(self) -> None:
        """Send what was typed, where it differs from what is stored."""
        if self.is_dirty():
            value = self._typed()
            self.setModified(False)
            self._value = value
            self.committed.emit(value)
        self._show()

    def set_theme(self, theme: Theme) -> None:
        """Colour the chevron."""
        self._theme = theme
        if self._menu_action is not None:
            self._menu_action.setIcon(QIcon(icon("chevron-down", theme.muted)))
        if self.isReadOnly():
            self.setStyleSheet(read_only_sheet(theme, "QLineEdit"))

    def set_read_only(self, why: str) -> None:
        """Show the value and take none; the tool tip says why."""
        if not self.isReadOnly():
            self.setReadOnly(True)
            self.setToolTip(plain_tip(why))
            self.setStyleSheet(read_only_sheet(self._theme, "QLineEdit"))
            self.setCompleter(None)  # type: ignore[arg-type]
            if self._menu_action is not None:
                self.removeAction(self._menu_action)
                self._menu_action = None

    def _typed(self) -> str | None:
        text = " ".join(self.text().split())
        if text:
            return text
        return self._value if self._value == NOT_STATED else None

    def _show(self) -> None:
        stated = self._value not in (None, NOT_STATED)
        self.setText(self._value or "" if stated else "")
        self.setPlaceholderText(NOT_STATED_WORDS if self._value == NOT_STATED else self._hint)
        self.setAccessibleDescription("" if stated else self.placeholderText())
        self.setModified(False)
        self.setCursorPosition(0)

    def _open_menu(self) -> None:
        menu = QMenu(self)
        for value, words in ((NOT_STATED, NOT_STATED_WORDS), (None, NOT_FILLED_IN)):
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(self._value == value)
            action.triggered.connect(lambda _=False, v=value: self._say(v))
        menu.exec(self.mapToGlobal(QPoint(0, self.height())))
        menu.deleteLater()

    def _say(self, value: str | None) -> None:
        changed = value != self._value
        self._value = value
        self._show()
        if changed:
            self.committed.emit(value)

    def event(self, event: QEvent) -> bool:
        """Tell words that do not fit in a tool tip, where nothing else is to be told."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cut = self.fontMetrics().horizontalAdvance(self.text()) > self.width() - 20
            if cut and not self.toolTip():
                QToolTip.showText(event.globalPos(), plain_tip(self.text()), self)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down opens the choice, Esc takes back what was typed."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier and self._menu_action:
            self._open_menu()
        elif event.key() == Qt.Key.Key_Escape and self.is_dirty():
            self._show()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Ask now what can be offered: it costs, and most fields are never typed in."""
        if self._offers is not None and not self.isReadOnly() and event.reason() != Qt.FocusReason.PopupFocusReason:
            suggest(self, self._offers(), self.commit)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Commit when the focus leaves; not for this field's own menu or list."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()


class NoteField(QPlainTextEdit):
    """A note of some lines; grows with what is written, up to a limit."""

    committed = Signal(object)
    LOW, HIGH = 60, 180

    def __init__(self, theme: Theme, name: str, note: str | None) -> None:
        super().__init__()
        self._value = note
        self._theme = theme
        self.setAccessibleName(name)
        self.setFont(font("body"))
        self.setTabChangesFocus(True)
        self.setPlaceholderText(tr("For you and for the report"))
        self.setPlainText(note or "")
        self.document().setModified(False)
        self.textChanged.connect(self._grow)
        self._grow()

    def set_theme(self, theme: Theme) -> None:
        """Take the theme."""
        self._theme = theme
        if self.isReadOnly():
            self.setStyleSheet(read_only_sheet(theme, "QPlainTextEdit"))

    def set_read_only(self, why: str) -> None:
        """Show the note and take none; the tool tip says why."""
        if not self.isReadOnly():
            self.setReadOnly(True)
            self.setToolTip(plain_tip(why))
            self.setPlaceholderText("–")
            self.setStyleSheet(read_only_sheet(self._theme, "QPlainTextEdit"))

    def set_value(self, note: str | None) -> None:
        """Show a stored note; what is being typed is left alone."""
        if note != self._value and not (self.hasFocus() and self.is_dirty()):
            self.setPlainText(note or "")
        self._value = note

    def is_dirty(self) -> bool:
        """Say whether something else was typed than what is stored."""
        return self._typed() != self._value

    def commit(self) -> None:
        """Send what was typed, where it differs from what is stored."""
        if self.is_dirty():
            self._value = self._typed()
            self.committed.emit(self._value)

    def _typed(self) -> str | None:
        # toPlainText would turn no-break spaces into plain ones.
        text = self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n").strip()
        return text or None

    def _grow(self) -> None:
        lines = max(1, self.document().size().toSize().height())
        height = int(lines * self.fontMetrics().lineSpacing()) + 20
        self.setFixedHeight(max(self.LOW, min(height, self.HIGH)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter commits."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.commit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Commit when the focus leaves."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()
