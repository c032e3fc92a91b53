"""The tournament: who got how much, and who comes first."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from accord.analysis.measures.tournament import tournament

GOT = {
    ("micro", "micro"): (2, 4),
    ("micro", "random"): (6, 0),
    ("random", "micro"): (1, 7),
    ("random", "random"): (0, 2),
}


def runs(replicates: int = 1, **more: Any) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "tactic": one, "rivals": two, "domain": "pie", "utility": a + replicate, "rival_utility": b + replicate,
            "deals": int(one != two), "tables": 1, "replicate": replicate, **more,
        }
        for (one, two), (a, b) in GOT.items()
        for replicate in range(replicates)
    )  # fmt: skip


def test_ranking() -> None:
    table = tournament(runs()).set_index("entry")
    assert table.index.tolist() == ["micro", "random"]
    assert table["rank"].tolist() == [1, 2]
    assert table["runs"].tolist() == [4, 4]
    assert table.loc["micro", ["utility", "first", "second", "itself", "agreed", "best_to"]].tolist() == [
        (3 + 6.5) / 2, 4, 5.5, 3, 0.5, 2,
    ]  # fmt: skip
    assert table.loc["random", ["utility", "itself", "winning"]].tolist() == [(0.5 + 1) / 2, 1, 0]
    assert np.isnan(table["utility_low"]).all()
    assert tournament.answer(table.reset_index()) == (
        "Best against all, by mean utility: MiCRO 4.750; Random 0.750. Last is Random 0.750."
    )


def test_intervals_are_over_replicates() -> None:
    table = tournament(runs(5))
    assert table["utility"].tolist() == pytest.approx([4.75 + 2, 0.75 + 2])
    assert (table["utility_low"] > table["utility"] - 2).all()
    assert (table["utility_high"] < table["utility"] + 2).all()
    assert tournament.answer(table).endswith("MiCRO comes first in 100 % of resamples.")
