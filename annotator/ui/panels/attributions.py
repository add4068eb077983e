"""Who says it: one card per attribution, its parts in rows drawn with the marks of the text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from annotator.language import tr, trc, trn
from annotator.model import AnnotatedArticle, Attribution, Claim, Id, Source
from annotator.model.values import CUE_FUNCTIONS, CUE_LOADS, DETERMINACIES, POLARITIES, SOURCE_NAMINGS, STANCES
from annotator.ui.actions import caps, key_of
from annotator.ui.article.voices import chain_of
from annotator.ui.controls import NOT_FILLED_IN, Button, EmptyNote, FieldRow, QuietCombo, SectionHead, column, row
from annotator.ui.labels import painter
from annotator.ui.linking import Through
from annotator.ui.paint import Box, focus_ring, glyph
from annotator.ui.panels.fields import FactField, TermCombo
from annotator.ui.panels.lists import FitList, RowState
from annotator.ui.panels.page import term_choices, term_offers, writer
from annotator.ui.theme import Theme, font
from annotator.ui.workspace import Workspace
from annotator.vocabulary import label, plain_form, title

ROW = 44
KIND_WORDS = {
    "claim": trc("a part of a link", "Claim"),
    "source": trc("a part of a link", "Source"),
    "cue": trc("a part of a link", "Cue"),
    "via": trc("a part of a link", "Through"),
}
FUNCTION_TIPS: Mapping[str | None, str] = {
    "assertion": tr("Says that something is so: said, wrote, according to"),
    "directive": tr("Asks, orders or advises somebody: called on, urged, proposed"),
    "commissive": tr("Binds whoever speaks to something: promised, vowed, threatened, refused"),
    "belief": tr("Tells what somebody thinks, hopes or fears: believes, expects"),
    "labelling": tr("Calls somebody or something by a name: described as, hailed, so-called"),
    "accusation": tr("Blames somebody: accused, blamed. The house rule “Accusation without a reply” looks at these"),
    "evidence": tr("Presents what is found or shown: showed, found, proved"),
}
"""What each function of a cue means, with verbs that do it."""
ANOTHER = "another"
"""Picked where another source is to be named that passes the claim on."""
AROUND = 30
"""How many claims before one may enclose it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an attribution: what it is, its words, what is known of it, and the mark it leads to."""

    kind: str
    head: str
    meta: str
    target: Id | None = None
    first: bool = False
    last: bool = False
    voice: bool = False


def parts_of(annotated: AnnotatedArticle, link: Attribution, claim: Claim, *, plain: bool) -> list[Part]:
    """Return the parts of an attribution from the outside in; ``plain`` leaves cue and nesting out."""
    found: list[Part] = []
    if not plain:
        found += [_source_part(annotated, outer, "via") for outer in reversed(chain_of(annotated, link)[1:])]
    found.append(_source_part(annotated, link, "source"))
    cue = annotated.by_id.get(link.cue or "")
    if cue is not None and not plain:
        load = tr("{load} cue", load=_load_words(annotated, link)) if link.load else tr("load not filled in")
        if link.load and link.load_from == "list":
            load = tr("{load}, suggested by the word list", load=load)
        found.append(Part("cue", f"“{cue.quote(annotated.text)}”", load, cue.id))
    form = plain_form(claim.form) if plain else label(claim.form)
    parts = len(claim.segments)
    meta = ", ".join(w for w in (trn("{n} part", "{n} parts", parts) if parts > 1 else "", form) if w)
    found.append(Part("claim", quoted(annotated, claim), meta, claim.id))
    last = len(found) - 1
    return [replace(p, first=n == 0 or found[n - 1].voice, last=n == last) for n, p in enumerate(found)]


def _load_words(annotated: AnnotatedArticle, link: Attribution) -> str:
    return annotated.code_book.label("load", link.load)


def _source_part(annotated: AnnotatedArticle, link: Attribution, kind: str) -> Part:
    source = annotated.sources.get(link.source)
    target = link.source_mention or _first_mention(annotated, link.source)
    if source is None:
        return Part(kind, tr("Unknown"), "", target)
    if not source.accountable:
        return Part(kind, tr("Author’s own voice"), tr("the article itself says it"), target, voice=True)
    if source.kind == "unstated":
        return Part(kind, tr("Nobody is named"), tr("not stated in the text"), target, voice=True)
    return Part(kind, source.label, described(source), target)


def _first_mention(annotated: AnnotatedArticle, source: Id) -> Id | None:
    found = annotated.mentions_of_source(source)
    return found[0].id if found else None


def described(source: Source) -> str:
    """Return what is known of a source in a few words: naming, role, affiliation."""
    known = " · ".join(w for w in (label(source.naming), source.role or "", source.affiliation or "") if w)
    return known or tr("not described yet")


def quoted(annotated: AnnotatedArticle, claim: Claim) -> str:
    """Return a claim's words on one line; in quotation marks only where it has none of its own."""
    words = " ".join(claim.quote(annotated.text, " … ").split())
    return words if any(mark in words for mark in '“”«»„"') else f"“{words}”"


class AttributionCard(FitList):
    """The parts of one attribution on one line; a row leads to its mark, Delete takes the link away."""

    def __init__(self, theme: Theme, name: str) -> None:
        self._theme = theme
        super().__init__(theme, name, _spoken, _draw_part, lambda _: ROW, inset=2)

    def frame_room(self) -> int:
        """Return the room of the frame."""
        return 8

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        super().set_theme(theme)

    def sizeHint(self) -> QSize:
        """Return the height of all parts."""
        return QSize(160, ROW * len(self.values) + self.frame_room())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card under its rows."""
        p = painter(self.viewport())
        rect = QRectF(self.viewport().rect())
        p.setPen(QPen(QColor(self._theme.line), 1))
        p.setBrush(QColor(self._theme.raised))
        p.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        p.end()
        super().paintEvent(event)
        if self.hasFocus():
            p = painter(self.viewport())
            focus_ring(p, rect, self._theme, 8)
            p.end()


def _spoken(part: Part) -> str:
    return ", ".join(w for w in (_kind_words(part), part.head, part.meta) if w)


def _kind_words(part: Part) -> str:
    return tr("Voice") if part.voice else KIND_WORDS[part.kind]


def _draw_part(p: QPainter, box: Box, part: Part, state: RowState) -> None:
    theme = state.theme
    x = box.rc(14.5, 0, 0, 0).x()
    top = box.r.y()
    p.setPen(QPen(QColor(theme.edge), 1))
    if not part.first:
        p.drawLine(int(x), int(top - 1), int(x), int(top + 6))
    if not part.last and not part.voice:
        p.drawLine(int(x), int(top + 24), int(x), int(top + box.h + 1))
    at = box.rc(10, 10, 10, 10)
    if not part.voice:
        glyph(p, "source" if part.kind == "via" else part.kind, at.x(), at.y(), theme)
    strong = part.kind in ("source", "via") and not part.voice
    face = font("body", 600 if strong else 400, italic=part.voice)
    box.text(p, part.head, 32, 4, box.w - 32 - 62, 20, face, theme.ink)
    box.text(p, _kind_words(part), box.w - 62, 4, 54, 20, font("small"), theme.muted, end=True)
    box.text(p, part.meta, 32, 22, box.w - 42, 18, font("small"), theme.muted)


class AttributionSection(QWidget):
    """All attributions of a claim, with what can be done about them."""

    link_asked = Signal(object)
    """None: add a source; else the id of the attribution to change."""

    def __init__(self, workspace: Workspace, theme: Theme, claim: Id, profile: str) -> None:
        super().__init__()
        self._workspace = workspace
        self._theme = theme
        self._claim = claim
        self._profile = profile
        self._shown: object = None
        add = Button(theme, tr("Add source"), "quiet")
        add.clicked.connect(lambda: self.link_asked.emit(None))
        self._add = add
        self._body = QWidget()
        self._layout = column(self._body, gap=4)
        layout = column(self, gap=6)
        layout.addWidget(SectionHead(theme, tr("Who says it"), lambda: key_of("link.source"), add))
        layout.addWidget(self._body)

    def set_theme(self, theme: Theme) -> None:
        """Keep the theme for cards to come."""
        self._theme = theme

    def refresh(self, annotated: AnnotatedArticle) -> None:
        """Show the claim's attributions; rebuilt only where one of them differs."""
        claim = annotated.by_id.get(self._claim)
        if not isinstance(claim, Claim):
            return
        links = annotated.attributions_of.get(claim.id, ())
        plain = self._profile == "teacher"
        state = [
            (link, parts_of(annotated, link, claim, plain=plain), annotated.sources.get(link.source)) for link in links
        ]
        if (state, annotated.code_book) == self._shown:
            return
        self._shown = (state, annotated.code_book)
        had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._clear()
        outer = {link.via for link in links if link.via} if self._profile == "editor" else set[Id | None]()
        for link, parts, source in state:
            if link.id in outer:
                continue  # it is shown where it passes another one on
            self._layout.addWidget(self._card(link, parts, source))
            self._add_fields(annotated, link, source)
        if not state:
            self._add_empty()
        if had_focus:
            (self.findChild(AttributionCard) or self._add).setFocus()

    def _clear(self) -> None:
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()

    def _add_empty(self) -> None:
        self._layout.addWidget(
            EmptyNote(
                self._theme,
                lambda: tr(
                    "Not linked yet. Press {link} and pick who said it, or say that it is the author’s own voice.",
                    **caps(),
                ),
            )
        )
        author = Button(self._theme, tr("Author’s own voice"), "quiet")
        author.clicked.connect(lambda: self._workspace.do(lambda p: p.link_author(self._claim)))
        nobody = Button(self._theme, tr("Nobody is named"), "quiet")
        nobody.clicked.connect(lambda: self._workspace.do(lambda p: p.link_not_stated(self._claim)))
        holder = QWidget()
        holder.setLayout(row(author, nobody, None))
        self._layout.addWidget(holder)

    def _card(self, link: Attribution, parts: list[Part], source: Source | None) -> QWidget:
        card = AttributionCard(self._theme, tr("Attribution: {parts}", parts="; ".join(_spoken(p) for p in parts)))
        card.set_values(parts)
        card.gone_to.connect(self._follow)
        card.delete_asked.connect(lambda: self._unlink(link.id))
        return card

    def _follow(self, part: Part) -> None:
        if part.target is not None:
            self._workspace.choose(part.target)

    def _unlink(self, link: Id) -> None:
        self._workspace.do(lambda p: p.unlink(link))

    def _add_fields(self, annotated: AnnotatedArticle, link: Attribution, source: Source | None) -> None:
        name = source.label if source else ""
        change = Button(self._theme, tr("Change"), "quiet", name=tr("Change who said it: {source}", source=name))
        change.clicked.connect(lambda: self.link_asked.emit(link.id))
        unlink = Button(self._theme, tr("Unlink"), "quiet", name=tr("Unlink {source}", source=name))
        unlink.clicked.connect(lambda: self._unlink(link.id))
        holder = QWidget()
        holder.setLayout(row(None, change, unlink, gap=12))
        self._layout.addWidget(holder)
        accountable = source is not None and source.accountable and source.kind != "unstated"
        if self._profile == "teacher":
            if accountable and source is not None:
                self._add_source_fields(source)
            return
        if link.cue:
            self._add_combo(link, tr("Cue load"), "load", CUE_LOADS, list_="load")
        said = source is not None and source.accountable
        if said and (link.cue or self._profile == "researcher"):  # the house rules ask about accusations
            self._add_combo(link, tr("Cue function"), "function", CUE_FUNCTIONS, tips=FUNCTION_TIPS)
        if said and self._profile == "researcher":
            self._add_combo(link, tr("Stance"), "stance", STANCES)
            self._add_combo(link, tr("Polarity"), "polarity", POLARITIES)
            self._add_combo(link, tr("Determinacy"), "determinacy", DETERMINACIES)
            self._add_via(annotated, link)

    def _add_combo(
        self,
        link: Attribution,
        words: str,
        field: str,
        values: tuple[str, ...],
        *,
        list_: str = "",
        tips: Mapping[str | None, str] | None = None,
    ) -> None:
        project = self._workspace.project
        combo = TermCombo(self._theme, words)
        if list_ and project is not None:
            choices, told = term_choices(project.code_book, list_)
        else:
            choices, told = [(None, NOT_FILLED_IN), *((v, title(v)) for v in values)], tips or {}
        combo.set_terms(choices, getattr(link, field), told)
        combo.picked.connect(
            writer(
                self._workspace,
                lambda p, v: p.edit_attribution(link.id, **{field: v}),
                lambda: combo.set_value(getattr(link, field)),
            )
        )
        self._layout.addWidget(FieldRow(self._theme, words, combo))

    def _add_via(self, annotated: AnnotatedArticle, link: Attribution) -> None:
        """Offer the attributions this one may be known through: of the same claim, or of one it lies in."""
        choices: list[tuple[str | None, str]] = [(None, tr("Nobody: said directly"))]
        for other in self._links_around(annotated):
            source = annotated.sources.get(other.source)
            if source is not None and source.accountable and link not in chain_of(annotated, other):
                choices.append((other.id, source.label))
        choices.append((ANOTHER, tr("Another source says this…")))
        combo = QuietCombo(self._theme, tr("Known through"), choices, link.via)
        write = writer(
            self._workspace, lambda p, v: p.edit_attribution(link.id, via=v), lambda: combo.set_value(link.via)
        )

        def pick(value: object) -> None:
            if value == ANOTHER:
                combo.set_value(link.via)
                self.link_asked.emit(Through(link.id))
            else:
                write(value)

        combo.picked.connect(pick)
        self._layout.addWidget(FieldRow(self._theme, tr("Known through"), combo))

    def _links_around(self, annotated: AnnotatedArticle) -> list[Attribution]:
        """Return the attributions of the claim and of the claims it lies in."""
        claim, claims = annotated.by_id[self._claim], annotated.claims
        low = bisect_left(claims, claim.start, key=lambda c: c.start)
        high = bisect_left(claims, claim.end, key=lambda c: c.start)
        near = [c for c in claims[max(0, low - AROUND) : high] if c.end > claim.start]
        return [link for c in near for link in annotated.attributions_of.get(c.id, ())]

    def _add_source_fields(self, source: Source) -> None:
        choices = [(None, NOT_FILLED_IN), *((v, title(v)) for v in SOURCE_NAMINGS)]
        naming = QuietCombo(self._theme, tr("Naming"), choices, source.naming)
        naming.picked.connect(
            writer(
                self._workspace,
                lambda p, v: p.edit_source(source.id, naming=v),
                lambda: naming.set_value(source.naming),
            )
        )
        self._layout.addWidget(FieldRow(self._theme, tr("Naming"), naming))
        value = "not_stated" if "affiliation" in source.not_stated else source.affiliation
        field = FactField(
            self._theme,
            tr("Affiliation"),
            value,
            may_be_not_stated=True,
            offers=term_offers(self._workspace, "affiliation"),
        )
        field.committed.connect(writer(self._workspace, lambda p, v: p.edit_source(source.id, affiliation=v)))
        self._layout.addWidget(FieldRow(self._theme, tr("Affiliation"), field, stretch=True))

    def commit(self) -> None:
        """Write what is being typed in a card's fields."""
        for field in self.findChildren(FactField):
            field.commit()
