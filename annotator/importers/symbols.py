"""Characters of symbol fonts, which word processors write by their place in the font, as the characters they are."""

from __future__ import annotations

from annotator.language import tr

_SYMBOL_FROM = 0x20
_SYMBOL = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_SYMBOL_HIGH_FROM = 0xA1
_SYMBOL_HIGH = (
    "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…\u23d0\u23afↀℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\ufffd〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
)
_DINGS = {
    0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x41: "✌", 0x45: "☜", 0x46: "☞", 0x47: "☝", 0x48: "☟", 0x4A: "☺", 0x4B: "😐",
    0x4C: "☹", 0x4E: "☠", 0x52: "☼", 0x54: "❄", 0x58: "✠", 0x59: "✡", 0x5B: "☯", 0x6C: "●", 0x6D: "❍", 0x6E: "■",
    0x6F: "□", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x9F: "•", 0xA1: "○",
    0xA7: "▪", 0xA8: "◻", 0xAB: "★", 0xD8: "➢", 0xDC: "➲", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔",
    0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xF3: "⬄", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_DINGS2 = {0x50: "✓", 0x51: "☒", 0x52: "☑", 0x4F: "✗", 0x97: "●", 0xA3: "□", 0xA2: "■", 0x53: "☒", 0x54: "☒"}
_TABLES = {"wingdings": _DINGS, "wingdings 2": _DINGS2}
LOST = "\ufffd"
SYMBOLS = tr("places in a symbol font made the characters they show")
SYMBOLS_LOST = tr("symbols of a font that no character is known for, replaced by U+FFFD")


def character(font: str, code: int) -> str:
    """Return the character at a place (0-255, or U+F000 beyond) of a symbol font; U+FFFD where nobody knows it."""
    name = font.casefold()
    place = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    if name in ("symbol", "standard symbols l", "opensymbol"):
        return _of_symbol(place)
    table = _TABLES.get(name)
    if table is not None:
        return table.get(place, LOST)
    if place != code or not 0x20 <= code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return LOST
    return LOST if name.startswith(("wingdings", "webdings")) else chr(code)


def _of_symbol(place: int) -> str:
    for start, table in ((_SYMBOL_FROM, _SYMBOL), (_SYMBOL_HIGH_FROM, _SYMBOL_HIGH)):
        if start <= place < start + len(table):
            return table[place - start]
    return "€" if place == 0xA0 else LOST
