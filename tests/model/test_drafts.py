"""Import reports: kept as JSON beside the text."""

from __future__ import annotations

import pytest

from annotator.model import ImportReport, ReadOptions

REPORT = ImportReport(
    "cp1252", "guess", {"line ends CR LF made LF": 1200}, ("1 picture",), ("It is odd.",), {"title": "the headline"},
    ReadOptions("cp1252", whole_page=True, columns=2, chapters=("a", "b")),
)  # fmt: skip


def test_a_report_comes_back_from_its_json():
    assert ImportReport.from_json(REPORT.to_json()) == REPORT
    assert ImportReport.from_json('{"encoding": "utf-8", "how": "bom", "new": 1}') == ImportReport("utf-8", "bom")
    assert ImportReport.from_json('{"options": {"columns": 2, "new": 1}}').options == ReadOptions(columns=2)


@pytest.mark.parametrize(
    "text", ["", "5", '{"how": "magic"}', '{"changes": {"a": "b"}}', '{"options": {"columns": "two"}}']
)
def test_what_is_no_report_is_refused(text: str):
    with pytest.raises((ValueError, TypeError)):
        ImportReport.from_json(text)
