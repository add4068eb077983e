"""Details of a claim: what it says and how, who says it, its check, a note and tags."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from annotator.language import tr, trc
from annotator.model import AnnotatedArticle, Claim, Id
from annotator.model.values import CHECK_REASONS, CHECK_WORTHY, CLAIM_TYPES, CLAIM_TYPES_BASIC
from annotator.project import Project
from annotator.ui.actions import key_of
from annotator.ui.controls import NOT_FILLED_IN, Choice, SectionHead, Tick
from annotator.ui.panels.attributions import AttributionSection, quoted
from annotator.ui.panels.checking import CheckSection
from annotator.ui.panels.page import Page, choices, cut, term_offers, typed
from annotator.ui.panels.relations import RelationSection
from annotator.ui.panels.words import FlowLayout
from annotator.ui.theme import Theme
from annotator.ui.workspace import Workspace
from annotator.vocabulary import title

PLAIN_FORMS: tuple[Choice, ...] = (
    (None, NOT_FILLED_IN),
    ("direct", tr("Quoted")),
    ("indirect", tr("Reported")),
    ("narration", trc("a form of claims", "Author")),
)
PLAIN_FORM_OF = {"mixed": "direct", "headline": "narration"}
PLAIN_TYPE_OF = {"interpretation": "opinion", "directive": "opinion", "commitment": "opinion"}


class ClaimPage(Page):
    """The page of one claim."""

    link_asked = Signal(object)
    """None: add a source; else the id of the attribution to change."""

    def __init__(self, workspace: Workspace, theme: Theme, claim: Id, profile: str) -> None:
        super().__init__(workspace, theme, profile)
        self.claim = claim
        self._add_head()
        self._add_fields()
        self.rule()
        self.attributions = AttributionSection(workspace, theme, claim, profile)
        self.attributions.link_asked.connect(self.link_asked)
        self.follow(self.attributions.refresh)
        self.holds(self.attributions)
        self.lines.addWidget(self.attributions)
        self.rule()
        self.check = CheckSection(workspace, theme, claim, profile)
        self.follow(self.check.refresh)
        self.holds(self.check)
        self.lines.addWidget(self.check)
        self.rule()
        self._add_relations()
        self._add_note()
        self.lines.addStretch(1)

    def exists(self, annotated: AnnotatedArticle) -> bool:
        """Say whether the claim is still there."""
        return self._claim_in(annotated) is not None

    def _claim_in(self, annotated: AnnotatedArticle) -> Claim | None:
        return typed(annotated, self.claim, Claim)

    def _of(self, annotated: AnnotatedArticle, field: str) -> str | None:
        claim = self._claim_in(annotated)
        return getattr(claim, field) if claim else None

    def _add_head(self) -> None:
        what, of = self.head("claim", tr("Claim"))
        words = self.quote("")

        def show(annotated: AnnotatedArticle) -> None:
            claim = self._claim_in(annotated)
            if claim is not None:
                what.setText(tr("Claim {n}", n=annotated.claim_number(claim.id)))
                of.setText(tr("of {n}", n=len(annotated.claims)))
                words.setText(cut(quoted(annotated, claim)))

        self.follow(show)

    def _add_fields(self) -> None:
        teacher, researcher = self.profile == "teacher", self.profile == "researcher"
        types = CLAIM_TYPES if researcher else CLAIM_TYPES_BASIC
        self.coded(tr("Type"), "claim_type", lambda a: self._type(a, plain=teacher), self._write("type"), keys=types)
        if teacher:
            self.combo(tr("Form"), PLAIN_FORMS, self._plain_form, self._write_plain_form)
        else:
            self.coded(tr("Form"), "claim_form", lambda a: self._of(a, "form"), self._write("form"))
        self.combo(
            tr("Worth checking"),
            choices(CHECK_WORTHY),
            lambda a: self._of(a, "check_worthy"),
            self._write("check_worthy"),
        )
        if researcher:
            self._add_reasons()
            hint = tr("One sentence")
            self.text(tr("In short"), lambda a: self._of(a, "short_text"), self._write("short_text"), hint=hint)

    def _type(self, annotated: AnnotatedArticle, *, plain: bool) -> str | None:
        value = self._of(annotated, "type")
        return PLAIN_TYPE_OF.get(value or "", value) if plain else value

    def _plain_form(self, annotated: AnnotatedArticle) -> str | None:
        value = self._of(annotated, "form")
        return PLAIN_FORM_OF.get(value or "", value)

    def _write_plain_form(self, project: Project, value: str | None) -> None:
        """Write a form in plain words; a finer one that means the same is kept."""
        if self.shown is not None and value == self._plain_form(self.shown):
            return
        project.edit_claim(self.claim, form=value)

    def _write(self, field: str) -> Callable[[Project, str | None], None]:
        def write(project: Project, value: str | None) -> None:
            if not (
                field == "type"
                and self.profile == "teacher"
                and self.shown is not None
                and value == self._type(self.shown, plain=True)
            ):
                project.edit_claim(self.claim, **{field: value})

        return write

    def _add_reasons(self) -> None:
        ticks = {reason: Tick(self.theme, title(reason)) for reason in CHECK_REASONS}
        for reason, tick in ticks.items():
            tick.clicked.connect(partial(self._set_reason, reason))
            tick.setAccessibleDescription(tr("Why it is worth checking"))
        holder = QWidget()
        flow = FlowLayout(holder)
        for tick in ticks.values():
            flow.addWidget(tick)
        self.field(tr("Because"), holder, stretch=True)

        def show(annotated: AnnotatedArticle) -> None:
            claim = self._claim_in(annotated)
            for reason, tick in ticks.items():
                tick.setChecked(claim is not None and reason in claim.reasons)

        self.follow(show)

    def _set_reason(self, reason: str, on: bool) -> None:
        claim = self._claim_in(self.shown) if self.shown else None
        if claim is not None:
            reasons = claim.reasons | {reason} if on else claim.reasons - {reason}
            self.workspace.do(lambda p: p.edit_claim(self.claim, reasons=reasons))

    def _add_relations(self) -> None:
        self.relations = RelationSection(self.workspace, self.theme, self.claim, self.profile)
        self.follow(self.relations.refresh)
        self.holds(self.relations)
        self.lines.addWidget(self.relations)
        self.rule()

    def _add_note(self) -> None:
        self.lines.addWidget(SectionHead(self.theme, tr("Note"), lambda: key_of("mark.note")))
        self.space(4)
        self.note_field = self.note(lambda a: self._of(a, "note"), lambda p, v: p.set_note(self.claim, v))
        self.space(8)
        self.tags = self.words(
            tr("Tags"),
            lambda a: c.tags if (c := self._claim_in(a)) else (),
            lambda p, v: p.set_tags(self.claim, v),
            add=tr("Add tag"),
            offers=term_offers(self.workspace, "tag"),
        )
        self.lines.addWidget(self.tags)
        if self.profile == "teacher":
            self.tags.hide()
