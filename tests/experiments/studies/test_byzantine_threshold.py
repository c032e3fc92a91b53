"""The Byzantine threshold: declared as it should be, and its small size keeps what is proven."""

from accord.agents.protocols import Faults, protocols
from accord.analysis.measures.threshold import threshold
from accord.experiments.design import grid
from accord.experiments.studies import studies
from accord.models import Generals

STUDY = studies["byzantine-threshold"]


def test_it_asks_what_it_should() -> None:
    assert STUDY.replicates >= 100
    assert list(STUDY.factors["network.n"]) == list(range(3, 14))
    assert list(STUDY.factors["traitors"]) == list(range(6))
    assert {"random", "first", "last", "first(after=1)"} <= set(STUDY.factors["placement"])
    liars = {
        name
        for name, kind in protocols.items()
        if kind.faults is Faults.BYZANTINE and kind.problem in Generals.Scenario.problems
    }
    # of ratification the study `treaty` asks it, quorum by quorum
    assert set(STUDY.factors["protocol"]) == liars - {"ratification"}


def test_its_points_can_exist_and_include_every_bound_of_one_and_two_traitors() -> None:
    design = grid(STUDY.factors, where=STUDY.where)
    points = [design.point(number) for number in range(len(design))]
    assert all(point["traitors"] <= point["network.n"] - 2 for point in points)
    there = {(point["protocol"], point["network.n"], point["traitors"]) for point in points}
    for protocol in STUDY.factors["protocol"]:
        least = {f: protocols[protocol]().least(f) for f in (1, 2)}
        assert {(protocol, n, f) for f, n in least.items()} <= there
        assert {(protocol, n - 1, f) for f, n in least.items() if n - 1 >= f + 2} <= there


def test_its_small_size_keeps_what_is_proven_and_shows_what_is_not() -> None:
    result = STUDY.at_small_size().run()
    assert set(result.runs["status"]) == {"ok"}
    table = threshold(result.runs)
    assert table["broken"].sum() == table["open"].sum() == 0
    below = table[table["nodes"] < table["least"]]
    assert (below["worst"] < 1).all()
    assert set(below["protocol"]) == {"oral-messages", "bracha", "phase-king"}
