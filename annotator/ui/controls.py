"""Controls of the window, painted: buttons, quiet combos, ticks, segments. Labels and hints are handed on from here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QEnterEvent, QIcon, QKeyEvent, QMouseEvent, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.language import tr
from annotator.ui.labels import (
    LABEL_WIDTH,
    ElidedLabel,
    EmptyNote,
    Hints,
    KeyCap,
    Label,
    Line,
    Painted,
    ShyScrollBar,
    Themed,
    Words,
    column,
    painter,
    plain_tip,
    retheme,
    row,
    set_tone,
)
from annotator.ui.paint import Box, advance, focus_ring, status_glyph
from annotator.ui.spoken import value_changed
from annotator.ui.theme import Theme, font, icon
from annotator.vocabulary import title

__all__ = [
    "LABEL_WIDTH",
    "NOT_FILLED_IN",
    "ROW_HEIGHT",
    "Button",
    "Choice",
    "ChoiceDelegate",
    "Dot",
    "ElidedLabel",
    "EmptyNote",
    "FieldRow",
    "Hints",
    "KeyCap",
    "Label",
    "Line",
    "Painted",
    "QuietCombo",
    "SectionHead",
    "Segmented",
    "ShyScrollBar",
    "Themed",
    "Tick",
    "column",
    "painter",
    "plain_tip",
    "retheme",
    "row",
    "set_tone",
    "sign_search",
]

ROW_HEIGHT = 28
NOT_FILLED_IN = tr("Not filled in")

Choice = tuple[str | None, str]


class Button(QPushButton):
    """A push button: plain, "primary" (what Enter does) or "quiet" (looks like a link); styled by the theme's sheet."""

    def __init__(self, theme: Theme, text: str, kind: str = "", *, name: str = "", symbol: str = "") -> None:
        super().__init__(text)
        self._symbol = symbol
        self.set_kind(kind)
        self.setAccessibleName(name or text)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_theme(theme)

    def set_kind(self, kind: str) -> None:
        """Make it plain, "primary" or "quiet"."""
        self._kind = kind
        self.setFont(font("body", {"primary": 600, "quiet": 500}.get(kind, 400)))
        self.setProperty("kind", kind or None)
        if self.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            self.style().polish(self)

    def set_theme(self, theme: Theme) -> None:
        """Colour the icon."""
        if self._symbol:
            color = {"primary": theme.on_accent, "quiet": theme.accent}.get(self._kind, theme.ink)
            self.setIcon(QIcon(icon(self._symbol, color)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def sign_search(field: QLineEdit, theme: Theme) -> QAction:
    """Give a field what every search has: a sign at its start, returned, and a button that clears it at its end."""
    field.setClearButtonEnabled(True)
    clear = field.findChild(QAction, "_q_qlineeditclearaction")
    if clear is not None:
        clear.setText(tr("Clear"))
    sign = field.addAction(QIcon(icon("search", theme.muted)), QLineEdit.ActionPosition.LeadingPosition)
    sign.setText(tr("Search"))
    return sign


class ChoiceDelegate(QStyledItemDelegate):
    """Gives the rows of an opened list the height of a control."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the room a choice takes."""
        size = super().sizeHint(option, index)
        return QSize(size.width() + 8, ROW_HEIGHT)


class QuietCombo(QComboBox):
    """A choice that looks like text with a chevron; a frame on hover and focus. None stands for "not filled in"."""

    picked = Signal(object)
    """The value a person chose; not sent by ``set_value``."""

    def __init__(self, theme: Theme, name: str, choices: Iterable[Choice], value: str | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._draw_status = False
        self._why = ""
        self.setAccessibleName(name)
        self.view().setAccessibleName(name)
        self.setItemDelegate(ChoiceDelegate(self))
        self.setFixedHeight(ROW_HEIGHT)
        self.setFont(font("body"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.set_choices(choices, value)
        self.activated.connect(self._pick)

    def _pick(self) -> None:
        self.picked.emit(self.value)

    def show_status(self) -> None:
        """Draw the shape of a status of checking before the words."""
        self._draw_status = True

    @property
    def read_only(self) -> bool:
        """Whether the value is only shown."""
        return bool(self._why)

    def set_read_only(self, why: str) -> None:
        """Show the value and offer no other; the tool tip says why."""
        self._why = why
        self.setToolTip(plain_tip(why))
        self.update()

    @property
    def value(self) -> str | None:
        """The chosen value."""
        return self.currentData()

    def set_choices(self, choices: Iterable[Choice], value: str | None) -> None:
        """Offer other choices, one of them chosen."""
        self.clear()
        for data, words in choices:
            self.addItem(words, data)
        self.set_value(value)

    def set_value(self, value: str | None) -> None:
        """Show a value; one that is not offered (another profile's) is shown and kept."""
        at = next((i for i in range(self.count()) if self.itemData(i) == value), -1)
        if at < 0:
            words = NOT_FILLED_IN if value is None else title(value)
            self.addItem(words, value)
            at = self.count() - 1
        self.setCurrentIndex(at)
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room the chosen words take."""
        extra = 20 if self._draw_status else 0
        return QSize(int(advance(self.font(), self.currentText())) + 40 + extra, ROW_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Let long words be cut."""
        return QSize(min(72, self.sizeHint().width()), ROW_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list with the arrows, Space and Enter: each choice made is one step to undo."""
        opening = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() in opening and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.showPopup()
        else:
            super().keyPressEvent(event)

    def showPopup(self) -> None:
        """Open the list, wide enough for every choice; not where values are only read."""
        if self._why:
            return
        widest = max((advance(self.font(), self.itemText(i)) for i in range(self.count())), default=0.0)
        self.view().setMinimumWidth(int(widest) + 40)
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel: scrolling never changes a value."""
        event.ignore()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the frame."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the frame."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw words and chevron."""
        p = painter(self)
        box = Box(QRectF(self.rect()), self.isRightToLeft())
        if (self.underMouse() or self.hasFocus()) and not self._why:
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(self._theme.hover))
            p.drawRoundedRect(QRectF(self.rect()), 6, 6)
        if self.hasFocus():
            focus_ring(p, QRectF(self.rect()), self._theme)
        x = 8
        if self._draw_status and self.value:
            at = box.rc(x, 8, 12, 12)
            status_glyph(p, self.value, at.x(), at.y(), self._theme, self._theme.ink)
            x += 20
        ink = self._theme.muted if self.value is None else self._theme.ink
        box.text(p, self.currentText(), x, 0, box.w - x - 24, ROW_HEIGHT, self.font(), ink)
        if not self._why:
            p.drawPixmap(box.rc(box.w - 20, 8, 12, 12).toRect(), icon("chevron-down", self._theme.muted, 12))
        p.end()


def _paint_mark(button: QAbstractButton, theme: Theme, *, round_: bool) -> None:
    """Draw a tick box or a radio button: Fusion's own all but vanish in the dark theme."""
    p = painter(button)
    box = Box(QRectF(button.rect()), button.isRightToLeft())
    on = button.isChecked()
    mark = box.rc(2, (box.h - 16) / 2, 16, 16).adjusted(0.5, 0.5, -0.5, -0.5)
    p.setPen(QPen(QColor(theme.ink if on else theme.edge), 1.3))
    p.setBrush(QColor(theme.ink if on and not round_ else theme.raised))
    if round_:
        p.drawEllipse(mark)
        if on:
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(theme.ink))
            p.drawEllipse(mark.adjusted(4, 4, -4, -4))
    else:
        p.drawRoundedRect(mark, 4, 4)
        if on:
            p.drawPixmap(mark.adjusted(1, 1, -1, -1).toRect(), icon("check", theme.page, 14))
    color = theme.ink if button.isEnabled() else theme.muted
    box.text(p, button.text(), 26, 0, box.w - 28, box.h, button.font(), color)
    if button.hasFocus():
        focus_ring(p, QRectF(button.rect()), theme)
    p.end()


def _mark_size(button: QAbstractButton) -> QSize:
    return QSize(int(advance(button.font(), button.text())) + 34, ROW_HEIGHT)


class Tick(QCheckBox):
    """A tick box."""

    def __init__(self, theme: Theme, text: str, on: bool = False) -> None:
        super().__init__(text)
        self._theme = theme
        self.setFont(font("body"))
        self.setAccessibleName(text)
        self.setChecked(on)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room box and words take."""
        return _mark_size(self)

    def hitButton(self, pos: QPoint) -> bool:
        """Take clicks on the words as well."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box and words."""
        _paint_mark(self, self._theme, round_=False)


class Dot(QRadioButton):
    """A radio button."""

    def __init__(self, theme: Theme, text: str, on: bool = False) -> None:
        super().__init__(text)
        self._theme = theme
        self.setFont(font("body"))
        self.setAccessibleName(text)
        self.setChecked(on)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room dot and words take."""
        return _mark_size(self)

    def hitButton(self, pos: QPoint) -> bool:
        """Take clicks on the words as well."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw dot and words."""
        _paint_mark(self, self._theme, round_=True)


class Segmented(QWidget):
    """One of a few, side by side; arrows move the choice."""

    changed = Signal(int)

    def __init__(self, theme: Theme, name: str, items: Sequence[str], current: int = 0) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._items = list(items)
        self._current = current
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(ROW_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._tell()

    @property
    def current(self) -> int:
        """Number of the chosen item."""
        return self._current

    def set_items(self, items: Sequence[str]) -> None:
        """Name the items anew, as many as there were; the chosen one stays."""
        self._items = list(items)
        self.updateGeometry()
        self.update()

    def choose(self, at: int) -> None:
        """Choose an item."""
        at = max(0, min(at, len(self._items) - 1))
        if at != self._current:
            self._current = at
            self._tell()
            value_changed(self)
            self.update()
            self.changed.emit(at)

    def spoken_value(self) -> str:
        """Return the words of the chosen item."""
        return self._items[self._current]

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.update()

    def _tell(self) -> None:
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(
            tr("{at} of {n}; left and right arrows choose", at=self._current + 1, n=len(self._items))
        )

    def _widths(self) -> list[float]:
        return [max(28.0, advance(font("small", 600), item) + 24) for item in self._items]

    def sizeHint(self) -> QSize:
        """Return the room all items take."""
        return QSize(int(sum(self._widths())) + 4, ROW_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the room all items take."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the choice."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.choose(self._current + (-step if self.isRightToLeft() else step))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the item under the pointer."""
        x = event.position().x()
        x = self.width() - x if self.isRightToLeft() else x
        for at, width in enumerate(self._widths()):
            if x < width + 2:
                self.choose(at)
                return
            x -= width

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the items; the chosen one stands out."""
        p = painter(self)
        theme = self._theme
        box = Box(QRectF(self.rect()), self.isRightToLeft())
        p.setPen(QPen(QColor(theme.line), 1))
        p.setBrush(QColor(theme.hover))
        p.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        x = 2.0
        for at, (item, width) in enumerate(zip(self._items, self._widths(), strict=True)):
            on = at == self._current
            if on:
                p.setPen(QPen(QColor(theme.edge), 1))
                p.setBrush(QColor(theme.raised))
                p.drawRoundedRect(box.rc(x, 2, width, 24).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
            ink = theme.ink if on else theme.muted
            box.text(p, item, x, 0, width, ROW_HEIGHT, font("small", 600 if on else 400), ink, mid=True)
            x += width
        if self.hasFocus():
            focus_ring(p, QRectF(self.rect()), theme)
        p.end()


class SectionHead(QWidget):
    """The head of a section: its name, the key that leads there, and what can be done at the end."""

    def __init__(self, theme: Theme, title: str, key: Words = "", action: QWidget | None = None) -> None:
        super().__init__()
        layout = row(Label(theme, title, "section"))
        if key:
            layout.addWidget(KeyCap(theme, key))
        layout.addStretch(1)
        if action is not None:
            layout.addWidget(action)
        self.setLayout(layout)
        self.setFixedHeight(ROW_HEIGHT)


class FieldRow(QWidget):
    """A label of fixed width and the control it belongs to."""

    def __init__(self, theme: Theme, label: str, control: QWidget, *, stretch: bool = False) -> None:
        super().__init__()
        self.control = control
        words = Label(theme, label, "small", muted=True)
        words.setFixedWidth(LABEL_WIDTH)
        words.setBuddy(control)
        layout = row(words, control, gap=0)
        if not stretch:
            layout.addStretch(1)
        self.setLayout(layout)
