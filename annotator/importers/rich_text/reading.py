"""Rich text read token by token: groups on a stack of our own, so that no depth of them is too much."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar

from annotator.importers.equations import overstruck
from annotator.importers.manuscript import Manuscript
from annotator.importers.rich_text import codes, properties
from annotator.importers.rich_text.flow import Flow, State
from annotator.importers.rich_text.fonts import Fonts, is_utf8
from annotator.importers.spoken import Languages
from annotator.importers.story import Passages, Piece, check_length
from annotator.importers.style_names import CONTENTS, Look, look_of
from annotator.language import tr

PAGE = 3_000
"""After so many characters of text a page was read, as far as the time a file may take goes."""

_TOKEN = re.compile(
    rb"\\([a-zA-Z]+)(-?[0-9]+)? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}\r\n\x00]+)|[\r\n\x00]+", re.DOTALL
)
_IN_SKIPPED = re.compile(rb"\\bin(-?[0-9]+) ?|\\.|[{}]", re.DOTALL)
_NO_RESULT = re.compile(rb"\s*+(?:(?!\{\\fldrslt)|\{\\fldrslt(?:\s|\\[a-z]+-?\d*+|\{\s*+\})*+\})")
"""What follows a field's instruction where nothing is shown for it."""
_FIELD_FONT = re.compile(r"\\f\s*\"?([^\"\\]+?)\"?\s*(?:\\|$)")
_LETTERS = re.compile(r"\w")
_TEXTS = frozenset(("body", "box", "note", "margin_comment", "page_head", "formula", "deleted"))
"""Kinds of flow that are made of paragraphs."""
_FLOWS: dict[bytes, str] = {
    b"fonttbl": "fonts", b"stylesheet": "styles", b"info": "info", b"fldinst": "field", b"footnote": "note",
    b"annotation": "margin_comment", b"atnauthor": "author", b"listtext": "mark", b"pntext": "mark", b"shpinst": "nowhere",
    b"do": "nowhere", b"shptxt": "box", b"dptxbxtext": "box", b"upr": "nowhere", b"moMath": "formula", b"object": "object",
}  # fmt: skip
_INFO = frozenset((b"title", b"subject", b"author", b"company", b"operator", b"keywords", b"doccomm"))


def _set(name: str, value: Callable[[int | None], object]) -> Callable[[Reading, int | None], None]:
    """Return what sets a value of the group a control word stands in."""

    def act(reading: Reading, number: int | None) -> None:
        setattr(reading.state, name, value(number))

    return act


class Reading:
    """One pass over the tokens: groups on a stack of our own, text into the flow that holds."""

    def __init__(
        self, data: bytes, made: Manuscript, progress: Callable[[], None], out: Callable[[Piece], None]
    ) -> None:
        self.data = data
        self.made = made
        self.progress = progress
        self.body = Flow("body", out=out)
        self.state = State(self.body)
        self.stack: list[State] = []
        self.notes: list[list[Piece]] = []
        self.info: dict[str, str] = {}
        self.languages = Languages()
        self.fonts = Fonts(made)
        self._default_language = 0
        self._styles: dict[int, tuple[Look | None, int | None]] = {}
        self._utf8 = not data.isascii() and is_utf8(data)
        self._pending = bytearray()
        self._numbered_notes = 0
        self._skip = 0
        self._opened = self._starred = self._is_closed = False
        self._passages = Passages(made)
        self._author = ""
        self._since_page = self._length = 0
        self._at = 0

    def run(self, at: int) -> None:
        """Read all tokens from here on."""
        data, match = self.data, _TOKEN.match
        self._at = at
        while token := match(data, self._at):
            self._at = token.end()
            which = token.lastindex
            if which == 6:
                self._text(token[6])
            elif which in (1, 2):
                self._word(token[1], token[2])
            elif which == 3:
                self._byte(token[3])
            elif which == 5:
                self._brace(token[5])
            elif which == 4:
                self._symbol(token[4])
        self._flush()
        if self.stack:
            self.made.note(tr("It ends in the middle: its end may be missing."))
        while self.stack:
            self._end_group()
        self._end_paragraph()
        self._passages.end()
        self.body.end()

    # Characters

    def _text(self, raw: bytes) -> None:
        self._opened = False
        if self._skip:
            taken = min(self._skip, len(raw))
            self._skip -= taken
            raw = raw[taken:]
        if self._utf8 and not raw.isascii():
            self._flush()
            self._put(raw.decode("utf-8", "replace"))
        elif self._pending or not raw.isascii() or self.fonts.draws(self.state.font):
            self._pending += raw
        else:
            self._put(raw.decode("ascii"))

    def _byte(self, digits: bytes) -> None:
        self._opened = False
        if self._skip:
            self._skip -= 1
        else:
            self._pending.append(int(digits, 16))

    def _flush(self) -> None:
        """Turn the bytes read so far into characters: a character of two bytes may come as two tokens."""
        if self._pending:
            raw = bytes(self._pending)
            self._pending.clear()
            kind, font = self.state.flow.kind, self.state.font
            if kind == "fonts":
                self._put(raw.decode("cp1252", "replace"))
            elif kind == "mark" and self.fonts.draws(font):
                self._put("•")
            else:
                self._put(self.fonts.characters(raw, font))

    def _put(self, text: str) -> None:
        state = self.state
        flow = state.flow
        if not text or flow.kind == "nowhere":
            return
        if (state.deleted or state.hidden) and flow.kind in _TEXTS:
            self._passages.take("deleted" if state.deleted else "hidden", text)
            return
        self._passages.end()
        flow.parts.append(text)
        flow.is_bold = flow.is_bold and (state.bold or text.isspace())
        if flow is self.body:
            self.languages.add(self._language(state.language or self._default_language), text)
            self._length += len(text)
            check_length(self._length)
            self._since_page += len(text)
            if self._since_page > PAGE:
                self._since_page = 0
                self.progress()

    @staticmethod
    def _language(number: int) -> str | None:
        import locale  # a table of the numbers, and a long one; only rich text needs it

        return locale.windows_locale.get(number)

    # Groups

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._skip = 0
        if brace == b"{":
            self.stack.append(self.state)
            self.state = self.state.copy()
            self._opened, self._starred = True, False
            return
        self._opened = False
        if not self.stack:
            return
        self._end_group()
        if not self.stack and not self._is_closed:
            self._is_closed = True
            if not self.data[self._at :].strip(b" \t\r\n\x00}"):
                return
            self.made.note(tr("Its brackets do not match; what stands behind its end was read too."))

    def _end_group(self) -> None:
        old = self.state
        self.state = self.stack.pop()
        flow = old.flow
        if flow.kind == "fonts":
            self.fonts.name(old.font or 0, flow.taken())
        elif flow.kind == "styles":
            name = flow.taken().strip().rstrip(";")
            if name:
                self._styles.setdefault(old.style, (look_of(name), old.outline))
        if flow is not self.state.flow:
            self._end_flow(flow, old)

    def _end_flow(self, flow: Flow, state: State) -> None:
        if flow.kind in _TEXTS:
            held, self.state = self.state, state
            self._end_paragraph()
            self.state = held
            flow.end()
        into = flow.parent
        while into is not None and into.kind == "nowhere":
            into = into.parent
        match flow.kind:
            case "box" if into is not None:
                into.boxes += flow.pieces
            case "note":
                self.notes.append(flow.pieces)
            case "margin_comment":
                words = flow.words()
                self.made.leave_out("margin_comment", text=f"{self._author}: {words}" if self._author else words)
                self._author = ""
            case "page_head" if flow.words().strip():
                self.made.leave_out("page_head", text=flow.words())
            case "formula" | "deleted":
                self.made.leave_out(flow.kind, text=flow.words())
            case "author":
                self._author = flow.taken().strip()
            case "mark" if into is not None:
                into.mark = flow.taken()
            case "field":
                self._end_field(flow.taken())
            case kind if kind.startswith("info:"):
                self.info.setdefault(kind.removeprefix("info:"), " ".join(flow.taken().split()))
            case _:
                pass

    def _end_field(self, instruction: str) -> None:
        words = instruction.split()
        if not words:
            return
        if words[0].upper() == "HYPERLINK":
            self.made.leave_out("address")
        elif words[0].upper() == "MACROBUTTON":
            self.made.leave_out("form", text=" ".join(words[2:]))
        elif words[0].upper() == "EQ" and _NO_RESULT.match(self.data, self._at):
            self._equation(instruction)
        elif words[0].upper() == "SYMBOL" and len(words) > 1 and words[1].isdecimal():
            font = _FIELD_FONT.search(instruction)
            self._put(self.fonts.sign(int(words[1][:6]), font[1] if font else "symbol"))

    def _equation(self, instruction: str) -> None:
        word = overstruck(instruction)
        if word is None:
            self.made.leave_out("formula", text=instruction)
            return
        self._put(word[0])
        if word[1]:
            self.made.leave_out("reading", text=word[1])

    def _begin(self, kind: str) -> None:
        if kind == "note" and (self.state.deleted or self.state.hidden):
            kind = "deleted"
        elif kind == "note":
            self._numbered_notes += 1
            if self.made.options.footnotes:
                self._put(f"[{self._numbered_notes}]")
        self.state.flow = Flow(kind, self.state.flow)
        if kind in _TEXTS:
            self.state.ordinary()
            self.state.hidden = self.state.deleted = False

    def _skip_group(self) -> int:
        """Jump behind all that is in this group, before the bracket that ends it; return how many bytes that is."""
        start, depth, at, data = self._at, 1, self._at, self.data
        while found := _IN_SKIPPED.search(data, at):
            at = found.end()
            if found[1] is not None:
                at = self._behind_bytes(at, found[1])
            elif found[0] == b"{":
                depth += 1
            elif found[0] == b"}":
                depth -= 1
                if depth == 0:
                    self._at = at - 1
                    return self._at - start
        self._at = len(data)
        return self._at - start

    def _behind_bytes(self, at: int, said: bytes) -> int:
        """Return the place behind so many raw bytes; a number that reaches beyond the end is a lie and passed over."""
        end = at + max(_number(said, 0), 0)
        return end if end < len(self.data) else at

    # Control words

    def _symbol(self, symbol: bytes) -> None:
        self._flush()
        if self._skip:
            self._skip -= 1
            return
        if symbol == b"*" and self._opened:
            self._starred = True
            return
        self._opened = False
        if symbol in codes.SYMBOLS:
            self._put(codes.SYMBOLS[symbol])
        elif symbol in b"\r\n":
            self._end_paragraph()

    def _word(self, word: bytes, digits: bytes | None) -> None:
        self._flush()
        number = None if digits is None else _number(digits, 0)
        if word == b"bin":
            self._at = self._behind_bytes(self._at, digits or b"0")
        if self._skip:
            self._skip -= 1
            return
        if self._opened:
            self._opened = False
            if self._destination(word):
                return
            if self._starred:
                self._skip_group()
                return
        character = codes.CHARACTERS.get(word)
        if character is not None:
            self._put(character)
        elif word == b"u" and number is not None:
            self._unicode(number)
        elif (act := self._words.get(word)) is not None:
            act(self, number)

    def _destination(self, word: bytes) -> bool:
        """Go into the destination a group's first word names; say whether it names one."""
        if word in codes.SKIPPED:
            self._skip_group()
        elif word == b"pict":
            self._picture()
        elif word == b"sp":
            self._shape_property()
        elif word in codes.HEADS:
            self._begin("page_head")
        elif word in _FLOWS:
            kind = _FLOWS[word]
            if kind == "object":
                self.made.leave_out("object")
            else:
                self._begin(kind)
        elif word == b"ud" and self.state.flow.kind == "nowhere" and self.state.flow.parent is not None:
            self.state.flow = self.state.flow.parent
        elif self.state.flow.kind == "info" and word in _INFO:
            self._begin(f"info:{word.decode()}")
        else:
            return word in codes.TRANSPARENT
        return True

    def _picture(self) -> None:
        start = self._at
        end = start + self._skip_group()
        self.made.leave_out("picture", text=properties.description(self.data, start, end, self.fonts.page))

    def _shape_property(self) -> None:
        """Take the words a shape is made of; what else is said of it is passed over."""
        start = self._at
        end = start + self._skip_group()
        self.made.leave_out("picture", int(self.data.find(b"{\\pict", start, end) >= 0))
        words = properties.shape_text(self.data, start, end, self.fonts.page).strip()
        flow = self.state.flow
        while flow.kind == "nowhere" and flow.parent is not None:
            flow = flow.parent
        if words and flow.kind in _TEXTS:
            flow.boxes.append(Piece(words, zone="box"))

    def _unicode(self, number: int) -> None:
        code, font = number & 0xFFFF if number < 0 else number, self.state.font
        is_bullet = self.state.flow.kind == "mark" and self.fonts.draws(font)
        self._put("•" if is_bullet else self.fonts.character(code, font))
        self._skip = self.state.fallbacks

    # Paragraphs

    def _end_paragraph(self, depth: int | None = None) -> None:
        state = self.state
        flow = state.flow
        if flow.kind not in _TEXTS:
            if flow.kind != "nowhere":
                flow.parts.append(" ")
            return
        self._passages.end()
        text, mark, flow.mark = flow.taken(), flow.mark.strip(), ""
        is_bold, flow.is_bold = flow.is_bold, True
        look, _ = self._styles.get(state.style, (None, None))
        if look is not None and look.kind == CONTENTS:
            self._passages.take("navigation", text)
            return
        piece = self._piece(text, mark)
        piece.is_bold = is_bold and piece.kind != "heading"
        flow.add(piece, state.table if depth is None else depth)

    def _piece(self, text: str, mark: str) -> Piece:
        state = self.state
        look, outline = self._styles.get(state.style, (None, None))
        zone = "box" if state.flow.kind == "box" else "body"
        if state.outline is not None:
            outline = state.outline
        if mark and text.strip() and _LETTERS.search(mark):
            text = f"{mark} {text.lstrip()}"
        if look is not None and look.zone != "body":
            zone = look.zone
        if outline is not None and (look is None or look.kind in ("paragraph", "heading")):
            if 0 <= outline <= 8:
                return Piece(text, "heading", outline + 1, zone)
            look = None if look is None or look.zone == "body" else look
        if look is not None and look.kind != "paragraph":
            return Piece(text, look.kind, look.level, zone)
        if mark or state.listed:
            return Piece(text, "list", state.list_level + 1, zone)
        return Piece(text, zone=zone)

    def _break(self) -> None:
        """End the paragraph where a page or a column ends, but none in a table."""
        if self.state.table:
            self._put(" ")
        else:
            self._end_paragraph()

    def _cell(self, depth: int) -> None:
        self._end_paragraph(depth)
        self.state.flow.end_cell(depth)

    def _row(self, depth: int | None) -> None:
        flow = self.state.flow
        if any(part.strip() for part in flow.parts):
            self._end_paragraph(max(self.state.table, 1))
        flow.parts.clear()
        flow.end_row(depth)

    # Fonts, and the document as a whole

    def _charset(self, number: int | None) -> None:
        if self.state.flow.kind == "fonts" and number is not None:
            self.fonts.charset(self.state.font or 0, number)

    def _font_page(self, number: int | None) -> None:
        if self.state.flow.kind == "fonts":
            self.fonts.code_page(self.state.font or 0, number or 0)

    def _page(self, number: int | None) -> None:
        if number:
            self.fonts.page = codes.codec_of_page(number) or self.fonts.page

    def _old_page(self, codec: str) -> None:
        self.fonts.page = self.fonts.page or codec

    def _first_font(self, number: int | None) -> None:
        self.fonts.first = number

    def _first_language(self, number: int | None) -> None:
        self._default_language = number or 0

    def _revised(self, number: int | None) -> None:
        if number != 0 and self.state.flow.kind in _TEXTS:
            self.made.note(tr("Its tracked changes count as accepted: what was inserted is in the text."))

    _words: ClassVar[dict[bytes, Callable[[Reading, int | None], None]]] = {
        b"par": lambda r, n: r._end_paragraph(),
        b"sect": lambda r, n: r._break(),
        b"page": lambda r, n: r._break(),
        b"column": lambda r, n: r._break(),
        b"cell": lambda r, n: r._cell(1),
        b"nestcell": lambda r, n: r._cell(max(r.state.table, 2)),
        b"row": lambda r, n: r._row(1),
        b"nestrow": lambda r, n: r._row(None),
        b"pard": lambda r, n: r.state.ordinary(),
        b"plain": lambda r, n: r.state.plain(),
        b"s": _set("style", lambda n: n or 0),
        b"outlinelevel": _set("outline", lambda n: n),
        b"intbl": lambda r, n: setattr(r.state, "table", max(r.state.table, 1)),
        b"itap": _set("table", lambda n: max(n or 0, 0)),
        b"ls": _set("listed", lambda n: n is not None and n > 0),
        b"ilvl": _set("list_level", lambda n: min(max(n or 0, 0), 8)),
        b"v": _set("hidden", lambda n: n != 0),
        b"deleted": _set("deleted", lambda n: n != 0),
        b"b": _set("bold", lambda n: n != 0),
        b"lang": _set("language", lambda n: n or 0),
        b"uc": _set("fallbacks", lambda n: 1 if n is None else min(max(n, 0), 64)),
        b"revised": _revised,
        b"f": _set("font", lambda n: n),
        b"fcharset": _charset,
        b"cpg": _font_page,
        b"ansicpg": _page,
        b"mac": lambda r, n: r._old_page("mac_roman"),
        b"pc": lambda r, n: r._old_page("cp437"),
        b"pca": lambda r, n: r._old_page("cp850"),
        b"deff": _first_font,
        b"deflang": _first_language,
    }


def _number(digits: bytes, otherwise: int) -> int:
    """Return a control word's number; one of more digits than any has is as good as none."""
    return int(digits) if len(digits) <= 12 else otherwise
