"""Entities: the people, bodies, places and works of the project in groups, with their mentions here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QMenu, QWidget

from annotator.model import AnnotatedArticle, Id, Mention
from annotator.model.values import ENTITY_KINDS
from annotator.project import EntitySummary
from annotator.ui.controls import Button, Hints, row
from annotator.ui.models import Cell, Column, Row
from annotator.ui.panels.table import SIDE, RegisterPanel
from annotator.ui.theme import Theme
from annotator.ui.workspace import Workspace
from annotator.vocabulary import count, label

NONE = "none"
GROUPS = {
    "person": "People",
    "organisation": "Organisations",
    "place": "Places",
    "group": "Groups",
    "event": "Events",
    "work": "Works",
    "other": "Other",
    None: "Kind not filled in",
}


def entity_rows(summaries: Iterable[EntitySummary], annotated: AnnotatedArticle | None) -> list[Row]:
    """Return one row per entity, by kind and then by name."""
    order = {kind: n for n, kind in enumerate((*ENTITY_KINDS, None))}
    sources = set(annotated.sources) if annotated else set[Id]()
    listed = sorted(summaries, key=lambda s: (order.get(s.entity.kind, len(order)), s.entity.name.casefold()))
    here = Counter(m.entity for m in annotated.mentions) if annotated else Counter[Id | None]()
    return [_entity_row(s, here[s.entity.id], is_source=bool(sources & set(s.source_ids))) for s in listed]


def _entity_row(summary: EntitySummary, here: int, *, is_source: bool) -> Row:
    entity = summary.entity
    also = ", ".join(entity.aliases)
    group = GROUPS.get(entity.kind, label(entity.kind).capitalize())
    return Row(
        id=entity.id,
        cells=(
            Cell(entity.name, entity.name),
            Cell(also or NONE, also, muted=True),
            Cell(
                "yes" if is_source else NONE,
                "yes" if is_source else "",
                muted=True,
                mark="source" if is_source else None,
            ),
            Cell(str(here) if here else NONE, here, muted=not here),
            Cell(str(summary.articles) if summary.articles else NONE, summary.articles, muted=not summary.articles),
        ),
        name=f"{entity.name}, {label(entity.kind) or 'kind not filled in'}, {count(here, 'mention')} here, "
        f"in {count(summary.articles, 'article')}",
        group=group,
        also=entity.note or "",
    )


class EntitiesPanel(RegisterPanel):
    """The entity register of the project."""

    title = "Entities"
    kind = "entity"
    columns: Sequence[Column] = (
        Column("Name"),
        Column("Also called", 128, needs=440),
        Column("Source", 76, needs=500),
        Column("Here", 60, number=True),
        Column("Articles", 84, number=True, needs=360),
    )
    empty = "No entities yet. Select a person, body or place in the article and press E."

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        super().__init__(workspace, theme)
        self.model.editable = True
        self.model.renamed.connect(self._rename)
        rename = Button(theme, "Rename", "quiet", name="Rename the chosen entity")
        rename.clicked.connect(self.rename_current)
        delete = Button(theme, "Delete", "quiet", name="Delete the chosen entity; its mentions stay")
        delete.clicked.connect(lambda: self.current and self.delete(self.current))
        holder = QWidget()
        layout = row(rename, delete, None, Hints(theme, [("↵", "next place"), ("F2", "rename"), ("Del", "delete")]))
        layout.setContentsMargins(SIDE - 4, 4, SIDE, 6)
        holder.setLayout(layout)
        self.foot.addWidget(holder)

    def rows(self) -> Sequence[Row]:
        """Return one row per entity of the project."""
        project = self.workspace.project
        return entity_rows(project.entities(), self.workspace.annotated) if project else ()

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
        """Offer kinds, renaming and deleting."""
        id_ = row.id
        if id_ is None:
            return
        menu.addAction("Go there", lambda: self.go(id_))
        elsewhere = menu.addAction("Next article that names it", lambda: self.go_elsewhere(id_))
        elsewhere.setEnabled(self._is_elsewhere(row))
        menu.addAction("Rename", self.rename_current)
        kinds = menu.addMenu("Kind")
        for kind in ENTITY_KINDS:
            kinds.addAction(
                label(kind).capitalize(), lambda k=kind: self.workspace.do(lambda p: p.edit_entity(id_, kind=k))
            )
        menu.addSeparator()
        menu.addAction("Delete", lambda: self.delete(id_))

    @staticmethod
    def _is_elsewhere(row: Row) -> bool:
        here, articles = row.cells[3].key, row.cells[4].key
        return isinstance(articles, int) and articles > (1 if here else 0)

    def _rename(self, id_: Id, name: str) -> None:
        self.workspace.do(lambda p: p.edit_entity(id_, name=name))

    def delete(self, id_: Id) -> None:
        """Delete the entity; its mentions stay and wait for another, and undo brings it back."""
        self.workspace.do(lambda p: p.delete_entity(id_))
