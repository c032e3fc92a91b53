"""Given placements, by id or label."""

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.networks.network import Network
from accord.models.placements.given import Given

RNG = np.random.default_rng(1)
PLAIN = Network.from_edges(4, [0, 1, 2], [1, 2, 3], name="path")
NAMED = Network.from_edges(3, [0, 1], [1, 2], labels=("Medici", "Strozzi", "7"), name="families")


def test_ids_and_labels() -> None:
    assert Given((3, 0, 1)).candidates(PLAIN, 2, RNG).tolist() == [[3, 0]]
    assert Given(("Strozzi", 0)).candidates(NAMED, 2, RNG).tolist() == [[1, 0]]
    assert Given((7,)).candidates(NAMED, 1, RNG).tolist() == [[2]]


def test_ids_are_told_apart_from_labels_that_are_numbers() -> None:
    crossed = Network.from_edges(3, [0, 1], [1, 2], labels=("1", "2", "0"), name="crossed")
    for network in (PLAIN, NAMED, crossed):
        assert Given.at([2, 0], network).candidates(network, 2, RNG).tolist() == [[2, 0]]


@pytest.mark.parametrize(
    ("nodes", "traitors", "message"),
    [
        ((0,), 2, "names 1 nodes; name more or have fewer"),
        ((4,), 1, "unknown node of path '4'"),
        ((-1,), 1, "unknown node of path '-1'"),
        ((1, 1), 2, "names a node twice"),
    ],
)
def test_bad_input(nodes: tuple[int, ...], traitors: int, message: str) -> None:
    with pytest.raises(InputError, match=message):
        Given(nodes).candidates(PLAIN, traitors, RNG)


def test_a_label_misspelt_is_told_the_nearest() -> None:
    with pytest.raises(InputError, match="did you mean 'Medici'"):
        Given(("Medicy",)).candidates(NAMED, 1, RNG)
