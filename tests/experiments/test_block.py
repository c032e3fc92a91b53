"""Blocks: what a run leaves, and what becomes of one that fails."""

from typing import Any

import pytest
from accord.experiments.block import Block, Job, perform
from accord.experiments.packet import unpack
from accord.models.seeds import Seed


def block(runs: int, **values: Any) -> Block:
    return Block(values, tuple(range(runs)), tuple(Seed(1, replicate) for replicate in range(runs)))


def test_a_block_leaves_the_records_of_its_runs(walks: Any) -> None:
    packet = perform(Job(walks, ("steps",)), block(3, drift=2.0))
    assert packet is not None
    assert packet.statuses == ("ok", "ok", "ok")
    back = unpack(packet.payload)
    alone = [walks(drift=2.0, rng=Seed(1, replicate)).run().recorded() for replicate in range(3)]
    assert [row["outcome"] for row in back.rows] == [each.run for each in alone]
    assert back.series["steps"]["place"].values.tolist() == [x for each in alone for x in each.steps["place"]]


def test_split_makes_a_block_of_each_run() -> None:
    assert [(each.runs, each.seeds) for each in block(2).split()] == [
        ((0,), (Seed(1, 0),)),
        ((1,), (Seed(1, 1),)),
    ]


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        ("raise", "RuntimeError: the path is blocked"),
        ("exit", "SystemExit: 3"),
        ("odd", "TypeError: outcome 'end' is a dict; a row holds numbers, texts, flags or None"),
    ],
)
def test_a_run_that_fails_is_a_row_with_its_error_in_one_line(walks: Any, trouble: str, error: str) -> None:
    whole = block(2, trouble=trouble)
    assert perform(Job(walks, ()), whole) is None, "nobody knows yet which of the two it was"
    good, bad = (perform(Job(walks, ()), each) for each in whole.split())
    assert good is not None
    assert bad is not None
    assert (good.statuses, bad.statuses) == (("ok",), ("failed",))
    (row,) = unpack(bad.payload).rows
    assert row["error"] == error
    assert "Traceback" in row["traceback"]


def test_a_traceback_of_any_length_is_kept_to_a_measure(walk: Any) -> None:
    class Deep(walk):  # type: ignore[misc]
        def setup(self) -> None:
            raise RuntimeError("x" * 100_000)

    packet = perform(Job(Deep, ()), block(1))
    assert packet is not None
    assert len(packet.payload) < 30_000


def test_only_models_that_run_many_at_once_get_blocks_of_many(walk: Any, walks: Any) -> None:
    assert not Job(walk, ()).side_by_side
    assert Job(walks, ()).side_by_side
    assert Job(type("Heir", (walks,), {}), ()).side_by_side


def test_ctrl_c_ends_the_sweep_not_the_run(walk: Any) -> None:
    class Stopped(walk):  # type: ignore[misc]
        def setup(self) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        perform(Job(Stopped, ()), block(1))
