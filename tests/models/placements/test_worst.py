"""The worst of several draws: on a star nothing harms like the hub."""

import numpy as np
from accord.models import Averaging
from accord.models.networks.network import Network
from accord.models.placements.worst import Worst
from accord.models.seeds import Seed

STAR = {"network": "star(n=8)", "traitors": 1, "conduct": "silent", "max_steps": 200}


def test_candidates_are_those_of_the_other_placement() -> None:
    path = Network.from_edges(3, [0, 1], [1, 2])
    assert Worst(draws=4).candidates(path, 2, np.random.default_rng(1)).shape == (4, 2)


def test_it_finds_the_hub() -> None:
    model = Averaging(**STAR, placement="worst(draws=60)", rng=1)
    assert model.traitors.tolist() == [0]
    assert model.run().verdict.agreement == "violated"
    assert Averaging(**STAR, placement="given(nodes=[3])", rng=1).run().verdict.agreement == "held"


def test_side_by_side_equals_alone() -> None:
    scenario = Averaging.Scenario(**STAR, placement="worst(draws=5)")
    seeds = [Seed(1, replicate) for replicate in range(4)]
    alone = [Averaging(scenario, rng=seed).run().recorded() for seed in seeds]
    assert Averaging.run_many(scenario, seeds) == alone
