"""Details of a cue: the links that use it and the load each gives it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from annotator.language import tr, trn
from annotator.model import AnnotatedArticle, Claim, Cue, Id
from annotator.project import Project
from annotator.ui.actions import caps
from annotator.ui.controls import EmptyNote, FieldRow, Label, column
from annotator.ui.panels.fields import TermCombo
from annotator.ui.panels.mention_pages import MarkPage, Places, claim_place
from annotator.ui.panels.page import term_choices, writer
from annotator.ui.theme import Theme
from annotator.ui.workspace import Workspace
from annotator.vocabulary import label


def _set_load(link: Id, project: Project, load: str | None) -> None:
    project.edit_attribution(link, load=load)


class CuePage(MarkPage):
    """A cue: the links that use it and the load each gives it."""

    kind = Cue
    glyph = "cue"
    called = tr("Cue")

    def __init__(self, workspace: Workspace, theme: Theme, mark: Id, profile: str) -> None:
        super().__init__(workspace, theme, mark, profile)
        self._shown: object = None
        self._body = QWidget()
        column(self._body, gap=4)
        self.lines.addWidget(self._body)
        self.follow(self._show_links)
        self._add_note()
        self.lines.addStretch(1)

    def _show_links(self, annotated: AnnotatedArticle) -> None:
        links = sorted(annotated.attributions_with(self.mark), key=lambda a: annotated.claim_number(a.claim))
        state = [(a, annotated.claim_number(a.claim)) for a in links]
        if (state, annotated.code_book) == self._shown:
            return
        self._shown = (state, annotated.code_book)
        layout = self._body.layout()
        while layout is not None and (item := layout.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.setParent(None)
                old.deleteLater()
        if layout is None:
            return
        for link in links:
            source = annotated.sources.get(link.source)
            offered, tips = term_choices(annotated.code_book, "load")
            combo = TermCombo(self.theme, tr("Load"))
            combo.set_terms(offered, link.load, tips)
            combo.picked.connect(writer(self.workspace, partial(_set_load, link.id)))
            layout.addWidget(FieldRow(self.theme, tr("Load"), combo))
            places = Places(self.workspace, self.theme, tr("Claim this cue hands over"))
            claim = annotated.by_id.get(link.claim)
            if isinstance(claim, Claim):
                places.set_values([claim_place(annotated, claim)])
            layout.addWidget(
                Label(
                    self.theme, tr("Said by {name}", name=source.label if source else label(None)), "small", muted=True
                )
            )
            layout.addWidget(places)
        if not links:
            words = tr("No link uses this cue yet. Choose the claim it belongs to and press {link}.", **caps())
            layout.addWidget(EmptyNote(self.theme, words))
        self._of.setText(trn("{n} link", "{n} links", len(links)) if len(links) > 1 else "")
