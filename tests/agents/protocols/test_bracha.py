"""Bracha's reliable broadcast."""

from itertools import product
from typing import Any

import pytest
from accord.agents.machine import Decide, Message, Seat, Send, is_value
from accord.agents.protocols.bracha import Bracha, _Echo, _Initial, _Ready
from accord.models import Generals
from hypothesis import given, settings
from hypothesis import strategies as st


def party(node: int = 1, n: int = 4, f: int = 1, **thresholds: int):  # type: ignore[no-untyped-def]
    machine = Bracha(**thresholds).machine(Seat(node, n, f, 1))
    return machine, machine.start()[0]


# A table of plays: what one party of n = 4, f = 1 does, message by message


def test_the_sender_sends_its_value_to_all() -> None:
    machine = Bracha().machine(Seat(0, 4, 1, 1))
    assert machine.start()[1] == (Send((0, 1, 2, 3), _Initial(1)),)


def test_others_wait() -> None:
    machine = Bracha().machine(Seat(1, 4, 1, 1))
    assert machine.start()[1] == ()


def test_it_echoes_once_and_only_the_sender() -> None:
    machine, state = party()
    state, effects = machine.receive(state, 2, _Initial(1))
    assert effects == ()
    state, effects = machine.receive(state, 0, _Initial(1))
    assert effects == (Send((0, 1, 2, 3), _Echo(1)),)
    assert machine.receive(state, 0, _Initial(0))[1] == ()


def test_three_echoes_make_ready_and_three_readies_deliver() -> None:
    machine, state = party()
    said = []
    for sender, message in [
        *((sender, _Echo(1)) for sender in (0, 0, 2, 3)),
        *((sender, _Ready(1)) for sender in (0, 2, 2, 3, 1)),
    ]:
        state, effects = machine.receive(state, sender, message)
        said.append(tuple(effects))
    ready = (Send((0, 1, 2, 3), _Ready(1)),)
    assert said == [(), (), (), ready, (), (), (), (Decide(1),), ()]


def test_two_readies_are_amplified() -> None:
    machine, state = party()
    state, _ = machine.receive(state, 2, _Ready(0))
    assert machine.receive(state, 3, _Ready(0))[1] == (Send((0, 1, 2, 3), _Ready(0)),)


def test_echoes_of_different_values_do_not_add_up() -> None:
    machine, state = party()
    for sender, value in [(0, 1), (2, 0), (3, 1), (1, 0)]:
        state, effects = machine.receive(state, sender, _Echo(value))
        assert effects == ()


def test_thresholds() -> None:
    for n, f in product(range(1, 40), range(13)):
        machine = Bracha().machine(Seat(0, n, f))
        # two sets of so many echoes share an honest party: 2 * echo - n > f
        assert machine.echo == -(-(n + f + 1) // 2)  # type: ignore[attr-defined]
        if n >= Bracha().least(f):
            assert machine.echo <= n - f  # type: ignore[attr-defined]
            assert machine.deliver <= n - f  # type: ignore[attr-defined]


_ODD = st.one_of(
    *(st.none(), st.booleans(), st.integers(), st.just(10**400), st.floats(), st.text(max_size=2)),
    st.tuples(st.integers(0, 1)),
)
_MESSAGES = st.one_of(st.just(Message()), *(st.builds(kind, _ODD) for kind in (_Initial, _Echo, _Ready)))


@given(st.lists(st.tuples(st.integers(0, 3), _MESSAGES), max_size=20))
@settings(deadline=None, max_examples=150)
def test_it_survives_anything_and_repeats_no_nonsense(said: list[tuple[int, Any]]) -> None:
    machine, state = party(echo=1, amplify=1, deliver=1)
    for sender, message in said:
        state, effects = machine.receive(state, sender, message)
        hash(state)
        assert all(is_value(getattr(each, "message", each).value) for each in effects)
    assert all(is_value(value) for value, _ in (*state.echoes, *state.readies))


# Known answers: n(2n + 1) messages with those to oneself, (n - 1)(2n + 1) without (recomputed)


@pytest.mark.parametrize(("n", "total"), [(4, 36), (16, 528), (31, 1953), (64, 8256)])
@pytest.mark.parametrize("channel", ["constant", "uniform(high=5)"])
def test_messages(n: int, total: int, channel: str) -> None:
    outcome = Generals(network=f"complete(n={n})", f=(n - 1) // 3, channel=channel, rng=1).run().outcome()
    assert outcome["messages"] + outcome["own_messages"] == total == n * (2 * n + 1)
    assert outcome["messages"] == (n - 1) * (2 * n + 1)


def test_three_message_delays() -> None:
    assert Generals(network="complete(n=4)", f=1, rng=1).run().outcome()["last_decision"] == 3.0


@pytest.mark.parametrize("seed", range(40))
def test_an_equivocating_sender_never_splits_four(seed: int) -> None:
    model = Generals(
        network="complete(n=4)",
        traitors=1,
        conduct="equivocating",
        placement="first",
        channel="uniform(high=9)",
        rng=seed,
    ).run()
    assert model.verdict.agreement == "held"
    assert model.verdict.termination == "held"


def test_it_does_split_weakened_thresholds() -> None:
    verdicts = [
        Generals(
            network="complete(n=4)",
            protocol="bracha(echo=2, amplify=2, deliver=2)",
            traitors=1,
            conduct="equivocating",
            placement="first",
            channel="uniform(high=9)",
            rng=seed,
        )
        .run()
        .verdict
        for seed in range(20)
    ]
    split = [verdict for verdict in verdicts if verdict.agreement == "violated"]
    assert split
    assert all(len(verdict["agreement"].witnesses) == 2 for verdict in split)
