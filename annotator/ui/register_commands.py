"""What takes a dialog to be done with a register entry: merging, splitting, marking the other places of its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal, Protocol

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from annotator.language import tr, trn
from annotator.model import AnnotatedArticle, Annotation, Claim, Entity, Id, Mention, Source, SourceMention
from annotator.model.code_book import LISTS
from annotator.model.values import NOT_STATED
from annotator.project import Project, names_of
from annotator.ui.theme import Theme
from annotator.ui.workspace import EntryTask, Workspace

if TYPE_CHECKING:
    from annotator.ui.dialogs.mentions import PlacesDialog, Review

Entry = Source | Entity
Span = tuple[int, int]


class Column(Protocol):
    """What is needed of the article's column; offsets are code points."""

    def selection(self) -> Span:
        """Return the selection, or the caret twice."""
        ...

    def select(self, start: int, end: int) -> None:
        """Select words and bring them into sight."""
        ...

    def set_caret(self, offset: int) -> None:
        """Put the caret somewhere and bring it into sight."""
        ...

    def propose(self, spans: list[Span]) -> None:
        """Outline words with dashes."""
        ...


class RegisterCommands:
    """Verbs about an entry: the one of the panel that has the keyboard, else the one the chosen mention names.

    ``side`` is the widget with the panels; ``before`` writes what is still being typed there: it may change which
    entries there are. ``say`` shows a short sentence that goes by itself.
    """

    def __init__(
        self,
        window: QWidget,
        workspace: Workspace,
        side: QWidget,
        before: Callable[[], object],
        column: Column,
        theme: Callable[[], Theme],
        say: Callable[[str], None],
    ) -> None:
        self._window = window
        self._workspace = workspace
        self._side = side
        self._before = before
        self._column = column
        self._theme = theme
        self._say = say
        workspace.entry_asked.connect(self.do)

    def merge(self) -> None:
        """Merge the entry meant with another."""
        self._do_meant("merge")

    def split(self) -> None:
        """Split the entry meant."""
        self._do_meant("split")

    def mark_others(self) -> None:
        """Mark the other places of the name of the entry meant."""
        self._do_meant("others")

    def do(self, task: EntryTask) -> None:
        """Ask what a task needs to know, and do it."""
        self._before()
        project, annotated = self._workspace.project, self._workspace.annotated
        found = self._entry(task.entry)
        if project is None or annotated is None or found is None:
            return
        if isinstance(found, Source) and (not found.accountable or found.kind == "unstated"):
            self._say(tr("The author, the publication and “not stated” belong to the article and stay as they are."))
            return
        if project.read_only:
            self._say(project.why_read_only)
            return
        if task.what == "merge":
            self._merge(project, annotated, found, task.other)
        elif task.what == "split":
            self._split(project, annotated, found)
        else:
            self._mark_others(project, annotated, found)

    # -- which entry

    def _do_meant(self, what: Literal["merge", "split", "others"]) -> None:
        self._before()
        panel = self._panel()
        entry = self._entry_of_mark() if panel is None else getattr(panel, "current", None)
        if entry is not None:
            self.do(EntryTask(what, entry))
        elif panel is not None:
            self._say(tr("Choose a row of the list first: {key} goes into it.", key="↓"))
        else:
            self._say(tr("Choose a source or an entity first, in the article or in its panel."))

    def _panel(self) -> QWidget | None:
        """Return the register that has the keyboard, also in its field; then only what is chosen there is meant."""
        at = QApplication.focusWidget()
        if at is None or not self._side.isAncestorOf(at):
            return None
        while at is not None and at is not self._side:
            if getattr(at, "kind", None) in ("source", "entity"):
                return at
            at = at.parentWidget()
        return None

    def _entry_of_mark(self) -> Id | None:
        annotated = self._workspace.annotated
        mark = annotated.by_id.get(self._workspace.chosen or "") if annotated is not None else None
        if isinstance(mark, SourceMention):
            return mark.source
        return mark.entity if isinstance(mark, Mention) else None

    def _entry(self, id_: Id) -> Entry | None:
        project, annotated = self._workspace.project, self._workspace.annotated
        if annotated is not None and id_ in annotated.sources:
            return annotated.sources[id_]
        return project.find_entity(id_) if project is not None else None

    # -- merging

    def _merge(self, project: Project, annotated: AnnotatedArticle, entry: Entry, first: Id | None) -> None:
        from annotator.ui.dialogs.merge import MergeCandidate, MergeDialog  # only now: the window starts without it

        candidates = _candidates(MergeCandidate, project, annotated, entry)
        if not candidates:
            self._say(tr("There is no other entry to merge “{name}” with.", name=names_of(entry)[0]))
            return
        dialog = MergeDialog(
            self._theme(), entry, candidates, self._entry, lambda id_: _uses(project, annotated, id_),
            lambda field, value: _value_words(project, entry, field, value), self._window, first=first,
        )  # fmt: skip
        if self._ask(dialog) and dialog.gone is not None:
            keep, gone, chosen = dialog.keep, dialog.gone, dialog.chosen
            done = self._workspace.do(lambda p: _merged(p, keep, gone, chosen))
            if done is not None:
                self._say(tr("“{gone}” is now “{name}”.", gone=names_of(gone)[0], name=names_of(keep)[0]))
        dialog.deleteLater()

    # -- splitting

    def _split(self, project: Project, annotated: AnnotatedArticle, entry: Entry) -> None:
        from annotator.ui.dialogs.mentions import PlacesDialog  # only now: the window starts without it

        rows = _parts(annotated, entry)
        name = names_of(entry)[0]
        if isinstance(entry, Entity) and not rows:
            self._say(tr("“{name}” is not named in this article: show one that names it first.", name=name))
            return
        if len(rows) < 2 and not (isinstance(entry, Entity) and project.entity(entry.id).mentions > 1):
            self._say(tr("“{name}” has one place only: rename it, or say whom its mention refers to.", name=name))
            return
        about = tr(
            "Tick what belongs to somebody else; it gets an entry of its own. Claims linked through a mention go with it."
        )
        if isinstance(entry, Entity):
            about = tr("Tick the mentions here that are somebody or something else; they get an entry of their own.")
        dialog = PlacesDialog(
            self._theme(), tr("Split “{name}”", name=name), about, rows, self._window, main=tr("Split"),
            named=tr("Name of the new entry"),
        )  # fmt: skip
        if self._review(dialog) and dialog.name is not None:
            made, ticked = dialog.name.text(), dialog.ticked
            if self._workspace.do(lambda p: _split(p, annotated, entry, made, ticked)) is not None:
                self._say(tr("“{made}” was split off “{name}”.", made=" ".join(made.split()), name=name))
        dialog.deleteLater()

    # -- other places of a name

    def _mark_others(self, project: Project, annotated: AnnotatedArticle, entry: Entry) -> None:
        from annotator.ui.dialogs.mentions import PlacesDialog  # only now: the window starts without it

        rows, name = _others(project, annotated, entry), names_of(entry)[0]
        if not rows:
            self._say(tr("No other place says “{name}”, or every one is marked already.", name=name))
            return
        about = tr(
            "Ticked places become mentions of it. Those left open may be somebody else: look before you tick them."
        )
        if all(r.ticked for r in rows):
            about = tr("Ticked places become mentions of it.")
        dialog = PlacesDialog(
            self._theme(), tr("Other places of “{name}”", name=name), about, rows, self._window, main=tr("Mark"),
        )  # fmt: skip
        if self._review(dialog):
            spans: list[Span] = dialog.ticked
            made = self._workspace.do(lambda p: p.mark_mentions(annotated.article.id, entry.id, spans))
            if made:
                self._say(
                    trn("{n} mention of “{name}” marked.", "{n} mentions of “{name}” marked.", len(made), name=name)
                )
        dialog.deleteLater()

    # -- asking

    def _review(self, dialog: PlacesDialog) -> bool:
        """Ask with the article beside: each place is shown in the text while it is looked at."""
        start, end = self._column.selection()

        def point(a: int, b: int) -> None:
            self._column.set_caret(a)  # first: an outline goes where the caret moves
            self._column.propose([(a, b)])

        dialog.pointed.connect(point)
        dialog.begin()
        said = self._ask(dialog)
        self._column.propose([])
        self._column.select(start, end)
        return said

    def _ask(self, dialog: QDialog) -> bool:
        """Ask over the panels, so that the text stays in view."""
        focused = QApplication.focusWidget()
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        if self._side.isVisible():
            at = self._side.mapToGlobal(QPoint(0, 0))
            dialog.resize(
                max(480, min(dialog.width(), self._side.width() - 16)), min(dialog.height(), self._side.height() - 24)
            )
            x = at.x() + max(8, self._side.width() - dialog.width() - 8)
            if self._window.isRightToLeft():
                x = at.x() + 8
            dialog.move(max(self._window.x(), min(x, at.x() + self._side.width() - dialog.width() - 8)), at.y() + 12)
        said = dialog.exec() == QDialog.DialogCode.Accepted
        if focused is not None and focused.isVisible():
            focused.setFocus(Qt.FocusReason.OtherFocusReason)
        return said


def _candidates(made: type[Any], project: Project, annotated: AnnotatedArticle, entry: Entry) -> list[Any]:
    """Return the entries another may be merged with, those with a name alike told so."""
    if isinstance(entry, Source):
        others = [s for s in annotated.source_order if s.accountable and s.kind != "unstated" and s.id != entry.id]
        alike = set(alike_sources(annotated, entry))
        return [made(s.id, s.label, s.aliases, s.id in alike) for s in others]
    alike = {e.id for e in project.entities_like(entry.id)}
    return [made(e.id, e.name, e.aliases, e.id in alike) for e in project.entity_entries() if e.id != entry.id]


def alike_sources(annotated: AnnotatedArticle, source: Source) -> list[Id]:
    """Return the sources of the article whose names say that they may be the same as one, likeliest first."""
    from annotator.analysis.mentions import alike  # only now: the window starts without it

    others = {
        s.id: names_of(s)
        for s in annotated.sources.values()
        if s.id != source.id and s.accountable and s.kind != "unstated" and _may_be(s, source)
    }
    return alike(names_of(source), others)


def _may_be(one: Source, other: Source) -> bool:
    """Say whether nothing a person said of two sources makes them two: another kind, other entities."""
    kinds, entities = {one.kind, other.kind} - {None}, {one.entity, other.entity} - {None}
    return len(kinds) < 2 and len(entities) < 2


def _uses(project: Project, annotated: AnnotatedArticle, id_: Id) -> tuple[int, int]:
    """Return how many mentions and claims belong to an entry; of an entity, in all articles."""
    if id_ in annotated.sources:
        claims = {a.claim for a in annotated.attributions_with(id_) if a.source == id_}
        return len(annotated.mentions_of_source(id_)), len(claims)
    return project.entity(id_).mentions, 0


def _value_words(project: Project, entry: Entry, field: str, value: Any) -> str:
    from annotator.ui.dialogs.merge import CODED, coded_words, value_words

    if field == "entity" and value is not None:
        found = project.find_entity(value)
        return found.name if found is not None else value_words(None)
    if value is None or value == NOT_STATED or field not in CODED:
        return value_words(value)
    list_ = "entity_kind" if field == "kind" and isinstance(entry, Entity) else field
    return project.code_book.title(list_, value) if list_ in LISTS else coded_words(value)


def _merged(project: Project, keep: Entry, gone: Entry, chosen: dict[str, Any]) -> object:
    if isinstance(keep, Source):
        return project.merge_sources(keep.id, [gone.id], **chosen)
    return project.merge_entities(keep.id, [gone.id], **chosen)


def _parts(annotated: AnnotatedArticle, entry: Entry) -> list[Review]:
    """Return the mentions of an entry here, and the claims linked to a source through none of them; none ticked."""
    from annotator.ui.dialogs.mentions import review

    marks: Sequence[Annotation] = annotated.mentions_of_entity(entry.id)
    bare: list[Claim] = []
    if isinstance(entry, Source):
        marks = annotated.mentions_of_source(entry.id)
        links = [a for a in annotated.attributions_with(entry.id) if a.source == entry.id and a.source_mention is None]
        found = (annotated.by_id.get(a.claim) for a in links)
        bare = [c for c in found if isinstance(c, Claim)]
    places = sorted([*marks, *bare], key=lambda m: (m.start, m.end, m.id))
    return [
        review(annotated.text, m.id, m.start, m.end, m.kind, ticked=False,
               note=tr("a claim, linked without a mention") if isinstance(m, Claim) else "")
        for m in places
    ]  # fmt: skip


def _split(project: Project, annotated: AnnotatedArticle, entry: Entry, name: str, ticked: list[Id]) -> Id:
    if isinstance(entry, Entity):
        return project.split_entity(entry.id, name, ticked)
    claims = {id_ for id_ in ticked if isinstance(annotated.by_id.get(id_), Claim)}
    links = [a.id for a in annotated.attributions_with(entry.id) if a.claim in claims and a.source == entry.id]
    return project.split_source(entry.id, name, [id_ for id_ in ticked if id_ not in claims], links)


def _others(project: Project, annotated: AnnotatedArticle, entry: Entry) -> list[Review]:
    """Return the places in the article that say an entry's name and are not marked as anybody's."""
    from annotator.analysis.mentions import PART, other_places, parts_of
    from annotator.ui.dialogs.mentions import review

    names = list(names_of(entry))
    if isinstance(entry, Source):
        entity = annotated.entities.get(entry.entity or "")
        names += names_of(entity) if entity is not None else ()
        kind, marks = SourceMention.kind, annotated.source_mentions
        others = {n: s.label for s in annotated.sources.values() if s.id != entry.id for n in names_of(s)}
    else:
        kind, marks = Mention.kind, annotated.mentions
        others = {n: e.name for e in project.entity_entries() if e.id != entry.id for n in names_of(e)}
    person = entry.kind in ("person", None)
    taken = [(s.start, s.end) for m in marks for s in m.segments]
    found = other_places(annotated.text, names, taken, others, parts=parts_of(names) if person else ())
    rows: list[Review] = []
    for place in found:
        notes = [tr("also a name of “{name}”", name=", ".join(place.also))] if place.also else []
        notes += [tr("a part of the name")] if place.how == PART else []
        notes += [] if place.same_case else [tr("written otherwise")]
        rows.append(
            review(
                annotated.text,
                (place.start, place.end),
                place.start,
                place.end,
                kind,
                note="; ".join(notes),
                ticked=place.sure,
            )
        )
    return rows
