"""What a command costs: counted and computed are the same."""

from accord.agents.protocols import Problem, protocols
from accord.analysis.measures.command_cost import command_cost
from accord.analysis.theory.cost import messages
from accord.experiments.design import grid
from accord.experiments.studies import studies

STUDY = studies["replication"]


def test_it_asks_what_it_should() -> None:
    design = grid(STUDY.factors, where=STUDY.where)
    points = [design.point(number) for number in range(len(design))]
    for point in points:
        least = protocols.choose(point["protocol"]).least
        assert least(point["f"]) <= point["network.n"] < least(point["f"] + 1)
    assert len(points) == 3 * 2 * len(STUDY.factors["network.n"])
    families = {point["protocol"].partition("(")[0] for point in points}
    assert families == {name for name, kind in protocols.items() if kind.problem is Problem.LEDGER}


def test_its_small_size_counts_what_the_formulas_say() -> None:
    table = command_cost(STUDY.at_small_size().run().runs)
    assert (table["exact"] == 1).all()
    assert len(table) == 9


def test_from_where_on_one_is_cheaper() -> None:
    pbft, hotstuff = ([messages(name, n, 1) for n in range(4, 9)] for name in ("pbft", "hotstuff"))
    assert [a > b for a, b in zip(pbft, hotstuff, strict=True)] == [False, True, True, True, True]
    table = command_cost(
        STUDY.but(factors={"network.n": [4, 7], "protocol": ["pbft", "hotstuff"]}).run().runs
    )
    by = table.set_index(["protocol", "nodes"])["bytes"]
    assert by["pbft", 4] < by["hotstuff", 4]
    assert by["pbft", 7] > by["hotstuff", 7]
