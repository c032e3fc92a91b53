"""Bargaining power: ranks beside centralities and theory, and what goes with place or institution."""

from typing import Any

import pandas as pd
import pytest
from accord import sweep
from accord.analysis.measures.bargaining_power import bargaining_power


def told(gains: dict[str, list[float]], dues: list[float] | None = None) -> pd.DataFrame:
    """Return the table of runs on a chain of four, one for each institution."""
    runs, parties = [], []
    for run, (matching, got) in enumerate(gains.items()):
        common: dict[str, Any] = {"run": run, "seed": 1, "replicate": 0, "status": "ok", "odd_cycle": ""}
        runs.append({**common, "network": "path(n=4)", "matching": matching})
        for step in (0, 5):
            parties += [
                {"run": run, "step": step, "party": node, "gain": gain if step else 0.0, "due": due}
                for node, (gain, due) in enumerate(zip(got, dues or got, strict=True))
            ]
    return bargaining_power(pd.DataFrame(runs), pd.DataFrame(parties))


def test_ranks_beside_centralities_and_theory() -> None:
    (row,) = told({"leaving": [1 / 3, 2 / 3, 2 / 3, 1 / 3]}, [0.5, 0.5, 0.2, 0.2]).itertuples()
    assert (row.degree, row.betweenness, row.eigenvector) == pytest.approx((1, 1, 1))
    assert row.theory == pytest.approx(0)
    assert row.apart == pytest.approx((0.5 - 1 / 3 + 2 / 3 - 0.5 + 2 / 3 - 0.2 + 1 / 3 - 0.2) / 4)
    assert row.gini == pytest.approx(1 / 6)
    assert (row.stable, row.runs, row.failed) == (1, 1, 0)
    assert pd.isna(row.by_place)  # there is nothing to compare with


def test_where_all_gain_the_same_there_are_no_ranks() -> None:
    table = told({"replacement": [0.5, 0.501, 0.499, 0.5]})
    assert table[["degree", "betweenness", "eigenvector", "theory"]].isna().all(axis=None)
    assert "replacement none, none, none, none." in bargaining_power.answer(table)


@pytest.mark.parametrize(
    ("one", "other", "parts"),
    [
        ([1, 2, 2, 1], [1, 2, 2, 1], (1, 0, 0)),  # the place is all that counts
        ([1, 1, 1, 1], [2, 2, 2, 2], (0, 1, 0)),  # the institution is
        ([1, 2, 2, 1], [2, 1, 1, 2], (0, 0, 1)),  # it turns power around
        ([1, 1, 1, 1], [0, 2, 2, 0], (0.5, 0, 0.5)),  # places differ under one of them only
    ],
)
def test_what_goes_with_the_place_and_what_with_the_institution(
    one: list[float], other: list[float], parts: tuple[float, ...]
) -> None:
    table = told({"replacement": one, "leaving": other})
    for row in table.itertuples():
        assert (row.by_place, row.by_institution, row.by_both) == pytest.approx(parts)


def test_of_real_runs() -> None:
    result = sweep(
        "matching",
        {"network": "path(n=4)", "matching": ["replacement(discount=0.999999)", "leaving"]},
        replicates=2,
        seed=1,
        record=("parties",),
    )
    table = bargaining_power.of(result)
    assert table["by_place"].tolist() == pytest.approx([0.5, 0.5], abs=1e-4)
    assert bargaining_power.answer(table) == (
        "Rank correlations of gains with degree, betweenness, eigenvector centrality and theory (none where all gain "
        "the same, or theory has no outcome). Path: replacement none, none, none, none; leaving 1, 1, 1, 1; of the "
        "variance 50 % goes with the place, 0 % with the institution, 50 % with both together only."
    )
