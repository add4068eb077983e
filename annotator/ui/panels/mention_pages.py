"""Details of a source mention and an entity mention: the span, and the register entry behind it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QPainter

from annotator.language import tr, trn
from annotator.model import (
    AnnotatedArticle,
    Annotation,
    Claim,
    Entity,
    Id,
    Mention,
    Source,
    SourceMention,
    reading_order,
)
from annotator.model.values import (
    ANONYMITY_REASONS,
    MENTION_FORMS,
    NOT_STATED,
    SOURCE_CLASSES,
    SOURCE_KINDS_MADE,
    SOURCE_MENTION_ROLES,
)
from annotator.project import Project, names_of
from annotator.ui.actions import caps, key_of
from annotator.ui.controls import Button, EmptyNote, FieldRow, Label, SectionHead, plain_tip
from annotator.ui.paint import Box, glyph
from annotator.ui.panels.attributions import quoted
from annotator.ui.panels.lists import FitList, RowState
from annotator.ui.panels.page import Page, choices, typed
from annotator.ui.register_commands import alike_sources
from annotator.ui.theme import Theme, font
from annotator.ui.workspace import EntryTask, Workspace

LIST_LIMIT = 12
"""So many claims or mentions are listed; the register shows the rest."""


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A mark of the article as a list shows it: its words, and a number or word at the end."""

    id: Id
    kind: str
    words: str
    end: str = ""


def _draw_mark(p: QPainter, box: Box, place: MarkRow, state: RowState) -> None:
    theme = state.theme
    at = box.rc(8, 9, 10, 10)
    glyph(p, place.kind, at.x(), at.y(), theme)
    box.text(p, place.words, 28, 0, box.w - 28 - 44, box.h, font("body"), theme.ink)
    box.text(p, place.end, box.w - 44, 0, 36, box.h, font("small"), theme.muted, end=True)


class Places(FitList):
    """A list of places; a row leads there."""

    def __init__(self, workspace: Workspace, theme: Theme, name: str) -> None:
        super().__init__(theme, name, lambda place: f"{place.words} {place.end}".strip(), _draw_mark, lambda _: 30)
        self._workspace = workspace
        self.gone_to.connect(self._go_to)

    def _go_to(self, place: MarkRow) -> None:
        self._workspace.choose(place.id)


class MarkPage(Page):
    """What the pages of the three kinds of mention share."""

    kind: type[Annotation] = Annotation
    glyph = "source"
    called = ""

    def __init__(self, workspace: Workspace, theme: Theme, mark: Id, profile: str) -> None:
        super().__init__(workspace, theme, profile)
        self.mark = mark
        _, self._of = self.head(self.glyph, self.called)
        self._quote = self.quote("")
        self.follow(self._show_head)

    def exists(self, annotated: AnnotatedArticle) -> bool:
        """Say whether the mark is still there and of this kind."""
        return isinstance(annotated.by_id.get(self.mark), self.kind)

    def _show_head(self, annotated: AnnotatedArticle) -> None:
        mark = annotated.by_id[self.mark]
        self._quote.setText(" ".join(mark.quote(annotated.text, " … ").split()))
        marks = self.siblings(annotated)
        if len(marks) > 1:
            at = bisect_left(marks, reading_order(mark), key=reading_order)
            self._of.setText(tr("mention {n} of {all}", n=at + 1, all=len(marks)))
        else:
            self._of.setText("")

    def siblings(self, annotated: AnnotatedArticle) -> Sequence[Annotation]:
        """Return the marks that name the same thing, this one among them, in reading order."""
        return ()

    def _add_note(self) -> None:
        self.rule()
        self.lines.addWidget(SectionHead(self.theme, tr("Note"), lambda: key_of("mark.note")))
        self.space(4)
        self.note_field = self.note(
            lambda a: m.note if (m := a.by_id.get(self.mark)) else None, lambda p, v: p.set_note(self.mark, v)
        )

    def _entry_field(self) -> None:
        """Add the field that says which register entry this belongs to, and below it which other it may be the same as."""
        self.text(
            tr("Refers to"),
            lambda a: names_of(entry)[0] if (entry := self.entry(a)) is not None else None,
            self._refer,
            offers=lambda: ((name, "") for _, name in self.entries()),
            hint=tr("Nobody yet: type a name"),
        )
        self._add_same()

    def _refer(self, project: Project, name: str | None) -> None:
        """Say that the mark names the entry of this name, made where there is none; no name: nobody yet."""
        if name:
            project.assign_named(self.mark, name)
        else:
            project.assign(self.mark, None)

    def _add_same(self) -> None:
        """Add a quiet line that proposes a merge where a name looks like another; it never does it."""
        line = Button(self.theme, "", "quiet", name=tr("Same as another entry?"))
        line.hide()
        self.lines.addWidget(line)
        proposed: dict[str, Id] = {}
        looked_at: list[object] = []

        def show(annotated: AnnotatedArticle) -> None:
            entry = self.entry(annotated)
            state = [entry, len(annotated.sources), len(annotated.entities)]
            if state == looked_at:
                return
            looked_at[:] = state
            found = self.same(annotated)
            line.setVisible(found is not None)
            if found is not None and entry is not None:
                proposed.update(id=found.id, entry=entry.id)
                words = tr("Same as {name}?", name=names_of(found)[0])
                line.setText(words)
                line.setAccessibleName(tr("{words} Opens the merge, which asks first", words=words))
                line.setToolTip(plain_tip(tr("Look at both and merge them ({key})", key=key_of("register.merge"))))

        def ask() -> None:
            self.workspace.entry_asked.emit(EntryTask("merge", proposed["entry"], proposed["id"]))

        line.clicked.connect(ask)
        self.follow(show)

    def _others_button(self) -> Button:
        """Return the button that looks for the other places of the name."""
        made = Button(self.theme, tr("Mark others…"), "quiet", name=tr("Mark the other places of the name"))
        made.setToolTip(plain_tip(tr("Find the other places that say this name ({key})", key=key_of("mark.others"))))

        def ask() -> None:
            entry = self.entry(self.shown) if self.shown is not None else None
            if entry is not None:
                self.workspace.entry_asked.emit(EntryTask("others", entry.id))

        made.clicked.connect(ask)
        return made

    def entry(self, annotated: AnnotatedArticle) -> Source | Entity | None:
        """Return the register entry the mark names."""
        return None

    def entries(self) -> list[tuple[Id, str]]:
        """Return id and name of the register's entries."""
        return []

    def same(self, annotated: AnnotatedArticle) -> Source | Entity | None:
        """Return the entry that may be the same as the one the mark names, as their names tell."""
        return None


class SourcePage(MarkPage):
    """A source mention and the source it names."""

    kind = SourceMention
    glyph = "source"
    called = tr("Source")

    def __init__(self, workspace: Workspace, theme: Theme, mark: Id, profile: str) -> None:
        super().__init__(workspace, theme, mark, profile)
        self._entry_field()
        if profile == "researcher":
            self.combo(
                tr("Part here"),
                choices(SOURCE_MENTION_ROLES),
                lambda a: m.role if (m := typed(a, self.mark, SourceMention)) else None,
                lambda p, v: p.edit_mention(self.mark, role=v),
            )
        self.rule()
        self.lines.addWidget(SectionHead(theme, tr("About the source"), action=self._others_button()))
        self.space(4)
        self._add_source_fields()
        self._add_claims()
        self._add_note()
        self.lines.addStretch(1)

    def entry(self, annotated: AnnotatedArticle) -> Source | None:
        """Return the source the mark names."""
        mark = typed(annotated, self.mark, SourceMention)
        return annotated.sources.get(mark.source or "") if mark else None

    def siblings(self, annotated: AnnotatedArticle) -> Sequence[Annotation]:
        """Return the mentions of the same source."""
        source = self.entry(annotated)
        return annotated.mentions_of_source(source.id) if source else ()

    def entries(self) -> list[tuple[Id, str]]:
        """Return the article's sources."""
        annotated = self.shown
        return [(s.id, s.label) for s in annotated.source_order if s.kind != "unstated"] if annotated else []

    def same(self, annotated: AnnotatedArticle) -> Source | None:
        """Return a source of the article with a name alike."""
        source = self.entry(annotated)
        if source is None or not source.accountable or source.kind == "unstated":
            return None
        found = alike_sources(annotated, source)
        return annotated.sources[found[0]] if found else None

    def _value(self, field: str) -> Callable[[AnnotatedArticle], str | None]:
        def value(annotated: AnnotatedArticle) -> str | None:
            source = self.entry(annotated)
            if source is None:
                return None
            return NOT_STATED if field in source.not_stated else getattr(source, field)

        return value

    def _write(self, field: str) -> Callable[[Project, Any], object]:
        def write(project: Project, value: Any) -> None:
            source = self.entry(self.shown) if self.shown else None
            if source is not None:
                project.edit_source(source.id, **{field: value})

        return write

    def _add_source_fields(self) -> None:
        self.text(tr("Name"), self._value("label"), self._write("label"))
        if self.profile != "teacher":
            aliases = self.words(
                tr("Also called"),
                lambda a: e.aliases if (e := self.entry(a)) else (),
                self._write("aliases"),
                add=tr("Add a name"),
            )
            self.field(tr("Also called"), aliases, stretch=True)
        self.coded(tr("Naming"), "naming", self._value("naming"), self._write("naming"))
        if self.profile != "teacher":
            self._combo(tr("Kind"), "kind", SOURCE_KINDS_MADE)
            self.text(tr("Role"), self._value("role"), self._write("role"), may_be_not_stated=True)
        if self.profile != "teacher":
            self._add_entity()
        self.term_text(tr("Affiliation"), "affiliation", self._value("affiliation"), self._write("affiliation"))
        if self.profile != "teacher":
            ground_rules = self._value("ground_rules"), self._write("ground_rules")
            self.coded(tr("Ground rules"), "ground_rules", *ground_rules, not_stated=True)
            reason = self._combo(tr("Reason given"), "anonymity_reason", ANONYMITY_REASONS)
            reason.control.setAccessibleName(tr("Reason for anonymity given"))
            self.follow(
                lambda a: reason.setVisible((s := self.entry(a)) is not None and s.naming in ("anonymous", "role_only"))
            )
        if self.profile == "researcher":
            self.coded(
                tr("Proximity"), "proximity", self._value("proximity"), self._write("proximity"), not_stated=True
            )
            self._combo(tr("Class"), "class_", SOURCE_CLASSES)
            self.term_text(tr("Side"), "side", self._value("side"), self._write("side"))
        if self.profile != "teacher":
            independent = self.text(
                tr("Independence"), self._value("independence_group"), self._write("independence_group"),
                may_be_not_stated=True,
            )  # fmt: skip
            independent.control.setToolTip(
                tr(
                    "Sources that can only know the same thing, such as two officials of one ministry: give each the same name here, and they count as one"
                )
            )

    def _add_entity(self) -> None:
        """Add the field that says which entity of the project the source is."""

        def names() -> list[tuple[Id, str]]:
            return self.project.entity_names() if self.project else []

        def value(annotated: AnnotatedArticle) -> str | None:
            source = self.entry(annotated)
            entity = annotated.entities.get(source.entity or "") if source else None
            return entity.name if entity else None

        def write(project: Project, name: str | None) -> None:
            source = self.entry(self.shown) if self.shown else None
            if source is not None:
                project.identify(source.id, name)

        made = self.text(
            tr("Is the entity"),
            value,
            write,
            offers=lambda: ((called, "") for _, called in names()),
            hint=tr("None yet: type a name"),
        )
        made.control.setToolTip(
            plain_tip(tr("The entry of the project's register that this source is; a new name makes one"))
        )

    def _combo(self, name: str, field: str, values: tuple[str, ...], *, not_stated: bool = False) -> FieldRow:
        return self.combo(name, choices(values, not_stated=not_stated), self._value(field), self._write(field))

    def _add_claims(self) -> None:
        self.rule()
        title = SectionHead(self.theme, tr("Claims of this source"))
        places = Places(self.workspace, self.theme, tr("Claims of this source"))
        none = EmptyNote(
            self.theme, lambda: tr("No claim yet. Choose a claim, press {link} and pick this source.", **caps())
        )
        for part in (title, places, none):
            self.lines.addWidget(part)

        def show(annotated: AnnotatedArticle) -> None:
            source = self.entry(annotated)
            claims = annotated.claims_of(source.id) if source else ()
            places.set_values([claim_place(annotated, c) for c in claims[:LIST_LIMIT]])
            places.setVisible(bool(claims))
            none.setVisible(not claims)

        self.follow(show)


def claim_place(annotated: AnnotatedArticle, claim: Claim) -> MarkRow:
    """Return where a claim stands, with its number."""
    return MarkRow(
        claim.id, "claim", claim.short_text or quoted(annotated, claim), str(annotated.claim_number(claim.id))
    )


class EntityPage(MarkPage):
    """An entity mention and the entity it names."""

    kind = Mention
    glyph = "entity"
    called = tr("Entity")

    def __init__(self, workspace: Workspace, theme: Theme, mark: Id, profile: str) -> None:
        super().__init__(workspace, theme, mark, profile)
        self._entry_field()
        if profile == "researcher":
            self.combo(
                tr("Form"),
                choices(MENTION_FORMS),
                lambda a: m.form if (m := typed(a, self.mark, Mention)) else None,
                lambda p, v: p.edit_mention(self.mark, form=v),
            )
        self.rule()
        self.lines.addWidget(SectionHead(theme, tr("About the entity")))
        self.space(4)
        self._add_entity_fields()
        self._add_mentions()
        self._add_note()
        self.lines.addStretch(1)

    def entry(self, annotated: AnnotatedArticle) -> Entity | None:
        """Return the entity the mark names."""
        mark = typed(annotated, self.mark, Mention)
        return annotated.entities.get(mark.entity or "") if mark else None

    def siblings(self, annotated: AnnotatedArticle) -> Sequence[Annotation]:
        """Return the mentions of the same entity."""
        entity = self.entry(annotated)
        return annotated.mentions_of_entity(entity.id) if entity else ()

    def entries(self) -> list[tuple[Id, str]]:
        """Return the project's entities."""
        return self.project.entity_names() if self.project else []

    def same(self, annotated: AnnotatedArticle) -> Entity | None:
        """Return an entity of the project with a name alike."""
        entity = self.entry(annotated)
        found = self.project.entities_like(entity.id) if self.project and entity else []
        return found[0] if found else None

    def _write(self, field: str) -> Callable[[Project, Any], object]:
        def write(project: Project, value: Any) -> None:
            entity = self.entry(self.shown) if self.shown else None
            if entity is not None:
                project.edit_entity(entity.id, **{field: value})

        return write

    def _add_entity_fields(self) -> None:
        self.text(tr("Name"), lambda a: e.name if (e := self.entry(a)) else None, self._write("name"))
        self.coded(tr("Kind"), "entity_kind", lambda a: e.kind if (e := self.entry(a)) else None, self._write("kind"))
        aliases = self.words(
            tr("Also called"),
            lambda a: e.aliases if (e := self.entry(a)) else (),
            self._write("aliases"),
            add=tr("Add a name"),
        )
        self.field(tr("Also called"), aliases, stretch=True)

    def _add_mentions(self) -> None:
        self.rule()
        head = SectionHead(self.theme, tr("Mentions here"), action=self._others_button())
        places = Places(self.workspace, self.theme, tr("Mentions in this article"))
        elsewhere = Label(self.theme, "", "small", muted=True)
        for part in (head, places, elsewhere):
            self.lines.addWidget(part)

        def show(annotated: AnnotatedArticle) -> None:
            entity = self.entry(annotated)
            marks = annotated.mentions_of_entity(entity.id) if entity else ()
            places.set_values([_context(annotated, m) for m in marks[:LIST_LIMIT]])
            more = trn("{n} more here", "{n} more here", len(marks) - LIST_LIMIT) if len(marks) > LIST_LIMIT else ""
            elsewhere.setText(more)
            elsewhere.setVisible(bool(more))

        self.follow(show)


def _context(annotated: AnnotatedArticle, mark: Annotation, reach: int = 24) -> MarkRow:
    """Return a mention with a few words around it."""
    text = annotated.text
    before = text[max(0, mark.start - reach // 2) : mark.start].rpartition("\n")
    after = text[mark.end : mark.end + reach].partition("\n")
    start = before[2] if before[1] or mark.start <= reach // 2 else "… " + before[2].partition(" ")[2]
    end = after[0] if after[1] or mark.end + reach >= len(text) else after[0].rpartition(" ")[0] + " …"
    return MarkRow(mark.id, "entity", " ".join(f"{start}{text[mark.start : mark.end]}{end}".split()))
