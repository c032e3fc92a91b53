"""The phase king of n > 3f."""

from collections.abc import Callable

import numpy as np
import pytest
from accord.agents.conducts import Conduct
from accord.agents.lockstep import Said
from accord.agents.machine import Decide, Seat, Send
from accord.agents.protocols.berman_garay_perry import BermanGarayPerry
from accord.models import Generals

# A table of plays: one party of n = 4, f = 1; three votes propose, two proposals are taken, three kept


@pytest.mark.parametrize(
    ("votes", "proposal"),
    [([1, 1, 1, 0], 1), ([0, 0, 0, 1], 0), ([1, 1, 0, 0], 2), ([1, 1, None, None], 2), ([2, 2, 2, 2], 2)],
)
def test_the_first_round(votes: list[int | None], proposal: int) -> None:
    machine = BermanGarayPerry().machine(Seat(3, 4, 1, 1))
    state, _ = machine.start()
    for sender, vote in enumerate(votes):
        if vote is not None:
            state, _ = machine.receive(state, sender, Said(1, vote))
    assert machine.timeout(state, 1)[1][0] == Send((0, 1, 2, 3), Said(2, proposal))


@pytest.mark.parametrize(
    ("proposals", "king", "value"),
    [
        ([1, 1, 1, 2], 0, 1),  # kept
        ([1, 1, 2, 2], 0, 0),  # taken, but not kept
        ([1, 1, 0, 0], 1, 1),  # the least one is taken, and not kept
        ([0, 0, 0, 2], 1, 0),
        ([2, 2, 2, 2], 1, 1),  # "no idea" is never kept
        ([2, 2, 2, 2], 2, 1),  # and read as 1 from a king
        ([2, 2, 2, 2], None, 0),
        ([2, 2, 2, 2], "x", 0),
    ],
)
def test_the_second_and_the_third(proposals: list[int], king: object, value: int) -> None:
    machine = BermanGarayPerry(phases=1).machine(Seat(3, 4, 1, 1))
    state, _ = machine.start()
    state, _ = machine.timeout(state, 1)
    for sender, proposal in enumerate(proposals):
        state, _ = machine.receive(state, sender, Said(2, proposal))
    state, _ = machine.timeout(state, 2)
    if king is not None:
        state, _ = machine.receive(state, 0, Said(3, king))  # type: ignore[arg-type]
    assert machine.timeout(state, 3)[1] == (Decide(value, 3),)


# Known answers: 3t + 3 rounds (the paper's abstract); two exchanges and the king's word in each of f + 1 phases


@pytest.mark.parametrize(
    ("n", "f", "messages"), [(2, 0, 5), (4, 1, 54), (7, 2, 270), (10, 3, 756), (31, 10, 20790)]
)
@pytest.mark.parametrize("channel", ["constant", "uniform(high=1)"])
def test_cost(n: int, f: int, messages: int, channel: str) -> None:
    model = Generals(
        network=f"complete(n={n})", protocol="berman-garay-perry", f=f, channel=channel, rng=1
    ).run()
    outcome = model.outcome()
    assert outcome["messages"] == messages == (f + 1) * (n - 1) * (2 * n + 1)
    assert outcome["rounds"] == outcome["last_decision"] == 3 * (f + 1)
    assert not model.verdict.violated


def runs(n: int, f: int, traitors: list[int], conduct: Conduct) -> list[tuple[str, ...]]:
    return [
        Generals(
            network=f"complete(n={n})",
            protocol="berman-garay-perry",
            traitors=f,
            conduct=conduct,
            placement=f"given(nodes={traitors})",
            allow_below_bound=True,
            rng=seed,
        )
        .run()
        .verdict.violated
        for seed in range(20)
    ]


@pytest.mark.parametrize("f", [1, 2, 3])
def test_a_third_of_traitors_is_one_too_many(f: int, two_faced: Conduct) -> None:
    late, early = list(range(1, f + 1)), list(range(f))
    assert any("agreement" in violated for violated in runs(3 * f, f, late, two_faced))
    assert not any(runs(3 * f + 1, f, late, two_faced))
    assert not any(runs(3 * f + 1, f, early, two_faced))


def found(in_rounds: Callable, n: int, traitor: int, seeds: int, **mutation: int) -> bool:  # type: ignore[type-arg]
    """Return whether random lies to everybody in every round break it."""
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        inputs, lies = rng.integers(2, size=n).tolist(), rng.integers(3, size=(7, n)).tolist()
        play = in_rounds(
            BermanGarayPerry(**mutation),
            inputs,
            1,
            (traitor,),
            lambda r, traitor, to, lies=lies: lies[r][to],
        )
        if play.is_broken:
            return True
    return False


@pytest.mark.parametrize("traitor", [0, 1, 3])
def test_random_lies_break_nothing_at_the_bound(traitor: int, in_rounds: Callable) -> None:  # type: ignore[type-arg]
    assert not found(in_rounds, 4, traitor, 200)


@pytest.mark.parametrize(
    ("name", "value"),
    [("support", 2), ("support", 4), ("adopt", 1), ("adopt", 3), ("keep", 2), ("keep", 4), ("phases", 1)],
)
def test_mutants_are_broken(name: str, value: int, in_rounds: Callable) -> None:  # type: ignore[type-arg]
    assert found(in_rounds, 4, 0 if name == "phases" else 1, 1000, **{name: value})


@pytest.mark.parametrize(
    ("mutant", "traitor"), [("support=4", 1), ("adopt=1", 0), ("keep=4", 1), ("phases=1", 0)]
)
def test_monitors_catch_mutants(mutant: str, traitor: int, two_faced: Conduct) -> None:
    verdicts = [
        Generals(
            network="complete(n=4)",
            protocol=f"berman-garay-perry({mutant})",
            traitors=1,
            conduct=two_faced,
            placement=f"given(nodes=[{traitor}])",
            rng=seed,
        )
        .run()
        .verdict
        for seed in range(20)
    ]
    assert any(verdict.agreement == "violated" for verdict in verdicts)


def test_alphabet_includes_no_idea() -> None:
    alphabet = BermanGarayPerry().alphabet(Seat(0, 4, 1), (0, 1))
    assert set(alphabet) == {Said(r, value) for r in range(1, 7) for value in (0, 1, 2)}
