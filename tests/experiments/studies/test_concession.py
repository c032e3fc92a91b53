"""Concession: the tougher gets more, and who makes the last offer must have conceded."""

from accord.analysis.measures.bargaining import bargaining
from accord.experiments.studies import studies

TOUGH, LINEAR = "time-dependent(beta=0.05)", "time-dependent(beta=1.0)"


def test_its_small_size_shows_who_gets_what() -> None:
    result = studies["concession"].at_small_size().run()
    assert set(result.runs["status"]) == {"ok"}
    table = bargaining(result.runs).set_index(["tactic", "rivals", "deadline"])
    for rivals in (TOUGH, LINEAR):  # an odd deadline: the first makes the last offer
        assert table.loc[(TOUGH, rivals, 5), "agreed"] < table.loc[(LINEAR, rivals, 5), "agreed"]
    assert table.loc[(TOUGH, LINEAR, 10), "share"] > 0.5 > table.loc[(LINEAR, TOUGH, 5), "share"]
    assert table.loc[(LINEAR, LINEAR, 10), "round"] < table.loc[(TOUGH, LINEAR, 10), "round"]
