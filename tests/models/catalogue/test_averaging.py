"""The averaging model against known answers.

Rates are those of the reference graphs of Boyd (ICM 2006), Xiao and Boyd (2004), recomputed by an interior-point solver
to 1e-10; robustness as in LeBlanc et al. (2013).
"""

from typing import Any, ClassVar

import networkx as nx
import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.agents.party import Negotiator, Traitor
from accord.models import Averaging
from accord.models.seeds import Seed

# measured contraction of a long run, against the published spectral rate
RATES = [
    ("petersen", "best-constant", 0.428571),
    ("petersen", "metropolis", 0.5),
    ("petersen", "metropolis(plus_one=False)", 0.666667),
    ("petersen", "fastest", 0.428571),
    ("karate", "best-constant", 0.949635),
    ("karate", "max-degree", 0.973971),
    ("karate", "max-degree(plus_one=False)", 0.972440),
    ("karate", "metropolis", 0.968764),
    ("karate", "metropolis(plus_one=False)", 0.966497),
    ("karate", "fastest", 0.924589),
    ("karate", "fastest(nonnegative=True)", 0.953552),
    ("karate", "best-condition(nonnegative=True)", 0.925028),
    ("boyd-8", "best-constant", 0.711858),
    ("boyd-8", "max-degree(plus_one=False)", 0.779254),
    ("boyd-8", "metropolis(plus_one=False)", 0.774303),
    ("boyd-8", "fastest", 0.643331),
    ("boyd-8", "fastest(nonnegative=True)", 0.680961),
    ("boyd-8", "best-condition", 0.643331),
    ("boyd-8", "constant(alpha=0.2)", 0.779254),  # 1 - 0.2 lambda_2, lambda_2 = 1.103729
]


@pytest.mark.parametrize(("network", "weights", "rate"), RATES)
def test_a_long_run_contracts_by_the_published_rate(network: str, weights: str, rate: float) -> None:
    model = Averaging(network=network, weights=weights, tolerance=1e-13, max_steps=5000, rng=1).run()
    disagreement = model.recorded().steps["disagreement"]
    # far from the start, where the slowest mode is left, and above the floor of rounding
    tail = np.flatnonzero((disagreement < 1e-9) & (disagreement > 1e-12))
    steps = tail[-1] - tail[0]
    measured = (disagreement[tail[-1]] / disagreement[tail[0]]) ** (1 / steps)
    assert steps > 6
    assert measured == pytest.approx(rate, abs=1e-3)
    assert model.recorded().run["mean_error"] < 1e-12


def test_the_average_is_agreed_on_to_1e_12() -> None:
    model = Averaging(network="karate", weights="best-constant", tolerance=1e-13, max_steps=5000, rng=3)
    average = model.opinions.mean()
    model.run()
    assert np.abs(model.opinions - average).max() < 1e-12
    assert np.abs(model.disagreement_vector).max() < 1e-12


def test_friends_of_the_busiest_count_for_more_under_uniform_weights() -> None:
    # W = D^-1 (A + I): the limit is the mean weighted by 1 + degree
    model = Averaging(network="star(n=5)", weights="uniform", tolerance=1e-12, max_steps=5000, rng=1)
    limit = np.average(model.opinions, weights=1 + model.network.degrees)
    assert np.allclose(model.run().opinions, limit, atol=1e-10)
    assert model.verdict.average == "inconclusive"


@pytest.mark.parametrize(
    "network",
    [
        "complete(n=4)",
        "complete(n=5)",
        "complete(n=7)",
        "circulant(n=8, offsets=[1, 2])",
        "circulant(n=8, offsets=[1, 2, 3])",
    ],
)
@pytest.mark.parametrize("seed", range(5))
def test_w_msr_agrees_inside_the_hull_on_robust_networks(network: str, seed: int) -> None:
    # all of them (2, 2)-robust; the malicious node of LeBlanc et al. (2013) quotes 100 sin k + k
    model = Averaging(
        network=network,
        rule="w-msr(f=1)",
        weights="uniform",
        traitors=1,
        placement="highest-degree",
        conduct="drift(rate=1, swing=100)",
        tolerance=4e-15,
        max_steps=2000,
        rng=seed,
    ).run()
    honest = np.delete(model.opinions, model.traitors)
    assert np.ptp(honest) <= 4e-15
    assert model.verdict.agreement == model.verdict.validity == "held"


def test_w_msr_stays_put_on_opposite_faces_of_the_cube() -> None:
    # the cube is 3-connected and yet only 1-robust: with F = 1 its two faces never hear each other
    model = Averaging(
        network="hypercube(d=3)", rule="w-msr(f=1)", initial="given(values=[0,0,0,0,1,1,1,1])", rng=1
    )
    first = model.opinions.copy()
    model.run()
    assert np.array_equal(model.opinions, first)
    assert model.verdict.agreement == "violated"
    assert model.verdict["validity"].vacuous


def test_linear_averaging_follows_the_same_traitor_anywhere() -> None:
    model = Averaging(
        network="complete(n=5)", traitors=1, conduct="drift(rate=1, swing=100)", max_steps=300, rng=1
    ).run()
    assert model.verdict.validity == "violated"
    assert model.recorded().run["final_mean"] > 50


def test_parties_hold_the_opinions_and_know_their_neighbours() -> None:
    model = Averaging(network="florentine-families", traitors=2, placement="given(nodes=[Medici, 3])", rng=1)
    parties = list(model.agents)
    assert [party.node for party in parties] == list(range(15))
    medici = next(party for party in parties if party.label == "Medici")
    assert isinstance(medici, Traitor)
    assert sum(isinstance(party, Negotiator) for party in parties) == 13
    assert {party.label for party in medici.neighbours} >= {"Albizzi", "Salviati", "Ridolfi"}
    assert [party.opinion for party in parties] == model.opinions.tolist()
    parties[0].opinion = 7.0
    assert model.opinions[0] == 7.0
    model.step()
    assert [party.opinion for party in parties] == model.opinions.tolist()
    assert set(medici.quotes) == {p.node for p in medici.neighbours if isinstance(p, Negotiator)}
    assert "Medici" in repr(medici)


def test_weights_of_a_users_network_count() -> None:
    graph = nx.Graph()
    graph.add_edge("a", "b", weight=3.0)
    graph.add_edge("b", "c", weight=1.0)
    model = Averaging(network=graph, weights="constant(alpha=0.1)", initial="given(values=[1, 0, 0])", rng=1)
    model.step()
    assert model.opinions == pytest.approx([0.7, 0.3, 0.0])


def test_the_same_replicate_meets_the_same_luck_at_every_point() -> None:
    one = Averaging(network="watts-strogatz", traitors=1, rng=1, replicate=3)
    two = Averaging(network="watts-strogatz", traitors=4, rule="median", conduct="random", rng=1, replicate=3)
    assert one.network == two.network
    assert np.array_equal(one.opinions, two.opinions)
    assert set(one.traitors) < set(two.traitors)
    assert Averaging(network="watts-strogatz", rng=1, replicate=4).network != one.network


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"network": "karat"}, "unknown network 'karat': did you mean 'karate'"),
        ({"rule": "w-msr(f=-1)"}, "rule: w-msr: f=-1 must be at least 0"),
        (
            {"traitors": 33},
            "traitors=33, but karate has 34 nodes and agreement needs two honest ones; use traitors <= 32",
        ),
        ({"network": "erdos-renyi(n=10, p=0.9)", "traitors": 9}, "use traitors <= 8"),
        ({"tolerance": 0}, "tolerance=0 must be greater than 0"),
        ({"tolerance": float("nan")}, "tolerance=nan"),
        ({"max_steps": 0}, "max_steps=0 must be at least 1"),
        (
            {"weights": "constant(alpha=0.2)"},
            "alpha=0.2 on karate: averaging needs alpha < 2/lambda_n = 0.110274",
        ),
        ({"weights": "constant"}, "alpha is missing; give alpha="),
        ({"network": nx.Graph([(0, 1), (2, 3)])}, "2 components"),
        ({"network": "no/such/file.csv"}, "no/such/file.csv"),
        ({"network.k": 4}, "unknown karate parameter 'k'"),
        ({"networks.k": 4}, "unknown averaging-scenario parameter 'networks'"),
    ],
)
def test_bad_input_is_told_before_anything_runs(parameters: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        Averaging.Scenario(**parameters)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_list_of_opinions_must_fit_the_network() -> None:
    with pytest.raises(InputError, match="initial gives 2 opinions, but karate has 34 nodes"):
        Averaging(initial="given(values=[0, 1])", rng=1)


class Impatient(Averaging):
    """A subclass that ends after a step: many runs must not be made as if it did not."""

    outcomes: ClassVar[dict[str, Any]] = Averaging.outcomes

    def advance(self) -> None:
        super().advance()
        self.running = False


def test_a_subclass_that_changes_a_step_changes_many_runs_too() -> None:
    scenario = Impatient.Scenario(network="petersen")
    assert [record.run["steps"] for record in Impatient.run_many(scenario, [Seed(1), Seed(2)])] == [1, 1]


def test_networks_of_unlike_sizes_can_run_together() -> None:
    scenario = Averaging.Scenario(network="erdos-renyi(n=30, p=0.08, connected=giant)", max_steps=40)
    seeds = [Seed(1, replicate) for replicate in range(6)]
    records = Averaging.run_many(scenario, seeds)
    assert len({record.run["nodes"] for record in records}) > 1
    assert records == [Averaging(scenario, rng=seed).run().recorded() for seed in seeds]
