"""The Article menu: facts, original, zones, going from one article to the next, and deleting."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from annotator.language import tr
from annotator.model import Block, Id
from annotator.ui.actions import said_key
from annotator.ui.originals import Originals
from annotator.ui.panels.library import Library
from annotator.ui.theme import Theme
from annotator.ui.workspace import Workspace
from annotator.vocabulary import count


class ArticleCommands:
    """Verbs about one article: the one shown, or one named."""

    def __init__(
        self,
        window: QWidget,
        workspace: Workspace,
        library: Library,
        theme: Callable[[], Theme],
        caret: Callable[[], int],
        originals: Originals,
    ) -> None:
        self._window = window
        self._workspace = workspace
        self._library = library
        self._theme = theme
        self._caret = caret
        self._originals = originals

    def facts(self, article: Id | None = None) -> None:
        """Edit the facts of an article."""
        from annotator.ui.dialogs.facts import FactsDialog  # only now: the window starts without it

        project, id_ = self._workspace.project, article or self._workspace.article
        if project is None or id_ is None:
            return
        dialog = FactsDialog(self._theme(), project.article(id_), self._window)
        if dialog.exec():
            changed = dialog.changed()
            if changed:
                self._workspace.do(lambda p: p.edit_article(id_, **changed))
        dialog.deleteLater()

    def original(self, article: Id | None = None) -> None:
        """Show beside the article what it was read from."""
        self._originals.show(article)

    def save_original(self, article: Id | None = None) -> None:
        """Give the bytes back an article was read from."""
        self._originals.save(article)

    def set_zone(self, zone: str) -> None:
        """Set the zone of the paragraph at the caret; headlines become headings and back."""
        block = self.block()
        article = self._workspace.article
        if block is None or article is None:
            return
        kind = "heading" if zone == "headline" else "paragraph" if block.zone == "headline" else None
        self._workspace.do(
            lambda p: p.set_zone(article, block.start, zone, kind=kind, level=1 if kind == "heading" else None)
        )

    def block(self) -> Block | None:
        """Return the paragraph at the caret."""
        annotated, caret = self._workspace.annotated, self._caret()
        if annotated is None:
            return None
        return next((b for b in annotated.blocks if b.start <= caret <= b.end), None)

    def next(self) -> None:
        """Show the next article of the library."""
        self._step(1)

    def previous(self) -> None:
        """Show the article before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        there = self._library.neighbour(by)
        if there is not None:
            self._workspace.show_article(there)

    def delete(self, article: Id | None = None) -> None:
        """Remove an article once the user said so."""
        from annotator.ui.dialogs.ask import confirm  # only now: the window starts without it

        project, id_ = self._workspace.project, article or self._workspace.article
        if project is None or id_ is None:
            return
        summary = project.article_summary(id_)
        text = tr(
            "“{title}” goes with its marks: {claims} and {sources}. {undo} brings everything back.",
            title=summary.article.title,
            undo=said_key("edit.undo"),
            claims=count(summary.claims, "claim"),
            sources=count(summary.sources, "source"),
        )
        if confirm(self._window, self._theme(), tr("Delete article?"), text, tr("Delete article")):
            self._workspace.do(lambda p: p.delete_article(id_))
