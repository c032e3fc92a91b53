"""Ben-Or's rounds: between the best and the worst."""

from accord.analysis.measures.rounds import rounds
from accord.experiments.studies import studies


def test_its_small_size_lies_between_the_exact_means() -> None:
    study = studies["ben-or"]
    assert {"earliest", "random", "blind", "omniscient"} <= set(study.factors["scheduler"])
    result = study.at_small_size().run()
    assert set(result.runs["status"]) == {"ok"}
    table = rounds(result.runs)
    assert (table["decided"] == 1).all()
    assert (table["unsafe"] == 0).all()
    assert table["within"].all()
    assert set(zip(table["nodes"], table["f"], strict=True)) == {(5, 1), (5, 2), (7, 1), (7, 2), (7, 3)}
