"""Find claims as a person names them, by number or by words: in pieces, so that whoever asks may stop in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice

from annotator.model.annotated import AnnotatedArticle
from annotator.model.records import Claim

PIECE = 1000
"""So many claims are looked at for one piece of the answer; no more than this are found by their number."""

Found = tuple[int, Claim]
"""A claim and its number."""


def find_claims(annotated: AnnotatedArticle, words: str) -> Iterator[list[Found]]:
    """Yield what fits, piece by piece: first where the number begins so, then where the words stand, in reading order.

    Without words every claim fits.
    """
    claims, wanted = annotated.claims, " ".join(words.casefold().split())
    found = [(n, claims[n - 1]) for n in islice(_beginning(wanted, len(claims)), PIECE)]
    word = wanted.partition(" ")[0]
    for first in range(0, len(claims), PIECE):
        piece = claims[first : first + PIECE]
        may_hold = _holding(annotated.text, piece, word)
        for n, claim in enumerate(piece, first + 1):
            # A claim is put in one line only where its first word stands: nearly none of them.
            if not may_hold(claim) or wanted not in one_line(annotated, claim).casefold():
                continue
            if not (wanted and str(n).startswith(wanted)):
                found.append((n, claim))
        yield found
        found = []


def _holding(text: str, claims: Sequence[Claim], word: str) -> Callable[[Claim], bool]:
    """Return what says quickly of one of these claims whether a word may stand in it."""
    start, end = claims[0].start, max(c.end for c in claims)
    folded = text[start:end].casefold()
    if len(folded) != end - start:  # a letter became two: places are others now
        return lambda _: True
    return lambda c: folded.find(word, c.start - start, c.end - start) >= 0


def one_line(annotated: AnnotatedArticle, claim: Claim) -> str:
    """Return a claim's words in one line."""
    return " ".join(claim.quote(annotated.text).split())


def _beginning(number: str, last: int) -> Iterator[int]:
    """Yield the numbers up to ``last`` that begin with these digits: 7, 70 to 79, 700 to 799 ..."""
    if not (number.isascii() and number.isdigit()) or number.startswith("0"):
        return iter(())
    n, tens = int(number), [10**k for k in range(max(0, len(str(last)) - len(number) + 1))]
    return chain.from_iterable(range(n * ten, min((n + 1) * ten, last + 1)) for ten in tens)
