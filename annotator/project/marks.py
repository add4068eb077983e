"""Making, shaping and describing annotations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any

from annotator import text as texts
from annotator.errors import RuleBroken
from annotator.language import tr, trc, trn
from annotator.model import (
    Annotation,
    Attribution,
    Claim,
    Cue,
    Entity,
    Id,
    Ledger,
    Mention,
    Segment,
    Source,
    SourceMention,
    Term,
    new_id,
    now,
)
from annotator.model.values import NO_VERDICT_TYPES
from annotator.project.core import Core, one_line, reads, written
from annotator.storage.records import KINDS

Span = tuple[int, int]
WORDS = {
    "claim": trc("a mark", "claim"),
    "source_mention": trc("a mark", "source"),
    "mention": trc("a mark", "entity"),
    "cue": trc("a mark", "cue"),
    "loaded_term": trc("a mark", "loaded word"),
}

_A = {
    "claim": trc("a mark", "a claim"),
    "source_mention": trc("a mark", "a source"),
    "mention": trc("a mark", "an entity"),
    "cue": trc("a mark", "a cue"),
    "loaded_term": trc("a mark", "a loaded word"),
}

_QUOTES = {"“": "”", "„": "“", '"': '"'}
_SINGLE = str.maketrans("“”„", "‘’‚")


class Marks(Core):
    """Verbs about annotations. Spans are code points of the current version; each is tidied before it is kept."""

    @reads
    def annotation(self, annotation: Id) -> Annotation | None:
        """Return an annotation of the current version, or None."""
        return self._records.get(Annotation, annotation)

    def mark(
        self, article: Id, kind: str, spans: Sequence[Span], *, initiator: object | None = None, **values: Any
    ) -> Id:
        """Make an annotation; a source or entity mention is matched to the register by name, or makes an entry.

        ``values`` are further fields (``source=``, ``type=`` ...). Raises RuleBroken where no words are left.
        """
        segments = self._tidy(article, spans)
        quote = _one_line_quote(self._text(article), segments)
        with self._action(tr("mark {kind} “{words}”", kind=WORDS[kind], words=_short(quote)), initiator) as records:
            made = KINDS[kind](
                layer=self.layer.id,
                article=article,
                coder=self.coder.id,
                segments=segments,
                **self._register(article, kind, quote, values),
            )
            records.put(made)
        return made.id

    def _register(self, article: Id, kind: str, quote: str, values: dict[str, Any]) -> dict[str, Any]:
        """Return the fields of a new mention with its register entry, found or made."""
        if kind == SourceMention.kind and "source" not in values:
            return {"source": self._matching_source(article, quote), **values}
        if kind == Mention.kind and "entity" not in values:
            return {"entity": self._matching_entity(quote), **values}
        return values

    def _matching_source(self, article: Id, name: str) -> Id:
        """Find the one source of the article with this name or alias (its entity's too), or make a new entry."""
        hits = self._names.sources(article, name)
        if len(hits) == 1:
            return next(iter(hits))
        made = Source(article=article, label=name)
        self._put_entry(made)
        return made.id

    def _matching_entity(self, name: str) -> Id:
        """Find the one entity of the project with this name or alias, or make a new entry."""
        hits = self._names.entities(name)
        if len(hits) == 1:
            return next(iter(hits))
        made = Entity(name=name)
        self._put_entry(made)
        return made.id

    def unmark(self, *annotations: Id, initiator: object | None = None) -> None:
        """Remove annotations; a register entry nobody described goes with its last mention, a link's cue with the link."""
        found = [self._need(Annotation, a) for a in dict.fromkeys(annotations)]
        if not found:
            return
        one = found[0]
        name = (
            tr("remove {kind} “{words}”", kind=WORDS[one.kind], words=_short(self._quote(one)))
            if len(found) == 1
            else trn("remove {n} mark", "remove {n} marks", len(found))
        )
        with self._action(name, initiator):
            for annotation in found:
                self._remove(annotation)

    def _remove(self, annotation: Annotation) -> None:
        cues = self._cues_of(annotation)
        # A cue goes with its last link: it may be gone already when a claim was removed just before.
        if self._records.key("annotation", annotation.id) is not None:
            self._records.delete(Annotation, annotation.id)
        for cue in cues:
            self._drop_cue(cue)
        self._drop_entry(annotation)
        if isinstance(annotation, Claim) and annotation.ledger is not None:
            self._drop_alone(annotation.ledger)

    def _drop_alone(self, entry: Id) -> None:
        """Remove an entry of the ledger that fewer than two claims make; whoever made it alone is in none."""
        there = self._claims.in_ledger(entry) if self._records.key("ledger", entry) is not None else [entry, entry]
        if len(there) < 2:
            self._records.delete(Ledger, entry)

    def _cues_of(self, annotation: Annotation) -> set[Id]:
        if not isinstance(annotation, Claim):
            return set()
        return {a.cue for a in self._records.find(Attribution, claim=annotation.id) if a.cue}

    def _drop_cue(self, cue: Id) -> None:
        """Remove a cue that no attribution uses any more."""
        if not self._records.find(Attribution, cue=cue) and self._records.key("annotation", cue) is not None:
            self._records.delete(Cue, cue)

    def _drop_entry(self, annotation: Annotation) -> None:
        """Remove the register entry of a mention that is gone, where nothing else names it and nobody described it."""
        if isinstance(annotation, SourceMention) and annotation.source:
            self._drop_unused(self._records.get(Source, annotation.source))
        elif isinstance(annotation, Mention) and annotation.entity:
            self._drop_unused(self._records.get(Entity, annotation.entity))

    def _drop_unused(self, entry: Source | Entity | None) -> None:
        """Remove a register entry that nothing names and nobody described."""
        bare: Source | Entity | None = None
        if isinstance(entry, Source):
            bare = Source(id=entry.id, article=entry.article, label=entry.label)
        elif entry is not None:
            bare = Entity(id=entry.id, name=entry.name)
        if entry is not None and entry == bare and not self._store.articles.is_used(entry):
            self._delete_entry(entry)

    # -- shape

    def reshape(self, annotation: Id, spans: Sequence[Span], *, initiator: object | None = None) -> None:
        """Give an annotation other segments. Raises RuleBroken where no words are left."""
        old = self._need(Annotation, annotation)
        self._change_segments(
            old, self._tidy(old.article, spans), tr("change the span of {mark}", mark=self._called(old)), initiator
        )

    def add_segment(self, annotation: Id, start: int, end: int, *, initiator: object | None = None) -> None:
        """Add a further part, as to a quote interrupted by *she said*; parts that touch become one."""
        old = self._need(Annotation, annotation)
        segments = self._tidy(old.article, [*((s.start, s.end) for s in old.segments), (start, end)])
        self._change_segments(old, segments, tr("add a part to {mark}", mark=self._called(old)), initiator)

    def cut_out(self, annotation: Id, start: int, end: int, *, initiator: object | None = None) -> None:
        """Take words out of an annotation; words inside it leave two parts. Raises RuleBroken where none would be left."""
        old = self._need(Annotation, annotation)
        spans: list[Span] = []
        for s in old.segments:
            spans += [(s.start, min(s.end, start)), (max(s.start, end), s.end)]
        segments = self._tidy(old.article, [(a, b) for a, b in spans if a < b])
        self._change_segments(old, segments, tr("cut words out of {mark}", mark=self._called(old)), initiator)

    def split(self, annotation: Id, at: int, *, initiator: object | None = None) -> Id:
        """Split an annotation in two at an offset; the second one keeps all fields and links. Returns its id."""
        old = self._need(Annotation, annotation)
        spans = [(s.start, s.end) for s in old.segments]
        at = texts.snap(self._text(old.article), at, up=False)
        before = self._tidy(old.article, [(a, min(b, at)) for a, b in spans if a < at])
        after = self._tidy(old.article, [(max(a, at), b) for a, b in spans if b > at])
        first = replace(old, segments=before, modified=now())
        second = replace(old, id=new_id(), segments=after, created=now(), modified=now())
        with self._action(tr("split {mark}", mark=self._called(old)), initiator) as records:
            records.put(first)
            records.put(second)
            if isinstance(old, Claim):
                for link in records.find(Attribution, claim=old.id):
                    records.put(replace(link, id=new_id(), claim=second.id))
        return second.id

    def change_kind(self, annotation: Id, kind: str, *, initiator: object | None = None) -> None:
        """Make an annotation one of another kind; id, span, note and tags stay, what the new kind has no place for goes."""
        old = self._need(Annotation, annotation)
        if old.kind == kind:
            return
        shared = {f.name: getattr(old, f.name) for f in fields(Annotation)}
        quote = _one_line_quote(self._text(old.article), old.segments)
        with self._action(
            tr("make {old} “{words}” {new}", old=WORDS[old.kind], words=_short(quote), new=_A[kind]), initiator
        ) as records:
            cues = self._cues_of(old)
            made = KINDS[kind](**{**shared, "modified": now()}, **self._register(old.article, kind, quote, {}))
            records.put(made)
            for cue in cues:
                self._drop_cue(cue)
            for link in records.find(Attribution, cue=old.id):
                records.put(replace(link, cue=None))
            self._drop_entry(old)
            if isinstance(old, Claim) and old.ledger is not None:
                self._drop_alone(old.ledger)

    def _change_segments(
        self, old: Annotation, segments: tuple[Segment, ...], name: str, initiator: object | None
    ) -> None:
        if segments != old.segments:
            with self._action(name, initiator) as records:
                records.put(replace(old, segments=segments, modified=now()))

    def _tidy(self, article: Id, spans: Iterable[Span]) -> tuple[Segment, ...]:
        """Trim, widen to graphemes, order and join spans. Raises RuleBroken where no words are left."""
        text = self._text(article)
        kept = sorted(t for t in (texts.tidy(text, a, b) for a, b in spans) if t is not None)
        out: list[Segment] = []
        for start, end in kept:
            # Two parts with nothing but white space between them are one.
            if out and not text[out[-1].end : start].strip():
                out[-1] = Segment(out[-1].start, max(out[-1].end, end))
            else:
                out.append(Segment(start, end))
        if not out:
            raise RuleBroken(tr("There are no words to mark here. Select some first."))
        return tuple(out)

    # -- description

    def edit_claim(self, claim: Id, *, initiator: object | None = None, **changed: Any) -> None:
        """Set fields of a claim: type, form, check_worthy, reasons, short_text, ledger."""
        old = self._need(Claim, claim)
        if "short_text" in changed:
            changed["short_text"] = one_line(changed["short_text"])
        if changed.get("type") in NO_VERDICT_TYPES:
            self._refuse_verdict(claim)
        self._put_changed(old, tr("describe {mark}", mark=self._called(old)), initiator, **changed)

    def _refuse_verdict(self, claim: Id) -> None:
        if self._store.articles.verdict_of(claim) is not None:
            raise RuleBroken(
                tr("This claim has a verdict; opinions and values take none. Take the verdict back first.")
            )

    def edit_mention(self, mention: Id, *, initiator: object | None = None, **changed: Any) -> None:
        """Set fields of a source mention (role) or an entity mention (form, loaded, whose_word)."""
        old = self._need(Annotation, mention)
        self._put_changed(old, tr("describe {mark}", mark=self._called(old)), initiator, **changed)

    def set_note(self, annotation: Id, note: str | None, *, initiator: object | None = None) -> None:
        """Set or remove the note of an annotation."""
        old = self._need(Annotation, annotation)
        self._put_changed(
            old,
            tr("write the note of {mark}", mark=self._called(old))
            if written(note)
            else tr("remove the note of {mark}", mark=self._called(old)),
            initiator,
            note=written(note),
        )

    def set_tags(self, annotation: Id, tags: Iterable[str], *, initiator: object | None = None) -> None:
        """Set the tags of an annotation; a tag that is new to the project joins its code book."""
        old = self._need(Annotation, annotation)
        known = {term.key: term.label for term in self._records.find(Term, list="tag")}
        asked = {tag.casefold(): tag for tag in reversed([one_line(t) for t in tags]) if tag}
        kept = tuple(known.get(key, asked[key]) for key in sorted(asked))
        self._put_changed(old, tr("tag {mark}", mark=self._called(old)), initiator, tags=kept)

    def _put_changed(self, old: Annotation, name: str, initiator: object | None, **changed: Any) -> None:
        new = replace(old, **changed)
        if new != old:
            with self._action(name, initiator) as records:
                records.put(replace(new, modified=now()))

    # -- words for people

    def _quote(self, annotation: Annotation) -> str:
        return _one_line_quote(self._text(annotation.article), annotation.segments)

    def _called(self, annotation: Annotation) -> str:
        return tr("{kind} “{words}”", kind=WORDS[annotation.kind], words=_short(self._quote(annotation)))


def _one_line_quote(text: str, segments: Iterable[Segment]) -> str:
    return " ".join(" … ".join(s.quote(text) for s in segments).split())


def _short(quote: str, limit: int = 32) -> str:
    return texts.shortened(unquoted(quote), limit)


def unquoted(quote: str) -> str:
    """Return words as they stand in quotation marks of ours: without those around them, those inside made single."""
    if quote[:1] in _QUOTES and not quote[1:-1].count(_QUOTES[quote[0]]):
        quote = quote[1:].removesuffix(_QUOTES[quote[0]])
    return quote.translate(_SINGLE)
