"""Plain text and Markdown: encodings that lie or are damaged, too much of everything, deep nesting."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile import seeds
from tests.hostile.cases import Case, Place, everywhere, truncated

WORDS = "Café — “quay” 😀 the harbour stays closed until spring. " * 40


def cases(place: Place) -> Iterator[Case]:
    yield from everywhere("txt")
    yield from everywhere("md")
    yield from _encodings()
    yield from _too_much()
    yield from _markdown()
    for name, data in (("utf16", WORDS.encode("utf-16")), ("utf8", WORDS.encode())):
        yield from truncated(name, "txt", data)
    yield Case("controls.txt", lambda: b"A quay\x01\x02\x1b[31m is\x07 closed.\n" * 2)
    yield Case("bidi-marks.txt", lambda: ("A \u202equay\u202c \u2066is\u2069 closed. " * 200).encode(), "reads", "quay")
    yield Case("zero-width.txt", lambda: ("qu\u200bay " * 5_000).encode(), "reads", "qu\u200bay")
    yield Case(
        "line-ends.txt", lambda: "one\rtwo\r\nthree\u2028four\x0bfive\x85six".encode(), "reads", "(?s)one\ntwo\nthree"
    )
    yield Case("combining.txt", lambda: ("e" + "\u0301" * 100_000).encode(), "reads")
    yield Case(
        "addresses.txt", lambda: f"See {place.file} and {place.http} and {place.share} now.".encode(), "reads", "See"
    )


def _encodings() -> Iterator[Case]:
    wide = WORDS.encode("utf-16-le")
    yield Case("utf16-le-no-mark.txt", lambda: wide, "reads", "Café — “quay” 😀")
    yield Case("utf16-be-no-mark.txt", lambda: WORDS.encode("utf-16-be"), "reads", "Café — “quay” 😀")
    yield Case("utf16-odd.txt", lambda: b"\xff\xfe" + wide + b"\x41", "reads", "Café")
    yield Case("utf16-lone-surrogates.txt", lambda: b"\xff\xfe" + wide + b"\x00\xd8" * 50, "reads", "Café")
    yield Case("utf32.txt", lambda: WORDS.encode("utf-32"), "reads", "😀")
    yield Case("cesu8.txt", lambda: _cesu8(WORDS), "reads", "😀")
    yield Case("cp1252.txt", lambda: "Café — “quay” is closed. ".encode("cp1252") * 40, "reads", "Café — “quay”")
    yield Case("koi8.txt", lambda: ("Гавань закрыта до весны, говорит начальник порта. " * 30).encode("koi8-r"))
    yield Case("shift-jis.txt", lambda: ("港は春まで閉鎖されると港長は月曜日に述べた。" * 30).encode("cp932"))
    yield Case(
        "utf8-damaged.txt", lambda: (WORDS * 3).encode().replace(b"closed", b"clo\xffsed", 3), "reads", "clo\ufffdsed"
    )
    yield Case("utf8-surrogates.txt", lambda: "quay \ud83d alone \udfff".encode("utf-8", "surrogatepass") * 9)
    yield Case("utf7.txt", lambda: "Café quay".encode("utf-7") * 9, "reads")
    yield Case("overlong.txt", lambda: b"quay \xc0\xaf \xe0\x80\xaf closed. " * 50)
    yield Case("mixed.txt", lambda: WORDS.encode() + "Café quay".encode("cp1252") * 20 + wide)
    yield Case("mark-only.txt", lambda: b"\xef\xbb\xbf", "refused", "no text")
    yield Case("wide-mark-only.txt", lambda: b"\xff\xfe", "refused", "no text")


def _cesu8(words: str) -> bytes:
    pairs = words.encode("utf-16-be")
    units = [int.from_bytes(pairs[n : n + 2], "big") for n in range(0, len(pairs), 2)]
    return "".join(map(chr, units)).encode("utf-8", "surrogatepass")


def _too_much() -> Iterator[Case]:
    line = b"The quay is closed until spring, said the harbour master on Monday.\n"
    yield Case("five-million.txt", lambda: line * (5_000_000 // len(line) // 8 * 8) + b"x", "refused", "paragraphs")
    yield Case(
        "five-million-few-lines.txt", lambda: (line.strip() * 100 + b"\n") * (4_900_000 // 6_700), "reads", "quay"
    )
    yield Case("more-than-five-million.txt", lambda: b"quay " * 1_000_100, "refused", "5,000,000")
    yield Case("21-megabytes.txt", lambda: b"quay " * 4_200_000, "refused", "21 MB large")
    yield Case("50000-paragraphs.txt", lambda: b"quay\n" * 50_000, "reads", "quay")
    yield Case("50001-paragraphs.txt", lambda: b"quay\n" * 50_001, "refused", "50,001 paragraphs")
    yield Case("a-million-empty-lines.txt", lambda: b"quay" + b"\n" * 1_000_000, "refused", "lines")
    yield Case("one-line-of-4-million.txt", lambda: b"x" * 4_000_000, "reads", "xxx")
    yield Case("astral.txt", lambda: ("😀" * 1_000_000).encode(), "reads", "😀")


def _markdown() -> Iterator[Case]:
    for name, data in (
        ("deep-quotes", b"> " * 20_000 + b"quay"),
        ("deep-lists", b"".join(b"  " * n + b"- quay\n" for n in range(600))),
        ("deep-brackets", b"[" * 50_000 + b"quay" + b"]" * 50_000),
        ("deep-emphasis", b"*a **b " * 20_000 + b"quay"),
        ("stars", b"*" * 100_000 + b"quay"),
        ("underscores", b"_a" * 50_000 + b" quay"),
        ("backticks", b"".join(b"`" * n + b" quay " for n in range(700))),
        ("references", b"".join(b"[a%d]: /x\n" % n for n in range(20_000)) + b"\nquay"),
        ("links", b"[a](<" * 40_000 + b" quay"),
        ("comments", b"<!-- " * 50_000 + b"quay"),
        ("tags", b"<a " * 60_000 + b"quay"),
        ("entities", b"&amp;" * 100_000 + b" quay"),
        ("table", b"|" * 5_000 + b"\n" + b"|-" * 5_000 + b"|\n" + b"|quay" * 5_000),
        ("rows", b"|a|b|\n|-|-|\n" + b"|quay|quay|\n" * 20_000),
        ("escapes", b"\\" * 200_001 + b" quay"),
    ):
        yield Case(f"{name}.md", lambda data=data: data, "reads" if name != "stars" else "either", "quay")
    yield Case("front-matter-bomb.md", lambda: b"---\na: &a [x,x]\n" + b"".join(
        b"b%d: &b%d [*b%d,*b%d]\n" % (n, n, n - 1, n - 1) for n in range(1, 60)) + b"---\n\nquay", "reads", "quay")  # fmt: skip
    yield Case("front-matter-endless.md", lambda: b"---\n" + b"title: quay\n" * 50_000, "either")
    yield Case("seed.md", seeds.markdown, "reads", seeds.WORDS)
    yield Case("seed.txt", seeds.text, "reads", seeds.WORDS)
