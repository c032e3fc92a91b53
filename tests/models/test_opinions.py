"""The array engine against a loop over parties, and against itself with other runs beside it."""

from collections.abc import Sequence

import networkx as nx
import numpy as np
import pytest
from accord.agents.conducts import Conduct, View, conducts
from accord.agents.rules import Rule, rules
from accord.models.networks.network import Network
from accord.models.networks.schemes import schemes
from accord.models.opinions import Opinions, Setting, over_nodes
from hypothesis import given, settings
from hypothesis import strategies as st

RULES = [rules.choose(name).facing(2) for name in rules]
KARATE = Network.from_networkx(nx.Graph(nx.karate_club_graph().edges))


def random_network(seed: int) -> Network:
    # of unlike density, so that neighbourhoods are padded more in company than alone
    return Network.from_networkx(nx.gnp_random_graph(40, 0.4 + 0.1 * (seed % 5), seed=seed))


def setting(network: Network, seed: int, traitors: int) -> Setting:
    rng = np.random.default_rng(seed)
    matrix = schemes.choose("metropolis").matrix(network)
    nodes = rng.permutation(network.n)[:traitors]
    return Setting(network, matrix, rng.random(network.n), nodes, np.random.default_rng(100 + seed))


def looped(start: Setting, rule: Rule, conduct: str, steps: int) -> np.ndarray:
    """Advance party by party, as the rule and the conduct are described, with no arrays of parties."""
    lie = conducts.choose(conduct)
    engine = Opinions([start], rule, lie)  # only for the order in which luck is drawn
    x, traitors = start.opinions.copy(), set(start.traitors.tolist())
    for clock in range(1, steps + 1):
        engine.step(clock)
        quoted = dict(
            zip(
                zip(engine.speakers.tolist(), engine.listeners.tolist(), strict=True),
                engine.quotes,
                strict=True,
            )
        )
        after = x.copy()
        for i in range(len(x)):
            neighbours = start.network.neighbours(i).tolist()
            heard = [quoted.get((j, i), x[j]) if j in traitors else x[j] for j in neighbours]
            after[i] = rule(x[i], np.array(heard), start.matrix.toarray()[i, neighbours])
        x = after
    return x


@pytest.mark.parametrize("rule", RULES, ids=str)
@pytest.mark.parametrize("conduct", [name for name in conducts if conducts.choose(name).quotes])
def test_arrays_do_what_a_loop_over_parties_does(rule: Rule, conduct: str) -> None:
    start = setting(random_network(1), 3, traitors=3)
    engine = Opinions([setting(random_network(1), 3, traitors=3)], rule, conducts.choose(conduct))
    for clock in range(1, 6):
        engine.step(clock)
    assert np.allclose(engine.now[:, 0], looped(start, rule, conduct, 5), rtol=0, atol=1e-13)


def finals(starts: Sequence[Setting], rule: Rule, conduct: str, steps: int = 12) -> list[np.ndarray]:
    engine = Opinions(starts, rule, conducts.choose(conduct))
    for clock in range(1, steps + 1):
        engine.step(clock)
        if clock == 6 and len(starts) > 2:  # some runs are over
            engine.keep(np.arange(0, len(starts), 2))
    return [
        np.concatenate([engine.now[:, run], [engine.mean[run], engine.disagreement[run]]])
        for run in range(engine.now.shape[1])
    ]


@pytest.mark.parametrize("rule", RULES, ids=str)
@pytest.mark.parametrize("conduct", ["random", "equivocating", "silent", "colluding", "stubborn(value=2)"])
@pytest.mark.parametrize("shared", [True, False], ids=["one network", "networks of their own"])
def test_a_run_is_the_same_to_the_last_bit_in_any_company(rule: Rule, conduct: str, shared: bool) -> None:
    def starts() -> list[Setting]:
        return [setting(KARATE if shared else random_network(run), run, 2 * (run % 4)) for run in range(7)]

    together = finals(starts(), rule, conduct)
    alone = [finals([start], rule, conduct)[0] for start in starts()[::2]]
    assert all(np.array_equal(one, two) for one, two in zip(together, alone, strict=True))


def test_a_star_has_one_hub_and_its_sum_is_in_the_same_order_too() -> None:
    star = Network.from_edges(40, [0] * 39, range(1, 40))
    for rule in RULES:
        together = finals([setting(star, run, 2) for run in range(2)], rule, "random")
        assert np.array_equal(together[1], finals([setting(star, 1, 2)], rule, "random")[0])


def test_the_view_tells_the_truth() -> None:
    start = setting(KARATE, 5, traitors=4)
    engine = Opinions([start], rules.choose("linear"), conducts.choose("drift"))
    engine.step(1)
    pairs = set(zip(engine.speakers.tolist(), engine.listeners.tolist(), strict=True))
    traitors = set(start.traitors.tolist())
    expected = {(i, j) for i in traitors for j in KARATE.neighbours(i).tolist() if j not in traitors}
    assert pairs == expected
    assert np.array_equal(engine.honest_quotes, start.opinions[engine.speakers])
    honest = np.delete(start.opinions, start.traitors)
    assert (engine.hull[0][0], engine.hull[1][0]) == (honest.min(), honest.max())


def test_a_million_nodes_of_one_kind_are_not_gathered_without_need() -> None:
    # a linear rule without traitors holds nothing per edge beyond the matrix
    engine = Opinions([setting(KARATE, 1, 0)], rules.choose("linear"), conducts.choose("silent"))
    held = sum(value.nbytes for value in vars(engine).values() if isinstance(value, np.ndarray))
    assert held <= 40 * KARATE.n + 200


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 1500), st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_reductions_over_nodes_do_not_depend_on_the_width(n: int, width: int, seed: int) -> None:
    values = np.random.default_rng(seed).standard_normal((n, width))
    for ufunc in (np.add, np.minimum, np.maximum):
        together = over_nodes(ufunc, values)
        assert np.allclose(together, ufunc.reduce(values, axis=0), rtol=1e-12, atol=1e-12)
        for run in range(width):
            assert over_nodes(ufunc, values[:, [run]].copy())[0] == together[run]
            assert over_nodes(ufunc, values.T.copy().T[:, [run]])[0] == together[run]


def test_turns_count_honest_listeners_and_the_range_is_that_of_now() -> None:
    seen: list[View] = []

    class Watching(Conduct):
        def quote(self, view: View) -> np.ndarray:
            seen.append(view)
            return view.own

    star = Network.from_edges(6, [0] * 5, range(1, 6))
    rng = np.random.default_rng(1)
    start = Setting(star, schemes.choose("metropolis").matrix(star), np.arange(6.0), np.array([0, 3]), rng)
    engine = Opinions([start], rules.choose("linear"), Watching())
    engine.step(1)
    engine.step(2)
    # the hub speaks to the honest leaves 1, 2, 4, 5; leaf 3 has nobody honest to speak to
    assert seen[0].turn == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert seen[0].listener.tolist() == [1, 2, 4, 5]
    assert (seen[0].honest_low[0], seen[0].honest_high[0]) == (1, 5)
    assert (seen[1].low[0], seen[1].high[0]) == (1, 5)
    assert 0 < seen[1].honest_low[0] < 1 < 4 < seen[1].honest_high[0] < 5


def test_what_is_written_into_the_opinions_leaves_the_openings_alone() -> None:
    engine = Opinions([setting(KARATE, 1, 2)], rules.choose("linear"), conducts.choose("stubborn"))
    opening = engine.now[engine.speakers[0], 0]
    engine.now[engine.speakers[0], 0] = 9.0
    engine.step(1)
    assert engine.quotes[0] == opening
