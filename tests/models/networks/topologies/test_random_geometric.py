import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.networks.topologies.random_geometric import RandomGeometric


@pytest.mark.parametrize("radius", [0, 0.1, 0.3, 1.5])
def test_linked_exactly_where_near(radius: float) -> None:
    built = RandomGeometric(80, radius, connected="any").build(np.random.default_rng(1))
    assert built.positions is not None
    apart = np.linalg.norm(built.positions[:, None] - built.positions, axis=2)
    assert np.array_equal(built.adjacency.toarray() > 0, (apart <= radius) & ~np.eye(80, dtype=bool))


def test_positions_follow_the_giant_component() -> None:
    built = RandomGeometric(100, 0.08, connected="giant", seed=3).build()
    assert built.n < 100
    assert built.positions is not None
    assert built.positions.shape == (built.n, 2)
    sources, targets, _ = built.edge_list
    assert (np.linalg.norm(built.positions[sources] - built.positions[targets], axis=1) <= 0.08).all()


def test_as_many_edges_as_theory_says() -> None:
    # a pair in the unit square is within r with probability pi r^2 - 8 r^3/3 + r^4/2 (Philip 1991)
    rng, r = np.random.default_rng(1), 0.2
    edges = [RandomGeometric(60, r, connected="any").build(rng).m for _ in range(300)]
    expected = 1770 * (np.pi * r**2 - 8 / 3 * r**3 + r**4 / 2)
    assert np.mean(edges) == pytest.approx(expected, abs=5 * np.std(edges) / np.sqrt(300))


@pytest.mark.parametrize("parameters", [{"n": 1}, {"radius": -0.1}, {"n": 10**6, "radius": 0.5}])
def test_bounds(parameters: dict[str, float]) -> None:
    with pytest.raises(InputError):
        RandomGeometric(**parameters)


def test_the_way_out_is_a_radius() -> None:
    with pytest.raises(InputError, match=r"choose a radius of about 0\.18 or more"):
        RandomGeometric(100, 0.05).build()
