"""Bargaining in numbers: deals counted, what they were worth averaged."""

from typing import Any

import numpy as np
import pandas as pd
from accord.analysis.measures.bargaining import _MEANS, bargaining


def run(tactic: str, *, deals: int = 1, welfare: float = 1.0, **more: Any) -> dict[str, Any]:
    missing = np.nan if not deals else 0.5
    known = dict.fromkeys(_MEANS, missing)
    return {
        **known, "tactic": tactic, "rivals": "micro", "domain": "pie", "deadline": 10, "deals": deals, "tables": 1,
        "welfare": welfare, **more,
    }  # fmt: skip


def test_deals_and_means() -> None:
    runs = pd.DataFrame([run("micro"), run("micro", welfare=0.0, deals=0), run("random", welfare=0.8)])
    table = bargaining(runs).set_index("tactic")
    assert table["agreed"].tolist() == [0.5, 1]
    assert table["welfare"].tolist() == [0.5, 0.8]
    assert table["efficiency"].tolist() == [0.5, 0.5]  # of the deals
    assert "deadline" not in table.columns
    told = bargaining.answer(table.reset_index())
    assert told == (
        "There was a deal in 66.7 % of 3 runs, worth 50 % of the greatest welfare in the mean over what was tried. "
        "Both together got most by Random against MiCRO (0.800), least by MiCRO against MiCRO (0.500)."
    )
    assert "nash_distance" in bargaining.digest(table)
    assert "egalitarian_distance" not in bargaining.digest(table)


def test_what_was_varied_is_told_apart() -> None:
    table = bargaining(pd.DataFrame([run("micro"), run("micro", deadline=20)]))
    assert table["deadline"].tolist() == [10, 20]


def test_without_deals() -> None:
    table = bargaining(pd.DataFrame([run("micro", deals=0)]))
    assert bargaining.answer(table) == "There was a deal in 0 % of 1 run."
