"""The first proposer's share: held against theory, but for the grid."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from accord.agents.errors import InputError
from accord.analysis.measures.first_share import first_share


def run(share: float, deadline: int | None = None, **more: Any) -> dict[str, Any]:
    return {
        "domain": "pie(steps=1000, discount=[0.9, 0.8])", "tactic": "equilibrium", "rivals": "equilibrium",
        "information": "complete", "deadline": deadline, "share": share, "round": 0,
        "break_off": 0.0, "procedure": "alternating-offers", **more,
    }  # fmt: skip


def test_share_beside_theory() -> None:
    table = first_share(pd.DataFrame([run(0.714), run(0.2, 2), run(0.9, 1)]))
    # Rubinstein 1982: discounts of .9 and .8 leave 0.7142857 to the first proposer
    assert table["theory"].round(7).tolist() == [0.7142857, 0.2, 1.0]
    assert table[["first", "second"]].to_numpy().tolist() == [[0.9, 0.8]] * 3
    assert table["error"].tolist() == pytest.approx([0.001 / 0.28, 0.002, 0.001])
    assert table["within"].tolist() == [True, True, False]
    told = first_share.answer(table)
    assert "In 2 of 3 games" in told
    assert told.endswith("the greatest difference was 0.1.")
    assert "In 1 they agreed later" in first_share.answer(first_share(pd.DataFrame([run(0.7, round=1)])))
    digest = first_share.digest(table)
    assert digest["within"].tolist() == [True, True, False]
    assert np.isnan(digest["deadline"].iloc[0])


@pytest.mark.parametrize(
    "other",
    [
        {"tactic": "stubborn"},
        {"rivals": "micro"},
        {"break_off": 0.1},
        {"procedure": "monotonic-concession"},
        {"domain": "random"},
        {"domain": "pie(discount=0.9, reservation=0.1)"},
        {"domain": "pie(discount=0.9, powers=[1, 0.5])"},
        {"domain": "pie"},  # waiting costs nobody anything: any division is an equilibrium
    ],
)
def test_other_games_are_left_out(other: dict[str, Any]) -> None:
    assert len(first_share(pd.DataFrame([run(0.7), run(0.7, **other)]))) == 1
    with pytest.raises(InputError, match="divided in equilibrium"):
        first_share(pd.DataFrame([run(0.7, **other)]))
