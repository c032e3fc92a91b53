"""The phase king of n > 4f."""

from collections.abc import Callable

import numpy as np
import pytest
from accord.agents.conducts import Conduct
from accord.agents.lockstep import Said
from accord.agents.machine import Decide, Seat, Send, Timer
from accord.agents.protocols.phase_king import PhaseKing
from accord.models import Generals

# A table of plays: one party of n = 5, f = 1; four votes keep a majority


@pytest.mark.parametrize(
    ("votes", "king", "value"),
    [
        ([1, 1, 1, 1, 0], 0, 1),  # keeps its own
        ([1, 1, 1, 0, 0], 0, 0),  # takes the king's
        ([0, 0, 0, 1, 1], 1, 1),
        ([0, 0, 0, 0, 1], 1, 0),
        ([1, 1, None, None, None], 1, 1),  # silence is a vote for 0
        ([0, 0, None, None, 1], 1, 0),
        ([1, 1, 1, 0, 0], None, 0),  # and a silent king says 0
        ([1, "x", 1, float("nan"), 1], 2, 0),  # whatever is not 1 is 0
    ],
)
def test_a_phase(votes: list[int | None], king: object, value: int) -> None:
    machine = PhaseKing(phases=1).machine(Seat(4, 5, 1, 1))
    state, effects = machine.start()
    assert effects == (Send((0, 1, 2, 3, 4), Said(1, 1)), Timer(1, 1))
    for sender, vote in enumerate(votes):
        if vote is not None:
            state, _ = machine.receive(state, sender, Said(1, vote))
    state, effects = machine.timeout(state, 1)
    assert effects == (Timer(2, 1),)
    state, _ = machine.receive(state, 3, Said(2, 1 - value))  # not the king
    if king is not None:
        state, _ = machine.receive(state, 0, Said(2, king))  # type: ignore[arg-type]
    assert machine.timeout(state, 2)[1] == (Decide(value, 2),)


def test_the_king_says_its_majority() -> None:
    machine = PhaseKing().machine(Seat(1, 5, 1, 0))
    state, _ = machine.start()
    state, effects = machine.timeout(state, 1)
    assert effects == (Timer(2, 1),)  # party 0 is king first
    state, _ = machine.timeout(state, 2)
    for sender in (0, 2, 3):
        state, _ = machine.receive(state, sender, Said(3, 1))
    assert machine.timeout(state, 3)[1] == (Send((0, 1, 2, 3, 4), Said(4, 1)), Timer(4, 1))


def test_a_tie_counts_as_0() -> None:
    machine = PhaseKing().machine(Seat(0, 4, 0, 1))
    state, _ = machine.start()
    for sender, vote in enumerate([1, 1, 0, 0]):
        state, _ = machine.receive(state, sender, Said(1, vote))
    assert machine.timeout(state, 1)[1][0] == Send((0, 1, 2, 3), Said(2, 0))


def test_votes_are_more_than_half_and_f() -> None:
    for n in range(1, 40):
        for f in range(n):
            keep = PhaseKing().machine(Seat(0, n, f)).keep  # type: ignore[attr-defined]
            assert keep - 1 <= n / 2 + f < keep
            assert (keep <= n - f) == (n >= PhaseKing().least(f))


# Known answers


@pytest.mark.parametrize(
    ("n", "f", "messages"), [(2, 0, 3), (5, 1, 48), (9, 2, 240), (13, 3, 672), (41, 10, 18480)]
)
@pytest.mark.parametrize("channel", ["constant", "uniform(high=1)", "constant(delay=0)"])
def test_cost(n: int, f: int, messages: int, channel: str) -> None:
    model = Generals(network=f"complete(n={n})", protocol="phase-king", f=f, channel=channel, rng=1).run()
    outcome = model.outcome()
    assert outcome["messages"] == messages == (f + 1) * (n - 1) * (n + 1)
    assert outcome["rounds"] == outcome["last_decision"] == 2 * (f + 1)
    assert not model.verdict.violated


@pytest.mark.parametrize("f", [1, 2, 3, 5])
@pytest.mark.parametrize(
    ("beyond", "kings", "split"),
    [(0, "last", 1.0), (1, "last", 0.0), (0, "first", 0.0), (1, "first", 0.0)],
)
def test_byzantine_kings_at_4f_and_4f_plus_1(
    f: int, beyond: int, kings: str, split: float, two_faced: Conduct
) -> None:
    # recomputed: with the traitors' turns last, n = 4f disagrees in all runs and 4f + 1 in none; first, in none at all
    traitors = list(range(1, f + 1) if kings == "last" else range(f))
    verdicts = [
        Generals(
            network=f"complete(n={4 * f + beyond})",
            protocol="phase-king",
            traitors=f,
            conduct=two_faced,
            placement=f"given(nodes={traitors})",
            allow_below_bound=True,
            rng=seed,
        )
        .run()
        .verdict
        for seed in range(20)
    ]
    assert np.mean([verdict.agreement == "violated" for verdict in verdicts]) == split
    if beyond:
        assert not any(verdict.violated for verdict in verdicts)


def test_at_4f_one_value_of_all_honest_is_lost_too(two_faced: Conduct) -> None:
    model = Generals(
        network="complete(n=4)",
        protocol="phase-king",
        initial="bits(p=1)",
        traitors=1,
        conduct=two_faced,
        placement="given(nodes=[1])",
        allow_below_bound=True,
        rng=1,
    ).run()
    assert {"agreement", "validity"} <= set(model.verdict.violated)


@pytest.mark.parametrize("traitor", [0, 1, 4])
def test_random_lies_break_nothing_at_the_bound(traitor: int, in_rounds: Callable) -> None:  # type: ignore[type-arg]
    for seed in range(200):
        rng = np.random.default_rng(seed)
        inputs, lies = rng.integers(2, size=5).tolist(), rng.integers(2, size=(5, 5)).tolist()
        play = in_rounds(PhaseKing(), inputs, 1, (traitor,), lambda r, traitor, to, lies=lies: lies[r][to])
        assert len(play.decisions) == 4
        assert not play.is_broken


@pytest.mark.parametrize(
    ("mutant", "traitor"), [("keep=3", 0), ("keep=3", 1), ("keep=5", 1), ("phases=1", 0)]
)
def test_mutants_are_caught(mutant: str, traitor: int, two_faced: Conduct) -> None:
    violated = {
        name
        for seed in range(20)
        for name in Generals(
            network="complete(n=5)",
            protocol=f"phase-king({mutant})",
            traitors=1,
            conduct=two_faced,
            placement=f"given(nodes=[{traitor}])",
            rng=seed,
        )
        .run()
        .verdict.violated
    }
    assert "agreement" in violated
    assert ("validity" in violated) == (mutant == "keep=5")


def test_alphabet_is_every_word_of_every_round() -> None:
    alphabet = PhaseKing().alphabet(Seat(0, 5, 1), (0, 1))
    assert set(alphabet) == {Said(r, value) for r in (1, 2, 3, 4) for value in (0, 1)}
