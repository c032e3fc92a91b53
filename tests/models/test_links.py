"""Links: a network's, each in either direction, and the best of each node's."""

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.links import Links
from accord.models.networks import network
from accord.models.networks.network import Network
from hypothesis import given, settings
from hypothesis import strategies as st


def test_a_link_stands_in_both_directions_with_its_weight() -> None:
    links = Links.of(network([(0, 1, 4.0), (1, 2, 3.0)]))
    assert list(zip(links.sources.tolist(), links.targets.tolist(), links.worths.tolist(), strict=True)) == [
        *((0, 1, 4.0), (1, 0, 4.0), (1, 2, 3.0), (2, 1, 3.0)),
    ]
    assert links.reverse.tolist() == [1, 0, 3, 2]
    assert links.once.tolist() == [0, 2]
    assert (links.n, links.m, links.top) == (3, 2, 4.0)


def test_links_without_weights_are_worth_one() -> None:
    assert set(Links.of(network("karate")).worths) == {1.0}


@given(st.integers(0, 2**32 - 1))
@settings(deadline=None, max_examples=30)
def test_the_best_of_each_node_and_the_best_of_the_others(seed: int) -> None:
    rng = np.random.default_rng(seed)
    ends = rng.integers(0, 8, (12, 2))  # nodes without a link among them
    links = Links.of(Network.from_edges(9, ends[:, 0], ends[:, 1]))
    values = rng.integers(0, 4, 2 * links.m).astype(float)  # with ties
    best, others = links.greatest(values), links.greatest_of_others(values)
    for node in range(links.n):
        mine = range(links.starts[node], links.starts[node + 1])
        assert best[node] == max((values[link] for link in mine), default=0)
        for link in mine:
            assert others[link] == max((values[other] for other in mine if other != link), default=0)


@pytest.mark.parametrize("wrong", [-1.0, float("nan"), float("inf")])
def test_a_worth_is_a_number_from_zero_up(wrong: float) -> None:
    links = Links.of(network("path(n=3)"))
    with pytest.raises(InputError, match="a deal between 0 and 1 is worth"):
        links.but(wrong)


def test_a_worth_is_the_same_for_both_ends() -> None:
    with pytest.raises(InputError, match="the other way round"):
        Links.of(network("path(n=3)")).but([1, 2, 1, 1])
