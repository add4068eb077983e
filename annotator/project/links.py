"""Who said what: attributions between claims and sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from annotator.errors import RuleBroken
from annotator.language import tr
from annotator.model import Annotation, Article, Attribution, Claim, Cue, Id, Segment, Source, SourceMention
from annotator.project.core import one_line, reads
from annotator.project.marks import Marks, unquoted

STANDING = {"author": ("byline", tr("the author")), "publication": ("publication", tr("the publication"))}
"""The two sources every article has, by kind: the fact that names each, and its label where nobody filled that in."""

NOBODY = tr("not stated")


class Links(Marks):
    """Verbs about attributions. A claim may have several sources, a source many claims."""

    @reads
    def attribution(self, attribution: Id) -> Attribution | None:
        """Return an attribution, or None where it is gone."""
        return self._records.get(Attribution, attribution)

    def link(
        self,
        claim: Id,
        source: Id,
        *,
        source_mention: Id | None = None,
        cue: Id | tuple[int, int] | None = None,
        load: str | None = None,
        function: str | None = None,
        load_from: str | None = None,
        via: Id | None = None,
        initiator: object | None = None,
    ) -> Id:
        """Say that a source stands behind a claim; a cue given as a span becomes a cue annotation.

        An accountable source takes the place of *author's voice* and the other way round; the same source twice is one
        attribution, brought up to date. Returns the attribution's id. Raises RuleBroken over articles or for a cycle.
        """
        said, who = self._need(Claim, claim), self._need(Source, source)
        if said.article != who.article:
            raise RuleBroken(
                tr("A claim is linked to a source of its own article. Choose one of them, or make a new one.")
            )
        with self._action(tr("link claim to {source}", source=who.label), initiator) as records:
            there = [(old, records.get(Source, old.source)) for old in records.find(Attribution, claim=claim)]
            same = next((old for old, _ in there if old.source == source), None)
            given = _given(source_mention=source_mention, load=load, function=function, load_from=load_from, via=via)
            if cue is not None:
                given["cue"] = cue if isinstance(cue, str) else self._make_cue(said, cue)
            made = (
                replace(same, **given) if same else Attribution(layer=said.layer, claim=claim, source=source, **given)
            )
            self._refuse_astray(made)
            records.put(made)
            if same is not None and same.cue and same.cue != made.cue:
                self._drop_cue(same.cue)
            self._remove_opposite(there, who)
        return made.id

    def link_mention(self, claim: Id, source_mention: Id, *, cue: Id | tuple[int, int] | None = None, load: str | None = None,
                     initiator: object | None = None) -> Id:  # fmt: skip
        """Link a claim to the source a mention in the text names. Raises RuleBroken where it names none yet."""
        mention = self._need(SourceMention, source_mention)
        if mention.source is None:
            raise RuleBroken(tr("This mention does not say yet which source it names. Say it in its details first."))
        return self.link(claim, mention.source, source_mention=source_mention, cue=cue, load=load, initiator=initiator)

    def link_words(
        self,
        claim: Id,
        words: tuple[int, int],
        *,
        source: Id | None = None,
        cue: Id | tuple[int, int] | None = None,
        load: str | None = None,
        function: str | None = None,
        load_from: str | None = None,
        initiator: object | None = None,
    ) -> Id:
        """Mark the words that name who said a claim and link the claim to them, in one step.

        Without ``source`` the register is looked through for their name, and a new entry made where it has none.
        """
        said = self._need(Claim, claim)
        quote = " ".join(self._text(said.article)[slice(*words)].split())
        with self._action(tr("link claim to {source}", source=unquoted(quote)), initiator):
            mention = self.mark(
                said.article, SourceMention.kind, [words], **({"source": source} if source is not None else {})
            )
            who = self._need(SourceMention, mention).source
            if who is None:
                raise RuleBroken(tr("A source needs a name."))
            return self.link(
                claim, who, source_mention=mention, cue=cue, load=load, function=function, load_from=load_from
            )

    def link_new(
        self,
        claim: Id,
        label: str,
        *,
        source_mention: Id | None = None,
        cue: Id | tuple[int, int] | None = None,
        load: str | None = None,
        function: str | None = None,
        load_from: str | None = None,
        initiator: object | None = None,
        **fields: Any,
    ) -> Id:
        """Make a source with this label and link the claim to it, in one step; a mention without a source gets it too.

        Raises RuleBroken for an empty label.
        """
        name = one_line(label)
        if not name:
            raise RuleBroken(tr("A source needs a name."))
        said = self._need(Claim, claim)
        made = Source(article=said.article, label=name, **fields)
        with self._action(tr("link claim to {source}", source=name), initiator) as records:
            self._put_entry(made)
            mention = self._need(SourceMention, source_mention) if source_mention else None
            if mention is not None and mention.source is None:
                records.put(replace(mention, source=made.id))
            return self.link(
                claim,
                made.id,
                source_mention=source_mention,
                cue=cue,
                load=load,
                function=function,
                load_from=load_from,
            )

    def link_author(self, claim: Id, *, initiator: object | None = None) -> Id:
        """Declare a claim the author's own voice; sources it was linked to are taken away."""
        said = self._need(Claim, claim)
        (author,) = self._records.find(Source, article=said.article, kind="author")
        with self._action(tr("link claim to {source}", source=tr("the author’s own voice")), initiator):
            return self.link(claim, author.id)

    def link_not_stated(
        self,
        claim: Id,
        *,
        cue: Id | tuple[int, int] | None = None,
        load: str | None = None,
        function: str | None = None,
        load_from: str | None = None,
        instead: bool = False,
        initiator: object | None = None,
    ) -> Id:
        """Say that the text names nobody ("it is believed"): link to the article's own *not stated* source.

        ``instead`` takes away the links to whom the text names: one cannot say "nobody" and "she" in one breath.
        """
        said = self._need(Claim, claim)
        given: dict[str, Any] = {"cue": cue, "load": load, "function": function, "load_from": load_from}
        there = self._records.find(Source, article=said.article, kind="unstated")
        with self._action(tr("link claim to {source}", source=tr("nobody who is named")), initiator) as records:
            for link in records.find(Attribution, claim=claim) if instead else ():
                if not there or link.source != there[0].id:
                    self._remove_link(link)
            if there:
                return self.link(claim, there[0].id, **given)
            return self.link_new(claim, NOBODY, naming="unstated", kind="unstated", **given)

    def link_through(
        self,
        attribution: Id,
        outer: Id | None,
        *,
        label: str = "",
        source_mention: Id | None = None,
        cue: Id | tuple[int, int] | None = None,
        load: str | None = None,
        function: str | None = None,
        load_from: str | None = None,
        initiator: object | None = None,
    ) -> Id:
        """Say through whom an attribution is known: "the minister, the paper says, denied …" is known through the paper.

        ``outer`` is a source of the article, None for a new one with this label; it gets an attribution of the same
        claim, which is returned. Raises RuleBroken where the two would lead to each other.
        """
        inner = self._need(Attribution, attribution)
        known = self._need(Source, outer) if outer is not None else None
        name = known.label if known is not None else one_line(label) or ""
        who = self._need(Source, inner.source)
        with self._action(tr("{source} is known through {outer}", source=who.label, outer=name), initiator):
            given: dict[str, Any] = {"source_mention": source_mention, "cue": cue, "load": load, "function": function}
            if known is not None:
                made = self.link(inner.claim, known.id, load_from=load_from, **given)
            else:
                made = self.link_new(inner.claim, name, load_from=load_from, **given)
            self.edit_attribution(attribution, via=made)
        return made

    def edit_attribution(self, attribution: Id, *, initiator: object | None = None, **changed: Any) -> None:
        """Set fields of an attribution; ``cue`` may be a span. Raises RuleBroken for a cycle of ``via``.

        A load given without ``load_from`` is a person's word: the word list no longer stands behind it.
        """
        old = self._need(Attribution, attribution)
        if "load" in changed:
            changed.setdefault("load_from", None)
        who = self._need(Source, old.source)
        said = self._need(Claim, old.claim)
        with self._action(tr("describe the link to {source}", source=who.label), initiator) as records:
            if isinstance(changed.get("cue"), tuple):
                changed["cue"] = self._make_cue(said, changed["cue"])
            new = replace(old, **changed)
            self._refuse_astray(new)
            records.put(new)
            if old.cue and old.cue != new.cue:
                self._drop_cue(old.cue)

    def unlink(self, attribution: Id, *, initiator: object | None = None) -> None:
        """Take back that a source stands behind a claim; the claim stays."""
        old = self._need(Attribution, attribution)
        who = self._need(Source, old.source)
        with self._action(tr("unlink claim from {source}", source=who.label), initiator):
            self._remove_link(old)

    def _remove_opposite(self, there: Iterable[tuple[Attribution, Source | None]], who: Source) -> None:
        """Take away the links an accountable source replaces (the author's voice), or the other way round."""
        for link, other in there:
            if other is not None and other.accountable != who.accountable:
                self._remove_link(link)

    def _remove_link(self, link: Attribution) -> None:
        self._records.delete(Attribution, link.id)
        if link.cue:
            self._drop_cue(link.cue)

    def _make_cue(self, claim: Claim, span: tuple[int, int]) -> Id:
        """Return the cue annotation at a span, made where there is none yet."""
        segments = self._tidy(claim.article, [span])
        for cue in self._store.articles.annotations_at(claim.article, claim.layer, Cue.kind, segments[0]):
            return cue
        made = Cue(
            layer=claim.layer,
            article=claim.article,
            coder=self.coder.id,
            segments=(Segment(segments[0].start, segments[-1].end),),
        )
        self._records.put(made)
        return made.id

    def _refuse_astray(self, link: Attribution) -> None:
        """Raise RuleBroken where a link leads back to itself or into another article."""
        article = self._need(Claim, link.claim).article
        for mark in (link.cue, link.source_mention):
            if mark is not None and self._need(Annotation, mark).article != article:
                raise RuleBroken(tr("A link, its cue and its mention belong to one article."))
        seen, at = {link.id}, link.via
        while at is not None:
            if at in seen:
                raise RuleBroken(
                    tr("This would make the attribution lead back to itself: each would be known through the other.")
                )
            seen.add(at)
            outer = self._need(Attribution, at)
            if self._need(Claim, outer.claim).article != article:
                raise RuleBroken(tr("Who passed the claim on is named in the same article."))
            at = outer.via


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def standing_source(article: Article, kind: str) -> Source:
    """Return the author or the publication of an article as a new source."""
    naming = "named" if getattr(article, STANDING[kind][0]) else None
    return Source(article=article.id, label=standing_label(article, kind), naming=naming, kind=kind)


def standing_label(article: Article, kind: str) -> str:
    """Return the label of an article's author or publication source."""
    fact, otherwise = STANDING[kind]
    return getattr(article, fact) or otherwise
