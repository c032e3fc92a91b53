"""Packets: what goes in comes out, and only plain values go in."""

from enum import StrEnum
from typing import Any

import numpy as np
import pytest
from accord.experiments.packet import Outcome, Packet, RunStatus, unpack
from accord.models.records import Record
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy


class Colour(StrEnum):
    RED = "red"


def packed(row: dict[str, Any], **frames: Any) -> Any:
    return unpack(Packet.of([Outcome(5, RunStatus.OK, 0.5, Record(row, **frames))]).payload)


def test_rows_come_back_as_plain_values() -> None:
    row = {
        "a": np.int64(3),
        "b": np.float32(0.5),
        "c": Colour.RED,
        "d": None,
        "e": np.True_,
        "f": float("inf"),
    }
    (back,) = packed(row).rows
    assert back["outcome"] == {"a": 3, "b": 0.5, "c": "red", "d": None, "e": True, "f": float("inf")}
    assert (back["run"], back["status"], back["seconds"]) == (5, "ok", 0.5)


@settings(deadline=None, max_examples=40)
@given(st.floats())
def test_floats_come_back_to_the_last_bit(value: float) -> None:
    (back,) = packed({"x": value}).rows
    assert np.array_equal(back["outcome"]["x"], value, equal_nan=True)


@settings(deadline=None, max_examples=40)
@given(st_numpy.arrays(st.sampled_from([np.float64, np.int32, np.bool_, np.uint8]), st.integers(0, 5)))
def test_arrays_come_back_to_the_last_bit(values: Any) -> None:
    series = packed({}, steps={"step": np.arange(len(values)), "x": values}).series["steps"]
    assert series["x"].values.dtype == values.dtype
    np.testing.assert_array_equal(series["x"].values, values)
    assert series["run"].values.tolist() == [5] * len(values)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.none() | st.text(), max_size=6))
def test_texts_come_back(values: list[str | None]) -> None:
    series = packed({}, parties={"name": np.array(values, dtype=object)}).series["parties"]["name"]
    assert series.words is not None
    assert [None if i < 0 else series.words[i] for i in series.values.tolist()] == values


def test_runs_of_different_length_share_a_packet() -> None:
    outcomes = [
        Outcome(7, RunStatus.OK, 0.0, Record({}, steps={"step": np.arange(2)})),
        Outcome(8, RunStatus.FAILED, 0.0, error="RuntimeError"),
        Outcome(9, RunStatus.OK, 0.0, Record({}, steps={"step": np.arange(3)})),
    ]
    packet = Packet.of(outcomes)
    assert (packet.runs, packet.statuses) == ((7, 8, 9), ("ok", "failed", "ok"))
    back = unpack(packet.payload)
    assert back.series["steps"]["run"].values.tolist() == [7, 7, 9, 9, 9]
    assert back.series["parties"] == {}
    assert back.rows[1]["error"] == "RuntimeError"


@pytest.mark.parametrize(
    ("row", "steps", "complaint"),
    [
        ({"x": [1, 2]}, {}, "outcome 'x' is a list"),
        ({"x": np.zeros(2)}, {}, "outcome 'x' is a ndarray"),
        ({}, {"step": np.arange(2), "x": np.arange(3)}, "differ in length"),
        ({}, {"x": np.zeros((2, 2))}, "one dimension, not 2"),
    ],
)
def test_what_fits_no_frame_is_refused(row: Any, steps: Any, complaint: str) -> None:
    with pytest.raises((TypeError, ValueError), match=complaint):
        packed(row, steps=steps)


def test_runs_must_record_the_same_columns() -> None:
    records = [Record({}, steps={"a": np.arange(1)}), Record({}, steps={"b": np.arange(1)})]
    with pytest.raises(ValueError, match="different columns"):
        Packet.of([Outcome(i, RunStatus.OK, 0.0, record) for i, record in enumerate(records)])


def test_bytes_that_are_no_text_and_long_floats_do_not_poison_a_folder() -> None:
    record = Record({"name": "caf\udce9"}, {"step": np.arange(2), "x": np.array([1, 2], dtype=np.longdouble)})
    outcome = Outcome(0, RunStatus.OK, 0.1, record, error="caf\udce9.csv", traceback="caf\udce9")
    (row,) = unpack(Packet.of([outcome]).payload).rows
    for text in (row["error"], row["traceback"], row["outcome"]["name"]):
        assert text.startswith("caf\\udce9")
    values = unpack(Packet.of([outcome]).payload).series["steps"]["x"].values
    assert values.dtype == np.float64
