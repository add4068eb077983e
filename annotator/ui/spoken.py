"""What a screen reader is told of the widgets that paint themselves: what they are, and the value they show.

Names and descriptions are set where a widget is made. What Qt would call a mere surface gets its role here, by class;
a widget whose value can be chosen has ``spoken_value``.
"""

from __future__ import annotations

from functools import cache
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAccessibleValueChangeEvent
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_Role = QAccessible.Role
ROLES: dict[str, QAccessible.Role] = {
    # words and drawings
    "Line": _Role.Separator,
    "Painted": _Role.Graphic,
    "KeyCap": _Role.StaticText,
    "Hints": _Role.StaticText,
    "Notice": _Role.AlertMessage,
    "Progress": _Role.ProgressBar,
    "EmptyPage": _Role.Paragraph,
    "PagePreview": _Role.Graphic,
    "Preview": _Role.Grouping,
    "Framed": _Role.Grouping,
    "ZoneMargin": _Role.Graphic,
    "ChartView": _Role.Chart,
    "FigureGrid": _Role.Grouping,
    # around the text
    "Head": _Role.Heading,
    "Gutter": _Role.Graphic,
    "LineNumbers": _Role.Graphic,
    "Ruler": _Role.Graphic,
    "StatusLine": _Role.StatusBar,
    "SavedSign": _Role.StaticText,
    "CoverageTicks": _Role.Graphic,
    "FindBar": _Role.ToolBar,
    "FilterBar": _Role.ToolBar,
    # what opens over the window
    "Palette": _Role.Dialog,
    "LinkCard": _Role.Dialog,
    "PopList": _Role.Dialog,
    # one value of several, chosen by arrows
    "Segmented": _Role.ComboBox,
    "VerdictScale": _Role.Slider,
}
"""Role by name of the class: Qt asks for an interface by the name."""


@runtime_checkable
class Valued(Protocol):
    """A painted control that shows one value of several."""

    def spoken_value(self) -> str:
        """Return the words of the value."""
        ...


class _Spoken(QAccessibleWidget):
    """A widget's own interface, with the value where it has one."""

    def text(self, t: QAccessible.Text) -> str:
        """Return what is read: the value from the widget, the rest as Qt does."""
        widget = self.widget()
        if t == QAccessible.Text.Value and isinstance(widget, Valued):
            return widget.spoken_value()
        return super().text(t)


def _interface(name: str, thing: QObject | None) -> QAccessibleInterface | None:
    role = ROLES.get(name)
    return _Spoken(thing, role) if role is not None and isinstance(thing, QWidget) else None


@cache
def give_roles() -> None:
    """Tell Qt the roles of our own widgets; before anything is shown. Only the first call does something."""
    QAccessible.installFactory(_interface)


def value_changed(widget: QWidget) -> None:
    """Let a screen reader read the new value of a painted control."""
    if QAccessible.isActive() and isinstance(widget, Valued):
        QAccessible.updateAccessibility(QAccessibleValueChangeEvent(widget, widget.spoken_value()))
