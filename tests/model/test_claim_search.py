"""Claims found by number and by words, in pieces."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain
from types import SimpleNamespace
from typing import Any

from annotator.model import claim_search
from annotator.model.claim_search import find_claims

WORDS = [f"the   {n % 7} boats of Straße {n}" for n in range(1, 1235)]


def article(all_words: Sequence[str] = WORDS) -> Any:
    def claim(start: int, words: str) -> Any:
        return SimpleNamespace(start=start, end=start + len(words), quote=lambda _text: words)

    starts = accumulate((len(words) + 1 for words in all_words), initial=0)
    return SimpleNamespace(text="\n".join(all_words), claims=[claim(*c) for c in zip(starts, all_words, strict=False)])


def numbers(words: str, all_words: Sequence[str] = WORDS) -> list[int]:
    return [n for n, _ in chain.from_iterable(find_claims(article(all_words), words))]


def test_a_number_comes_first_then_the_words() -> None:
    found = numbers("12")
    assert found[:12] == [12, *range(120, 130), 1200]
    assert sorted(found) == [n for n in range(1, 1235) if "12" in str(n)] and len(set(found)) == len(found)
    assert numbers("0")[0] == 7 and numbers("1235") == []


def test_words_are_found_whatever_their_case_and_spaces() -> None:
    assert numbers("The 3  BOATS of strasse 10") == [n for n in range(1, 1235) if n % 7 == 3 and str(n)[:2] == "10"]
    assert numbers("") == list(range(1, 1235))


def test_only_what_has_the_first_word_is_looked_at_closely(monkeypatch: Any) -> None:
    plain = [w.replace("ß", "s") for w in WORDS]
    looked: list[str] = []
    one_line = claim_search.one_line
    monkeypatch.setattr(claim_search, "one_line", lambda a, c: looked.append(one_line(a, c)) or looked[-1])
    assert numbers("STRASE 77", plain) == [77, *range(770, 780)]
    looked.clear()
    assert numbers("6 boats of", plain) == [n for n in range(1, 1235) if n % 7 == 6]
    assert len(looked) < len(WORDS) and all("6" in words for words in looked)


def test_who_stops_looks_at_one_piece_only(monkeypatch: Any) -> None:
    looked: list[int] = []
    monkeypatch.setattr(claim_search, "one_line", lambda *_: looked.append(1) or "")
    next(find_claims(article(), "nowhere"))
    assert len(looked) == claim_search.PIECE
