"""What the link card offers: rows for what is nearest, what was typed and the standing answers; how they are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annotator.analysis.proposals import FoundCue, Name, Proposal, find_names
from annotator.model import AnnotatedArticle, Id, Source
from annotator.project import Project
from annotator.ui.models import AnyIndex, RowsModel
from annotator.ui.paint import Box, advance, glyph, keycap
from annotator.ui.panels.lists import RowState
from annotator.ui.theme import Theme, font
from annotator.vocabulary import count, label

HEIGHTS = {"head": 28, "proposal": 48}
ROW_HEIGHT = 32


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
    query: str = ""


def offers_without_words(annotated: AnnotatedArticle, proposals: Sequence[Proposal]) -> list[Offer]:
    """Return the rows shown before anything is typed."""
    found: list[Offer] = []
    if proposals:
        found.append(Offer("head", "Nearest in the text"))
        found += [_proposal_offer(annotated, p) for p in proposals]
        found.append(Offer("head", "Otherwise"))
    found.append(Offer("author", "Author’s own voice", key="Ctrl+."))
    found.append(Offer("nobody", "Nobody is named", "the text gives no source", "Ctrl+0"))
    return found


def _proposal_offer(annotated: AnnotatedArticle, proposal: Proposal) -> Offer:
    source = annotated.sources.get(proposal.source or "")
    known = (source.role or label(source.kind)) if source else "not in the register yet"
    meta = " · ".join(w for w in (known, proposal.where) if w)
    return Offer("proposal", proposal.label, meta, id=proposal.source, proposal=proposal, cue=proposal.cue)


def offers_for_words(
    annotated: AnnotatedArticle, project: Project, proposals: Sequence[Proposal], query: str
) -> list[Offer]:
    """Return the rows for typed words: sources of the article, entities of the project, a new source of that name."""
    sources = {s.id: s for s in annotated.source_order if s.accountable}
    entities = {e.entity.id: e.entity for e in project.entities()}
    taken = {s.entity for s in sources.values() if s.entity}
    names = [Name(s.id, s.label, s.aliases) for s in sources.values()]
    names += [Name(e.id, e.name, e.aliases) for e in entities.values() if e.id not in taken]
    near = {p.source: p for p in proposals}
    found: list[Offer] = []
    for name in find_names(query, names, limit=6):
        if name.id in sources:
            proposal = near.get(name.id)
            meta = _source_meta(annotated, sources[name.id])
            cue = proposal.cue if proposal else None
            found.append(Offer("source", name.label, meta, id=name.id, proposal=proposal, cue=cue, query=query))
        else:
            kind = label(entities[name.id].kind) or "entity"
            found.append(Offer("entity", name.label, f"{kind} · not a source here yet", id=name.id, query=query))
    if found:
        found = [Offer("head", "In the register"), *found, Offer("head", "Otherwise")]
    found.append(Offer("new", f"New source “{' '.join(query.split())}”", key="Ctrl+↵"))
    return found


def _source_meta(annotated: AnnotatedArticle, source: Source) -> str:
    n = len(annotated.claims_of(source.id))
    return " · ".join(w for w in (label(source.kind), count(n, "claim") if n else "no claim yet") if w)


class OffersModel(RowsModel[Offer]):
    """The rows of the card; heads cannot be chosen."""

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Leave heads out of what can be chosen."""
        if index.isValid() and self.rows[index.row()].kind == "head":
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def spoken(offer: Offer) -> str:
    """Return an offer as it is read aloud."""
    cue = f"cue {offer.cue.text}, {label(offer.cue.load)}" if offer.cue else ""
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
    glyph(p, "source", at.x(), at.y(), theme)
    box.text(p, offer.text, 34, 4, box.w - 34 - 148, 20, font("body", 600), theme.ink)
    box.text(p, offer.meta, 34, 24, box.w - 34 - 148, 18, font("small"), theme.muted)
    x = box.w - 138
    if offer.cue is not None:
        at = box.rc(x, 9, 10, 10)
        glyph(p, "cue", at.x(), at.y(), theme)
        box.text(p, offer.cue.text, x + 18, 4, 84, 20, font("body"), theme.ink)
        box.text(p, label(offer.cue.load), x + 18, 24, 84, 18, font("small"), theme.muted)
    elif offer.proposal and offer.proposal.cues:
        box.text(p, "no cue", x + 18, 4, 84, 20, font("small"), theme.muted)
    if state.chosen:
        keycap(p, box, "↵", box.w - 10, 14, theme, end=True)


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
