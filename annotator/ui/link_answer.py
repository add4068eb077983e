"""What an answer to "Who says it?" writes: a link, with the source, the mention and the cue that go with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from annotator.analysis.proposals import FoundCue
from annotator.errors import RuleBroken
from annotator.language import tr
from annotator.model import Attribution, Id, SourceMention
from annotator.project import Project
from annotator.ui.link_offers import Offer

STANDING = {"author": tr("the author’s own voice"), "nobody": tr("nobody who is named")}
KIND_OF_ENTITY = {"person": "person", "organisation": "institution", "group": "group", "work": "document"}


@dataclass(frozen=True, slots=True)
class Answer:
    """An offer of the card that was accepted for a claim.

    ``replace`` names an attribution whose source it takes the place of, ``through`` one it is known through.
    """

    claim: Id
    offer: Offer
    words: str
    """What was typed, with single spaces."""
    replace: Id | None = None
    through: Id | None = None
    links: tuple[Attribution, ...] = ()
    """The attributions the claim has."""

    def write(self, project: Project) -> Id:
        """Write what was chosen as one step of the history; return the attribution."""
        offer = self.offer
        label = self.words if offer.kind == "new" else STANDING.get(offer.kind) or offer.text or self.words
        with project.one_step(tr("link claim to {source}", source=label)):
            return self._write(project)

    def _write(self, project: Project) -> Id:
        offer, old = self.offer, self.replace
        if self.through is not None:
            return self._write_outer(project, self.through)
        nobody = offer.proposal is not None and offer.proposal.nobody
        if old is not None and offer.kind not in STANDING and not nobody:
            who, mention = self._named(project)
            if who is not None:
                return self._rewrite(project, who, mention, old)
        made = self._write_new(project)
        if old is not None and old != made and project.attribution(old) is not None:  # some answers take it away
            project.unlink(old)
        return made

    def _write_new(self, project: Project) -> Id:
        claim, offer = self.claim, self.offer
        proposal, given = offer.proposal, _given(offer.cue)
        if offer.kind == "author":
            return project.link_author(claim)
        if offer.kind == "nobody":
            return project.link_not_stated(claim, instead=True)
        if offer.kind == "new" and proposal is None:
            return project.link_new(claim, self.words)
        if offer.kind == "new":
            who, mention = self._named(project)
            return (
                project.link(claim, who, source_mention=mention, **given)
                if who
                else project.link_new(claim, self.words)
            )
        if offer.kind == "entity":
            return project.link_new(claim, offer.text, **_entity_facts(project, offer))
        if proposal is not None and proposal.nobody:
            return project.link_not_stated(claim, **given)
        if proposal is not None and proposal.words is not None:
            return project.link_words(claim, proposal.words, source=offer.id, **given)
        mention = proposal.source_mention if proposal else None
        if offer.id is None:
            return project.link_new(claim, offer.text, source_mention=mention, **given)
        return project.link(claim, offer.id, source_mention=mention, **given)

    def _write_outer(self, project: Project, inner: Id) -> Id:
        """Make the attribution another one is known through."""
        who, mention = self._named(project)
        name = self.words if self.offer.kind == "new" else self.offer.text or self.words
        return project.link_through(inner, who, label=name, source_mention=mention, **_given(self.offer.cue))

    def _named(self, project: Project) -> tuple[Id | None, Id | None]:
        """Return the source that is named, made where it is a new one, and its mention; no source: one in no register.

        Words that stand in the text beside the claim are marked as the mention.
        """
        offer, proposal = self.offer, self.offer.proposal
        mention = proposal.source_mention if proposal else None
        said = project.annotation(self.claim)
        if said is None:
            return offer.id, mention
        if offer.kind == "entity":
            return project.add_source(said.article, offer.text, **_entity_facts(project, offer)), mention
        source = project.add_source(said.article, self.words) if offer.kind == "new" else offer.id
        if proposal is not None and proposal.words is not None:
            fields: dict[str, Any] = {"source": source} if source is not None else {}
            mention = project.mark(said.article, SourceMention.kind, [proposal.words], **fields)
            made = project.annotation(mention)
            return (made.source if isinstance(made, SourceMention) else source), mention
        return source, mention

    def _rewrite(self, project: Project, source: Id, mention: Id | None, link: Id) -> Id:
        """Give an attribution another source, with the mention and cue that go with it; what it is known through stays."""
        given = _given(self.offer.cue)
        if any(a.source == source and a.id != link for a in self.links):
            project.unlink(link)
            return project.link(self.claim, source, source_mention=mention, **given)
        none: dict[str, Any] = {"cue": None, "load": None, "function": None, "load_from": None}
        project.edit_attribution(link, source=source, source_mention=mention, **(none | given))
        return link


def _entity_facts(project: Project, offer: Offer) -> dict[str, Any]:
    """Return what a new source takes over from the entity chosen. Raises RuleBroken where that is gone by now."""
    entity = project.find_entity(offer.id or "")
    if entity is None:
        raise RuleBroken(tr("This entity is no longer in the project."))
    return {"entity": entity.id, "kind": KIND_OF_ENTITY.get(entity.kind or "")}


def _given(cue: FoundCue | None) -> dict[str, Any]:
    """Return what a cue brings to an attribution; its load is the word list's until a person says otherwise."""
    if cue is None:
        return {}
    where = cue.annotation or (cue.start, cue.end)
    return {"cue": where, "load": cue.load, "function": cue.function, "load_from": "list"}
