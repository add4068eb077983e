"""Fixed vocabularies hold: a record with another value is never written."""

from __future__ import annotations

from dataclasses import fields

import pytest

from annotator import model
from annotator.errors import RuleBroken
from annotator.model import Segment, Source
from annotator.model.values import FIXED


def test_every_listed_field_is_a_field_of_its_record() -> None:
    for record, listed in FIXED.items():
        assert set(listed) <= {f.name for f in fields(getattr(model, record))}


def test_an_unknown_value_is_refused_in_a_sentence() -> None:
    with pytest.raises(RuleBroken, match="banana"):
        Source(article="a", label="A", naming="banana").check_values()


def test_none_and_listed_values_are_fine() -> None:
    Source(article="a", label="A", naming="named", kind=None).check_values()
    model.Claim(layer="l", article="a", segments=(Segment(0, 1),), type="factual").check_values()
