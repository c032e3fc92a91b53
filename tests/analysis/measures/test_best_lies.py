"""The best lie of each liar, by payment."""

import pandas as pd
import pytest
from accord import sweep
from accord.agents.errors import InputError
from accord.analysis.measures.best_lies import best_lies

LIES = ["misreport(factor=1.0)", "misreport(factor=1.05)", "misreport(factor=1.1)", "misreport(factor=1.15)"]


def test_it_picks_the_best_and_puts_it_beside_theory() -> None:
    result = sweep(
        "dispatch",
        {
            "case": "ieee(case30)",
            "payment": ["uniform", "vcg"],
            "traitors": 1,
            "conduct": LIES,
            "placement": ["given(nodes=[0])", "given(nodes=[3])"],
        },
        seed=1,
        record=(),
    )
    table = best_lies(result.runs)
    assert table["payment"].tolist() == ["uniform"] * 2 + ["vcg"] * 2
    assert table["factor"].tolist() == [1.1, 1.05, 1, 1]
    assert table["runs"].tolist() == [4] * 4
    # gains of the reference solution, on the same grid
    assert table["gain"].tolist()[:2] == pytest.approx([40.945, 10.047], abs=5e-4)
    assert table["truth"].tolist()[:2] == pytest.approx([40.015, 8.715], abs=5e-4)
    assert table["theory"].tolist() == pytest.approx(table["gain"].tolist(), abs=1e-5)
    assert best_lies.answer(table) == (
        "Paid by a uniform price, a lie pays for 2 of 2: 1.05 to 1.1 times the truth, for 2.32 % to 15.3 % more, while "
        "all together cost up to 0.228 % more than the least. Paid by VCG, a lie pays for 0 of 2."
    )
    lost = result.runs.assign(status="failed")
    assert best_lies(lost)["failed"].tolist() == [4] * 4
    assert best_lies.answer(best_lies(lost)) == ""


def test_without_such_lies_it_says_what_to_sweep() -> None:
    runs = pd.DataFrame(
        [{"traitors": 1, "conduct": "stubborn", "traitor_gain": 1.0, "traitor_due": 1.0, "excess_cost": 0.0}]
    )
    with pytest.raises(InputError, match="one unit misreports its costs"):
        best_lies(runs)
