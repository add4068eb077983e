"""Colours, type and icons in one place; the palette and the panels' style sheet are made from them.

Colour belongs to the marks; the window is ink on paper. The accent says three things only: focus, what is chosen in a
list, what a click does. A theme is passed to widgets; nobody keeps a current one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from annotator import paths

SERIF = "Charis SIL"
SANS = "Inter"
_ICON_SCALE = 2


@dataclass(frozen=True)
class Theme:
    """The colours of a look, as ``#rrggbb``. Every pair in use is measured by tests/ui/test_contrast.py."""

    name: str
    dark: bool
    weight: float
    """How much thicker than usual rules, bars and outlines are drawn."""
    page: str
    panel: str
    raised: str
    hover: str
    tint: str
    ink: str
    muted: str
    faint: str
    line: str
    edge: str
    accent: str
    on_accent: str
    band: str
    band2: str
    claim: str
    source: str
    entity: str
    cue: str
    sel: str
    selink: str


LIGHT = Theme(
    name="light",
    dark=False,
    weight=1.0,
    page="#fdfcf9",
    panel="#f4f2ec",
    raised="#ffffff",
    hover="#ebe8df",
    tint="#dde9e3",
    ink="#1f1d1a",
    muted="#625d55",
    faint="#b9b3a8",
    line="#e0dcd1",
    edge="#878176",
    accent="#1a6152",
    on_accent="#ffffff",
    band="#fbe7b0",
    band2="#f3d27c",
    claim="#8f5f00",
    source="#0b57a4",
    entity="#6b6b6b",
    cue="#5b4a8a",
    sel="#b9d4f5",
    selink="#10233b",
)

DARK = Theme(
    name="dark",
    dark=True,
    weight=1.0,
    page="#17181a",
    panel="#1e2023",
    raised="#26292d",
    hover="#2b2e33",
    tint="#22382f",
    ink="#e7e3da",
    muted="#a9a499",
    faint="#5c5a55",
    line="#313438",
    edge="#7c8085",
    accent="#7fcfb6",
    on_accent="#0d1f19",
    band="#453817",
    band2="#5e4b1b",
    claim="#e0a92e",
    source="#6fb1ff",
    entity="#a6a6a6",
    cue="#b9a6f0",
    sel="#2f5b92",
    selink="#ffffff",
)

LIGHT_CONTRAST = Theme(
    name="light-contrast",
    dark=False,
    weight=1.4,
    page="#ffffff",
    panel="#ffffff",
    raised="#ffffff",
    hover="#e4e4e4",
    tint="#5f9d8d",
    ink="#000000",
    muted="#1c1c1c",
    faint="#757575",
    line="#595959",
    edge="#000000",
    accent="#00482f",
    on_accent="#ffffff",
    band="#ffffff",
    band2="#ffffff",
    claim="#5c3200",
    source="#002f8f",
    entity="#000000",
    cue="#431a85",
    sel="#00408a",
    selink="#ffffff",
)

DARK_CONTRAST = Theme(
    name="dark-contrast",
    dark=True,
    weight=1.4,
    page="#000000",
    panel="#000000",
    raised="#000000",
    hover="#2c2c2c",
    tint="#1f6b57",
    ink="#ffffff",
    muted="#e8e8e8",
    faint="#8f8f8f",
    line="#8f8f8f",
    edge="#ffffff",
    accent="#7dffdc",
    on_accent="#000000",
    band="#000000",
    band2="#000000",
    claim="#ffc94a",
    source="#8ecbff",
    entity="#ffffff",
    cue="#dcc9ff",
    sel="#ffe34d",
    selink="#000000",
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST)}


def wanted(look: str, *, dark: bool, contrast: bool) -> Theme:
    """Return the theme of a look: one of THEMES by its name, or "system" and what the system says of itself."""
    if look in THEMES:
        return THEMES[look]
    return THEMES[("dark" if dark else "light") + ("-contrast" if contrast else "")]


TYPE: dict[str, tuple[str, int, int]] = {
    "display": (SERIF, 32, 700),
    "article": (SERIF, 18, 400),
    "quote": (SERIF, 16, 400),
    "title": (SANS, 17, 600),
    "section": (SANS, 13, 600),
    "body": (SANS, 13, 400),
    "small": (SANS, 12, 400),
    "figure": (SANS, 20, 600),
    "key": (SANS, 11, 500),
}
"""Type roles: family, pixels, weight. Serif is the article's words anywhere in the window, sans is ours."""


def load_fonts() -> None:
    """Register the shipped fonts; call once, after the application object was made."""
    folder = paths.resource("fonts")
    if not folder.is_dir():
        return
    for file in sorted(folder.rglob("*")):
        if file.suffix.lower() in (".ttf", ".otf"):
            QFontDatabase.addApplicationFont(str(file))


@lru_cache(maxsize=256)
def _font(role: str, weight: int | None, italic: bool, px: int | None) -> QFont:
    family, size, usual = TYPE[role]
    made = QFont(family)
    made.setPixelSize(px or size)
    made.setWeight(QFont.Weight(weight or usual))
    made.setItalic(italic)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setStyleHint(QFont.StyleHint.Serif if family == SERIF else QFont.StyleHint.SansSerif)
    if family == SANS:
        made.setFeature(QFont.Tag("tnum"), 1)  # figures stand under each other
    return made


def font(role: str, weight: int | None = None, italic: bool = False, px: int | None = None) -> QFont:
    """Return the font of a type role, on request in another weight (100-900) or size in px."""
    return QFont(_font(role, weight, italic, px))


@lru_cache(maxsize=512)
def icon(name: str, color: str, px: int = 16) -> QPixmap:
    """Return a shipped icon in one colour, ``px`` wide, drawn for dense screens.

    An icon that is not there is an empty picture: a damaged installation still opens.
    """
    made = QPixmap(px * _ICON_SCALE, px * _ICON_SCALE)
    made.fill(Qt.GlobalColor.transparent)
    file = paths.resource("icons", f"{name}.svg")
    if file.is_file():
        p = QPainter(made)
        QSvgRenderer(file.read_bytes().replace(b"currentColor", color.encode("ascii"))).render(p)
        p.end()
    made.setDevicePixelRatio(_ICON_SCALE)
    return made


def palette(theme: Theme) -> QPalette:
    """Return the application's palette."""
    role = QPalette.ColorRole
    made = QPalette()
    colors = {
        role.Window: theme.panel,
        role.Base: theme.raised,
        role.AlternateBase: theme.panel,
        role.Button: theme.raised,
        role.ToolTipBase: theme.ink,
        role.ToolTipText: theme.page,
        role.WindowText: theme.ink,
        role.Text: theme.ink,
        role.ButtonText: theme.ink,
        role.BrightText: theme.ink,
        role.PlaceholderText: theme.muted,
        role.Highlight: theme.tint,
        role.HighlightedText: theme.ink,
        role.Link: theme.accent,
        role.Accent: theme.accent,
        role.Light: theme.line,
        role.Midlight: theme.line,
        role.Mid: theme.edge,
        role.Dark: theme.edge,
        role.Shadow: "#000000",
    }
    for which, color in colors.items():
        made.setColor(which, QColor(color))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.muted))
    return made


def scroll_bar_sheet(theme: Theme, ground: str, width: int = 12) -> str:
    """Return the style of a vertical scroll bar; set it on the bar itself, not on a view above it."""
    return f"""
    QScrollBar:vertical {{ background:{ground}; width:{width}px; border:0; }}
    QScrollBar::handle:vertical {{ background:{theme.faint}; min-height:36px; border-radius:3px; margin:2px; }}
    QScrollBar::handle:vertical:hover {{ background:{theme.edge}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height:0; width:0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background:transparent; }}
    QScrollBar:horizontal {{ height:0; }}
    """


def sheet(theme: Theme) -> str:
    """Return the style sheet of panels and dialogs.

    Never for the application or above the article view: a sheet there costs every paint of the text.
    """
    t = theme
    return (
        _fields(t)
        + _buttons(t)
        + scroll_bar_sheet(t, "transparent", 10)
        + f"""
    QScrollArea, QScrollArea > QWidget > QWidget#paper {{ background:transparent; border:0; }}
    QListView, QTreeView, QTableView {{ background:transparent; border:0; outline:0; }}
    QTreeView, QTableView {{ selection-background-color:transparent; show-decoration-selected:0; }}
    QTreeView::item, QTreeView::item:selected, QTreeView::item:hover, QTreeView::branch, QTableView::item, QTableView::item:selected {{
        background:transparent; border:0; }}
    QHeaderView {{ background:transparent; border:0; }}
    QHeaderView::section {{ background:transparent; color:{t.muted}; border:0; border-bottom:1px solid {t.line};
        padding:4px 8px; }}
    QHeaderView::section:last {{ padding-right:20px; }}
    QCheckBox, QRadioButton {{ spacing:8px; }}
    QToolTip {{ background:{t.ink}; color:{t.page}; border:0; padding:6px 8px; }}
    """
    )


def _fields(t: Theme) -> str:
    return f"""
    QLineEdit, QPlainTextEdit, QTextEdit#note {{ background:{t.raised}; color:{t.ink}; border:1px solid {t.edge};
        border-radius:6px; padding:4px 8px; selection-background-color:{t.sel}; selection-color:{t.selink};
        placeholder-text-color:{t.muted}; }}
    QLineEdit {{ min-height:20px; }}
    QLineEdit:focus, QPlainTextEdit:focus, QTextEdit#note:focus {{ border:2px solid {t.accent}; padding:3px 7px; }}
    """


def _buttons(t: Theme) -> str:
    return f"""
    QPushButton {{ background:{t.raised}; color:{t.ink}; border:1px solid {t.edge}; border-radius:6px;
        padding:0 16px; min-height:30px; }}
    QPushButton:hover {{ background:{t.hover}; }}
    QPushButton:disabled {{ color:{t.muted}; border-color:{t.line}; }}
    QPushButton:focus {{ border:2px solid {t.accent}; padding:0 15px; min-height:28px; }}
    QPushButton[kind="primary"] {{ background:{t.accent}; color:{t.on_accent}; border:1px solid {t.accent};
        font-weight:600; }}
    QPushButton[kind="primary"]:focus {{ border:2px solid {t.ink}; padding:0 15px; min-height:28px; }}
    QPushButton[kind="primary"]:disabled {{ background:{t.hover}; color:{t.muted}; border-color:{t.line}; }}
    QPushButton[kind="quiet"] {{ background:transparent; border:1px solid transparent; color:{t.accent};
        padding:0 4px; min-height:22px; font-weight:500; }}
    QPushButton[kind="quiet"]:hover {{ background:{t.hover}; }}
    QPushButton[kind="quiet"]:disabled {{ color:{t.muted}; }}
    QPushButton[kind="quiet"]:focus {{ border:2px solid {t.accent}; padding:0 3px; min-height:20px; }}
    """
