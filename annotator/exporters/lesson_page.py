"""An article on its way into a lesson: its lines, and the words tasks are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from annotator import vocabulary
from annotator.exporters import wording
from annotator.exporters.chapter import Chapter
from annotator.exporters.document import Text
from annotator.exporters.lesson import Given, Words
from annotator.exporters.marks import is_rtl
from annotator.exporters.numbered import Lines, lines_of
from annotator.exporters.options import ReportOptions
from annotator.exporters.rendering import Renderer
from annotator.language import tr
from annotator.model import AnnotatedArticle, Claim

_QUOTE = 170
NEAR, FAR, PAPER, UNKNOWN = tr("near"), tr("far"), tr("on paper"), tr("can’t tell")
CHOICES = (NEAR, FAR, PAPER, UNKNOWN)
_KNOW = {
    "first_hand": (tr("Was there, or did it"), NEAR),
    "party_to_event": (tr("Takes part in the matter"), NEAR),
    "second_hand": (tr("Was told by others"), FAR),
    "document": (tr("It is written down and can be looked up"), PAPER),
    "expert": (tr("Studies such things"), FAR),
}
_UNSAID = tr("The text does not say")


@dataclass(frozen=True)
class Page:
    """An article with its lines, and the words its tasks are made of."""

    annotated: AnnotatedArticle
    options: ReportOptions
    language: str
    renderer: Renderer | None = None

    @cached_property
    def chapter(self) -> Chapter:
        """Numbers of sources and words in their scripts."""
        return Chapter(self.annotated, self.options, coder="", language=self.language)

    @cached_property
    def lines(self) -> Lines:
        """The article's lines."""
        return lines_of(self.annotated, self.renderer)

    def room(self, lines: int) -> int:
        """Return so many lines to write on, as the options stretch them; 2 is as it is."""
        return max(1, round(lines * self.options.lines / 2))

    def at(self, offset: int) -> str:
        """Return "line 12"; an empty text where lines have no numbers."""
        return tr("line {n}", n=self.lines.number(offset)) if self.options.line_numbers else ""

    def number(self, offset: int) -> Words:
        """Return "12" for a column of lines."""
        return (Text(str(self.lines.number(offset)), ("Paragraph Number",)),)

    def quote(self, claim: Claim, most: int = _QUOTE) -> Given:
        """Return the words of a claim as the article has them, cut to so many code points: the line leads to the rest."""
        words = wording.shortened(wording.quote(claim, self.annotated.text), most)
        return Given((self.chapter.quoted(words),), quote=True, rtl=is_rtl(words))

    def who(self, claim: Claim) -> Words:
        """Return who says a claim, as the key tells it."""
        if any(not wording.is_unstated(s) for s in self.annotated.sources_of(claim.id)):
            return self.chapter.who(claim)
        if claim.id not in self.annotated.attributions_of:
            return (Text(tr("Nobody"), ("Strong",)),)
        if self.annotated.is_author_voice(claim.id):
            return Text(tr("Nobody"), ("Strong",)), Text(tr(": the author’s own voice"))
        return Text(tr("Nobody"), ("Strong",)), Text(tr(": the text names no one"))

    def know(self, claim: Claim) -> tuple[Words, tuple[str, ...]]:
        """Return how those who say a claim know it, and how near they were."""
        told: dict[str, None] = {}
        near: dict[str, None] = {}
        for source in self.annotated.sources_of(claim.id):
            words, distance = _KNOW.get(source.proximity or "", (_UNSAID, UNKNOWN))
            role = source.role if source.role and "role" not in source.not_stated else ""
            told[tr("{how} ({role})", how=words, role=role) if role else words] = None
            near[distance] = None
        return self.chapter.foreign("; ".join(told) or _UNSAID), tuple(near) or (UNKNOWN,)

    def checked(self, claim: Claim) -> Words:
        """Return what was found on checking, and by which evidence; nothing before there is something to tell."""
        annotated = self.annotated
        event = annotated.verification(claim.id)
        if event is None or not (event.verdict or event.status == "cannot_check"):
            return ()
        verdict = tr("could not be checked")
        if event.verdict:
            verdict = annotated.code_book.label("verdict", event.verdict)
        used = [
            tr("{name} ({stance})", name=name, stance=vocabulary.label(link.stance))
            for link in annotated.evidence_of(claim.id)
            if (e := annotated.evidence.get(link.evidence)) is not None and (name := wording.evidence_name(e))
        ]
        words = tr("{verdict}. Evidence: {names}.", verdict=verdict, names="; ".join(used)) if used else f"{verdict}."
        return self.chapter.foreign(words)


def spaced(groups: Iterable[Words]) -> Words:
    """Return groups of words on one line, with room between them."""
    return tuple(inline for group in groups for inline in (*group, Text("   ")))[:-1]
