"""Bargaining power: the same network, another institution, other shares."""

from accord.analysis.measures.bargaining_power import bargaining_power
from accord.experiments.studies import studies

STUDY = studies["bargaining-power"]


def test_its_small_size_shows_what_it_should() -> None:
    result = STUDY.at_small_size().run()
    assert set(result.runs["status"]) == {"ok"}
    assert (result.runs[["agreement", "validity", "termination"]] == "held").all(axis=None)
    table = bargaining_power.of(result).set_index(["network", "matching"])
    replaced, left = (
        table.xs(level, level="matching")
        for level in ("replacement(discount=0.999999, rounds=20)", "leaving")
    )
    # Manea 2011: nobody is stronger than anybody else among the Florentines, nor in a chain of four
    for equitable in ("florentine-families", "path(n=4)"):
        assert replaced.loc[equitable, "gini"] < 0.001 < left.loc[equitable, "gini"]
        assert replaced.loc[equitable, "stable"] == 1
    # odd cycles
    assert left.loc["florentine-families", "stable"] == left.loc["karate", "stable"] == 0
    assert (table["apart"].dropna() < 0.01).any()
    assert replaced.loc["karate", "theory"] > 0.99
