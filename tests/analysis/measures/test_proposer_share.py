"""What proposers keep, beside theory."""

from typing import Any

import pandas as pd
import pytest
from accord.analysis.measures.proposer_share import proposer_share


def run(kept: float | None, n: int = 5, recognition: str = "random", **more: Any) -> dict[str, Any]:
    return {
        "recognition": recognition, "quota": "majority", "discount": 0.8, "network": f"complete(n={n})", "nodes": n,
        "needed": n // 2 + 1, "round": None if kept is None else 0.0, "proposer_share": kept, "partner_share": 0.16,
        "coalition": 3.0, "welfare": 1.0, "proposals": 1, "status": "ok", **more,
    }  # fmt: skip


def test_means_beside_theory() -> None:
    table = proposer_share(pd.DataFrame([run(0.68), run(0.66), run(None), run(1.0, 3, "rotating")]))
    assert table[["recognition", "nodes", "needed", "runs"]].to_numpy().tolist() == [
        ["random", 5, 3, 3],
        ["rotating", 3, 2, 1],
    ]
    first, second = table.itertuples()
    assert (first.theory, first.proposer_share) == pytest.approx((0.68, 0.67))
    assert (first.at_once, first.exact) == pytest.approx((2 / 3, 1 / 3))
    assert (second.theory, second.exact, second.at_once) == (1, 1, 1)
    assert proposer_share.answer(table) == (
        "The first proposal passed in 3 of 4 runs. The proposer's share was exactly that of theory in 2 of 4 runs. "
        "With n=5 and d=0.8 it kept, by who proposes and what is needed: random, majority 0.67."
    )
    assert list(proposer_share.digest(table)["nodes"]) == [5]


def test_who_departs_from_equilibrium_has_no_theory() -> None:
    table = proposer_share(pd.DataFrame([run(0.5, generosity=1.5), run(0.68, generosity=1.0)]))
    assert table["theory"].isna().tolist() == [True, False]
    assert table["generosity"].tolist() == [1.5, 1.0]
    table = proposer_share(pd.DataFrame([run(0.5, generosity=1.5)]))
    assert proposer_share.answer(table) == "The first proposal passed in 1 of 1 run."


def test_networks_of_a_kind_are_kept_apart() -> None:
    runs = [run(0.68, deadline=9), run(0.6, network="ring(n=5)", deadline=9)]
    assert proposer_share(pd.DataFrame(runs))["network"].tolist() == ["complete", "ring"]


def test_a_point_at_which_all_failed_has_no_theory() -> None:
    lost = run(None, status="failed", nodes=None, needed=None)
    table = proposer_share(pd.DataFrame([lost, run(1.0, 3)]))
    assert table[["runs", "failed"]].to_numpy().tolist() == [[0, 1], [1, 0]]
    assert table["theory"].isna().tolist() == [True, False]
