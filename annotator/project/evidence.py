"""What claims are checked against: pieces of evidence, kept once and used for any claim of any article."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from annotator import text as texts
from annotator.errors import RuleBroken
from annotator.language import tr
from annotator.model import Claim, ClaimEvidence, Evidence, Id, Verification, now
from annotator.model.values import EVIDENCE_STANCES
from annotator.project.code_book import Terms
from annotator.project.core import one_line, reads, written
from annotator.storage.articles import Original

if TYPE_CHECKING:
    from annotator.storage.claims import EvidenceUse, FoundClaim

FIELDS = ("url", "citation", "title", "publisher", "date", "accessed", "archive_url", "is_primary")
"""What is kept of a piece of evidence, besides a file."""
LARGEST_FILE = 50_000_000
"""Bytes of a file kept with a piece of evidence."""


class Evidences(Terms):
    """Verbs and lists about evidence."""

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

        Raises RuleBroken where neither title, citation nor address is given; TypeError for fields of one that is there.
        """
        said = self._need(Claim, claim)
        _refuse_stance(stance)
        if evidence and fields:
            raise TypeError(f"evidence that is there is not given {', '.join(sorted(fields))}: edit_evidence sets them")
        with self._action(tr("add evidence to {claim}", claim=self._called(said)), initiator) as records:
            made = self._need(Evidence, evidence) if evidence else _described(Evidence(), fields)
            records.put(made)
            there = records.find(ClaimEvidence, claim=claim, evidence=made.id)
            new = ClaimEvidence(claim=claim, evidence=made.id, stance=stance, coder=self.coder.id, at=now())
            records.put(
                replace(
                    there[0] if there else new,
                    stance=stance,
                    quoted=written(quoted),
                    independent=independent,
                    note=written(note),
                )
            )
        return made.id

    def edit_evidence(self, evidence: Id, *, initiator: object | None = None, **fields: Any) -> None:
        """Set fields of a piece of evidence, for every claim it is used for: title, publisher, url ...

        Raises RuleBroken where neither title, citation nor address would be left.
        """
        old = self._need(Evidence, evidence)
        new = _described(old, fields)
        if new != old:
            with self._action(tr("describe the evidence “{title}”", title=_called(new)), initiator) as records:
                records.put(new)

    def edit_claim_evidence(self, claim: Id, evidence: Id, *, initiator: object | None = None, **changed: Any) -> None:
        """Set how a piece of evidence bears on a claim: stance, quoted, independent, note."""
        said = self._need(Claim, claim)
        _refuse_stance(changed.get("stance", EVIDENCE_STANCES[0]))
        kept = {k: written(v) if k in ("quoted", "note") else v for k, v in changed.items()}
        unknown = kept.keys() - {"stance", "quoted", "independent", "note"}
        if unknown:
            raise TypeError(f"evidence of a claim has no {', '.join(sorted(unknown))}")
        there = self._records.find(ClaimEvidence, claim=claim, evidence=evidence)
        if not there:
            raise RuleBroken(tr("This evidence is no longer the claim’s."))
        new = there[0].changed(**kept)
        if new != there[0]:
            name = tr("describe the evidence of {claim}", claim=self._called(said))
            with self._action(name, initiator) as records:
                records.put(new)

    def remove_evidence(self, claim: Id, evidence: Id, *, initiator: object | None = None) -> None:
        """Take evidence from a claim, where it has it; used for no other, it goes.

        Raises RuleBroken where a verdict rests on it alone.
        """
        said = self._need(Claim, claim)
        links = self._records.find(ClaimEvidence, claim=claim)
        if all(link.evidence != evidence for link in links):
            return
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

    # -- a file kept with it

    def attach(
        self,
        evidence: Id,
        content: bytes,
        name: str,
        media_type: str = "application/octet-stream",
        *,
        initiator: object | None = None,
    ) -> None:
        """Keep a file with a piece of evidence, in place of any it had. Raises RuleBroken for an empty or too large one."""
        old = self._need(Evidence, evidence)
        if not content:
            raise RuleBroken(tr("The file is empty: there is nothing to keep."))
        if len(content) > LARGEST_FILE:
            raise RuleBroken(
                tr("The file is larger than {n} MB. Keep its address instead.", n=LARGEST_FILE // 1_000_000)
            )
        kept = Original(
            sha256(content).hexdigest(), texts.shortened(one_line(name) or "file", 200), media_type, content
        )
        if kept.sha256 != old.blob:
            with self._action(tr("keep a file with “{title}”", title=_called(old)), initiator) as records:
                self._store.articles.keep_blob(kept)
                records.put(old.changed(blob=kept.sha256))

    def detach(self, evidence: Id, *, initiator: object | None = None) -> None:
        """Keep no file with a piece of evidence any more."""
        old = self._need(Evidence, evidence)
        if old.blob is not None:
            with self._action(tr("remove the file of “{title}”", title=_called(old)), initiator) as records:
                records.put(old.changed(blob=None))

    @reads
    def attached(self, evidence: Id) -> Original | None:
        """Return the file kept with a piece of evidence, or None."""
        sha = self._need(Evidence, evidence).blob
        return self._store.articles.kept(sha) if sha else None

    # -- lists

    @reads
    def all_evidence(self) -> list[EvidenceUse]:
        """Return every piece of evidence with its uses, the most used first."""
        return self._claims.all_evidence()

    @reads
    def find_evidence(self, typed: str, most: int = 12) -> list[EvidenceUse]:
        """Return the pieces of evidence whose title, citation, publisher or address hold all that was typed; any text will do."""
        return self._claims.find_evidence(typed, most)

    @reads
    def evidence_uses(self, evidence: Id) -> list[FoundClaim]:
        """Return the claims a piece of evidence is used for, in the order it was added to them."""
        return list(self._claims.places(self._claims.with_evidence(evidence)).values())


def _described(evidence: Evidence, fields: dict[str, Any]) -> Evidence:
    unknown = fields.keys() - set(FIELDS)
    if unknown:
        raise TypeError(f"evidence has no {', '.join(sorted(unknown))}")
    made = evidence.changed(**{k: one_line(v) if isinstance(v, str) else v for k, v in fields.items()})
    if not (made.title or made.citation or made.url):
        raise RuleBroken(tr("Evidence needs a title, a citation or an address."))
    return made


def _refuse_stance(stance: str) -> None:
    if stance not in EVIDENCE_STANCES:
        raise RuleBroken(tr("Evidence supports, contradicts or gives context."))


def _called(evidence: Evidence) -> str:
    return texts.shortened(evidence.name, 40)
