"""Rich text: groups without end, lengths that lie, numbers too large, characters that are none."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.hostile import seeds
from tests.hostile.cases import Case, Outcome, Place, everywhere, truncated

LINES = "".join(f"{seeds.rtf_words(p)}\\par\n" for p in (seeds.HEADLINE, *seeds.PARAGRAPHS))


def cases(place: Place) -> Iterator[Case]:
    yield from everywhere("rtf")
    yield from truncated("rich", "rtf", seeds.rtf())
    yield Case("seed.rtf", seeds.rtf, "reads", seeds.WORDS)
    for name, body in _bodies(place).items():
        yield _case(name, body)
    for name, outcome, words, body in (
        ("text-too-long", "refused", "5,000,000 characters", lambda: "quay " * 1_001_000),
        ("paragraphs-50001", "refused", "50,000 paragraphs", lambda: "quay\\par " * 50_001),
        ("no-text", "refused", "no text", lambda: "\\par\\par"),
        ("long-text", "reads", "quay", lambda: "The quay is closed. " * 200_000),
    ):
        yield Case(f"{name}.rtf", lambda body=body: seeds.rtf(body()), outcome, words)
    for name, head in (
        ("no-version", "\\rtf"), ("version-huge", "\\rtf99999999999999999999\\ansi"), ("code-page-unknown", "\\rtf1\\ansi\\ansicpg99999"),
        ("code-page-negative", "\\rtf1\\ansi\\ansicpg-1"), ("mac", "\\rtf1\\mac"), ("pc", "\\rtf1\\pca"),
        ("font-without-table", "\\rtf1\\ansi\\deff77\\f99"), ("charset-unknown", "\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset254 x;}}\\f0"),
    ):  # fmt: skip
        yield Case(f"{name}.rtf", lambda head=head: seeds.rtf(f" {LINES}", head=head), "reads", seeds.WORDS)
    yield Case("closed-too-early.rtf", lambda: b"{\\rtf1\\ansi quay}" + b"}" * 100_000)
    yield Case("never-closed.rtf", lambda: seeds.rtf()[:-1], "reads", seeds.WORDS)
    yield Case("word-called.rtf", lambda: seeds.seeds()["seed.docx"], "reads", seeds.WORDS)
    yield Case("utf8.rtf", lambda: f"{{\\rtf1\\ansi {seeds.PARAGRAPHS[1]}\\par}}".encode(), "reads", seeds.WORDS)
    yield Case("utf16.rtf", lambda: f"{{\\rtf1\\ansi {seeds.PARAGRAPHS[1]}\\par}}".encode("utf-16"))
    yield Case("bin-hides.rtf", lambda: b"{\\rtf1\\ansi {\\pict\\bin12 }}}}\\par}}}}}" + seeds.rtf()[1:], "either")


def _case(name: str, body: Callable[[], str], outcome: Outcome = "either", words: str = "") -> Case:
    return Case(f"{name}.rtf", lambda: seeds.rtf(body()), outcome, words)


def _bodies(place: Place) -> dict[str, Callable[[], str]]:
    return {
        "groups-deep": lambda: "{" * 200_000 + LINES,
        "groups-deep-closed": lambda: "{" * 100_000 + LINES + "}" * 100_000,
        "groups-many": lambda: "{}" * 500_000 + LINES,
        "destinations-deep": lambda: "{\\*\\x " * 100_000 + LINES,
        "bin-lies-long": lambda: "{\\pict\\bin99999999 abc}" + LINES,
        "bin-lies-huge": lambda: "{\\pict\\bin9999999999999999999999 abc}" + LINES,
        "bin-negative": lambda: "{\\pict\\bin-5 abc}" + LINES,
        "bin-zero": lambda: "{\\pict\\bin0 }" * 50_000 + LINES,
        "picture": lambda: "{\\pict\\pngblip " + "89504e47" * 500_000 + "}" + LINES,
        "object-link": lambda: (
            "{\\object\\objautlink{\\*\\objdata 01050000" + "41" * 99_999 + "}{\\result quay}}" + LINES
        ),
        "fields": lambda: f'{{\\field{{\\*\\fldinst INCLUDETEXT "{place.file}"}}{{\\fldrslt shown}}}}' * 999 + LINES,
        "template": lambda: f"{{\\*\\template {place.http}t.dot}}" + LINES,
        "control-word-long": lambda: "\\" + "a" * 1_000_000 + " " + LINES,
        "control-words": lambda: "\\b\\b0" * 400_000 + " " + LINES,
        "number-long": lambda: "\\fs" + "9" * 1_000_000 + " " + LINES,
        "unicode-out-of-range": lambda: "\\u99999999? \\u-70000? \\u55357? \\u-10179? \\u0? x" * 99 + LINES,
        "unicode-skip-huge": lambda: "\\uc99999\\u8364" + LINES,
        "unicode-skip-negative": lambda: "\\uc-3\\u8364? " + LINES,
        "unicode-pairs-split": lambda: "\\u55357?{\\b \\u56832?} x" * 99 + LINES,
        "hex-broken": lambda: "\\'zz\\'4\\'" * 9_999 + " " + LINES,
        "hex-half-of-two": lambda: "{\\f1\\'81 x\\'ff}" * 999 + LINES,
        "paragraphs-empty": lambda: "\\par" * 400_000 + " " + LINES,
        "cells": lambda: "\\trowd" + "\\cellx9" * 9_999 + "q\\cell" * 99_999 + "\\row " + LINES,
        "tables-nested": lambda: "{\\itap9999 q\\nestcell{\\*\\nesttableprops\\nestrow}}" * 9_999 + LINES,
        "styles-in-a-circle": lambda: "{\\stylesheet{\\s1\\sbasedon2 a;}{\\s2\\sbasedon1 b;}{\\s-9 c;}}\\s1 " + LINES,
        "list-text": lambda: "{\\listtext 1.\\tab}" * 9_999 + LINES,
        "info-huge": lambda: (
            "{\\info{\\title " + "quay " * 400_000 + "}{\\author {{{ x}}}}{\\creatim\\yr99999\\mo99}}" + LINES
        ),
        "notes-deep": lambda: "{\\footnote " * 5_000 + "q" + "}" * 5_000 + LINES,
        "hidden": lambda: "{\\v " + "hidden " * 99_999 + "}" + LINES,
        "tabs": lambda: "\\tab" * 300_000 + " " + LINES,
        "nuls": lambda: "q\x00" * 20_000 + LINES,
        "escapes": lambda: "\\\\\\{\\}\\~\\-\\_\\|\\:\\*" * 9_999 + " " + LINES,
        "new-lines-escaped": lambda: "quay\\\n" * 9_999 + LINES,
    }
