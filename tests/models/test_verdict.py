"""Verdicts: lookups and their text."""

import copy
import pickle

import pytest
from accord.models.verdict import Judgement, Kind, Property, Status, Verdict

VERDICT = Verdict(
    (
        Property("agreement", Kind.SAFETY, "all alike", "not at first"),
        Property("rest", Kind.LIVENESS, "stops", "moved"),
    ),
    (Judgement(Status.VIOLATED, 7, (0, 3), "range 2"), Judgement(Status.HELD, vacuous=True)),
)


def test_by_name_and_by_attribute() -> None:
    assert VERDICT["agreement"].witnesses == (0, 3)
    assert VERDICT.agreement == "violated"
    assert list(VERDICT) == ["agreement", "rest"]
    assert VERDICT.violated == ("agreement",)
    with pytest.raises(KeyError):
        VERDICT["nothing"]
    with pytest.raises(AttributeError, match="no property 'nothing': agreement, rest"):
        VERDICT.nothing  # noqa: B018


def test_it_can_be_read() -> None:
    assert str(VERDICT) == "agreement  violated at step 7 by 0, 3: range 2\nrest       held (vacuously)"


def test_it_can_be_copied_and_sent() -> None:
    assert copy.deepcopy(VERDICT) == VERDICT
    assert pickle.loads(pickle.dumps(VERDICT)) == VERDICT
