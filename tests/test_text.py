"""The one door for text: cleaning, UTF-16 positions, graphemes, words, sentences; hostile characters throughout."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotator import text as texts

HOSTILE = [
    "a", "Z", "7", " ", "\n", "\t", ".", "?", "“", "”", "’", "-", "(", ")", "\r", "\r\n", "\ufeff", "\x00", "\x0b", "\x0c", "\x1c",
    "\x85", "\u2028", "\u2029", "\xa0", "\xad", "\u200b", "\u200c", "\u200d", "\u200e", "\u202e", "\ufdd0", "\ufffc", "\uffff",
    "\ud800", "\udc00", "é", "e\u0301", "\u0301", "\ufe0f", "⛴️", "👩‍🚀", "👨‍👩‍👧‍👦", "🇩🇪", "🇫", "👍🏽", "𝒜", "ß", "ش", "مُ", "العربية",
    "हिन्दी", "क्षि", "ไทย", "กำ", "한", "\u1100\u1161\u11a8", "日本語", "漢", "か\u3099", "ｶﾞ", "ー", "〇", "。", "「", "၃", "\u0600", "ा",
    "Dr. ", "U.S. ", "3.5", "No. ", "said. ", "...", "e.g. ", "∯", "&ᓰ&", "☉", "♟", "\u1cd0", "\U0001f3fb",
]  # fmt: skip
ANY = st.lists(st.one_of(st.sampled_from(HOSTILE), st.characters()), max_size=40).map("".join)
CLEAN = ANY.map(lambda raw: texts.clean(raw).text)
QUICK = settings(max_examples=200, deadline=None)


def graphemes(text: str) -> set[int]:
    return {0, *(m.end() for m in regex.finditer(r"\X", text))}


class TestClean:
    @QUICK
    @given(ANY)
    @example("a\r\ufeff\nb")
    @example("\r\ufeff\ufeff\n")
    @example("\ufeff")
    def test_holds_only_what_a_text_may_hold(self, raw: str):
        cleaned = texts.clean(raw)
        assert not set(cleaned.text) & set(
            "\r\u2028\u2029\x0b\x0c\x85\x1c\x1d\x1e\x1f\ufeff\x00\ufdd0\ufdd1\ufffc\uffff"
        )
        assert cleaned.text.splitlines() == cleaned.text.removesuffix("\n").split("\n") or not cleaned.text
        cleaned.text.encode("utf-8")

    @QUICK
    @given(ANY)
    def test_is_idempotent(self, raw: str):
        once = texts.clean(raw)
        assert texts.clean(once.text) == texts.Cleaned(once.text)

    @QUICK
    @given(ANY)
    def test_counts_whatever_it_changed(self, raw: str):
        cleaned = texts.clean(raw)
        assert bool(cleaned.counts) == (cleaned.text != raw)

    @QUICK
    @given(ANY)
    @example("a\r\ufeff\nb\r\nc")
    def test_the_offset_map_leads_to_the_same_characters(self, raw: str):
        cleaned = texts.clean(raw)
        kept = [c for n, c in enumerate(raw) if n not in set(cleaned.removed)]
        assert len(kept) == len(cleaned.text)
        assert texts.clean("".join(kept)).text == cleaned.text
        offsets = [cleaned.to_clean(n) for n in range(len(raw) + 1)]
        assert offsets == sorted(offsets)
        assert offsets[0] == 0
        assert offsets[-1] == len(cleaned.text)

    def test_leaves_what_only_looks_odd(self):
        text = "non\xa0breaking, soft\xadhyphen,\ttab, \u202ebidi\u202c, e\u0301 not composed"
        assert texts.clean(text) == texts.Cleaned(text)

    def test_says_what_it_did(self):
        cleaned = texts.clean("\ufeffa\r\nb\rc\x00")
        assert cleaned.text == "a\nb\nc\ufffd"
        assert cleaned.counts == {
            "byte order marks removed": 1,
            "line ends CR LF made LF": 1,
            "line ends CR made LF": 1,
            "characters no text may hold, replaced by U+FFFD": 1,
        }


class TestUtf16:
    @QUICK
    @given(CLEAN)
    def test_every_position_goes_there_and_back(self, text: str):
        table = texts.Utf16Map(text)
        units = [len(text[:n].encode("utf-16-le")) // 2 for n in range(len(text) + 1)]
        assert [table.to_utf16(n) for n in range(len(text) + 1)] == units
        for n, unit in enumerate(units):
            assert table.to_code_point(unit) == table.to_code_point_up(unit) == n

    @QUICK
    @given(CLEAN)
    def test_a_position_inside_a_pair_goes_to_either_side(self, text: str):
        table = texts.Utf16Map(text)
        for n, character in enumerate(text):
            if ord(character) > 0xFFFF:
                inside = table.to_utf16(n) + 1
                assert (table.to_code_point(inside), table.to_code_point_up(inside)) == (n, n + 1)


class TestGraphemes:
    @settings(max_examples=400, deadline=None)
    @given(CLEAN)
    @example("a" + "\u0301" * 30 + "b")
    @example("🇩🇪" * 9 + "🇫")
    @example("क्षि" * 8)
    @example("\u0600\u0600a")
    def test_snap_finds_the_nearest_boundaries(self, text: str):
        edges = sorted(graphemes(text))
        for n in range(len(text) + 1):
            assert texts.snap(text, n, up=False) == max(e for e in edges if e <= n)
            assert texts.snap(text, n, up=True) == min(e for e in edges if e >= n)
            assert texts.is_grapheme_boundary(text, n) == (n in edges)

    @QUICK
    @given(CLEAN, st.integers(-3, 60), st.integers(-3, 60))
    def test_tidy_never_cuts_a_grapheme_and_loses_only_white_space(self, text: str, start: int, end: int):
        span = texts.tidy(text, start, end)
        low, high = max(0, start), min(len(text), end)
        if span is None:
            assert not text[low:high].strip() or low >= high
            return
        assert span[0] < span[1]
        assert set(span) <= graphemes(text)
        assert not text[low : max(low, span[0])].strip()
        assert not text[min(high, span[1]) : high].strip()
        assert texts.tidy(text, *span) == span

    def test_is_quick_in_a_long_paragraph_without_spaces(self):
        text = "部长周四表示政府不会讨论这个问题" * 20_000
        start = time.perf_counter()
        for n in range(200_000, 201_000):
            texts.snap(text, n, up=True)
        assert time.perf_counter() - start < 0.5


UNSPACED = regex.compile(
    r"[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}"
    r"\p{Script=Myanmar}\p{Script=Tibetan}\uff9e\uff9f]"
)


def naive_words(text: str) -> Iterator[tuple[int, int]]:
    """A second, slow way to find words: character by character, as the definition reads."""

    def is_letter(n: int) -> bool:
        return n < len(text) and bool(regex.match(r"[\p{L}\p{N}]", text[n])) and not UNSPACED.match(text[n])

    def run(n: int) -> int:
        while is_letter(n):
            n += 1
            while n < len(text) and regex.match(r"[\p{M}\u200c\u200d\u00ad]", text[n]):
                n += 1
        return n

    clusters = {
        m.start(): m.end()
        for m in regex.finditer(r"\X", text)
        if UNSPACED.match(m.group()) and regex.search(r"[\p{L}\p{N}]", m.group())
    }
    at = 0
    while at < len(text):
        if at in clusters:
            yield at, clusters[at]
            at = clusters[at]
        elif is_letter(at):
            end = run(at)
            while end < len(text) and text[end] in "’'-" and is_letter(end + 1):
                end = run(end + 1)
            yield at, end
            at = end
        else:
            at += 1


class TestWords:
    @settings(max_examples=400, deadline=None)
    @given(CLEAN)
    @example("ｶﾞa aﾞ ﾞ")
    @example("東京2031年 A่ B")
    def test_are_what_the_definition_says(self, text: str):
        assert list(texts.words(text)) == list(naive_words(text))

    @QUICK
    @given(CLEAN)
    def test_are_in_order_and_apart(self, text: str):
        edges = [e for span in texts.words(text) for e in span]
        assert edges == sorted(edges)
        assert all(a < b for a, b in texts.words(text))

    @pytest.mark.parametrize(
        ("text", "n"),
        [
            ("3.5", 2),
            ("U.S.", 2),
            ("don’t well-known", 2),
            ("", 0),
            ("日本語", 3),
            ("ไทย", 3),
            ("العربية لغة", 2),
            ("soft\xadly", 1),
        ],
    )
    def test_examples(self, text: str, n: int):
        assert sum(1 for _ in texts.words(text)) == n

    def test_a_part_of_a_text(self):
        assert list(texts.words("one two three", 4, 7)) == [(4, 7)]

    def test_scripts_without_spaces_are_known(self):
        assert texts.has_unspaced_script("a 日")
        assert not texts.has_unspaced_script("a б ش")

    @pytest.mark.parametrize(
        ("name", "letters"),
        [
            ("Me", "M"),
            ("ana maria de la reed", "AMD"),
            ("(Ann) O’Neil", "AO"),
            ("Ana-Maria Reed", "AR"),
            ("山田 太郎", "山太"),
            ("–", "?"),
            ("", "?"),
        ],
    )
    def test_initials(self, name: str, letters: str):
        assert texts.initials(name) == letters


PIECES = [
    "No. ", "The minister said no. ", "“Why?” she asked. ", "Dr. Oye left at 3.5 p.m. ", "Said “no.” ", "Yes! ", "no. ", "。", "他说不。",
    "He left… ", "ش؟ ", "👩‍🚀 ", "\u0301", "\xa0", "∯", "1. ", "(a) ", "... ",
]  # fmt: skip
PROSE = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


class TestSentences:
    @settings(max_examples=150, deadline=None)
    @given(
        st.one_of(PROSE, CLEAN.map(lambda t: t.replace("\n", " "))),
        st.sampled_from(["en", None, "xx", "de", "ja", "ar"]),
    )
    @example("No. No. No. Bono. No.", "en")
    @example("a. \u0301b. c.", "en")
    def test_cover_every_word_once_in_order(self, block: str, language: str | None):
        text = f"Before.\n{block}\nAfter."
        start, end = 8, 8 + len(block)
        found = texts.sentences(text, start, end, language)
        assert all(start <= a < b <= end for a, b in found)
        assert all(b <= c for (_, b), (c, _) in pairwise(found))
        assert {e for span in found for e in span} <= graphemes(text)
        covered = {n for a, b in found for n in range(a, b)}
        assert all(text[n].isspace() for n in range(start, end) if n not in covered)

    @pytest.mark.parametrize(
        ("text", "n"),
        [
            ("The minister said no. Nobody asked him why.", 2),
            ("Dr. Harn met Mr. Oye at 3.5 p.m. on Friday.", 1),
            ("“I have missed the bus,” said Harn, “and the boat was on time.” She keeps the tickets.", 2),
            ("No. No. No.", 3),
            ("大臣は述べた。政府は答えた。", 2),
            ("   ", 0),
        ],
    )
    def test_examples(self, text: str, n: int):
        assert len(texts.sentences(text, 0, len(text), "ja" if "。" in text else "en")) == n

    def test_a_very_long_paragraph_is_cut_quickly(self):
        text = "The minister said no. " * 4_000
        start = time.perf_counter()
        assert len(texts.sentences(text, 0, len(text), "en")) == 4_000
        assert time.perf_counter() - start < 6

    def test_a_long_paragraph_keeps_its_abbreviations(self):
        once = "Dr. Harn met Mr. Oye at 3.5 p.m. on Friday. Nobody asked them why. "
        text = once * 300
        assert len(texts.sentences(text, 0, len(text), "en")) == 600

    @pytest.mark.parametrize("title", ["Del.", "Insp.", "Amb.", "Pvt.", "Hon.", "Gov.", "Gen."])
    def test_no_sentence_ends_with_a_title(self, title: str):
        text = f"The bill came from {title} Eleanor Holt in May. It was late."
        found = [text[a:b] for a, b in texts.sentences(text, 0, len(text), "en")]
        assert found == [text[:-13], "It was late."]


@given(ANY | st.text(alphabet="ab1²é\u00ad\u0301\u02b0’'-_ .\u200d港ก्", max_size=60))
def test_words_are_counted_as_they_are_found(text: str) -> None:
    assert texts.count_words(text) == len(list(texts.words(text)))


def test_words_are_shortened_between_graphemes() -> None:
    assert texts.shortened("ferry", 5) == "ferry"
    assert texts.shortened("ferry late", 7) == "ferry…"
    assert texts.shortened("ab👩‍👩‍👧‍👦cd", 5) == "ab…"
