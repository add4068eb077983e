"""What an article was read from: the kept file, how it was read, and every change made in reading it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QGridLayout, QVBoxLayout, QWidget

from annotator import paths
from annotator.language import tr, trn
from annotator.model import Version
from annotator.project import Original
from annotator.ui.controls import Button, Label
from annotator.ui.dialogs.ask import Sheet
from annotator.ui.theme import Theme

HOW = {
    "bom": tr("named by the mark at its beginning"),
    "utf-8": tr("certain"),
    "declared": tr("declared in the file"),
    "guess": tr("a guess: please check"),
    "given": tr("given by you"),
}


def facts_of(original: Original | None, version: Version) -> list[tuple[str, str]]:
    """Return what can be told about where a text came from, as (name, words)."""
    record: dict[str, Any] = json.loads(version.import_record or "{}")
    rows = [
        (tr("Text"), tr("{n:,} characters, version {version}", n=len(version.text), version=version.no)),
        (tr("SHA-256 of the text"), version.sha256),
    ]
    if original is not None:
        rows = [
            (tr("File"), original.name),
            (tr("Kind"), original.media_type),
            (
                tr("Size"),
                trn("{n} byte, kept as it was", "{n} bytes, kept as they were", len(original.content)),
            ),
            (tr("SHA-256 of the file"), original.sha256),
            *rows,
        ]
    if record.get("encoding"):
        rows.append((tr("Encoding"), f"{record['encoding']}, {HOW.get(record.get('how', ''), record.get('how', ''))}"))
    changes: dict[str, int] = record.get("changes") or {}
    rows.append(
        (tr("Changed in reading"), "; ".join(f"{n:,} × {what}" for what, n in changes.items()) or tr("nothing"))
    )
    left_out: list[str] = list(record.get("left_out") or ())
    if left_out:
        rows.append((tr("Left out"), "; ".join(left_out)))
    notes: list[str] = list(record.get("notes") or ())
    if notes:
        rows.append((tr("Notes"), " ".join(notes)))
    return rows


class OriginalDialog(Sheet):
    """Shows it and gives the kept bytes back as a file."""

    def __init__(self, theme: Theme, original: Original | None, version: Version, parent: QWidget | None) -> None:
        super().__init__(theme, tr("Original file"), parent, main=tr("Close"), cancel="")
        self._original = original
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for at, (name, words) in enumerate(facts_of(original, version)):
            value = Label(theme, words, "body", wrap=True)
            value.setTextInteractionFlags(value.textInteractionFlags().TextSelectableByMouse)
            if "SHA" in name:
                value.setText("\u200b".join(words[i : i + 8] for i in range(0, len(words), 8)))
            grid.addWidget(Label(theme, name, "small", muted=True), at, 0)
            grid.addWidget(value, at, 1)
        body = QVBoxLayout()
        body.setContentsMargins(24, 20, 24, 16)
        body.setSpacing(14)
        body.addWidget(Label(theme, tr("Original file"), "title"))
        body.addLayout(grid)
        body.addStretch(1)
        self.set_body(body)
        if original is not None:
            save = Button(theme, tr("Save the original as…"), "quiet")
            save.clicked.connect(self._save)
            self.foot_start.addWidget(save)
            self.foot_start.addStretch(1)
        self._told = Label(theme, "", "small", muted=True)
        self.foot_start.addWidget(self._told)
        self.resize(600, 380)

    def _save(self) -> None:
        if self._original is None:
            return
        start = str(paths.documents() / Path(self._original.name).name)
        name, _ = QFileDialog.getSaveFileName(self, tr("Save the original as"), start)
        if not name:
            return
        try:
            Path(name).write_bytes(self._original.content)
        except OSError as error:
            self._told.setText(tr("It was not written: {why}.", why=error.strerror))
        else:
            self._told.setText(tr("Written."))
