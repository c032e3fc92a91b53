"""Crash availability: measured and computed are the same."""

import pytest
from accord.analysis.measures.availability import availability
from accord.experiments.design import grid
from accord.experiments.studies import studies

STUDY = studies["availability"]


def test_it_asks_what_it_should() -> None:
    design = grid(STUDY.factors, where=STUDY.where)
    points = [design.point(number) for number in range(len(design))]
    for n in STUDY.factors["network.n"]:
        there = {point["traitors"] for point in points if point["network.n"] == n}
        assert there == set(range(n))  # with all down nobody needs to be asked


def test_its_small_size_finds_the_formulas() -> None:
    table = availability(STUDY.at_small_size().run().runs)
    assert table["available"].to_numpy() == pytest.approx(table["formula"].to_numpy())
    assert set(table["protocol"]) == {"read-one", "abd"}
