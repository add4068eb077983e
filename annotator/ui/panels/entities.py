"""Entities: the people, bodies, places and works of the project in groups, with their mentions here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from annotator.language import tr, trc, trn
from annotator.model import AnnotatedArticle, CodeBook, Id, Mention
from annotator.project import Changes, EntitySummary
from annotator.ui.actions import caps
from annotator.ui.controls import Button, Hints, row
from annotator.ui.models import Cell, Column, Row
from annotator.ui.panels.register_model import MANY, Place
from annotator.ui.panels.register_view import SIDE
from annotator.ui.panels.table import RegisterPanel
from annotator.ui.theme import Theme
from annotator.ui.workspace import Workspace
from annotator.vocabulary import capital, label

NONE = trc("nothing in this cell", "none")
GROUPS = {
    "person": tr("People"),
    "organisation": tr("Organisations"),
    "place": tr("Places"),
    "group": tr("Groups"),
    "event": tr("Events"),
    "work": tr("Works"),
    "other": trc("kinds of entities", "Other"),
    None: tr("Kind not filled in"),
}


def _group(book: CodeBook, kind: str | None) -> str:
    """Return the head of a kind's group: in the plural, unless the project calls it something else."""
    shipped = book.label("entity_kind", kind) == label(kind)
    return GROUPS.get(kind, book.title("entity_kind", kind)) if shipped else book.title("entity_kind", kind)


def entity_row(summary: EntitySummary, annotated: AnnotatedArticle | None, book: CodeBook) -> Row:
    """Return an entity's row."""
    entity = summary.entity
    here = len(annotated.mentions_of_entity(entity.id)) if annotated else 0
    is_source = annotated is not None and any(s in annotated.sources for s in summary.source_ids)
    also = ", ".join(entity.aliases)
    kind = book.label("entity_kind", entity.kind) or tr("kind not filled in")
    return Row(
        id=entity.id,
        cells=(
            Cell(entity.name, entity.name),
            Cell(also or NONE, also, muted=True),
            Cell(
                trc("an entity is a source", "yes") if is_source else NONE,
                "yes" if is_source else "",
                muted=True,
                mark="source" if is_source else None,
            ),
            Cell(f"{here:,}" if here else NONE, here, muted=not here),
            Cell(f"{summary.articles:,}" if summary.articles else NONE, summary.articles, muted=not summary.articles),
        ),
        name=", ".join(
            (
                entity.name,
                kind,
                trn("{n} mention here", "{n} mentions here", here),
                trn("in {n} article", "in {n} articles", summary.articles),
            )
        ),
        also=entity.note or "",
    )


class EntitiesPanel(RegisterPanel):
    """The entity register of the project."""

    title = tr("Entities")
    kind = "entity"
    filter_words = tr("Filter entities")
    columns: Sequence[Column] = (
        Column(tr("Name")),
        Column(tr("Also called"), 128, needs=440),
        Column(tr("Source"), 76, needs=500),
        Column(tr("Here"), 60, number=True),
        Column(tr("Articles"), 84, number=True, needs=360),
    )

    def empty(self) -> str:
        """Return what to do where there is nothing yet."""
        return tr("No entities yet. Select a person, body or place in the article and press {entity}.", **caps())

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        self._kinds: dict[Id, tuple[str, str | None]] = {}
        self._named_by: dict[Id, Id] = {}
        """The entity of each mention and source here, as it was when last looked at."""
        super().__init__(workspace, theme)
        self.model.editable = True
        self.model.renamed.connect(self._rename)
        rename = Button(theme, tr("Rename"), "quiet", name=tr("Rename the chosen entity"))
        rename.clicked.connect(self.rename_current)
        merge = Button(theme, tr("Merge…"), "quiet", name=tr("Merge the chosen entity with another"))
        merge.clicked.connect(partial(self.ask, "merge"))
        delete = Button(theme, tr("Delete"), "quiet", name=tr("Delete the chosen entity; its mentions stay"))
        delete.clicked.connect(lambda: self.current and self.delete(self.current))
        holder = QWidget()
        hints = Hints(theme, [("↵", tr("next place")), ("F2", tr("rename"))])
        layout = row(rename, merge, delete, None, hints)
        layout.setContentsMargins(SIDE - 4, 4, SIDE, 6)
        holder.setLayout(layout)
        self.foot.addWidget(holder)

    def ids(self) -> Iterable[Id]:
        """Return the entities of the project."""
        project, annotated = self.workspace.project, self.workspace.annotated
        self._kinds = {id_: (name, kind) for id_, name, kind in project.entity_index()} if project else {}
        self._named_by = {m.id: m.entity for m in annotated.mentions if m.entity} if annotated else {}
        if annotated:
            self._named_by.update((s.id, s.entity) for s in annotated.sources.values() if s.entity)
        book = project.code_book if project else CodeBook()
        self._ranks = {kind: n for n, kind in enumerate(book.keys("entity_kind"))}
        return self._kinds

    def place(self, id_: Id) -> Place | None:
        """Return where an entity stands: by its kind, then by its name."""
        if id_ not in self._kinds:
            return None
        name, kind = self._kinds[id_]
        book = self.workspace.project.code_book if self.workspace.project else CodeBook()
        rank = self._ranks.get(kind or "", len(self._ranks) + (kind is None))
        return Place((name.casefold(),), name, rank, _group(book, kind))

    def row(self, id_: Id) -> Row:
        """Return an entity's row."""
        project = self.workspace.project
        assert project is not None
        return entity_row(project.entity(id_), self.workspace.annotated, project.code_book)

    def touched(self, changes: Changes) -> set[Id] | None:
        """Return the entities a step touched: those its marks and sources name, as they were and as they are."""
        annotated, project = self.workspace.annotated, self.workspace.project
        elsewhere = changes.touched_articles - {self.workspace.article}
        if annotated is None or project is None or changes.articles or changes.code_book or elsewhere:
            return None
        if len(changes.registers) > MANY:
            return None
        found: set[Id] = set()
        for id_ in changes.marks | changes.registers:
            mark, source = annotated.by_id.get(id_), annotated.sources.get(id_)
            now = mark.entity if isinstance(mark, Mention) else source.entity if source is not None else None
            found |= {e for e in (self._named_by.pop(id_, None), now) if e is not None}
            if now is not None:
                self._named_by[id_] = now
        for id_ in (changes.registers - annotated.sources.keys()) | (found - self._kinds.keys()):
            known = project.find_entity(id_)
            found.add(id_)
            self._kinds.pop(id_, None)
            if known is not None:
                self._kinds[id_] = known.name, known.kind
        return found

    def chosen_id(self) -> Id | None:
        """Return the entity the chosen mention names."""
        annotated = self.workspace.annotated
        mark = annotated.by_id.get(self.workspace.chosen or "") if annotated else None
        return mark.entity if isinstance(mark, Mention) else None

    def go(self, id_: Id | None) -> None:
        """Choose the entity's first mention in the article shown; again: the next one."""
        annotated = self.workspace.annotated
        if annotated is None or id_ is None:
            return
        ids = [m.id for m in annotated.mentions_of_entity(id_)]
        if ids:
            at = ids.index(self.workspace.chosen) + 1 if self.workspace.chosen in ids else 0
            self.workspace.choose(ids[at % len(ids)])

    def go_elsewhere(self, id_: Id) -> None:
        """Show the next article that names the entity, at its first mention there."""
        project, here = self.workspace.project, self.workspace.article
        if project is None:
            return
        articles = [s.article.id for s in project.articles() if s.entities]
        at = articles.index(here) + 1 if here in articles else 0
        for article in (*articles[at:], *articles[:at]):
            marks = project.annotated(article).mentions_of_entity(id_) if article != here else ()
            if marks:
                self.workspace.show_article(article)
                self.workspace.choose(marks[0].id)
                return

    def actions_for(self, menu: QMenu, row: Row) -> None:
        """Offer kinds, renaming, merging, splitting, marking other places and deleting."""
        id_ = row.id
        if id_ is None:
            return
        menu.addAction(tr("Go there"), lambda: self.go(id_))
        elsewhere = menu.addAction(tr("Next article that names it"), lambda: self.go_elsewhere(id_))
        elsewhere.setEnabled(self._is_elsewhere(row))
        menu.addAction(tr("Mark other places of the name…"), lambda: self.ask("others", id_))
        menu.addSeparator()
        menu.addAction(tr("Rename"), self.rename_current)
        kinds = menu.addMenu(tr("Kind"))
        for term in self.workspace.project.terms("entity_kind") if self.workspace.project else ():
            kinds.addAction(
                capital(term.label), lambda k=term.key: self.workspace.do(lambda p: p.edit_entity(id_, kind=k))
            )
        menu.addAction(tr("Merge with another…"), lambda: self.ask("merge", id_))
        menu.addAction(tr("Split…"), lambda: self.ask("split", id_))
        menu.addSeparator()
        menu.addAction(tr("Delete"), lambda: self.delete(id_))

    @staticmethod
    def _is_elsewhere(row: Row) -> bool:
        here, articles = row.cells[3].key, row.cells[4].key
        return isinstance(articles, int) and articles > (1 if here else 0)

    def _rename(self, id_: Id, name: str) -> None:
        self.workspace.do(lambda p: p.edit_entity(id_, name=name))

    def delete(self, id_: Id) -> None:
        """Delete the entity; its mentions stay and wait for another, and undo brings it back."""
        self.workspace.do(lambda p: p.delete_entity(id_))
