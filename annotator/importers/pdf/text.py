"""From blocks of lines to paragraphs, headings, lists, captions and notes: what goes on, and what begins anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

import regex

from annotator.importers.pdf.columns import SAME_SIZE, Block
from annotator.importers.pdf.lines import Line, PageLines, mended
from annotator.importers.pdf.marks import NOTE, UNSPACED, WIDE
from annotator.language import tr

_HEADING = 1.14
"""How much larger than the body's letters a heading's are."""

SMALL = 0.93
"""Most size of small type, such as notes are set in, beside the body's letters."""

_HEADING_WORDS = 30
_BACK = 16
"""How many paragraphs back a text may go on, over notes, captions and heads of pages."""

ENDS = regex.compile(r"[.!?…:;。！？؟۔।][\"'’”»)\]」』\d]{0,4}$")
"""The end of a sentence."""

_ITEM = regex.compile(r"(?:[•▪●■▫➢✓❖❑◦‣⁃·*–-]\s|\(?\d{1,3}[.)]\s|\(?[a-z][.)]\s)")
_BULLET = regex.compile(r"[•▪●■▫➢✓❖❑◦‣⁃]\s?|[·\uf020-\uf0ff]\s")
"""What an item begins with that is no word of it; fonts of signs have bullets without text."""

_CAPTION = regex.compile(
    r"(?:Fig(?:ure|\.)|Table|Photo(?:graph|s)?\b|Image|Illustration|Caption|Chart|Map|Source|Graphic|Abbildung|Abb\.|Foto|"
    r"Tabelle|Tableau|Bild|Tabla|Figura|Gráfico|Рис\.|图|図|表)\s?[\d:.|]",
)
_CREDIT = regex.compile(r"\b(?:Photo(?:graph)?|Picture|Image|Illustration|Foto|Bild|Photo by)\s*:|©")
_LETTER_END = regex.compile(r"\p{L}[-‐\u00ad]$")
_LEADER = regex.compile(r"(?:\.\s?){4,}\d{1,4}$")
"""Dots that lead to a number, in a list of contents."""

_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*(?:[-‐]\p{L}[\p{L}\p{M}]*)*")
_SUSPENDED = frozenset({"and", "or", "und", "oder", "bzw.", "bis", "et", "ou", "och", "og", "eller"})
"""What follows a hyphen that stands for the rest of a word, as in "two- and three-storey"."""

_HYPHENATED = frozenset({"well", "self", "quasi"})
"""First halves of words that keep their hyphen, where nothing else decides it."""


@dataclass
class Paragraph:
    """Lines that belong together, and what they are."""

    lines: list[Line]
    block: Block
    kind: str = "paragraph"
    level: int = 0
    zone: str = "body"
    text: str = ""
    column: int = 0
    setting: Setting | None = None

    @property
    def size(self) -> float:
        """Size of its letters."""
        return self.lines[0].size

    @property
    def page(self) -> int:
        """The page it begins on."""
        return self.lines[0].page


@dataclass
class Setting:
    """How a document is set: what is usual in it, by which the unusual is told."""

    body: float
    leading: dict[float, float] = field(default_factory=dict[float, float])
    indented: bool = False
    hyphenated: bool = False
    words: Counter[str] = field(default_factory=Counter[str])


def body_size(pages: Sequence[PageLines]) -> float:
    """Return the size of most letters of a document."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for row in page.rows:
            sizes[round(row.size * 2) / 2] += sum(len(w.pieces) for w in row.words)
    return max(sizes.items(), key=lambda s: s[1])[0] if sizes else 10.0


def paragraphs(blocks: Sequence[Block], body: float, changes: Counter[str]) -> list[Paragraph]:
    """Return a document's blocks, in reading order, as paragraphs; hyphens that are mended are counted."""
    setting = _setting(blocks, body)
    made: list[Paragraph] = []
    for n, block in enumerate(blocks):
        for paragraph in _of_block(block, setting):
            paragraph.column = n
            _kind(paragraph, setting)
            before = _open(made, paragraph, setting)
            if before is not None:
                before.lines += paragraph.lines
                before.column = n
                before.block = block
            else:
                made.append(paragraph)
    for paragraph in made:
        paragraph.setting = setting
        set_text(paragraph, changes)
    _levels(made)
    return made


def set_text(paragraph: Paragraph, changes: Counter[str]) -> None:
    """Set a paragraph's text from its lines; hyphens that are mended are counted."""
    if paragraph.setting is not None:
        paragraph.text = _flowing(paragraph, paragraph.setting, changes)
    if paragraph.kind == "list":
        paragraph.level = 1
        bullet = _BULLET.match(paragraph.text)
        paragraph.text = paragraph.text[bullet.end() if bullet else 0 :]


def _setting(blocks: Sequence[Block], body: float) -> Setting:
    setting = Setting(body)
    distances: dict[float, list[float]] = {}
    lines = hyphens = 0
    first = second = 0
    for block in blocks:
        for one, other in pairwise(block.lines):
            if abs(one.size - other.size) < SAME_SIZE * one.size:
                distances.setdefault(round(one.size), []).append(one.y - other.y)
        for line in block.lines:
            lines += 1
            hyphens += _LETTER_END.search(line.text) is not None
            words = _WORD.findall(line.text)
            whole = words[:-1] if line.text[-1:] in "-‐\u00ad" else words
            setting.words.update(w.casefold() for w in whole)
            indent = line.x0 - block.left
            first += 0.7 * line.size < indent < 4 * line.size
            second += indent < 0.3 * line.size
    setting.leading = {size: median(found) for size, found in distances.items()}
    setting.indented = first > 2 and first > 0.04 * second
    setting.hyphenated = hyphens >= 3 and hyphens > 0.03 * lines
    return setting


def _of_block(block: Block, setting: Setting) -> Iterator[Paragraph]:
    """Yield a block's paragraphs."""
    if block.table:
        yield from (Paragraph([line], block, "table_row") for line in block.lines)
        return
    current: list[Line] = []
    for n, line in enumerate(block.lines):
        following = block.lines[n + 1] if n + 1 < len(block.lines) else None
        if current and not _goes_on(current, line, following, block, setting):
            yield Paragraph(current, block)
            current = []
        current.append(line)
    if current:
        yield Paragraph(current, block)


def _goes_on(current: list[Line], line: Line, following: Line | None, block: Block, setting: Setting) -> bool:
    """Say whether a line belongs to the paragraph before it in the same block."""
    last, size = current[-1], max(line.size, current[-1].size)
    usual = setting.leading.get(round(last.size), 1.2 * last.size)
    unfinished = not ENDS.search(last.text)
    lower = line.text[:1].islower()
    if abs(line.size - last.size) > SAME_SIZE * size or _BULLET.match(line.text):
        return False
    if last.y - line.y > 1.22 * usual + 0.5 and last.y - line.y > usual + 0.18 * size:
        return unfinished and lower and last.y - line.y < 1.5 * usual
    if block.note and _is_next_note(current, line):
        return False
    large = line.size > _HEADING * setting.body
    if _LETTER_END.search(last.text):
        return True
    if _LEADER.search(last.text):
        return False
    if abs(last.bold - line.bold) > 0.9 and not large:
        return lower and unfinished
    if large:
        return True
    indent = 0.0 if block.ragged else line.x0 - last.x0
    if indent > 0.7 * size:
        return _hangs(current, line, following, unfinished)
    if indent < -0.7 * size and len(current) > 1:
        return unfinished and lower
    if (
        _ITEM.match(line.text)
        and (_ITEM.match(current[0].text) or not unfinished)
        and abs(line.x0 - current[0].x0) < size
    ):
        return False
    return (unfinished and lower) or not _fits(line, last, block)


def _is_next_note(current: Sequence[Line], line: Line) -> bool:
    """Say whether a line begins the note after the one that the lines before it are, or are the rest of."""
    first, mark = NOTE.match(current[0].text), NOTE.match(line.text)
    if mark is None or first is None:
        return mark is not None and ENDS.search(current[-1].text) is not None
    n, other = first["mark"] or first["set_off"], mark["mark"] or mark["set_off"]
    return n.isdecimal() and other.isdecimal() and int(other) == int(n) + 1


def _hangs(current: list[Line], line: Line, following: Line | None, unfinished: bool) -> bool:
    """Say whether an indented line goes on with a paragraph whose first line stands out to the left."""
    if len(current) > 1:
        return False
    item = _ITEM.match(current[0].text) or NOTE.match(current[0].text)
    same = following is not None and abs(following.x0 - line.x0) < 0.3 * line.size
    return bool(item) or (unfinished and (same or line.text[:1].islower()))


def _fits(line: Line, last: Line, block: Block) -> bool:
    """Say whether a line's first word would have found room at the end of the line before: that one ended by will."""
    if not line.words:
        return False
    word = line.words[0]
    room = block.right - block.left - (last.x1 - last.x0) if block.ragged else block.right - last.x1
    width = word.x1 - word.x0
    if UNSPACED.match(line.text):
        width = line.size
    return width + 0.3 * line.size < room


def _kind(paragraph: Paragraph, setting: Setting) -> None:
    first = paragraph.lines[0]
    text = " ".join(line.text for line in paragraph.lines)
    words = len(text.split())
    if paragraph.kind == "table_row" or paragraph.block.running:
        return
    if _BULLET.match(text) or (_ITEM.match(text) and first.size <= _HEADING * setting.body):
        paragraph.kind = "list"
    elif words <= _HEADING_WORDS and len(text) < 240 and _is_heading(paragraph, text, setting):
        paragraph.kind = "heading"
    elif (_CAPTION.match(text) and first.size <= 1.02 * setting.body) or (
        first.size < SMALL * setting.body and first.italic and words < 60
    ):
        paragraph.kind = paragraph.zone = "caption"


def _is_heading(paragraph: Paragraph, text: str, setting: Setting) -> bool:
    first = paragraph.lines[0]
    if not any(c.isalpha() for c in text):
        return False
    if first.size > _HEADING * setting.body:
        return True
    alone = len(paragraph.lines) <= 2 and not text[0].islower() and text[-1] not in ".,;:"
    return (
        alone
        and len(text.split()) <= 14
        and all(line.bold > 0.9 for line in paragraph.lines)
        and first.size > 0.95 * setting.body
    )


def _open(made: Sequence[Paragraph], paragraph: Paragraph, setting: Setting) -> Paragraph | None:
    """Return the paragraph that one at the beginning of a block goes on with: over columns, pages, pictures."""
    block = paragraph.block
    if paragraph.kind != "paragraph" or paragraph.lines[0] is not block.lines[0] or block.running or block.note:
        return None
    if paragraph.size <= SMALL * setting.body and NOTE.match(paragraph.lines[0].text):
        return None
    last = next((p for p in reversed(made) if not p.block.running and not p.block.note), None)
    for before in reversed(made[-_BACK:]):
        if before.block.running or before.block.note:
            continue
        if before.kind in ("caption", "table_row") or abs(before.size - paragraph.size) > SAME_SIZE * paragraph.size:
            if before.kind == "heading":
                return None
            continue
        if before.kind not in ("paragraph", "list") or before.column == paragraph.column:
            return None
        return before if _goes_over(before, paragraph, setting, near=before is last) else None
    return None


def _goes_over(before: Paragraph, paragraph: Paragraph, setting: Setting, *, near: bool) -> bool:
    last, line = before.lines[-1], paragraph.lines[0]
    unfinished = not ENDS.search(last.text)
    if abs(last.bold - line.bold) > 0.9 and not unfinished:
        return False
    if unfinished and (line.text[:1].islower() or _LETTER_END.search(last.text)):
        return True
    same_column = last.page == line.page and abs(last.x0 - line.x0) < 2 * line.size and line.y < last.y
    if not near or same_column or before.kind == "list":
        return False
    if _fits(line, last, before.block) or _ITEM.match(line.text):
        return False
    indented = line.x0 - paragraph.block.left > 0.7 * line.size
    return not indented  # a last line that is full by chance is rarer than a sentence that ends with its line


def _flowing(paragraph: Paragraph, setting: Setting, changes: Counter[str]) -> str:
    """Return the text of a paragraph's lines as one line, hyphens at line ends mended where that is right."""
    text = ""
    for line in paragraph.lines:
        said = mended(line.text, changes)
        if not text:
            text = said
        else:
            text = _joined(text, said, setting, changes)
    if text.endswith("\u00ad"):
        text = text[:-1]
    return text


def _joined(text: str, said: str, setting: Setting, changes: Counter[str]) -> str:
    last, first = text[-1], said[:1]
    if last == "\u00ad":
        changes[tr("hyphens at line ends removed")] += 1
        return text[:-1] + said
    if last in "-‐" and len(text) > 1 and text[-2].isalpha():
        if said.split(" ", 1)[0] in _SUSPENDED and _is_suspended(text, setting):
            return f"{text} {said}"
        if (first.islower() or (text[-2].isupper() and said[:2].isupper())) and _is_one_word(text, said, setting):
            changes[tr("hyphens at line ends removed")] += 1
            return text[:-1] + said
        if first.isalnum():
            return text + said
    if (last in "—‑" and first.isalnum() and text[-2:-1] != " ") or (
        last == "–" and text[-2:-1].isdigit() and first.isdigit()
    ):
        return text + said
    if last in "-‐" and text[-2:-1].isdigit() and first.isdigit():
        return text + said
    if (UNSPACED.match(last) and UNSPACED.match(first)) or WIDE.match(last) or WIDE.match(first):
        return text + said
    if "://" in text.rsplit(" ", 1)[-1] and last in "/-_.=&?%" and first.isalnum():
        return text + said
    return f"{text} {said}"


def _is_suspended(text: str, setting: Setting) -> bool:
    """Say whether a hyphen before "and" stands for the rest of a word: its first half is one ("isl-and" has none)."""
    half = regex.search(r"[\p{L}\p{M}]+(?=[-‐]$)", text)
    return half is not None and (not setting.hyphenated or setting.words[half[0].casefold()] > 0)


def _is_one_word(text: str, said: str, setting: Setting) -> bool:
    """Say whether a word parted by a hyphen at a line's end is written without it: the document's other words decide."""
    start = regex.search(r"[\p{L}\p{M}]+(?=[-‐]$)", text)
    end = regex.match(r"[\p{L}\p{M}]+", said)
    if start is None or end is None:
        return False
    one, other = start[0].casefold(), end[0].casefold()
    known = setting.words
    if known[one + other]:
        return True
    if known[f"{one}-{other}"] or known[f"{one}‐{other}"] or text[: start.start()].endswith(("-", "‐")):
        return False
    if one in _HYPHENATED or len(one) < 2:
        return False
    both = len(one) > 2 and len(other) > 2 and known[one] and known[other]
    return setting.hyphenated or not both


def _levels(made: Sequence[Paragraph]) -> None:
    """Give each heading a level by its size: the largest is 1."""
    sizes = sorted({round(p.size) for p in made if p.kind == "heading"}, reverse=True)
    for p in made:
        if p.kind == "heading":
            p.level = min(sizes.index(round(p.size)) + 1, 6)


def set_beside(made: Sequence[Paragraph], pages: Sequence[PageLines], body: float) -> None:
    """Tell captions by the pictures they stand under, and what is set in boxes by the boxes."""
    by_page = {page.number: page for page in pages}
    for p in made:
        page = by_page[p.page]
        lines = [line for line in p.lines if line.page == p.page]
        x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
        low, high = lines[-1].bottom, lines[0].top
        if p.kind in ("paragraph", "heading") and len(p.lines) <= 6 and _is_set_otherwise(p, body):
            over = (b for b in page.pictures if x0 < b[2] and b[0] < x1 and b[3] - b[1] < 0.8 * page.height)
            if any(-0.5 * p.size < b[1] - high < 2.2 * p.size for b in over) or _CREDIT.search(p.text):
                p.kind, p.level, p.zone = "caption", 0, "caption"
        inside = any(b[0] - 2 < x0 and x1 < b[2] + 8 and b[1] - 2 < low and high < b[3] + 2 for b in page.boxes)
        if inside and len(lines) == len(p.lines) and p.kind != "table_row":
            p.zone = "box"


def _is_set_otherwise(paragraph: Paragraph, body: float) -> bool:
    small = paragraph.size < 0.97 * body
    return small or all(line.italic or line.bold > 0.9 for line in paragraph.lines)
