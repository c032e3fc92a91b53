"""The threshold: what is proven is told apart from what was seen."""

from typing import Any

import pandas as pd
import pytest
from accord.analysis.measures.threshold import threshold
from accord.analysis.verdicts import JUDGED


def run(number: int, n: int, *, traitors: int = 1, covered: bool = True, **more: Any) -> dict[str, Any]:
    return {
        "run": number, "status": "ok", "protocol": "bracha", "network": f"complete(n={n})", "nodes": n,
        "traitors": traitors, "conduct": "silent", "placement": "last", "covered": covered,
        "allow_below_bound": True, **dict.fromkeys(JUDGED, "held"), **more,
    }  # fmt: skip


GOOD = [run(0, 4), run(1, 4, conduct="forging"), run(2, 5)]
BELOW = [
    run(3, 3, covered=False),
    run(4, 3, covered=False, conduct="crash(at=2.0, reach=0.5)", agreement="violated"),
    run(5, 3, covered=False, conduct="forging", termination="inconclusive"),
]


def test_shares_bounds_and_who_broke_it() -> None:
    table = threshold(pd.DataFrame(BELOW + GOOD)).set_index("nodes")
    assert table["runs"].to_dict() == {3: 3, 4: 2, 5: 1}
    assert table["least"].tolist() == [4, 4, 4]
    assert table["covered"].tolist() == [0, 2, 1]
    below = table.loc[3]
    assert (below["solved"], below["unsafe"]) == (pytest.approx(1 / 3), pytest.approx(1 / 3))
    assert (below["worst"], below["worst_attack"]) == (0, "crash(at=2.0, reach=0.5), last")
    assert below["unsafe_by"] == "crash(at=2.0, reach=0.5)"
    assert table["broken"].sum() == 0
    assert table["worst_attack"].tolist()[1:] == ["", ""]


def test_kept_promises_in_words() -> None:
    told = threshold.answer(threshold(pd.DataFrame(BELOW + GOOD)))
    assert told.startswith("In all 3 runs that a proven bound covers, agreement, validity and integrity held")
    assert told.endswith("Below the bound some conduct made honest parties violate safety at the only point.")
    assert "No conduct broke" not in told


@pytest.mark.parametrize("judged", ["agreement", "validity", "integrity", "termination"])
def test_a_broken_promise_is_said_first_and_plainly(judged: str) -> None:
    runs = pd.DataFrame([*BELOW, *GOOD, run(6, 7, traitors=2, **{judged: "violated"})])
    table = threshold(runs)
    assert table.set_index(["nodes", "traitors"]).loc[(7, 2), ["broken", "first_broken"]].tolist() == [1, 6]
    told = threshold.answer(table)
    assert told.startswith("**A proven bound was broken** in 1 of the 4 runs")
    assert "first in run 6 (Bracha with n=7, 2 traitors)" in told


def test_runs_that_were_cut_off_break_no_promise() -> None:
    table = threshold(pd.DataFrame([*GOOD, run(6, 7, termination="inconclusive")]))
    assert (table["broken"].sum(), table["open"].sum()) == (0, 1)
    assert "Cut off before everybody had decided: 1 of them." in threshold.answer(table)


def test_points_that_no_conduct_broke_are_listed() -> None:
    runs = [run(0, 4, traitors=2, covered=False), run(1, 5, traitors=2, covered=False), run(2, 7, traitors=2)]
    table = threshold(pd.DataFrame(runs))
    assert threshold.answer(table).endswith("No conduct broke, with (n, traitors): Bracha at (4, 2), (5, 2).")
    assert threshold.digest(table)["unbroken_n"].tolist() == ["4, 5"]


def test_blocking_is_told_from_breaking() -> None:
    table = threshold(pd.DataFrame([run(0, 3, covered=False, termination="inconclusive")]))
    assert threshold.answer(table) == (
        "No run was covered by a proven bound. Below the bound some conduct kept honest parties from deciding at the "
        "only point, and none made them violate safety."
    )
    both = threshold(pd.DataFrame([run(0, 3, covered=False, termination="inconclusive"), *BELOW[1:2]]))
    two = pd.concat([table, both.assign(nodes=2)])
    assert (
        "violate safety at 1 of 2 points (protocol, n, traitors), and at 1 more it kept some from deciding."
        in threshold.answer(two)
    )


def test_of_a_protocol_with_thresholds_of_its_own_nothing_is_proven() -> None:
    own = {"protocol": "bracha(deliver=1)", "covered": False}
    runs = [*GOOD, run(6, 4, **own, agreement="violated"), run(7, 5, **own)]
    table = threshold(pd.DataFrame(runs))
    assert table.loc[table["protocol"] != "bracha", "least"].isna().all()
    assert threshold.answer(table).endswith(
        "Where nothing is proven (Bracha (deliver=1)) some conduct made honest parties violate safety at 1 of 2 points "
        "(protocol, n, traitors)."
    )
    assert threshold.digest(table)["proven_from_n"].isna().tolist() == [False, True]


def test_faults_that_a_protocol_is_not_made_for_are_counted() -> None:
    runs = pd.DataFrame([*BELOW, run(6, 4, covered=False, agreement="violated")])
    assert "1 run with parties enough had faults" in threshold.answer(threshold(runs))


def test_digest_has_the_least_parties_from_which_on_all_went_well() -> None:
    more = [
        run(7, 6, termination="inconclusive"),
        run(8, 7),
        run(9, 5, traitors=2, covered=False, validity="violated"),
    ]
    digest = threshold.digest(threshold(pd.DataFrame(BELOW + GOOD + more)))
    one, two = digest.to_dict("records")
    assert (one["proven_from_n"], one["safe_from_n"], one["solved_from_n"]) == (4, 4, 7)
    assert (two["proven_from_n"], pd.isna(two["safe_from_n"]), pd.isna(two["solved_from_n"])) == (
        7,
        True,
        True,
    )
    assert one["unsafe_by"] == "crash(at=2.0, reach=0.5)"


def test_failed_runs_are_counted_at_their_point() -> None:
    failed = {**run(6, 4), "status": "failed", "nodes": None, "covered": None, **dict.fromkeys(JUDGED)}
    table = threshold(pd.DataFrame([*GOOD, failed])).set_index("nodes")
    assert table.loc[4, ["runs", "failed", "covered"]].tolist() == [2, 1, 2]
    alone = threshold(pd.DataFrame([failed]))
    assert alone["failed"].tolist() == [1]
    assert threshold.answer(alone) == ""


def test_f_apart_from_the_number_of_traitors_decides_the_bound() -> None:
    table = threshold(pd.DataFrame([run(0, 4, f=1), run(1, 4, f=2, covered=False)]))
    assert table[["f", "least"]].to_numpy().tolist() == [[1, 4], [2, 7]]
