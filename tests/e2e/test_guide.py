"""The guide's pictures: every step that leads to one can still be done, and the command makes them all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e import guide

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"


@pytest.mark.slow
def test_the_steps_of_the_guide_lead_to_its_pictures(
    qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANNOTATOR_HOME", str(tmp_path))
    monkeypatch.setattr(guide, "REST_MS", 20)
    guide.main(tmp_path / "pictures")
    made = {p.name: p.stat().st_size for p in (tmp_path / "pictures").glob("*.png")}
    assert set(made) == {p.name for p in PICTURES.glob("*.png")}
    assert all(made.values())
