"""The whole job with keys alone in a real window: forty linked claims, ninety entities, and how many keys that takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator import importers
from tests.e2e import keyboard_run, xvfb
from tests.e2e.keyboard_run import CLAIMS, CUED_LINKS, ENTITIES, MOST_PER_LINK, SOURCES
from tests.e2e.test_real_window import REAL, open_article


@pytest.fixture
def screen() -> Iterator[xvfb.Screen]:
    if missing := xvfb.missing():
        pytest.skip(f"not installed: {', '.join(missing)}")
    shots = os.environ.get("ANNOTATOR_SHOTS")
    with xvfb.Screen(shots=Path(shots) if shots else None) as made:
        yield made


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """The weekly's front page where it is at hand, else a made-up one; a copy, so that nothing happens to it."""
    copy = tmp_path / "front page.txt"
    copy.write_bytes(REAL.read_bytes() if REAL.is_file() else keyboard_run.made_up().encode())
    return copy


def listed(project: Path, kind: str) -> list[dict[str, Any]]:
    """Return what the command line lists, as a person would ask it."""
    asked = subprocess.run(
        [sys.executable, "-m", "annotator", "list", str(project), kind, "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(asked.stdout)


class Board:
    """Keys that lead nowhere."""

    def __init__(self) -> None:
        self.pressed = 0

    def press(self, *keys: str) -> None:
        self.pressed += len(keys)

    def type(self, words: str) -> None:
        self.pressed += len(words)


def test_what_is_counted_is_what_was_pressed(article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    board = Board()
    person = keyboard_run.Annotator(board, tmp_path / "none.annot", importers.read(article))
    monkeypatch.setattr(keyboard_run, "counts", lambda _: (0, 0, 0, 0))
    monkeypatch.setattr(person, "wait", lambda *_: None)
    person.mark_entities()
    person.link_sentences()
    person.link_pieces()
    noted = sum(select + rest for pairs in person.tally.presses.values() for select, rest in pairs)
    assert noted == board.pressed > 2 * ENTITIES + 4 * CLAIMS
    assert person.tally.most_per_link == 3


@pytest.mark.slow
def test_forty_linked_claims_with_keys_alone(screen: xvfb.Screen, article: Path, tmp_path: Path) -> None:
    draft = importers.read(article)
    project = open_article(screen, article, tmp_path / "home")
    person = keyboard_run.Annotator(screen, project, draft)
    person.mark_entities()
    screen.shot("entities")
    person.link_sentences()
    screen.shot("sentences")
    person.link_pieces()
    person.mark_sources()
    screen.shot("done")
    screen.press("ctrl+q")
    screen.wait_gone(xvfb.NAME)

    print(f"\n{person.tally.table()}")
    claims, sources = listed(project, "claims"), listed(project, "sources")
    links = listed(project, "attributions")
    cued = [link for link in links if link["cue"]]
    print(f"{len(claims)} claims, {len(links)} links, {len(cued)} with a cue, {len(sources)} sources")
    named = [s for s in sources if s["kind"] not in ("author", "publication", "unstated")]
    assert len(claims) == CLAIMS
    assert all(c["sources"] for c in claims)
    assert len(named) >= SOURCES
    assert sum(e["mentions"] for e in listed(project, "entities")) == ENTITIES
    assert len(cued) >= CUED_LINKS
    assert all(link["cue_load"] for link in cued)
    assert person.tally.most_per_link <= MOST_PER_LINK
