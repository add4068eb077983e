"""Which claims are to be checked: one answer for the window and the reports."""

from __future__ import annotations

from annotator.model import AnnotatedArticle, Claim
from annotator.model.values import NO_VERDICT_TYPES

OPEN = ("not_checked", "in_progress")
"""The statuses in which something is left to do."""


def takes_verdict(claim: Claim) -> bool:
    """Say whether a claim can be checked as true or false; an opinion or a value cannot."""
    return claim.type not in NO_VERDICT_TYPES


def is_to_check(annotated: AnnotatedArticle, claim: Claim) -> bool:
    """Say whether a claim is worth checking, can be, and has not been; one in progress is still to be checked.

    The audit's figure of unchecked claims is another: all that are worth checking and that nobody has begun with.
    """
    event = annotated.verification(claim.id)
    is_open = event is None or event.status in OPEN
    return is_open and claim.check_worthy == "yes" and takes_verdict(claim)
