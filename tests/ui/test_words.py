"""Runs the window in a language of brackets and looks for words without them: they would stay English in any other."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CHILD = Path(__file__).with_name("bracketed.py")


@pytest.fixture(scope="module")
def english_words(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the words without brackets; a process of its own, for words in tables are translated at import."""
    home = tmp_path_factory.mktemp("brackets")
    env = os.environ | {"ANNOTATOR_HOME": str(home / "home"), "QT_QPA_PLATFORM": "offscreen"}
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(root), str(CHILD)],
        cwd=root, env=env | {"BRACKETS": str(home / "found.txt")}, capture_output=True, text=True, timeout=110, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:]
    return (home / "found.txt").read_text("utf-8").splitlines()


def test_no_word_the_window_shows_escapes_the_language(english_words: list[str]) -> None:
    assert not english_words, "\n".join(["", *english_words])
