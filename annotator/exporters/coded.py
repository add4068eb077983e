"""One claim of the researcher's appendix: its words in their sentence, and all that was coded of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from annotator import vocabulary
from annotator.exporters import marks, sections, wording
from annotator.exporters.chapter import Chapter
from annotator.exporters.document import Inline, Link, Paragraph, Text
from annotator.language import tr
from annotator.model import Attribution, Claim, Id

_AROUND = 400
"""Most code points of a sentence shown on each side of a claim."""


class Coded:
    """Writes an article's claims; ``sentences`` are those of the body, none where no context is wanted."""

    def __init__(self, chapter: Chapter, sentences: Sequence[tuple[int, int]], entries: Mapping[Id, int]) -> None:
        self.chapter = self._chapter = chapter
        self._entries = entries
        self._sentences = sentences
        self._signed = len({c.coder for c in chapter.annotated.claims}) > 1
        self._starts = [s for s, _ in sentences]
        self._ends = [e for _, e in sentences]

    def claim(self, claim: Claim) -> list[Paragraph]:
        """Return a claim: number and place, its words in their sentence, then a line for each thing coded."""
        chapter = self._chapter
        number = chapter.annotated.claim_numbers[claim.id]
        label = Text(f"{chapter.series}C{number}", ("Claim Number",))
        short = " ".join((claim.short_text or "").split())
        head = Paragraph(
            "CodedHead",
            (
                *chapter.anchored(f"claim_C{number}", label),
                Text("\t"),
                *chapter.quoted(short or self._kind(claim)),
                Text("\t" if short.isascii() else "\t\u200e"),
                *chapter.place_link(claim.start, "Paragraph Number"),
            ),
        )
        words = self._words(claim)
        rtl = marks.is_rtl(claim.segments[0].quote(chapter.annotated.text))
        lines = [Paragraph("Coded", line) for line in self._lines(claim, kind=bool(short)) if line]
        told = [head, Paragraph("CodedQuote", words, rtl=rtl), *lines]
        return [p._replace(keep_next=True) for p in told[:-1]] + told[-1:]

    # -- its words

    def _words(self, claim: Claim) -> tuple[Inline, ...]:
        """Return the claim's words shaded, with the rest of their sentence around them."""
        chapter, text = self._chapter, self._chapter.annotated.text
        start, end = self._around(claim)
        out: list[Inline] = []
        at = start
        if self._sentences and start > 0 and text[start - 1 : start].strip():
            out.append(Text("… ", ("Quiet",)))
        for segment in claim.segments:
            out += self._plain(at, segment.start)
            shaded = _flat(segment.quote(text))
            out += [t._replace(claims=1) for t in chapter.quoted(shaded)]
            at = segment.end
        out += self._plain(at, end)
        if self._sentences and end < len(text) and text[end : end + 1].strip():
            out.append(Text(" …", ("Quiet",)))
        return tuple(out)

    def _plain(self, start: int, end: int) -> Sequence[Text]:
        return self._chapter.quoted(_flat(self._chapter.annotated.text[start:end]), "Quiet")

    def _around(self, claim: Claim) -> tuple[int, int]:
        """Return where the sentences that hold the claim begin and end; outside the body, the claim itself."""
        start, end = claim.start, claim.end
        first = bisect_right(self._ends, start)
        last = bisect_left(self._starts, end) - 1
        if first <= last:
            start, end = min(start, self._starts[first]), max(end, self._ends[last])
        text = self._chapter.annotated.text
        if claim.start - start > _AROUND:
            start = _word_edge(text, claim.start - _AROUND, claim.start)
        if end - claim.end > _AROUND:
            end = max(claim.end, text.rfind(" ", claim.end, claim.end + _AROUND))
        return start, end

    # -- what was coded

    def _kind(self, claim: Claim) -> str:
        kind = ", ".join(wording.kind_and_form(claim))
        return vocabulary.capital(kind) if kind else tr("Type and form not filled in")

    def _lines(self, claim: Claim, *, kind: bool) -> list[tuple[Inline, ...]]:
        chapter, annotated = self._chapter, self._chapter.annotated
        links = [self._link(link) for link in annotated.attributions_of.get(claim.id, ())]
        coded = (self._type(claim, kind=kind), self._who(claim), *links)
        notes = [chapter.foreign(line) for line in wording.note_lines(claim.note)]
        return [
            tuple(i for part in coded if part for i in (*part, Text(" "))),
            self._checking(claim),
            *(p.inlines for p in sections.references(chapter, claim)),
            self._ledger(claim),
            *((Text(tr("Note: "), ("Quiet",)), *note) if n == 0 else note for n, note in enumerate(notes)),
            self._coder(claim),
        ]

    def _type(self, claim: Claim, *, kind: bool) -> tuple[Inline, ...]:
        told: list[str] = [self._kind(claim)] if kind else []
        if claim.check_worthy:
            worth = {"yes": tr("worth checking"), "no": tr("not worth checking")}
            words = worth.get(claim.check_worthy, tr("undecided whether worth checking"))
            reasons = ", ".join(vocabulary.label(r) for r in sorted(claim.reasons))
            told.append(f"{words} ({reasons})" if reasons else words)
        return (Text(f"{vocabulary.capital(' · '.join(told))}."),) if told else ()

    def _who(self, claim: Claim) -> tuple[Inline, ...]:
        chapter = self._chapter
        if claim.id not in chapter.annotated.attributions_of:
            return (*chapter.who(claim), Text("."))
        return Text(tr("Said by: "), ("Quiet",)), *chapter.who(claim), Text(".")

    def _link(self, link: Attribution) -> tuple[Inline, ...]:
        """Return what was coded of an attribution besides its source: the cue, its load and function, stance and the like."""
        chapter, annotated = self._chapter, self._chapter.annotated
        told: list[str] = []
        if link.load:
            told.append(annotated.code_book.label("load", link.load))
        told += [vocabulary.label(v) for v in (link.function, link.polarity, link.determinacy) if v]
        if link.stance:
            told.append(tr("stance: {stance}", stance=vocabulary.label(link.stance)))
        cue = annotated.by_id.get(link.cue or "")
        if cue is None and not told:
            return ()
        words: tuple[Inline, ...] = ()
        if cue is not None:
            words = chapter.quoted(f"“{_flat(cue.quote(annotated.text, ' … '))}”", "Article Words")
        coded = f" {', '.join(told)}." if words else f"{', '.join(told)}."
        return Text(tr("Cue: ") if cue is not None else tr("Link: "), ("Quiet",)), *words, Text(coded if told else ".")

    def _checking(self, claim: Claim) -> tuple[Inline, ...]:
        checked = sections.checked(self._chapter, claim)
        return (Text(tr("Checking: "), ("Quiet",)), *checked) if checked else ()

    def _ledger(self, claim: Claim) -> tuple[Inline, ...]:
        n = self._entries.get(claim.ledger or "")
        if n is None:
            return ()
        return Text(tr("Same claim: "), ("Quiet",)), Link(f"ledger_L{n}", Text(f"L{n}", ("Claim Number",))), Text(".")

    def _coder(self, claim: Claim) -> tuple[Inline, ...]:
        """Return who coded the claim, where several people did, and its tags."""
        annotated = self._chapter.annotated
        coder = annotated.coder_name(claim.coder) or annotated.coder_name(annotated.layer.coder)
        signed = tr("Coded by {coder}", coder=coder) if self._signed and coder else ""
        told = ". ".join(w for w in (signed, wording.tag_line(claim)) if w)
        return self._chapter.foreign(f"{told}.", "Quiet") if told else ()


def _flat(words: str) -> str:
    """Return words on one line, their outer spaces kept; a paragraph's end is shown as a stroke."""
    flat = wording.one_line(words)
    lead = " " if words[:1].isspace() and flat else ""
    tail = " " if words[-1:].isspace() and flat else ""
    return f"{lead}{flat}{tail}" if flat else (" " if words else "")


def _word_edge(text: str, at: int, most: int) -> int:
    """Return where the first word after an offset begins, not after ``most``."""
    space = text.find(" ", at, most)
    return space + 1 if space >= 0 else at
