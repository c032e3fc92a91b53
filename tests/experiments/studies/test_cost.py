"""The costs: counted and computed are the same."""

from accord.agents.protocols import protocols
from accord.analysis.measures.message_cost import message_cost
from accord.experiments.design import grid
from accord.experiments.studies import studies
from accord.models import Generals

STUDY = studies["cost"]
ONE_SHOT = {name for name, kind in protocols.items() if kind.problem in Generals.Scenario.problems}


def test_it_asks_what_it_should() -> None:
    assert set(STUDY.factors["protocol"]) == ONE_SHOT
    assert max(STUDY.factors["network.n"]) == 100
    design = grid(STUDY.factors, where=STUDY.where)
    points = [design.point(number) for number in range(len(design))]
    for point in points:
        # as many traitors as are borne, and not one more
        borne, least = point["f"], protocols[point["protocol"]]().least
        assert least(borne) <= point["network.n"]
        assert point["protocol"] == "two-phase-commit" or least(borne + 1) > point["network.n"]
    assert len(points) == 11 * len(STUDY.factors["network.n"]) + 4


def test_its_small_size_counts_what_the_formulas_say() -> None:
    table = message_cost(STUDY.at_small_size().run().runs)
    assert (table["exact"] == 1).all()
    assert set(table["protocol"]) == ONE_SHOT
