"""Checking claims: status and verdict, and how claims stand to each other. A verdict is a person's act, with its evidence."""

from __future__ import annotations

from annotator.errors import RuleBroken
from annotator.language import tr
from annotator.model import Claim, ClaimEvidence, Id, Relation, Verification, now
from annotator.model.values import CHECK_STATUSES, NO_VERDICT_TYPES, RELATION_KINDS
from annotator.project.core import written
from annotator.project.findings import Findings


class Checking(Findings):
    """Verbs about the checking of claims."""

    def verify(
        self,
        claim: Id,
        status: str,
        *,
        verdict: str | None = None,
        why: str | None = None,
        initiator: object | None = None,
    ) -> None:
        """Set a claim's status and verdict; who and when are kept, and every earlier state.

        Nothing is written where neither differs, no reason is given and the same person says so again. Raises RuleBroken
        for a verdict on an opinion or value, one without evidence, or one before the claim is checked.
        """
        said = self._need(Claim, claim)
        why = written(why)
        if status not in CHECK_STATUSES:
            raise RuleBroken(tr("This is not a status of checking."))
        if verdict is not None:
            self._refuse(said, status, verdict, why)
        last = next(reversed(self._records.find(Verification, claim=claim)), None)
        state = (last.status, last.verdict, last.person) if last else ("not_checked", None, self.coder.name)
        if why is None and state == (status, verdict, self.coder.name):
            return
        name = tr("check {claim}", claim=self._called(said))
        if verdict is not None:
            name = tr("give a verdict on {claim}", claim=self._called(said))
        with self._action(name, initiator) as records:
            records.put(Verification(claim=claim, status=status, verdict=verdict, person=self.coder.name, why=why))

    def _refuse(self, claim: Claim, status: str, verdict: str, why: str | None) -> None:
        if claim.type in NO_VERDICT_TYPES:
            raise RuleBroken(
                tr(
                    "An opinion or value takes no verdict: it cannot be checked as true or false. "
                    "Check the facts inside it as claims of their own."
                )
            )
        if status != "checked":
            raise RuleBroken(tr("A verdict belongs to a checked claim. Set its status to checked first."))
        self._refuse_unfounded(claim.id, verdict, why)

    def _refuse_unfounded(self, claim: Id, verdict: str, why: str | None) -> None:
        if not self._records.find(ClaimEvidence, claim=claim) and not (verdict == "none" and why):
            raise RuleBroken(tr("A verdict needs at least one piece of evidence. Add it first."))

    def explain(self, claim: Id, why: str | None, *, initiator: object | None = None) -> None:
        """Say why a claim's status and verdict are what they are.

        Said by whoever set them, while that is the newest step, it is a part of it. Later, or by somebody else, it is an event
        of its own that leaves both as they are: nobody's words are put into the mouth of another, and none are lost.
        Raises RuleBroken where nothing was set yet, or where "not enough evidence" would stand without evidence and note.
        """
        said, kept = self._need(Claim, claim), written(why)
        last = next(reversed(self._records.find(Verification, claim=claim)), None)
        if last is None:
            raise RuleBroken(tr("Nobody has checked this claim yet. Set its status first."))
        if kept == last.why:
            return
        if last.verdict is not None:
            self._refuse_unfounded(claim, last.verdict, kept)
        person = self.coder.name
        step, name = self._claims.step_that_made(last.id) if last.person == person else (None, "")
        new = last.changed(why=kept)
        if step is None:
            new = Verification(claim=claim, status=last.status, verdict=last.verdict, person=person, why=kept)
            name = tr("say why {claim} is so checked", claim=self._called(said))
        with self._action(name, initiator, goes_on=step) as records:
            records.put(new)

    # -- relations

    def relate(self, claim: Id, to: Id, kind: str, *, note: str | None = None, initiator: object | None = None) -> Id:
        """Say how a claim stands to another of any article: supports, contradicts ...; returns the relation's id.

        Raises RuleBroken for one and the same claim.
        """
        said, other = self._need(Claim, claim), self._need(Claim, to)
        if kind not in RELATION_KINDS or said.id == other.id:
            raise RuleBroken(tr("Two different claims can support, contradict or belong to each other."))
        there = self._records.find(Relation, from_claim=claim, to_claim=to, kind=kind)
        if there:
            return there[0].id
        made = Relation(from_claim=claim, to_claim=to, kind=kind, note=written(note), coder=self.coder.id, at=now())
        name = tr("relate {claim} to {other}", claim=self._called(said), other=self._called(other))
        with self._action(name, initiator) as records:
            records.put(made)
        return made.id

    def unrelate(self, relation: Id, *, initiator: object | None = None) -> None:
        """Take back how a claim stands to another; both claims stay."""
        old = self._need(Relation, relation)
        said, other = self._need(Claim, old.from_claim), self._need(Claim, old.to_claim)
        name = tr("take back that {claim} stands to {other}", claim=self._called(said), other=self._called(other))
        with self._action(name, initiator) as records:
            records.delete(Relation, old.id)
