"""Rubinstein: the shares that theory says."""

from accord.analysis.measures.first_share import first_share
from accord.experiments.studies import studies


def test_its_small_size_divides_the_pie_as_theory_says() -> None:
    result = studies["rubinstein"].at_small_size().run()
    table = first_share(result.runs)
    assert len(table) == 8
    assert table["within"].all()
    assert (table["round"] == 0).all()
    share = table.set_index(["first", "second", "deadline"])["share"]
    assert abs(share.loc[0.5, 0.5, float("nan")] - 2 / 3) < 0.002
    assert share.loc[0.9, 0.8, 2] == 0.2
