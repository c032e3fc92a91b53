"""The sealed double auction: declared as it should be, and its small size is near the formula."""

from accord.analysis.measures.double_auction import double_auction
from accord.experiments.studies import studies

STUDY = studies["double-auction"]


def test_both_know_the_weight_of_the_bid() -> None:
    runs = STUDY.but(replicates=1).run().runs
    assert len(runs) == 5
    assert (runs["procedure.k"] == runs["tactic.k"]).all()
    assert (runs["procedure.k"] == runs["rivals.k"]).all()


def test_its_small_size_is_near_the_formula() -> None:
    # 50 runs at each of five points: five standard errors each, so that a right program fails once in 100,000 times
    table = double_auction(STUDY.at_small_size().run().runs)
    law = table["trade_formula"]
    assert ((table["traded"] - law).abs() < 5 * (law * (1 - law) / 50) ** 0.5).all()
