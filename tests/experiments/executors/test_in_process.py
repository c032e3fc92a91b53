"""Running in this process: one block after the other, the failing ones run by run."""

from typing import Any

import numpy as np
from accord.experiments.executors.in_process import in_process
from accord.experiments.plan import Plan
from threadpoolctl import threadpool_info


def test_a_failing_block_is_done_again_run_by_run(walks: Any) -> None:
    plan = Plan.of(walks, {"trouble": ["none", "raise"]}, 3, 0, ())
    packets = list(in_process(plan.job, plan.blocks(np.zeros(6, dtype=bool), 1)))
    assert [each.runs for each in packets] == [(0, 1, 2), (3,), (4,), (5,)]
    assert [each.statuses for each in packets] == [("ok",) * 3, ("ok",), ("failed",), ("ok",)]


def test_linear_algebra_keeps_to_one_thread(walk: Any) -> None:
    class Asking(walk):  # type: ignore[misc]
        def setup(self) -> None:
            np.linalg.inv(np.eye(2))
            threads.extend(each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas")
            super().setup()

    threads: list[int] = []
    plan = Plan.of(Asking, {}, 1, 0, ())
    (packet,) = in_process(plan.job, plan.blocks(np.zeros(1, dtype=bool), 1))
    assert packet.statuses == ("ok",)
    assert set(threads) == {1}
