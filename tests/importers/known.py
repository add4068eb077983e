"""One article, known to its last character, that is written in every format and read back."""

from __future__ import annotations

from dataclasses import dataclass

LINK = "https://council.example/minutes?id=7&part=2"
TITLE = "The bridge that nobody ordered"
AUTHOR = "Ana Reed and Tom Hill"
LANGUAGE = "en-GB"

SHOWN = ("text", "bold", "italic", "link", "inserted", "field")
"""Kinds of runs whose words are part of the text; those of the others are left out and listed."""


@dataclass(frozen=True)
class Run:
    """A stretch of a piece: its words, and how they stand in it.

    ``kind``: one of SHOWN; or note (a footnote here with these words), comment (in the margin), deleted (a tracked
    change; inserted is shown), hidden.
    """

    words: str
    kind: str = "text"


@dataclass(frozen=True)
class Piece:
    """A block of the article in reading order. A table row's cells are joined by TAB; ``box``: it stands in a text box.

    ``level``: of a heading (1 is the title) or of a list's nesting (1 outermost). ``number``: what a numbered list shows before the
    item ("1."), empty for a bullet.
    """

    runs: tuple[Run, ...]
    kind: str = "paragraph"
    level: int = 0
    zone: str = "body"
    number: str = ""

    @property
    def words(self) -> str:
        """Return the words that are part of the text, without the number."""
        return "".join(run.words for run in self.runs if run.kind in SHOWN)

    @property
    def text(self) -> str:
        """Return the whole text of the block, the number of its list included."""
        return f"{self.number} {self.words}" if self.number else self.words

    @property
    def cells(self) -> list[str]:
        """Return the cells of a table row."""
        return self.words.split("\t")


def piece(*runs: str | Run, kind: str = "paragraph", level: int = 0, zone: str = "body", number: str = "") -> Piece:
    """Return a piece of plain words and runs."""
    return Piece(tuple(Run(r) if isinstance(r, str) else r for r in runs), kind, level, zone, number)


PIECES: tuple[Piece, ...] = (
    piece(TITLE, kind="heading", level=1, zone="headline"),
    piece("A town was given a second crossing, and three years later it asks who paid for it.", zone="standfirst"),
    piece(f"By {AUTHOR}", zone="byline"),
    piece("3 June 2025", zone="byline"),
    piece(
        "The new bridge over the Lenne was opened ",
        Run("without a single speech", "bold"),
        ", the ",
        Run("minutes of the council", "link"),
        " say. “Nobody had ordered it,” said the mayor, Ida Brook.",
    ),
    piece("What was counted", kind="heading", level=2),
    piece(
        "The builder",
        Run("Moor & Sons, registered in the town since 1968.", "note"),
        " counted ",
        Run("forty", "deleted"),
        Run("fourteen", "inserted"),
        " lorries a day",
        Run("Where does this number come from?", "comment"),
        "; the district office counted nine < ten.",
    ),
    piece(
        "Who was asked:",
    ),
    piece("the council, twice", kind="list", level=1),
    piece("the builder’s office", kind="list", level=1),
    piece("by letter", kind="list", level=2),
    piece("by telephone, on 2 May", kind="list", level=2),
    piece("the ferryman", kind="list", level=1),
    piece("What they were asked:"),
    piece("Who signed the order?", kind="list", level=1, number="1."),
    piece("Who paid the first bill?", kind="list", level=1, number="2."),
    piece("in money", kind="list", level=2, number="a)"),
    piece("in stone", kind="list", level=2, number="b)"),
    piece("Who counted?", kind="list", level=1, number="3."),
    piece("We were told of it by the fish, as one says here, and the fish do not talk.", kind="quote"),
    piece("The bridge in the fog of the first morning. Photograph: Tom Hill", kind="caption", zone="caption"),
    piece("place\tlorries\tcarts", kind="table_row"),
    piece("north bank\t9\t31", kind="table_row"),
    piece("south bank\t14\t", kind="table_row"),
    piece("ferry\t\t2", kind="table_row"),
    piece("The bill", kind="heading", level=2),
    piece(
        "It stands at ",
        Run("412,000", "field"),
        " crowns",
        Run(" (check with the bank)", "hidden"),
        ", which is 4\u00a0% of the budget: a fig\u00adure that made one councillor write \U0001f62e\u200d\U0001f4a8 in the margin.",
        Run("The bank did not answer before this article went to press.", "note"),
    ),
    piece("قال رئيس البلدية إن الجسر «هدية» من المقاطعة."),
    piece("桥梁没有人订购。記者は町役場に尋ねた。สะพานนี้ไม่มีใครสั่ง"),
    piece("The Lenne is 112 kilometres long and has eleven bridges.", zone="box"),
    piece("It was not the first gift of this kind, and it may not be the last.\tEnd."),
)

TEXT = "\n".join(p.text for p in PIECES)

LEFT_OUT: dict[str, tuple[str, ...]] = {
    kind: tuple(r.words for p in PIECES for r in p.runs if r.kind == run_kind)
    for kind, run_kind in (
        ("note", "note"),
        ("margin_comment", "comment"),
        ("deleted", "deleted"),
        ("hidden", "hidden"),
    )
}
"""The words that a reader leaves out and lists, by their kind in ``left_out.KINDS``."""
