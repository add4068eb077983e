"""What a PDF's fonts say: which text a code stands for, how wide it is, bold and italic."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex
from pdfminer.cmapdb import CMap, IdentityCMap
from pdfminer.encodingdb import name2unicode
from pdfminer.pdffont import PDFCIDFont, PDFFont, PDFTrueTypeFont, PDFType1Font, PDFType3Font
from pdfminer.pdftypes import PDFObjRef, PDFStream

from annotator import text as texts
from annotator.errors import ReadError
from annotator.importers.pdf.file import FAILURES, items, name, number, table, value

_CODES = 70_000
"""Most codes of one font that are listed; a font has 65,536."""

_MAP_BYTES = 4_000_000
_FONT_BYTES = 30_000_000
_SECTION = regex.compile(rb"beginbf(char|range)(.*?)endbf", flags=regex.DOTALL)
_PART = regex.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
_BOLD = regex.compile(r"bold|black|heavy|demi|[-,]bd\b", flags=regex.IGNORECASE)
_ITALIC = regex.compile(r"italic|oblique|slanted|[-,]it\b", flags=regex.IGNORECASE)
_BULLETS = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf076": "❖", "\uf0a8": "▫", "\uf06e": "■",
    "\uf06c": "●", "\uf071": "❑", "\uf0e0": "→", "\uf02d": "-", "\uf020": " ",
    "\ue00c": "•", "\ue00a": "➢", "\ue006": "•", "\ue00b": "•",
}  # fmt: skip
"""The signs that Symbol, Wingdings and OpenSymbol keep in the private area and that lists are made with."""

_USUAL_WIDTH = 0.5
"""Of a sign whose font does not say how wide it is, in ems."""


class Face:
    """A font as text is read with it: codes, their text and their widths in ems."""

    def __init__(self, font: PDFFont | None, codes: dict[int, str], called: str, flags: int, *, wide: bool) -> None:
        self._font = font
        self._codes = codes
        self._wide = wide
        self._known: dict[int, tuple[str, float]] = {}
        self.bold = _BOLD.search(called) is not None or bool(flags & (1 << 18))
        self.italic = _ITALIC.search(called) is not None or bool(flags & (1 << 6))
        self.vertical = font is not None and font.is_vertical()
        self.is_multibyte = font is not None and font.is_multibyte()
        self.em = _em(font)
        """Height of the letters in units of the font size: 1, but for fonts drawn by the file itself."""

    def decode(self, shown: bytes) -> Iterator[int]:
        """Yield the codes in a string."""
        if self._font is None:
            return iter(shown)
        if self._wide:
            return (shown[i] << 8 | shown[i + 1] for i in range(0, len(shown) - 1, 2))
        return iter(self._font.decode(shown))

    def glyph(self, code: int) -> tuple[str, float]:
        """Return a code's text, U+FFFD where the font does not say it, and its advance per unit of font size."""
        known = self._known.get(code)
        if known is None:
            known = self._known[code] = (self._text(code), self._width(code))
        return known

    def displacement(self, code: int) -> tuple[float, float]:
        """Return where a vertical sign's own origin lies, in ems."""
        shift: Any = self._font.char_disp(code) if self._font is not None else None
        if not isinstance(shift, tuple):
            return 0.0, 0.0
        across, down = shift
        return (0.5 if across is None else number(across) * 0.001), number(down, 880.0) * 0.001

    def _text(self, code: int) -> str:
        said = self._codes.get(code)
        if said is None and self._font is not None:
            try:
                said = self._font.to_unichr(code)
            except FAILURES:
                said = None
        if said is None or not said or said == "\0" * len(said):
            return texts.REPLACEMENT
        return _BULLETS.get(said, said) if len(said) == 1 else said.replace("\0", "")

    def _width(self, code: int) -> float:
        if self._font is None:
            return _USUAL_WIDTH
        try:
            width = float(self._font.char_width(code))
        except FAILURES:
            return _USUAL_WIDTH
        if width == 0 and not any(self._font.widths.values()) and not self._font.default_width:
            return _USUAL_WIDTH
        return width if -20 < width < 20 or self._font.hscale != 0.001 else 0.0


def _em(font: PDFFont | None) -> float:
    if not isinstance(font, PDFType3Font):
        return 1.0
    height = abs(font.bbox[3] - font.bbox[1]) * abs(font.vscale)
    return height if 0 < height < 1e6 else 1.0


class Faces:
    """The fonts of a file, each made once."""

    def __init__(self) -> None:
        self._manager: Any = None  # the fonts take one and ask it for nothing
        self._made: dict[int, Face] = {}
        self._plain = Face(None, {}, "", 0, wide=False)

    def face(self, found: Any) -> Face:
        """Return the face of a font dictionary (or of a reference to one)."""
        key = found.objid if isinstance(found, PDFObjRef) else None
        if key is not None and key in self._made:
            return self._made[key]
        try:
            made = self._face(dict(table(found)))
        except FAILURES:
            made = self._plain
        if key is not None:
            self._made[key] = made
        return made

    def _face(self, spec: dict[str, Any]) -> Face:
        codes = to_unicode(value(spec.get("ToUnicode")))
        called, subtype = name(spec.get("BaseFont")), name(spec.get("Subtype"))
        spec.pop("ToUnicode", None)
        if subtype == "Type0":
            return self._composite(spec, codes, called)
        spec.update({k: value(spec[k]) for k in ("FirstChar", "Encoding", "FontMatrix") if k in spec})
        kinds: dict[str, Any] = {"TrueType": PDFTrueTypeFont, "Type3": PDFType3Font}
        font: PDFFont = kinds.get(subtype, PDFType1Font)(self._manager, _without_large_files(spec))
        for code in _nameless(table(spec.get("Encoding"))):
            codes.setdefault(code, texts.REPLACEMENT)
        return Face(font, codes, called, font.flags, wide=False)

    def _composite(self, spec: dict[str, Any], codes: dict[int, str], called: str) -> Face:
        inner = dict(table((items(spec.get("DescendantFonts")) or [None])[0]))
        inner["Encoding"] = value(spec.get("Encoding"))
        if isinstance(inner["Encoding"], PDFStream):
            inner["Encoding"] = inner["Encoding"].attrs
        inner["W"] = _ranges(items(inner.get("W")), 1)
        inner["W2"] = _ranges(items(inner.get("W2")), 3)
        inner["DW"] = number(inner.get("DW"), 1000.0)
        if "DW2" in inner:
            inner["DW2"] = [number(n) for n in items(inner["DW2"])[:2]]
        font = PDFCIDFont(self._manager, _without_large_files(inner))
        identity = isinstance(font.cmap, IdentityCMap)
        wide = type(font.cmap) is CMap  # one of the file's own: two bytes a code, as nearly all have
        if not (identity or wide):
            codes = {}  # written for codes; what is asked for here are a collection's numbers
        return Face(font, codes, called, font.flags, wide=wide)


def _nameless(encoding: dict[str, Any]) -> Iterator[int]:
    """Yield the codes whose signs have a name in the font's own encoding that says nothing of their text."""
    code = 0
    for part in items(encoding.get("Differences"))[:_CODES]:
        found = value(part)
        if isinstance(found, int):
            code = found
            continue
        try:
            name2unicode(name(found))
        except FAILURES:
            yield code
        code += 1


def _without_large_files(spec: dict[str, Any]) -> dict[str, Any]:
    """Return a font's dictionary without a font file so large that reading its encoding would take too long."""
    descriptor = dict(table(spec.get("FontDescriptor")))
    for key in ("FontFile", "FontFile2", "FontFile3"):
        file = value(descriptor.get(key))
        if isinstance(file, PDFStream) and len(file.rawdata or b"") > _FONT_BYTES:
            del descriptor[key]
    return {**spec, "FontDescriptor": descriptor} if descriptor else spec


def _ranges(found: list[Any], width: int) -> list[Any]:
    """Return a list of widths without ranges longer than a font has codes (``c [w …]`` or ``c c w …``)."""
    kept: list[Any] = []
    known = [value(part) for part in found[: 3 * _CODES]]
    at = 0
    while at + 1 < len(known):
        if isinstance(known[at + 1], list):
            kept += [int(number(known[at])), [number(w) for w in known[at + 1][:_CODES]]]
            at += 2
            continue
        first, last = int(number(known[at])), int(number(known[at + 1]))
        if 0 <= last - first < _CODES:
            kept += [first, last, *(number(w) for w in known[at + 2 : at + 2 + width])]
        at += 2 + width
    return kept


def to_unicode(stream: Any) -> dict[int, str]:
    """Return the text of each code by a ToUnicode map; a map that lists more codes than a font has ends there."""
    codes: dict[int, str] = {}
    if not isinstance(stream, PDFStream):
        return codes
    try:
        data = stream.get_data()[:_MAP_BYTES]
    except ReadError:
        raise
    except FAILURES:
        return codes
    for kind, body in _SECTION.findall(data):
        parts = list(_parts(body))
        if kind == b"char":
            for source, target in zip(parts[::2], parts[1::2], strict=False):
                if isinstance(source, bytes) and isinstance(target, bytes):
                    codes[int.from_bytes(source[:4])] = _unicode(target)
        else:
            for first, last, target in zip(parts[::3], parts[1::3], parts[2::3], strict=False):
                if isinstance(first, bytes) and isinstance(last, bytes):
                    codes.update(_range(int.from_bytes(first[:4]), int.from_bytes(last[:4]), target))
        if len(codes) > _CODES:
            break
    return codes


def _range(first: int, last: int, target: bytes | list[bytes]) -> Iterator[tuple[int, str]]:
    if isinstance(target, list):
        yield from ((first + n, _unicode(one)) for n, one in enumerate(target[:_CODES]))
        return
    base, tail = target[:-2], int.from_bytes(target[-2:])
    for n in range(min(last - first + 1, _CODES)):
        if tail + n > 0xFFFF:
            return
        yield first + n, _unicode(base + (tail + n).to_bytes(2))


def _parts(body: bytes) -> Iterator[bytes | list[bytes]]:
    inside: list[bytes] | None = None
    for digits, opens, closes in _PART.findall(body):
        if opens:
            inside = []
        elif closes:
            if inside is not None:
                yield inside
            inside = None
        else:
            digits = b"".join(digits.split())
            found = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
            if inside is None:
                yield found
            else:
                inside.append(found)


def _unicode(target: bytes) -> str:
    if len(target) == 1:
        return chr(target[0])
    return target[: 2 * 64].decode("utf-16-be", "ignore")
