"""The card of keys: what stands on it, drawn on one printed page, or written as a page of the manual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QColor, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from annotator.language import tr
from annotator.ui.actions import COMMANDS, MENUS, bare, key_words
from annotator.ui.keys import KeyTable
from annotator.ui.paint import Box, advance, keycap, keycap_width
from annotator.ui.theme import LIGHT, font, load_fonts

DPI = 96
MARGIN = 44.0
COLUMNS = (2, 3, 4)
GAP = 26.0
ROW = 17.5
HEAD = 24.0
AFTER = 11.0
TOP = 74.0
FOOT = 18.0
MOST = 1.3
LEAST = 0.6
"""The type is never made smaller than this share of its size; more lines than that would fit no page."""


@dataclass(frozen=True)
class KeyLine:
    """One thing to do and its keys, as they are shown on caps."""

    keys: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class Group:
    """What belongs together on the card; ``note`` says where its keys act."""

    title: str
    note: str
    lines: tuple[KeyLine, ...]


_FIXED = (
    Group(
        tr("The caret"),
        tr("in the article"),
        (
            KeyLine(("←", "→"), tr("by a character; Ctrl: by a word")),
            KeyLine(("↑", "↓"), tr("by a line; Ctrl: by a paragraph")),
            KeyLine(("Shift",), tr("with any of these: select")),
            KeyLine(("↵",), tr("choose; again: list, or Details")),
            KeyLine(("Esc",), tr("back, then nothing chosen")),
        ),
    ),
    Group(
        tr("Panels and lists"),
        "",
        (
            KeyLine(("↵",), tr("go there")),
            KeyLine((tr("Del"),), tr("remove")),
            KeyLine(("F2",), tr("rename")),
            KeyLine(("Tab",), tr("next field; Shift: the one before")),
            KeyLine(("Esc",), tr("back to the article")),
        ),
    ),
    Group(
        tr("Who says it?"),
        tr("in the card"),
        (
            KeyLine(("↵",), tr("link")),
            KeyLine(("Shift+↵",), tr("link, instead of the one linked")),
            KeyLine(("Ctrl+↵",), tr("new source of the typed name")),
            KeyLine(("↑", "↓"), tr("choose an answer")),
            KeyLine(("Tab",), tr("change the cue")),
            KeyLine(("Esc",), tr("later")),
        ),
    ),
)
"""Keys of the caret, of lists and of the link card, which are no commands."""


def _code_book(table: KeyTable) -> Group:
    """Return what keys of commands do while the code book is open, and its own."""
    means = (
        ("project.new", tr("add a term")),
        ("find.open", tr("search terms")),
        ("register.merge", tr("merge with another term")),
    )
    lines = [KeyLine(tuple(map(key_words, table.keys(id_))), words) for id_, words in means if table.keys(id_)]
    own = (
        KeyLine((key_words("F2"),), tr("rename a term")),
        KeyLine(("Alt+↑", "Alt+↓"), tr("move a term")),
        KeyLine((key_words("Del"),), tr("remove a term nobody uses")),
    )
    return Group(tr("Code book"), tr("in its window"), (*lines, *own))


def groups(table: KeyTable) -> list[Group]:
    """Return everything that has a key, by menu."""
    found: dict[str, list[KeyLine]] = {}
    text: dict[str, bool] = {}
    for c in COMMANDS:
        keys = table.keys(c.id)
        if keys:
            line = KeyLine(tuple(key_words(k) for k in keys), c.plain.rstrip("…"))
            found.setdefault(c.menu, []).append(line)
            text[c.menu] = text.get(c.menu, True) and c.scope == "text"
    order = [path for path in MENUS if path in found]
    order.sort(key=lambda path: list(MENUS).index(path.partition("/")[0]))
    in_text = tr("in the article")
    made = [Group(bare(MENUS[path]), in_text if text[path] else "", tuple(found[path])) for path in order]
    return [*made, *_FIXED, _code_book(table)]


# -- on paper


def write_pdf(table: KeyTable, paper: str, path: str) -> bool:
    """Write the card as a PDF of one page; False where the file cannot be written."""
    load_fonts()
    writer = QPdfWriter(path)
    writer.setTitle(tr("Article Annotator: keys"))
    writer.setResolution(DPI * 8)
    prepare(writer, paper)
    return paint_card(writer, table)


def prepare(device: QPagedPaintDevice, paper: str) -> None:
    """Set the page: A4 or Letter, upright, its margins left to the drawing."""
    size = QPageSize.PageSizeId.Letter if paper == "Letter" else QPageSize.PageSizeId.A4
    page = QPageLayout(QPageSize(size), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    page.setMode(QPageLayout.Mode.FullPageMode)
    device.setPageLayout(page)


def paint_card(device: QPagedPaintDevice, table: KeyTable) -> bool:
    """Draw the card on the first page of a device, always in the light look; False where it cannot be drawn on."""
    p = QPainter()
    if not p.begin(device):
        return False
    scale = device.logicalDpiX() / DPI
    p.scale(scale, scale)
    full = device.pageLayout().fullRectPixels(DPI)
    _draw(p, QRectF(0, 0, full.width(), full.height()), groups(table), differs=bool(table.own))
    return p.end()


def _draw(p: QPainter, page: QRectF, shown: Sequence[Group], *, differs: bool) -> None:
    box, t = Box(page), LIGHT
    box.text(p, tr("Keys"), MARGIN, MARGIN - 6, 400, 36, font("display", px=26), t.ink)
    note = tr("Article Annotator · your own keys") if differs else tr("Article Annotator")
    box.text(p, note, page.width() - MARGIN - 300, MARGIN + 4, 300, 22, font("small"), t.muted, end=True)
    p.fillRect(QRectF(MARGIN, MARGIN + 32, page.width() - 2 * MARGIN, 1), QColor(t.ink))
    room = QRectF(MARGIN, TOP + 14, page.width() - 2 * MARGIN, page.height() - TOP - 14 - MARGIN - FOOT)
    k, columns = _fit(shown, room)
    p.save()
    p.translate(room.topLeft())
    p.scale(k, k)
    width = _width(room, k, len(columns))
    for n, column in enumerate(columns):
        y = 0.0
        for group in column:
            y = _draw_group(p, Box(QRectF(n * (width + GAP), y, width, _height(group))), group)
    p.restore()
    foot = tr(
        "Single letters act while the article’s text has the keyboard. Help > Keys changes any key and prints this card."
    )
    box.text(p, foot, MARGIN, page.height() - MARGIN - 4, page.width() - 2 * MARGIN, 18, font("small"), t.muted)


def _width(room: QRectF, k: float, parts: int) -> float:
    return (room.width() / k - GAP * (parts - 1)) / parts


def _fit(shown: Sequence[Group], room: QRectF) -> tuple[float, list[list[Group]]]:
    """Return the largest type at which all fits and no words are cut, and the columns, about equally long."""
    k, parts = max(_largest(shown, room, parts) for parts in COLUMNS)
    height = sum(map(_height, shown)) / parts
    while len(_columns(shown, height)) > parts and height < room.height() / k:
        height += ROW
    return k, _columns(shown, height)


def _largest(shown: Sequence[Group], room: QRectF, parts: int) -> tuple[float, int]:
    """Return the largest type that lets so many columns hold everything, and how many they are."""
    k, need = MOST, max(_line_width(line) for group in shown for line in group.lines)
    while k > LEAST and (len(_columns(shown, room.height() / k)) > parts or _width(room, k, parts) < need):
        k -= 0.02
    return k, parts


def _line_width(line: KeyLine) -> float:
    caps = sum(keycap_width(key) + 3 for key in line.keys[:2])
    return advance(font("small"), line.words) + caps + 8


def _height(group: Group) -> float:
    return HEAD + ROW * len(group.lines) + AFTER


def _columns(shown: Sequence[Group], height: float) -> list[list[Group]]:
    """Fill columns of a height one after the other; a group is never parted."""
    columns: list[list[Group]] = [[]]
    left = height
    for group in shown:
        need = _height(group) - AFTER
        if need > left and columns[-1]:
            columns.append([])
            left = height
        columns[-1].append(group)
        left -= _height(group)
    return columns


def _draw_group(p: QPainter, box: Box, group: Group) -> float:
    """Draw a group; returns where the next one begins."""
    t = LIGHT
    title = font("body", 600)
    box.text(p, group.title, 0, 0, box.w, 20, title, t.ink)
    if group.note:
        box.text(p, group.note, advance(title, group.title) + 8, 0, box.w, 20, font("small", italic=True), t.muted)
    p.fillRect(box.rc(0, 20, box.w, 0.75), QColor(t.edge))
    y = HEAD
    for line in group.lines:
        x = box.w
        for key in reversed(line.keys[:2]):
            x -= keycap_width(key)
            keycap(p, box, key, x, y + 1, t, h=15)
            x -= 3
        box.text(p, line.words, 0, y, x - 4, ROW, font("small"), t.ink)
        y += ROW
    return box.r.y() + y + AFTER


# -- in the manual


def manual_page() -> str:
    """Return the page of the manual that lists every key of the table, as Markdown."""
    lines = [
        "# " + tr("Keys"),
        "",
        tr(
            "Every key is here, and every command is also in the menus and in the command palette (`Ctrl+K`). "
            "*Help > Keys* (`F1`) finds, changes and prints them: press Enter on a command, then the new key."
        ),
        "",
        tr("Single letters act while the text of the article has the keyboard: Esc or F6 lead there."),
        "",
    ]
    for group in groups(KeyTable()):
        lines += [
            f"## {group.title}" + (f" ({group.note})" if group.note else ""),
            "",
            f"| {tr('Key')} | {tr('What it does')} |",
            "|---|---|",
        ]
        lines += [f"| {', '.join(_code(key) for key in line.keys)} | {line.words} |" for line in group.lines]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _code(key: str) -> str:
    return f"`{key}`".replace("|", "\\|")
