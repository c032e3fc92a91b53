import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.meetings import Meetings, waves
from accord.models.networks import network
from hypothesis import given, settings
from hypothesis import strategies as st


@given(st.integers(2, 30), st.integers(0, 60), st.integers(0, 2**32))
@settings(deadline=None, max_examples=50)
def test_waves_leave_everybodys_own_order_as_it_is(n: int, pairs: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    first = rng.integers(n, size=pairs)
    second = (first + rng.integers(1, n, size=pairs)) % n
    played = list(waves(first, second, n))
    assert sorted(np.concatenate([*played, []]).tolist()) == list(range(pairs))
    diary: list[list[int]] = [[] for _ in range(n)]
    for wave in played:
        ends = np.concatenate((first[wave], second[wave]))
        assert len(np.unique(ends)) == len(ends)  # nobody meets twice at once
        for encounter in wave.tolist():
            diary[first[encounter]].append(encounter)
            diary[second[encounter]].append(encounter)
    assert all(each == sorted(each) for each in diary)


def test_waves_of_many_more_encounters_than_are_sorted_together() -> None:
    rng = np.random.default_rng(1)
    first = rng.integers(30_000, size=15_000)
    second = (first + rng.integers(1, 30_000, size=15_000)) % 30_000
    played = list(waves(first, second, 30_000))
    when = np.empty(15_000, dtype=int)
    for number, wave in enumerate(played):
        when[wave] = number
    for ends in (first, second):
        order = np.lexsort((np.arange(15_000), ends))
        same = np.diff(ends[order]) == 0
        assert (np.diff(when[order])[same] > 0).all()
    assert len(played) < 60


def test_everybody_meets_everybody_as_often_in_either_role() -> None:
    meetings = Meetings(network("complete(n=5)"))
    first, second = meetings.draw(np.random.default_rng(1), 20_000)
    counts = np.zeros((5, 5))
    np.add.at(counts, (first, second), 1)
    assert not counts.diagonal().any()
    off = counts[~np.eye(5, dtype=bool)]
    assert np.abs(off - 1000).max() < 160  # five standard deviations: one in 100,000 seeds
    assert meetings.linked(first, second).all()


def test_on_a_network_every_link_is_as_likely_in_either_direction() -> None:
    star = network("star(n=5)")
    meetings = Meetings(star)
    first, second = meetings.draw(np.random.default_rng(1), 8000)
    counts = np.zeros((5, 5))
    np.add.at(counts, (first, second), 1)
    assert ((counts > 0) == (star.adjacency.toarray() > 0)).all()
    assert np.abs(counts[counts > 0] - 1000).max() < 150
    assert meetings.linked(first, second).all()
    leaves = np.array([1, 2, 3])
    assert not meetings.linked(leaves, leaves + 1).any()


@pytest.mark.parametrize("name", ["complete(n=4)", "star(n=4)", "karate"])
def test_turns_go_through_the_neighbours_in_order(name: str) -> None:
    graph = network(name)
    meetings = Meetings(graph)
    for node in range(graph.n):
        nearby = graph.neighbours(node)
        turns = meetings.turn(np.full(len(nearby), node), nearby.astype(np.int64))
        assert turns.tolist() == pytest.approx(np.linspace(0, 1, len(nearby)).tolist())


def test_an_isolated_node_is_refused() -> None:
    graph = network([(0, 1)]).to_networkx()
    graph.add_node(2)
    with pytest.raises(InputError, match="node 2 has no neighbour and can meet nobody; leave it out"):
        Meetings(network("given", network=graph, connected="any"))
