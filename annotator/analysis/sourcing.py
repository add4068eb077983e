"""The sourcing audit: how many claims say who speaks, in whose words, and where nobody is named.

It counts and never judges. Every figure carries the passages behind it. Formulas: docs/CONTEXT.md, *sourcing audit*.
``tally`` counts one article, ``audit`` adds the tallies of one or of thousands up.
"""

from __future__ import annotations

from annotator.analysis.adding import audit
from annotator.analysis.audits import (
    EVERY_CLAIM,
    FEW,
    FIGURES,
    OPEN_ENDS,
    Audit,
    Basis,
    CueUse,
    Diversity,
    Figure,
    LoadedTerms,
    Passage,
    Run,
    Span,
    Speaker,
    Strip,
)
from annotator.analysis.counting import BodyWords
from annotator.analysis.tallying import Tally, tally

__all__ = [
    "EVERY_CLAIM",
    "FEW",
    "FIGURES",
    "OPEN_ENDS",
    "Audit",
    "Basis",
    "BodyWords",
    "CueUse",
    "Diversity",
    "Figure",
    "LoadedTerms",
    "Passage",
    "Run",
    "Span",
    "Speaker",
    "Strip",
    "Tally",
    "audit",
    "tally",
]
