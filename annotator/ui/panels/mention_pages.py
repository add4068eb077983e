"""Details of a source mention, an entity mention and a cue: the span, and the register entry or links behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from annotator.model import AnnotatedArticle, Annotation, Claim, Cue, Entity, Id, Mention, Source, SourceMention
from annotator.model.values import (
    ANONYMITY_REASONS,
    CUE_LOADS,
    ENTITY_KINDS,
    GROUND_RULES,
    MENTION_FORMS,
    NOT_STATED,
    PROXIMITIES,
    SOURCE_KINDS_MADE,
    SOURCE_MENTION_ROLES,
    SOURCE_NAMINGS,
)
from annotator.project import Project
from annotator.ui.controls import EmptyNote, FieldRow, Label, QuietCombo, SectionHead, column
from annotator.ui.paint import Box, glyph
from annotator.ui.panels.attributions import quoted
from annotator.ui.panels.fields import PickField
from annotator.ui.panels.lists import FitList, RowState
from annotator.ui.panels.page import Page, choices, typed, writer
from annotator.ui.theme import Theme, font
from annotator.ui.workspace import Workspace
from annotator.vocabulary import count, label

LIST_LIMIT = 12
"""So many claims or mentions are listed; the register shows the rest."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the article: a mark, its words, and a number or word at the end."""

    id: Id
    kind: str
    words: str
    end: str = ""


def _draw_place(p: QPainter, box: Box, place: Place, state: RowState) -> None:
    theme = state.theme
    at = box.rc(8, 9, 10, 10)
    glyph(p, place.kind, at.x(), at.y(), theme)
    box.text(p, place.words, 28, 0, box.w - 28 - 44, box.h, font("body"), theme.ink)
    box.text(p, place.end, box.w - 44, 0, 36, box.h, font("small"), theme.muted, end=True)


class Places(FitList):
    """A list of places; a row leads there."""

    def __init__(self, workspace: Workspace, theme: Theme, name: str) -> None:
        super().__init__(theme, name, lambda place: f"{place.words} {place.end}".strip(), _draw_place, lambda _: 30)
        self._workspace = workspace
        self.gone_to.connect(self._go_to)

    def _go_to(self, place: Place) -> None:
        self._workspace.choose(place.id)


class MarkPage(Page):
    """What the pages of the three kinds of mention share."""

    kind: type[Annotation] = Annotation
    glyph = "source"
    called = ""

    def __init__(self, workspace: Workspace, theme: Theme, mark: Id, profile: str) -> None:
        super().__init__(workspace, theme, profile)
        self.mark = mark
        self._what, self._of = self.head(self.glyph, self.called)
        self._quote = self.quote("")
        self.follow(self._show_head)

    def exists(self, annotated: AnnotatedArticle) -> bool:
        """Say whether the mark is still there and of this kind."""
        return isinstance(annotated.by_id.get(self.mark), self.kind)

    def _show_head(self, annotated: AnnotatedArticle) -> None:
        mark = annotated.by_id[self.mark]
        self._quote.setText(" ".join(mark.quote(annotated.text, " … ").split()))
        marks = self.siblings(annotated)
        ids = [m.id for m in marks]
        if mark.id in ids and len(ids) > 1:
            self._of.setText(f"mention {ids.index(mark.id) + 1} of {len(ids)}")
        else:
            self._of.setText("")

    def siblings(self, annotated: AnnotatedArticle) -> tuple[Annotation, ...]:
        """Return the marks that name the same thing."""
        return ()

    def _add_note(self) -> None:
        self.rule()
        self.lines.addWidget(SectionHead(self.theme, "Note", "N"))
        self.space(4)
        self.note_field = self.note(
            lambda a: m.note if (m := a.by_id.get(self.mark)) else None, lambda p, v: p.set_note(self.mark, v)
        )

    def _entry_field(self, name: str) -> None:
        """Add the field that says which register entry this belongs to; rebuilt when the register changes."""
        holder = QWidget()
        layout = column(holder)
        shown: dict[str, Any] = {}

        def show(annotated: AnnotatedArticle) -> None:
            entries, current = self.entries(annotated)
            field = shown.get("field")
            if shown.get("state") == (entries, current) or (
                field is not None and field.hasFocus() and field.is_dirty()
            ):
                return
            shown["state"] = (entries, current)
            made = PickField(self.theme, name, entries, current)
            made.picked.connect(self.assign)
            made.named.connect(self.assign_new)
            had_focus = field is not None and field.hasFocus()
            if field is not None:
                layout.removeWidget(field)
                field.hide()
                field.setParent(None)
                field.deleteLater()
            layout.addWidget(made)
            shown["field"] = made
            if had_focus:
                made.setFocus()

        self.lines.addWidget(FieldRow(self.theme, name, holder, stretch=True))
        self.space(4)
        self.follow(show)
        self.holds(_Late(lambda: shown.get("field")))

    def entries(self, annotated: AnnotatedArticle) -> tuple[list[tuple[Id, str]], Id | None]:
        """Return the register's entries and which of them the mark names."""
        raise NotImplementedError

    def assign(self, entry: Id) -> None:
        """Say that the mark names an entry."""
        self.workspace.do(lambda p: p.assign(self.mark, entry))

    def assign_new(self, name: str) -> None:
        """Make an entry with this name and say that the mark names it."""
        raise NotImplementedError


class _Late:
    """Commits a field that is made anew from time to time."""

    def __init__(self, field: Callable[[], PickField | None]) -> None:
        self._field = field

    def commit(self) -> None:
        """Commit the present field."""
        field = self._field()
        if field is not None:
            field.commit()


class SourcePage(MarkPage):
    """A source mention and the source it names."""

    kind = SourceMention
    glyph = "source"
    called = "Source"

    def __init__(self, workspace: Workspace, theme: Theme, mark: Id, profile: str) -> None:
        super().__init__(workspace, theme, mark, profile)
        self._entry_field("Refers to")
        if profile == "researcher":
            self.combo(
                "Part here",
                choices(SOURCE_MENTION_ROLES),
                lambda a: m.role if (m := typed(a, self.mark, SourceMention)) else None,
                lambda p, v: p.edit_mention(self.mark, role=v),
            )
        self.rule()
        self.lines.addWidget(SectionHead(theme, "About the source"))
        self.space(4)
        self._add_source_fields()
        self._add_claims()
        self._add_note()
        self.lines.addStretch(1)

    def _source(self, annotated: AnnotatedArticle) -> Source | None:
        mark = typed(annotated, self.mark, SourceMention)
        return annotated.sources.get(mark.source or "") if mark else None

    def siblings(self, annotated: AnnotatedArticle) -> tuple[Annotation, ...]:
        """Return the mentions of the same source."""
        source = self._source(annotated)
        return annotated.mentions_of_source(source.id) if source else ()

    def entries(self, annotated: AnnotatedArticle) -> tuple[list[tuple[Id, str]], Id | None]:
        """Return the article's sources."""
        found = [(s.id, s.label) for s in annotated.source_order if s.kind != "unstated"]
        source = self._source(annotated)
        return found, source.id if source else None

    def assign_new(self, name: str) -> None:
        """Make a source of this name."""
        if self.shown is None:
            return
        article, mention = self.shown.article.id, self.mark

        def write(project: Project) -> None:
            with project.one_step(f"say that a source is {name}"):
                project.assign(mention, project.add_source(article, name))

        self.workspace.do(write)

    def _value(self, field: str) -> Callable[[AnnotatedArticle], str | None]:
        def value(annotated: AnnotatedArticle) -> str | None:
            source = self._source(annotated)
            if source is None:
                return None
            return NOT_STATED if field in source.not_stated else getattr(source, field)

        return value

    def _write(self, field: str) -> Callable[[Project, Any], object]:
        def write(project: Project, value: Any) -> None:
            source = self._source(self.shown) if self.shown else None
            if source is not None:
                project.edit_source(source.id, **{field: value})

        return write

    def _add_source_fields(self) -> None:
        project = self.project
        self.text("Name", self._value("label"), self._write("label"))
        self._combo("Naming", "naming", SOURCE_NAMINGS)
        if self.profile != "teacher":
            self._combo("Kind", "kind", SOURCE_KINDS_MADE)
            self.text("Role", self._value("role"), self._write("role"), may_be_not_stated=True)
        self.text(
            "Affiliation",
            self._value("affiliation"),
            self._write("affiliation"),
            may_be_not_stated=True,
            suggestions=project.affiliations() if project else (),
        )
        if self.profile != "teacher":
            self._combo("Ground rules", "ground_rules", GROUND_RULES, not_stated=True)
            reason = self._combo("Reason given", "anonymity_reason", ANONYMITY_REASONS)
            reason.control.setAccessibleName("Reason for anonymity given")
            self.follow(
                lambda a: reason.setVisible(
                    (s := self._source(a)) is not None and s.naming in ("anonymous", "role_only")
                )
            )
        if self.profile == "researcher":
            self._combo("Proximity", "proximity", PROXIMITIES, not_stated=True)
            self.text("Side", self._value("side"), self._write("side"), may_be_not_stated=True)

    def _combo(self, name: str, field: str, values: tuple[str, ...], *, not_stated: bool = False) -> FieldRow:
        return self.combo(name, choices(values, not_stated=not_stated), self._value(field), self._write(field))

    def _add_claims(self) -> None:
        self.rule()
        title = SectionHead(self.theme, "Claims of this source")
        places = Places(self.workspace, self.theme, "Claims of this source")
        none = EmptyNote(self.theme, "No claim yet. Choose a claim, press L and pick this source.")
        for part in (title, places, none):
            self.lines.addWidget(part)

        def show(annotated: AnnotatedArticle) -> None:
            source = self._source(annotated)
            claims = annotated.claims_of(source.id) if source else ()
            places.set_values([_claim_place(annotated, c) for c in claims[:LIST_LIMIT]])
            places.setVisible(bool(claims))
            none.setVisible(not claims)

        self.follow(show)


def _claim_place(annotated: AnnotatedArticle, claim: Claim) -> Place:
    return Place(
        claim.id, "claim", claim.short_text or quoted(annotated, claim), str(annotated.claim_numbers[claim.id])
    )


class EntityPage(MarkPage):
    """An entity mention and the entity it names."""

    kind = Mention
    glyph = "entity"
    called = "Entity"

    def __init__(self, workspace: Workspace, theme: Theme, mark: Id, profile: str) -> None:
        super().__init__(workspace, theme, mark, profile)
        self._entry_field("Refers to")
        if profile == "researcher":
            self.combo(
                "Form",
                choices(MENTION_FORMS),
                lambda a: m.form if (m := typed(a, self.mark, Mention)) else None,
                lambda p, v: p.edit_mention(self.mark, form=v),
            )
        self.rule()
        self.lines.addWidget(SectionHead(theme, "About the entity"))
        self.space(4)
        self._add_entity_fields()
        self._add_mentions()
        self._add_note()
        self.lines.addStretch(1)

    def _entity(self, annotated: AnnotatedArticle) -> Entity | None:
        mark = typed(annotated, self.mark, Mention)
        return annotated.entities.get(mark.entity or "") if mark else None

    def siblings(self, annotated: AnnotatedArticle) -> tuple[Annotation, ...]:
        """Return the mentions of the same entity."""
        entity = self._entity(annotated)
        return annotated.mentions_of_entity(entity.id) if entity else ()

    def entries(self, annotated: AnnotatedArticle) -> tuple[list[tuple[Id, str]], Id | None]:
        """Return the project's entities."""
        listed = self.project.entity_names() if self.project else []
        entity = self._entity(annotated)
        return listed, entity.id if entity else None

    def assign_new(self, name: str) -> None:
        """Make an entity of this name."""
        mention = self.mark

        def write(project: Project) -> None:
            with project.one_step(f"say that an entity is {name}"):
                project.assign(mention, project.add_entity(name))

        self.workspace.do(write)

    def _write(self, field: str) -> Callable[[Project, Any], object]:
        def write(project: Project, value: Any) -> None:
            entity = self._entity(self.shown) if self.shown else None
            if entity is not None:
                project.edit_entity(entity.id, **{field: value})

        return write

    def _add_entity_fields(self) -> None:
        self.text("Name", lambda a: e.name if (e := self._entity(a)) else None, self._write("name"))
        self.combo(
            "Kind", choices(ENTITY_KINDS), lambda a: e.kind if (e := self._entity(a)) else None, self._write("kind")
        )
        aliases = self.words(
            "Also called",
            lambda a: e.aliases if (e := self._entity(a)) else (),
            self._write("aliases"),
            add="Add a name",
        )
        self.field("Also called", aliases, stretch=True)

    def _add_mentions(self) -> None:
        self.rule()
        head = SectionHead(self.theme, "Mentions here")
        places = Places(self.workspace, self.theme, "Mentions in this article")
        elsewhere = Label(self.theme, "", "small", muted=True)
        for part in (head, places, elsewhere):
            self.lines.addWidget(part)

        def show(annotated: AnnotatedArticle) -> None:
            entity = self._entity(annotated)
            marks = annotated.mentions_of_entity(entity.id) if entity else ()
            places.set_values([_context(annotated, m) for m in marks[:LIST_LIMIT]])
            more = f"{len(marks) - LIST_LIMIT} more here" if len(marks) > LIST_LIMIT else ""
            elsewhere.setText(more)
            elsewhere.setVisible(bool(more))

        self.follow(show)


def _context(annotated: AnnotatedArticle, mark: Annotation, reach: int = 24) -> Place:
    """Return a mention with a few words around it."""
    text = annotated.text
    before = text[max(0, mark.start - reach // 2) : mark.start].rpartition("\n")
    after = text[mark.end : mark.end + reach].partition("\n")
    start = before[2] if before[1] or mark.start <= reach // 2 else "… " + before[2].partition(" ")[2]
    end = after[0] if after[1] or mark.end + reach >= len(text) else after[0].rpartition(" ")[0] + " …"
    return Place(mark.id, "entity", " ".join(f"{start}{text[mark.start : mark.end]}{end}".split()))


def _set_load(link: Id, project: Project, load: str | None) -> None:
    project.edit_attribution(link, load=load)


class CuePage(MarkPage):
    """A cue: the links that use it and the load each gives it."""

    kind = Cue
    glyph = "cue"
    called = "Cue"

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
        links = [a for a in annotated.attributions if a.cue == self.mark]
        state = [(a, annotated.claim_numbers.get(a.claim)) for a in links]
        if state == self._shown:
            return
        self._shown = state
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
            combo = QuietCombo(self.theme, "Load", choices(CUE_LOADS), link.load)
            combo.picked.connect(writer(self.workspace, partial(_set_load, link.id)))
            layout.addWidget(FieldRow(self.theme, "Load", combo))
            places = Places(self.workspace, self.theme, "Claim this cue hands over")
            claim = annotated.by_id.get(link.claim)
            if isinstance(claim, Claim):
                places.set_values([_claim_place(annotated, claim)])
            layout.addWidget(
                Label(self.theme, f"Said by {source.label if source else label(None)}", "small", muted=True)
            )
            layout.addWidget(places)
        if not links:
            words = "No link uses this cue yet. Choose the claim it belongs to and press L."
            layout.addWidget(EmptyNote(self.theme, words))
        self._of.setText(count(len(links), "link") if len(links) > 1 else "")
