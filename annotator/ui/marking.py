"""Marking: what the keys do to the selection, the chosen mark and the words at the caret."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import fields
from typing import Protocol

from annotator import text as texts
from annotator.language import tr, trn
from annotator.model import AnnotatedArticle, Annotation, Claim, Id, Segment
from annotator.project import Project
from annotator.ui.actions import caps, said_key
from annotator.ui.workspace import Workspace
from annotator.vocabulary import label

Span = tuple[int, int]

_STAYS = frozenset(f.name for f in fields(Annotation)) | {"source", "entity"}
"""What a mark keeps when it becomes one of another kind, or is made anew."""
_KEYS = {"claim": "mark.claim", "source_mention": "mark.source", "mention": "mark.entity"}
_NOT_A_CLAIM = "mark.not_a_claim"
_REACH = 400
"""How far, in code points, the next word is looked for."""


class Column(Protocol):
    """What marking needs of the article's column; offsets are code points."""

    def selection(self) -> Span:
        """Return the selection, start first; both ends equal the caret where nothing is selected."""
        ...

    def caret(self) -> int:
        """Return where the caret is."""
        ...

    def set_caret(self, offset: int) -> None:
        """Put the caret somewhere and drop the selection."""
        ...

    def select(self, start: int, end: int) -> None:
        """Select words."""
        ...

    def grow(self, step: int, unit: str = "word", edge: str = "end") -> None:
        """Move an edge of the selection by a word or a sentence."""
        ...

    def grow_to(self, start: int, end: int) -> None:
        """Select more words; ``shrink_back`` takes it back."""
        ...

    def shrink_back(self) -> bool:
        """Take back the last step the selection grew by; False where there is none."""
        ...

    def annotations_at(self, offset: int) -> list[Id]:
        """Return the marks at an offset, the smallest first."""
        ...

    def left_out(self, id_: Id) -> bool:
        """Say whether the filter leaves a mark out."""
        ...

    def next_open_sentence(self, step: int = 1) -> bool:
        """Go to the next sentence nobody has looked at and show it; False where there is none."""
        ...

    def propose(self, spans: list[Span]) -> None:
        """Outline words with dashes."""
        ...


class Details(Protocol):
    """What marking needs of the Details panel: to show it with the keyboard in one of its fields."""

    def edit(self, field: str) -> bool:
        """Show the panel and go to "note", "verdict", "relations" or "tags"; False where there is none."""
        ...


class Marking:
    """The verbs of the Mark menu. ``say`` shows a short sentence that goes by itself."""

    def __init__(self, workspace: Workspace, column: Column, details: Details, say: Callable[[str], None]) -> None:
        self._workspace = workspace
        self._column = column
        self._details = details
        self._say = say
        self._answered_at: tuple[Id, int] | None = None
        """The article and caret where a sentence was answered with none to go on to: the same key there asks first."""

    # -- marks

    def mark(self, kind: str) -> None:
        """Mark the selection; without one change the kind of the chosen mark at the caret, or mark what is there.

        A chosen mark that is linked or described stays what it is: the name at the caret is marked as well.
        """
        article = self._workspace.article
        annotated = self._workspace.annotated
        if article is None or annotated is None:
            return
        start, end = self._column.selection()
        chosen = self._chosen()
        if start == end and chosen is not None and self._holds_caret(chosen):
            if chosen.kind != kind:
                self._change_kind(annotated, chosen, kind)
            return
        self._mark(annotated, kind, (start, end) if start != end else self._at_caret(kind))

    def _change_kind(self, annotated: AnnotatedArticle, chosen: Annotation, kind: str) -> None:
        """Make a chosen mark one of another kind where nothing is lost by it; else mark the name in it as well."""
        if _is_bare(annotated, chosen):
            if self._workspace.do(lambda p: _changed(p, chosen.id, kind)):
                self._say(
                    tr("It is marked as {kind} now. {key} takes it back.", kind=label(kind), key=said_key("edit.undo"))
                )
            return
        at = self._column.caret()
        span = self._sentence_at(at) if kind == Claim.kind else self._name_at(at)
        old = label(chosen.kind)
        if span is None:
            key = said_key(_KEYS[kind])
            self._say(
                tr(
                    "The {old} is linked or described and stays. Select words in it, then press {key}.",
                    old=old,
                    key=key,
                )
            )
        elif self._mark(annotated, kind, span):
            self._say(tr("Marked as well. The {old} is linked or described and stays.", old=old))

    def _mark(self, annotated: AnnotatedArticle, kind: str, span: Span | None) -> bool:
        article = annotated.article.id
        if span is None or texts.tidy(annotated.text, *span) is None:
            self._say(tr("There are no words here to mark. Select some first."))
            return False
        made = self._workspace.do(lambda p: p.mark(article, kind, [span]))
        if made is not None:
            self._column.set_caret(span[0])
            self._column.propose([])
            self._workspace.choose(made)
            if self._column.left_out(made):
                self._say(tr("Marked. The filter leaves it out as soon as something else is chosen."))
        return made is not None

    def _at_caret(self, kind: str) -> Span | None:
        at = self._column.caret()
        return self._sentence_at(at) if kind == Claim.kind else self._name_at(at) or self._word_at(at)

    def _name_at(self, offset: int) -> Span | None:
        """Return the whole name a caret stands in: "Tarn Water Board"."""
        block = self._block_at(offset)
        if block is None or self._workspace.annotated is None:
            return None
        from annotator.analysis.names import names  # only now: the window starts without it

        low, high = max(block[0], offset - _REACH), min(block[1], offset + _REACH)
        return next(((a, b) for a, b in names(self._workspace.annotated.text, low, high) if a <= offset <= b), None)

    def _word_at(self, offset: int) -> Span | None:
        block = self._block_at(offset)
        if block is None or self._workspace.annotated is None:
            return None
        found = texts.words(self._workspace.annotated.text, *block)
        return next(((a, b) for a, b in found if a <= offset <= b), None)

    def _sentence_at(self, offset: int) -> Span | None:
        """Return the sentence at an offset, headlines and captions included: those are not counted but may be marked."""
        annotated, block = self._workspace.annotated, self._block_at(offset)
        if annotated is None or block is None:
            return None
        known = self._workspace.sentences
        at = bisect_left(known, offset, key=lambda s: s[1])
        if at < len(known) and block[0] <= known[at][0] and not annotated.text[offset : known[at][0]].strip():
            return known[at]
        found = texts.sentences(annotated.text, *block, annotated.article.language)
        after = [s for s in found if offset <= s[1]]
        return after[0] if after else found[-1] if found else None

    def _block_at(self, offset: int) -> Span | None:
        annotated = self._workspace.annotated
        blocks = annotated.blocks if annotated is not None else ()
        at = bisect_left(blocks, offset, key=lambda b: b.end)
        return (blocks[at].start, blocks[at].end) if at < len(blocks) and blocks[at].start <= offset else None

    def _chosen(self) -> Annotation | None:
        annotated = self._workspace.annotated
        return annotated.by_id.get(self._workspace.chosen or "") if annotated is not None else None

    def _holds_caret(self, annotation: Annotation) -> bool:
        caret = self._column.caret()
        return any(s.start <= caret <= s.end for s in annotation.segments)

    def delete(self) -> None:
        """Remove the chosen mark."""
        chosen = self._chosen()
        if chosen is not None:
            self._workspace.do(lambda p: p.unmark(chosen.id))

    def not_a_claim(self) -> None:
        """Say of the sentence at the caret that it holds no claim and go on to the next open one, or take that back."""
        annotated, span = self._workspace.annotated, self._sentence_at(self._column.caret())
        if annotated is None or span is None:
            return
        there = annotated.sentence_marks_in(*span)
        claim = self._claim_in(annotated, span)
        if claim is not None and not there:
            n = annotated.claim_number(claim.id)
            self._say(tr("Claim {n} stands in this sentence. Remove its mark first.", n=n))
            return
        here = (annotated.article.id, self._column.caret())
        if there and here == self._answered_at:
            self._answered_at = None
            self._say(tr("It is marked as no claim already. {key} again takes that back.", key=said_key(_NOT_A_CLAIM)))
            return
        mark, self._answered_at = (None if there else "not_a_claim"), None
        article = annotated.article.id

        def write(project: Project) -> bool:
            project.mark_sentence(article, *span, mark)
            return True

        if not self._workspace.do(write):
            return
        if there:
            self._say(tr("The sentence may hold a claim again."))
        elif self._column.next_open_sentence():
            self._say(tr("Not a claim. {key} takes it back.", key=said_key("edit.undo")))
        else:
            self._answered_at = here
            self._say(self._none_further_on())

    def _none_further_on(self) -> str:
        """Return what to say where the last open sentence was answered, or the last one further on."""
        known = self._workspace.coverage
        n = len(known.open) if known is not None and known.complete else 0
        if not n:
            return tr("Not a claim. {key} takes it back.", key=said_key("edit.undo"))
        return trn(
            "Not a claim. No open sentence further on, {n} before this: {previous_open}.",
            "Not a claim. No open sentence further on, {n} before this: {previous_open}.",
            n,
            **caps(),
        )

    def _claim_in(self, annotated: AnnotatedArticle, span: Span) -> Claim | None:
        """Return a claim that shares words with a sentence: one that begins in it, or reaches into it."""
        at = bisect_left(annotated.claims, span[0], key=lambda c: c.start)
        if at < len(annotated.claims) and annotated.claims[at].start < span[1]:
            return annotated.claims[at]
        marks = (annotated.by_id.get(i) for i in self._column.annotations_at(span[0]))
        return next((m for m in marks if isinstance(m, Claim)), None)

    # -- shape

    def end_later(self) -> None:
        """Add a word at the end of the selection or the chosen mark."""
        self._move("end", 1)

    def end_earlier(self) -> None:
        """Take a word from the end."""
        self._move("end", -1)

    def start_earlier(self) -> None:
        """Add a word at the start."""
        self._move("start", 1)

    def start_later(self) -> None:
        """Take a word from the start."""
        self._move("start", -1)

    def _move(self, edge: str, step: int) -> None:
        """Grow (step 1) or shrink (-1) an edge of the selection, else of the chosen mark's part at the caret."""
        start, end = self._column.selection()
        chosen, annotated = self._chosen(), self._workspace.annotated
        if start != end or chosen is None or annotated is None:
            self._column.grow(step, "word", edge)
            return
        at = self._part(chosen, edge)
        moved = moved_edge(annotated.text, chosen.segments[at], edge, step)
        if moved is None:
            return
        spans = [(s.start, s.end) for s in chosen.segments]
        spans[at] = moved
        self._workspace.do(lambda p: p.reshape(chosen.id, spans))

    def _part(self, annotation: Annotation, edge: str) -> int:
        """Return the number of the part at the caret, else of the last one for its end, the first for its start."""
        caret = self._column.caret()
        inside = [n for n, s in enumerate(annotation.segments) if s.start <= caret <= s.end]
        return inside[0] if inside else len(annotation.segments) - 1 if edge == "end" else 0

    def select_sentence(self) -> None:
        """Select the sentence at the caret; with a selection take in the next sentence."""
        start, end = self._column.selection()
        if start != end:
            self._column.grow(1, "sentence", "end")
            return
        span = self._sentence_at(self._column.caret())
        if span is not None:
            self._column.select(*span)

    def grow(self) -> None:
        """Select the word at the caret; then the name, the sentence, the paragraph around what is selected."""
        start, end = self._column.selection()
        around = (self._word_at(start), self._name_at(start), self._sentence_at(start), self._block_at(start))
        wider = [s for s in around if s is not None and s[0] <= start and end <= s[1] and s[1] - s[0] > end - start]
        if wider:
            self._column.grow_to(*min(wider, key=lambda s: s[1] - s[0]))

    def shrink_back(self) -> None:
        """Take back the last step the selection grew by, whichever key it grew by; else take a word from its end."""
        if not self._column.shrink_back():
            self._column.grow(-1, "word", "end")

    def add_part(self) -> None:
        """Add the selection to the chosen mark as a further part."""
        start, end = self._column.selection()
        chosen = self._chosen()
        if chosen is None:
            self._say(
                tr("Choose a mark first; then select the words to add and press {key}.", key=said_key("span.add"))
            )
        elif start != end:
            self._workspace.do(lambda p: p.add_segment(chosen.id, start, end))
            self._column.set_caret(start)
            self._workspace.choose(chosen.id)

    def cut_out(self) -> None:
        """Take the selection out of the chosen mark, else out of the smallest one it lies in."""
        start, end = self._column.selection()
        chosen = self._chosen()
        target = chosen.id if chosen is not None else next(iter(self._column.annotations_at(start)), None)
        if target is None:
            self._say(tr("These words are in no mark."))
        elif start != end and chosen is not None and not any(s.start < end and start < s.end for s in chosen.segments):
            self._say(tr("The chosen mark has none of these words."))
        elif start != end:
            self._workspace.do(lambda p: p.cut_out(target, start, end))
            self._column.set_caret(start)
            self._workspace.choose(target)

    def split(self) -> None:
        """Split the chosen mark at the caret."""
        chosen, at = self._chosen(), self._column.caret()
        if chosen is None:
            return
        if not chosen.start < at < chosen.end:
            self._say(tr("Put the caret inside the mark, where it is to be split."))
            return
        made = self._workspace.do(lambda p: p.split(chosen.id, at))
        if made is not None:
            self._workspace.choose(made)

    # -- description

    def note(self) -> None:
        """Go to the note of what is chosen."""
        self._details.edit("note")

    def relate(self) -> None:
        """Ask which other claim the chosen one stands to, and how."""
        self._details.edit("relations")

    def verdict(self) -> None:
        """Go to where the chosen claim is checked."""
        self._details.edit("verdict")

    def tags(self) -> None:
        """Go to the tags of the chosen claim."""
        if not self._details.edit("tags"):
            self._say(tr("This view shows no tags. View › Profile has views that do."))


def _changed(project: Project, mark: Id, kind: str) -> bool:
    project.change_kind(mark, kind)
    return True


def _is_bare(annotated: AnnotatedArticle, mark: Annotation) -> bool:
    """Say whether nothing hangs on a mark that another kind has no place for: links, checking, facts."""
    hangs = (
        annotated.attributions_of.get(mark.id),
        annotated.attributions_with(mark.id),
        annotated.verification(mark.id),
        annotated.evidence_of(mark.id),
        annotated.relations_of(mark.id),
    )
    own = {f.name for f in fields(mark)} - _STAYS
    return not any(hangs) and not any(getattr(mark, name) for name in own)


def moved_edge(text: str, segment: Segment, edge: str, step: int) -> Span | None:
    """Return a segment with one edge moved by a word; None where there is no word left to take or to give."""
    outside = (
        (segment.end, min(len(text), segment.end + _REACH))
        if edge == "end"
        else (max(0, segment.start - _REACH), segment.start)
    )
    found = list(texts.words(text, *(outside if step > 0 else (segment.start, segment.end))))
    if edge == "end":
        ends = [b for _, b in found if (b > segment.end if step > 0 else b < segment.end)]
        end = (ends[0] if step > 0 else ends[-1]) if ends else None
        return None if end is None else (segment.start, end)
    starts = [a for a, _ in found if (a < segment.start if step > 0 else a > segment.start)]
    start = (starts[-1] if step > 0 else starts[0]) if starts else None
    return None if start is None else (start, segment.end)
