"""The figure of offers: where they lie, and theory's points."""

import pandas as pd
import pytest
from accord.analysis.figures.offers import offers
from matplotlib.figure import Figure

ROW = {
    "tactic": "time-dependent(beta=1)", "rivals": "time-dependent(beta=1)", "domain": "pie(steps=10)",
    "seed": 0, "replicate": 0,
}  # fmt: skip


def test_offers_frontier_and_solutions() -> None:
    ax = offers(pd.DataFrame([ROW]), ax=Figure().add_subplot())
    drawn = {line.get_label(): line for line in ax.lines}
    assert drawn["First's offers"].get_xdata()[0] == 1
    assert drawn["Second's offers"].get_ydata()[0] == 1
    assert drawn["Frontier"].get_xdata() == pytest.approx([k / 10 for k in range(11)])
    for name in ("Nash", "Kalai-Smorodinsky", "Egalitarian", "Deal"):
        assert drawn[name].get_xdata() == pytest.approx([0.5])
        assert drawn[name].get_ydata() == pytest.approx([0.5])
    assert [text.get_text() for text in ax.get_legend().get_texts()][-1] == "Deal"


def test_without_a_deal_there_is_no_star() -> None:
    row = ROW | {"tactic": "stubborn", "rivals": "stubborn(accept=constant(level=1))", "deadline": 4}
    row |= {"domain": "pie(steps=10, reservation=0.2)"}
    ax = offers(pd.DataFrame([row]), ax=Figure().add_subplot())
    assert "Deal" not in {line.get_label() for line in ax.lines}
    dotted = [line for line in ax.lines if line.get_linestyle() == ":"]
    assert [set(dotted[0].get_xdata()), set(dotted[1].get_ydata())] == [{0.2}, {0.2}]
