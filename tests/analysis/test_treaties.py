"""Who proposed and who lied in a sweep's treaties."""

import pandas as pd
from accord import Result
from accord.analysis.treaties import treaties


def test_it_says_who_proposed_and_who_lied(ratifications: Result) -> None:
    runs = treaties(ratifications.runs)
    assert set(runs["nodes"]) == {4}
    lying = runs[runs["traitors"] > 0]
    told = {(row.placement, row.conduct): (row.proposer, row.liars) for row in lying.itertuples()}
    assert told == {
        ("first", "silent"): ("traitor", "Silent liars, one of whom proposes"),
        ("first", "colluding"): ("traitor", "Colluding liars, one of whom proposes"),
        ("first(after=1)", "silent"): ("honest", "Silent liars, honest proposer"),
        ("first(after=1)", "colluding"): ("honest", "Colluding liars, honest proposer"),
    }
    assert set(runs.loc[runs["traitors"] == 0, "proposer"]) == {"honest"}


def test_a_run_that_failed_is_told_by_others_like_it(ratifications: Result) -> None:
    whole = treaties(ratifications.runs)
    runs = ratifications.runs.copy()
    lost = runs["replicate"] == 0
    runs.loc[lost, ["needed", "nodes", "traitor_nodes"]] = None
    pd.testing.assert_frame_equal(
        treaties(runs)[["nodes", "needed", "proposer", "liars"]],
        whole[["nodes", "needed", "proposer", "liars"]],
        check_dtype=False,
    )
    runs[["needed", "nodes", "traitor_nodes"]] = None
    assert set(treaties(runs)["needed"]) == {0}
