"""What a card in the margin shows: number, who says it, how the checking stands; less where it is narrower."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annotator.model import AnnotatedArticle, Claim, Id
from annotator.ui.article import voices
from annotator.ui.article.card_places import NAMED, READABLE
from annotator.ui.paint import Box, advance, glyph, status_glyph
from annotator.ui.theme import Theme, font

NARROW = 168
"""From this width on, px, a card shows the glyph of a claim; below it a bar."""
WIDE = 332
"""From this width on, px, a card shows the claim's short text too."""


class Card:
    """Draws one card into a box, without the ground it stands on."""

    def __init__(self, p: QPainter, box: Box, theme: Theme, profile: str) -> None:
        self._p = p
        self._box = box
        self._theme = theme
        self._profile = profile

    def draw(self, annotated: AnnotatedArticle, claim: Claim, number: int, weight: int) -> None:
        """Draw what there is room for, the words in a weight (400 or 600)."""
        box = self._box
        voice = voices.voice_of(annotated, claim.id)
        if box.w < NAMED:
            self._small(number, voice)
            return
        x = self._number(number)
        if box.w >= READABLE:
            self._state(annotated, claim.id)
        end = 24 if box.w >= READABLE else 2
        if box.w < WIDE:
            self._voice(voice, x, box.w - x - end, weight)
            return
        at = box.w - end - 148
        words = voices.short_of(annotated, claim)
        box.text(self._p, words, x, 0, at - x - 12, box.h, font("small", weight), self._theme.ink)
        self._voice(voice, at, 144, 400)

    def _small(self, number: int, voice: voices.Voice) -> None:
        """Draw a card that has room for its number alone; the form of its frame says whether somebody stands behind it."""
        p, box, theme = self._p, self._box, self._theme
        if voice.kind == voices.OPEN:
            p.setPen(QPen(QColor(theme.edge), 1, Qt.PenStyle.DashLine))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawRoundedRect(box.rc(1.5, (box.h - 18) / 2 + 0.5, box.w - 3, 17), 4, 4)
        p.fillRect(box.rc(4, box.h / 2 - 6, 3, 12), QColor(theme.claim))
        face = font("small", 600, italic=voice.kind in (voices.AUTHOR, voices.NOBODY))
        box.text(p, str(number), 9, 0, box.w - 9, box.h, face, theme.ink)

    def _number(self, number: int) -> float:
        """Draw sign and number and return where the words begin."""
        p, box = self._p, self._box
        face = font("small", 600)
        x = 8.0
        if box.w >= NARROW:
            at = box.rc(x, box.h / 2 - 5, 10, 10)
            glyph(p, "claim", at.x(), at.y(), self._theme)
            x += 18
        else:
            p.fillRect(box.rc(x, box.h / 2 - 6, 3, 12), QColor(self._theme.claim))
            x += 9
        width = max(15.0, advance(face, "0") * len(str(number)))  # figures are all as wide
        box.text(p, str(number), x, 0, width + 60, box.h, face, self._theme.ink)
        return x + width + 7

    def _state(self, annotated: AnnotatedArticle, claim: Id) -> None:
        """Draw how the checking stands: a verdict's number for a teacher, the status's shape for others."""
        p, box = self._p, self._box
        if self._profile != "teacher":
            at = box.rc(box.w - 20, box.h / 2 - 6, 12, 12)
            status_glyph(p, voices.status_of(annotated, claim), at.x(), at.y(), self._theme)
            return
        verdict = voices.verdict_of(annotated, claim)
        if not verdict:
            return
        cap = box.rc(box.w - 22, box.h / 2 - 8, 16, 16)
        p.setPen(QPen(QColor(self._theme.edge), 1))
        p.setBrush(QColor(self._theme.raised))
        p.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        p.setFont(font("key", 600))
        p.setPen(QColor(self._theme.ink))
        p.drawText(cap, int(Qt.AlignmentFlag.AlignCenter.value), verdict if verdict.isdigit() else "–")

    def _voice(self, voice: voices.Voice, x: float, width: float, weight: int) -> None:
        """Draw who says it. The three kinds of nobody differ in words and form, not in colour."""
        p, box, theme = self._p, self._box, self._theme
        if voice.kind == voices.SPEAKER:
            box.text(p, voice.words, x, 0, width, box.h, font("small", weight), theme.ink)
        elif voice.kind == voices.OPEN:
            face = font("small")
            p.setPen(QPen(QColor(theme.edge), 1, Qt.PenStyle.DashLine))
            p.setBrush(Qt.BrushStyle.NoBrush)
            frame = min(width + 2, advance(face, voice.words) + 12)
            p.drawRoundedRect(box.rc(x - 2, (box.h - 18) / 2, frame, 18), 4, 4)
            box.text(p, voice.words, x + 4, 0, frame - 10, box.h, face, theme.ink)
        else:
            box.text(p, voice.words, x, 0, width, box.h, font("small", italic=True), theme.muted)
