"""Checking claims: status, verdict, evidence. A verdict is a person's act with a name, a date and evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from annotator.errors import RuleBroken
from annotator.language import tr
from annotator.model import Claim, ClaimEvidence, Evidence, FindingAnswer, Id, Ledger, Relation, Verification
from annotator.model.values import CHECK_STATUSES, EVIDENCE_STANCES, NO_VERDICT_TYPES, RELATION_KINDS
from annotator.project.code_book import Terms
from annotator.project.core import one_line, reads, written


class Checking(Terms):
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

        Raises RuleBroken for a verdict on an opinion or value, one without evidence, or one before the claim is checked.
        """
        said = self._need(Claim, claim)
        why = written(why)
        if status not in CHECK_STATUSES:
            raise RuleBroken(tr("This is not a status of checking."))
        if verdict is not None:
            self._refuse(said, status, verdict, why)
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
        if not self._records.find(ClaimEvidence, claim=claim.id) and not (verdict == "none" and why):
            raise RuleBroken(tr("A verdict needs at least one piece of evidence. Add it first."))

    def add_evidence(
        self,
        claim: Id,
        stance: str,
        *,
        evidence: Id | None = None,
        quoted: str | None = None,
        independent: bool | None = None,
        note: str | None = None,
        initiator: object | None = None,
        **fields: Any,
    ) -> Id:
        """Add evidence to a claim: an existing one by id, or a new one from its fields. Returns the evidence's id.

        Raises RuleBroken where neither title, citation nor address is given.
        """
        said = self._need(Claim, claim)
        if stance not in EVIDENCE_STANCES:
            raise RuleBroken(tr("Evidence supports, contradicts or gives context."))
        kept: dict[str, Any] = {k: one_line(v) if isinstance(v, str) else v for k, v in fields.items()}
        if evidence is None and not any(kept.get(k) for k in ("title", "citation", "url")):
            raise RuleBroken(tr("Evidence needs a title, a citation or an address."))
        with self._action(tr("add evidence to {claim}", claim=self._called(said)), initiator) as records:
            made = self._need(Evidence, evidence) if evidence else Evidence(**kept)
            records.put(made)
            there = records.find(ClaimEvidence, claim=claim, evidence=made.id)
            link = there[0] if there else ClaimEvidence(claim=claim, evidence=made.id, stance=stance)
            records.put(
                replace(link, stance=stance, quoted=written(quoted), independent=independent, note=written(note))
            )
        return made.id

    def remove_evidence(self, claim: Id, evidence: Id, *, initiator: object | None = None) -> None:
        """Take evidence from a claim. Raises RuleBroken where a verdict rests on it alone."""
        said = self._need(Claim, claim)
        links = self._records.find(ClaimEvidence, claim=claim)
        if [link.evidence for link in links] == [evidence] and self._verdict_rests_on_evidence(claim):
            raise RuleBroken(tr("The verdict rests on this evidence. Take the verdict back first."))
        with self._action(tr("remove evidence from {claim}", claim=self._called(said)), initiator) as records:
            for link in links:
                if link.evidence == evidence:
                    records.delete(ClaimEvidence, link.id)
            if records.key("evidence", evidence) is not None and not records.find(ClaimEvidence, evidence=evidence):
                records.delete(Evidence, evidence)

    def _verdict_rests_on_evidence(self, claim: Id) -> bool:
        events = self._records.find(Verification, claim=claim)
        if not events or events[-1].verdict is None:
            return False
        return events[-1].verdict != "none" or not events[-1].why

    def relate(self, claim: Id, to: Id, kind: str, *, note: str | None = None, initiator: object | None = None) -> Id:
        """Say how a claim stands to another: supports, contradicts ... Raises RuleBroken for one and the same claim."""
        said, other = self._need(Claim, claim), self._need(Claim, to)
        if kind not in RELATION_KINDS or said.id == other.id:
            raise RuleBroken(tr("Two different claims can support, contradict or belong to each other."))
        there = self._records.find(Relation, from_claim=claim, to_claim=to, kind=kind)
        if there:
            return there[0].id
        made = Relation(from_claim=claim, to_claim=to, kind=kind, note=written(note), coder=self.coder.id)
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

    @reads
    def finding_answers(self, articles: Iterable[Id]) -> list[FindingAnswer]:
        """Return what persons answered to findings of the sourcing checks in these articles."""
        wanted = set(articles)
        return [a for a in self._records.find(FindingAnswer) if a.article in wanted]

    @reads
    def ledger(self) -> list[Ledger]:
        """Return the entries of the ledger: one neutral wording for the claims that say the same."""
        return self._records.find(Ledger)
