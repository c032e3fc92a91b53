"""Stabilisation: safe throughout, and decided soon after."""

import numpy as np
from accord.analysis.measures.decision_time import decision_time
from accord.experiments.studies import studies


def test_its_small_size_is_safe_and_decides_after_stabilisation() -> None:
    study = studies["gst"]
    assert study.replicates >= 100
    result = study.at_small_size().run()
    assert set(result.runs["status"]) == {"ok"}
    table = decision_time(result.runs)
    assert table["covered"].sum() == len(result.runs)
    assert table["broken"].sum() == 0
    stable = table[np.isfinite(table["stable_from"])]
    assert stable.groupby("protocol")["latest"].max()["bracha"] <= 3  # bounds after stabilisation
    assert {"paxos", "bracha", "ben-or", "ben-or-byzantine"} == set(stable["protocol"])
