"""Bytes of rich text as characters: each font has an encoding of its own, or the document's, or draws signs."""

from __future__ import annotations

from annotator.importers.manuscript import Manuscript
from annotator.importers.rich_text import codes
from annotator.importers.symbols import LOST, character
from annotator.language import tr


class Fonts:
    """The fonts of one document; what could not be read as it stood is counted in its manuscript."""

    def __init__(self, made: Manuscript) -> None:
        self.page: str | None = None
        """The document's encoding, where it says one."""
        self.first: int | None = None
        """The font of text that names none."""
        self.guessed = False
        """Whether any byte was read by the document's encoding, and not by that of a font."""
        self._made = made
        self._codecs: dict[int, str] = {}
        self._signs: dict[int, str] = {}

    def charset(self, font: int, number: int) -> None:
        """Learn which character set a font has."""
        if number == codes.SYMBOL_CHARSET:
            self._signs[font] = "symbol"
        elif number in codes.CHARSETS:
            self._codecs[font] = codes.CHARSETS[number]

    def code_page(self, font: int, number: int) -> None:
        """Learn which code page a font has, unless its character set is known."""
        codec = codes.codec_of_page(number) if number > 0 else None
        if codec is not None:
            self._codecs.setdefault(font, codec)

    def name(self, font: int, name: str) -> None:
        """Learn what a font is called, which says which signs it draws."""
        name = name.strip().rstrip(";").strip()
        if font in self._signs and name:
            self._signs[font] = name

    def draws(self, font: int | None) -> bool:
        """Say whether a font's characters are signs."""
        return (self.first if font is None else font) in self._signs

    def characters(self, raw: bytes, font: int | None) -> str:
        """Return what bytes are in a font."""
        font = self.first if font is None else font
        if font in self._signs:
            return "".join(self.sign(byte, self._signs[font]) for byte in raw)
        codec = "" if font is None else self._codecs.get(font, "")
        if not codec:
            codec = self._made.options.encoding or self.page or "cp1252"
            self.guessed = self.guessed or not raw.isascii()
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            text = raw.decode(codec, "replace")
        what = tr("bytes that are not {encoding}, replaced by U+FFFD", encoding=codec)
        self._made.change(what, text.count("\ufffd"))
        return text

    def character(self, code: int, font: int | None) -> str:
        """Return the character of a number; a sign of a font that draws is told by its place there."""
        font = self.first if font is None else font
        if 0xF000 <= code <= 0xF0FF and font in self._signs:
            return self.sign(code, self._signs[font])
        return chr(code) if code <= 0x10FFFF else LOST

    def sign(self, code: int, name: str) -> str:
        """Return the character for a sign of the font of this name, U+FFFD where nobody knows it."""
        found = character(name, code)
        lost = tr("symbols of a font that no character is known for, replaced by U+FFFD")
        self._made.change(lost if found == LOST else tr("places in a symbol font made the characters they show"))
        return found


def is_utf8(data: bytes) -> bool:
    """Say whether bytes are UTF-8, which some programs write though rich text is not."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
