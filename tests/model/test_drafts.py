"""Import reports: kept as JSON beside the text."""

from __future__ import annotations

import pytest

from annotator.model import ImportReport

REPORT = ImportReport(
    "cp1252", "guess", {"line ends CR LF made LF": 1200}, ("1 picture",), ("It is odd.",), {"title": "the headline"}
)


def test_a_report_comes_back_from_its_json():
    assert ImportReport.from_json(REPORT.to_json()) == REPORT
    assert ImportReport.from_json('{"encoding": "utf-8", "how": "bom", "new": 1}') == ImportReport("utf-8", "bom")


@pytest.mark.parametrize("text", ["", "5", '{"how": "magic"}', '{"changes": {"a": "b"}}'])
def test_what_is_no_report_is_refused(text: str):
    with pytest.raises((ValueError, TypeError)):
        ImportReport.from_json(text)
