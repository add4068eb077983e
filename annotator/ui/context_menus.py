"""Menus that open where one points: on the text, on the profile."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from annotator.language import tr
from annotator.model import Annotation, Id
from annotator.ui.frame import open_menu
from annotator.ui.menus import Actions
from annotator.ui.theme import Theme
from annotator.ui.workspace import Workspace
from annotator.vocabulary import title

QUOTE = 48
"""Longer quotes are cut in a menu."""
PROFILES = ("profile.teacher", "profile.editor", "profile.researcher")


class ContextMenus:
    """Opens the menus; each is thrown away once it was used."""

    def __init__(
        self,
        window: QWidget,
        workspace: Workspace,
        actions: Actions,
        theme: Callable[[], Theme],
    ) -> None:
        self._window = window
        self._workspace = workspace
        self._actions = actions
        self._theme = theme

    def on_text(self, at: QPoint, ids: list[Id]) -> None:
        """Offer what can be done with the words or the mark there; of several marks the smallest is chosen."""
        if ids and self._workspace.chosen not in ids:
            self._workspace.choose(ids[0])
        menu = self._actions.context_menu(self._window)
        annotated = self._workspace.annotated
        marks = [annotated.by_id[i] for i in ids if i in annotated.by_id] if annotated is not None else []
        if len(marks) > 1:
            menu.addSeparator()
            here = menu.addMenu(tr("Marks here"))
            for mark in marks:
                here.addAction(self._words(mark), lambda m=mark.id: self._workspace.choose(m))
        self._open(menu, at)

    def _words(self, mark: Annotation) -> str:
        annotated = self._workspace.annotated
        quote = " ".join(mark.quote(annotated.text).split()) if annotated is not None else ""
        short = quote if len(quote) <= QUOTE else f"{quote[: QUOTE - 1]}…"
        return tr("{kind}: {words}", kind=title(mark.kind), words=short).replace("&", "&&")

    def on_profile(self, button: QWidget) -> None:
        """Offer the profiles, above their name in the status line."""
        menu = self._actions.context_menu(self._window, PROFILES)
        self._open(menu, button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _open(self, menu: QMenu, at: QPoint) -> None:
        open_menu(menu, self._theme(), at)
