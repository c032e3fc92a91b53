"""Networks that are the same in every run are built once."""

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.networks.built import Same, build, check_traitors
from accord.models.networks.topologies import topologies


def test_what_is_not_random_is_built_once() -> None:
    rng = np.random.default_rng(1)
    one, two = topologies.choose("ring(n=7)"), topologies.choose({"name": "ring", "n": 7})
    assert build(one, rng) is build(two, rng)
    assert build(one, rng) is not build(topologies.choose("ring(n=8)"), rng)


def test_what_is_random_is_drawn_anew() -> None:
    rng = np.random.default_rng(1)
    topology = topologies.choose("erdos-renyi(n=20, p=0.5)")
    assert build(topology, rng) != build(topology, rng)


def test_same_is_by_all_parameters() -> None:
    assert Same(topologies.choose("ring(n=7)")) == Same(topologies.choose("ring(n=7)"))
    assert Same(topologies.choose("ring(n=7)")) != Same(topologies.choose("path(n=7)"))
    assert Same(topologies.choose("ring(n=7)")) != "ring(n=7)"


def test_two_honest_parties_must_be_left() -> None:
    check_traitors(3, "ring", 5)
    with pytest.raises(InputError, match=r"traitors=4, but ring has 5 nodes .* use traitors <= 3"):
        check_traitors(4, "ring", 5)
    with pytest.raises(InputError, match="dot has one node"):
        check_traitors(0, "dot", 1)
