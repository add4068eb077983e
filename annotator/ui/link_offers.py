"""What the link card offers: rows for what is nearest, what was typed and the standing answers; how they are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annotator.analysis.name_search import Name, find_names
from annotator.analysis.proposals import FoundCue, Proposal
from annotator.language import tr, trn
from annotator.model import AnnotatedArticle, CodeBook, Entity, Id, Source
from annotator.project import Project
from annotator.ui.actions import key_of
from annotator.ui.models import AnyIndex, RowsModel
from annotator.ui.paint import Box, advance, glyph, keycap
from annotator.ui.panels.lists import RowState
from annotator.ui.theme import Theme, font
from annotator.vocabulary import label

HEIGHTS = {"head": 28, "proposal": 48}
ROW_HEIGHT = 32
CUE, KEY = 180, 46
"""Room for the cue at a row's end, unless it needs and finds more, and in it for the key, px."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A row of the card: a head, a proposal, a source or entity that was found, or one of the standing answers."""

    kind: str
    text: str
    meta: str = ""
    key: str = ""
    id: Id | None = None
    proposal: Proposal | None = None
    cue: FoundCue | None = None
    load: str = ""
    """What the cue does to the claim, in the words of the code book."""
    query: str = ""


def offers_without_words(
    annotated: AnnotatedArticle, proposals: Sequence[Proposal], *, quoted: bool = False, author: bool = False
) -> list[Offer]:
    """Return the rows shown before anything is typed.

    What is likeliest comes first: who speaks there or stands near in the paragraph, else that the author says it; of a
    quotation (``quoted``) the author is the last one. ``author`` says that it is linked to the author's voice now.
    """
    standing = [
        Offer("author", tr("Author’s own voice"), tr("linked now") if author else "", key_of("link.author")),
        Offer("nobody", tr("Nobody is named"), tr("the text gives no source"), key_of("link.nobody")),
    ]
    if quoted:
        standing.reverse()
    found = [_proposal_offer(annotated, p) for p in proposals]
    if not found:
        return standing
    apart = proposals[0].apart and not quoted
    if apart or not is_near(proposals[0]):
        head = tr("In another paragraph") if apart else tr("Farther off in the text")
        far = [Offer("head", head), *found]
        return [*far, Offer("head", tr("Otherwise")), *standing] if quoted else [*standing, *far]
    if any(p.nobody for p in proposals):
        standing = [offer for offer in standing if offer.kind != "nobody"]
    return [Offer("head", tr("Nearest in the text")), *found, Offer("head", tr("Otherwise")), *standing]


def is_near(proposal: Proposal | None) -> bool:
    """Say whether a proposal is likely enough to be accepted by Enter alone."""
    return proposal is not None and (proposal.speaks or proposal.sentences_away <= 1)


def _proposal_offer(annotated: AnnotatedArticle, proposal: Proposal) -> Offer:
    source = annotated.sources.get(proposal.source or "")
    if proposal.nobody:
        known = tr("the text gives no source")
    elif source is not None:
        known = source.role or label(source.kind)
    else:
        known = tr("not in the register yet") if proposal.words is None else tr("new source")
    meta = known if proposal.nobody else " · ".join(w for w in (known, proposal.where) if w)
    load = load_words(annotated.code_book, proposal.cue)
    return Offer("proposal", proposal.label, meta, id=proposal.source, proposal=proposal, cue=proposal.cue, load=load)


class Register:
    """The names that typing searches: sources of the article, entities of the project. Collected when first asked for."""

    def __init__(self, annotated: AnnotatedArticle, project: Project) -> None:
        self._annotated = annotated
        self._project = project
        self._sources: dict[Id, Source] = {}
        self._entities: dict[Id, Entity] = {}
        self._names: list[Name] = []

    def offers(self, proposals: Sequence[Proposal], query: str, named: Proposal | None = None) -> list[Offer]:
        """Return the rows for typed words: sources, entities that are none here yet, a new source of that name.

        ``named`` is where the words stand in the text: the new source is marked there.
        """
        if not self._names:
            self._collect()
        near = {p.source: p for p in proposals if p.source is not None}
        found = [self._offer(name.id, name.label, near, query) for name in find_names(query, self._names, limit=6)]
        if found:
            found = [Offer("head", tr("In the register")), *found, Offer("head", tr("Otherwise"))]
        name = " ".join(query.split())
        words = tr("New source “{name}”", name=name)
        cue = named.cue if named is not None else None
        load = load_words(self._annotated.code_book, cue)
        found.append(Offer("new", words, new_meta(named, cue), "Ctrl+↵", proposal=named, cue=cue, load=load))
        return found

    def _collect(self) -> None:
        self._sources = {s.id: s for s in self._annotated.source_order if s.accountable}
        taken = {s.entity for s in self._sources.values() if s.entity}
        self._entities = {e.id: e for e in self._project.entity_entries() if e.id not in taken}
        self._names = [Name(s.id, s.label, s.aliases) for s in self._sources.values()]
        self._names += [Name(e.id, e.name, e.aliases) for e in self._entities.values()]

    def _offer(self, id_: Id, words: str, near: dict[Id, Proposal], query: str) -> Offer:
        source = self._sources.get(id_)
        if source is None:
            kind = self._annotated.code_book.label("entity_kind", self._entities[id_].kind) or tr("entity")
            meta = tr("{kind} · not a source here yet", kind=kind)
            return Offer("entity", words, meta, id=id_, query=query)
        proposal = near.get(id_)
        cue = proposal.cue if proposal else None
        load = load_words(self._annotated.code_book, cue)
        meta = _source_meta(self._annotated, source)
        return Offer("source", words, meta, id=id_, proposal=proposal, cue=cue, load=load, query=query)


def new_meta(named: Proposal | None, cue: FoundCue | None) -> str:
    """Return what is told of a new source: where its name stands, and the cue beside it."""
    return " · ".join(w for w in (named.where, cue.text if cue is not None else "") if w) if named is not None else ""


def _source_meta(annotated: AnnotatedArticle, source: Source) -> str:
    n = len(annotated.claims_of(source.id))
    claims = trn("{n} claim", "{n} claims", n) if n else tr("no claim yet")
    return " · ".join(w for w in (label(source.kind), claims) if w)


def load_words(book: CodeBook, cue: FoundCue | None) -> str:
    """Return the load of a cue; one that comes from the word list alone is said to be suggested."""
    load = book.label("load", cue.load) if cue is not None else ""
    return tr("{load}, suggested", load=load) if cue is not None and cue.annotation is None else load


class OffersModel(RowsModel[Offer]):
    """The rows of the card; heads cannot be chosen."""

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Leave heads out of what can be chosen."""
        if index.isValid() and self.rows[index.row()].kind == "head":
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def spoken(offer: Offer) -> str:
    """Return an offer as it is read aloud."""
    cue = tr("cue {words}, {load}", words=offer.cue.text, load=offer.load) if offer.cue else ""
    return ", ".join(w for w in (offer.text, offer.meta, cue, offer.key) if w)


def draw_offer(p: QPainter, box: Box, offer: Offer, state: RowState) -> None:
    """Draw a row of the card."""
    theme = state.theme
    if offer.kind == "head":
        box.text(p, offer.text, 8, 4, box.w - 16, 20, font("small", 500), theme.muted)
    elif offer.kind == "proposal":
        _draw_proposal(p, box, offer, state)
    else:
        _draw_answer(p, box, offer, state)


def _draw_proposal(p: QPainter, box: Box, offer: Offer, state: RowState) -> None:
    theme = state.theme
    at = box.rc(12, 9, 10, 10)
    nobody = offer.proposal is not None and offer.proposal.nobody
    if not nobody:
        glyph(p, "source", at.x(), at.y(), theme)
    face = font("body", 400, italic=True) if nobody else font("body", 600)
    has_cues = offer.cue is not None or bool(offer.proposal and offer.proposal.cues)
    end = _cue_room(box.w, offer) if has_cues else KEY
    room = box.w - 34 - end - 8
    box.text(p, offer.text, 34, 4, room, 20, face, theme.ink)
    box.text(p, offer.meta, 34, 24, room, 18, font("small"), theme.muted)
    x = box.w - end
    if offer.cue is not None:
        at = box.rc(x, 9, 10, 10)
        glyph(p, "cue", at.x(), at.y(), theme)
        box.text(p, offer.cue.text, x + 18, 4, end - 18 - KEY, 20, font("body"), theme.ink)
        box.text(p, offer.load, x + 18, 24, end - 18 - KEY, 18, font("small"), theme.muted)
    elif offer.proposal and offer.proposal.cues:
        box.text(p, tr("no cue"), x + 18, 4, 84, 20, font("small"), theme.muted)
    if state.chosen:
        keycap(p, box, "↵", box.w - 10, 14, theme, end=True)


def _cue_room(width: float, offer: Offer) -> float:
    """Return the room for the cue at a row's end: what it needs, as far as the source's words leave it."""
    if offer.cue is None:
        return CUE
    cue = 18 + max(advance(font("body"), offer.cue.text), advance(font("small"), offer.load)) + 2 + KEY
    source = max(advance(font("body", 600), offer.text), advance(font("small"), offer.meta)) + 2
    return max(CUE, min(cue, width - 34 - 8 - source))


def _draw_answer(p: QPainter, box: Box, offer: Offer, state: RowState) -> None:
    theme = state.theme
    if offer.kind in ("source", "entity"):
        at = box.rc(12, 10, 10, 10)
        glyph(p, offer.kind, at.x(), at.y(), theme)
    x = 34 + _draw_match(p, box, offer, theme)
    end = 0
    if offer.key or state.chosen:
        key = offer.key or "↵"
        keycap(p, box, key, box.w - 10, 6, theme, end=True)
        end = int(advance(font("key"), key)) + 28
    if offer.meta:
        box.text(p, offer.meta, x + 10, 0, box.w - x - 10 - end, box.h, font("small"), theme.muted)


def _draw_match(p: QPainter, box: Box, offer: Offer, theme: Theme) -> float:
    """Draw a name with the typed letters heavier and underlined; return its width."""
    room = box.w - 34 - 120
    at = offer.text.casefold().find(offer.query.casefold().strip()) if offer.query.strip() else -1
    end = at + len(offer.query.strip())
    if at < 0 or offer.kind not in ("source", "entity"):
        box.text(p, offer.text, 34, 0, room, box.h, font("body"), theme.ink)
        return min(advance(font("body"), offer.text), room)
    x = 0.0
    for part, hit in ((offer.text[:at], False), (offer.text[at:end], True), (offer.text[end:], False)):
        if not part or x >= room:
            continue
        face = font("body", 600 if hit else 400)
        width = min(advance(face, part), room - x)
        box.text(p, part, 34 + x, 0, width + 1, box.h, face, theme.ink)
        if hit:
            line = box.rc(34 + x, box.h / 2 + 9, width, 0)
            p.setPen(QPen(QColor(theme.accent), 1.5))
            p.drawLine(line.topLeft(), line.topRight())
        x += width
    return x
