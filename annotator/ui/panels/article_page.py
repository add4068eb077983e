"""Details of an article: its facts, shown while no mark is chosen, and the keys that make marks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize

from annotator.language import tr
from annotator.model import AnnotatedArticle, Id
from annotator.model.values import NOT_STATED
from annotator.project import Project
from annotator.ui.actions import caps, hints
from annotator.ui.article.head import counts_of
from annotator.ui.controls import EmptyNote, Hints, Label, Painted, row
from annotator.ui.paint import Box
from annotator.ui.panels.page import Page
from annotator.ui.theme import Theme, icon
from annotator.ui.workspace import Workspace
from annotator.vocabulary import capital, count

FACTS = (
    (tr("Title"), "title", False),
    (tr("Publication"), "publication", True),
    (tr("Byline"), "byline", True),
    (tr("Date"), "date", True),
    (tr("Web address"), "url", True),
    (tr("Language"), "language", False),
)
TIPS = {"date": tr("Year, month, day: 2031-04-09"), "language": tr("A language code: en, ar, pt-BR")}
TEACH = {
    "teacher": lambda: tr(
        "Select words and press {claim} for a claim, {source} for a source, {entity} for an entity. "
        "Then press {link} on a claim and say who said it.",
        **caps(),
    ),
    "editor": lambda: tr(
        "Select words and press {claim} for a claim, {source} for a source, {entity} for an entity. "
        "{link} on a claim says who said it; {next_open} goes to the next sentence nobody has looked at.",
        **caps(),
    ),
}


def _no_article() -> str:
    return tr("No article is shown. Open one in the library, or add one with {open}.", **caps())


class ArticlePage(Page):
    """The page of the article shown."""

    def __init__(self, workspace: Workspace, theme: Theme, article: Id, profile: str) -> None:
        super().__init__(workspace, theme, profile)
        self.article = article
        mark = Painted(theme, _draw_sheet, tr("Article"), QSize(16, 20))
        layout = row(mark, Label(theme, tr("Article"), "section"), gap=6)
        layout.addStretch(1)
        self.lines.addLayout(layout)
        self.space(8)
        for words, fact, may_be in FACTS:
            made = self.text(words, self._value(fact), self._write(fact), may_be_not_stated=may_be)
            made.control.setToolTip(TIPS.get(fact, ""))
        self.rule()
        self._counts = Label(theme, "", "small", muted=True, wrap=True)
        self.lines.addWidget(self._counts)
        self.space(12)
        self.lines.addWidget(EmptyNote(theme, TEACH.get(profile, TEACH["editor"])))
        self.space(8)
        self.lines.addWidget(Hints(theme, lambda: hints("mark.claim", "mark.source", "mark.entity", "link.source")))
        self.lines.addStretch(1)
        self.follow(self._show)

    def exists(self, annotated: AnnotatedArticle) -> bool:
        """Say whether the article is the one shown."""
        return annotated.article.id == self.article

    def _show(self, annotated: AnnotatedArticle) -> None:
        counted = counts_of(annotated)
        parts = [count(counted[kind], kind) for kind in ("claim", "source", "entity")]
        self._counts.setText(capital(", ".join(parts)) + ".")

    def _value(self, fact: str) -> Callable[[AnnotatedArticle], str | None]:
        def value(annotated: AnnotatedArticle) -> str | None:
            return NOT_STATED if fact in annotated.article.not_stated else getattr(annotated.article, fact)

        return value

    def _write(self, fact: str) -> Callable[[Project, Any], object]:
        return lambda project, value: project.edit_article(self.article, **{fact: value})


def _draw_sheet(p: object, box: Box, theme: Theme) -> None:
    p.drawPixmap(box.rc(0, 2, 16, 16).toRect(), icon("file-text", theme.muted))  # type: ignore[attr-defined]


class NoArticlePage(Page):
    """What to do where no article is shown."""

    def __init__(self, workspace: Workspace, theme: Theme, profile: str) -> None:
        super().__init__(workspace, theme, profile)
        self.lines.addWidget(EmptyNote(theme, _no_article))
        self.lines.addStretch(1)

    def refresh(self) -> bool:
        """Stay while no article is shown."""
        return self.workspace.annotated is None
