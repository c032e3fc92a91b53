"""Dolev-Strong broadcast."""

from collections.abc import Sequence
from typing import Any

import pytest
from accord.agents.conducts import Conduct
from accord.agents.keys import Keys
from accord.agents.machine import Decide, Effect, Seat, Send, Step, Timer
from accord.agents.protocols.dolev_strong import DolevStrong
from accord.agents.puppet import Puppet, Role
from accord.agents.signed import Signed
from accord.models import Generals
from hypothesis import given, settings
from hypothesis import strategies as st


def test_a_third_value_is_passed_on_to_nobody() -> None:
    traitors = Keys((0, 1, 2), b"")
    machine = DolevStrong().machine(Seat(4, 5, 2, keys=Keys((4,), b"")))
    state, _ = machine.start()
    for order in DolevStrong().alphabet(Seat(0, 5, 2, keys=traitors), (2, 0, 1)):
        state, _ = machine.receive(state, 2, order)
    state, effects = machine.timeout(state, 1)
    sends = [(effect.to, str(effect.message)) for effect in effects if isinstance(effect, Send)]
    assert sends == [((0, 1, 2, 3), "0:0:4"), ((0, 1, 2, 3), "1:0:4")]
    late = Signed(3).by(0, traitors).by(1, traitors)
    assert machine.receive(state, 1, late) == (state, ())
    state, effects = machine.timeout(state, 2)
    assert effects == (Timer(3, 1),)
    assert state.waiting == ()
    assert machine.timeout(state, 3)[1] == (Decide(0, 3),)


def test_values_of_different_rounds_add_up_to_two() -> None:
    traitors = Keys((0, 1, 2), b"")
    machine = DolevStrong().machine(Seat(4, 5, 2, keys=Keys((4,), b"")))
    state, _ = machine.start()
    first = [Signed(1).by(0, traitors), *(Signed(value).by(0, traitors).by(1, traitors) for value in (3, 2))]
    for order in first:
        state, _ = machine.receive(state, 1, order)
    state, effects = machine.timeout(state, 1)
    assert [str(effect.message) for effect in effects if isinstance(effect, Send)] == ["1:0:4"]
    state, effects = machine.timeout(state, 2)
    assert [str(effect.message) for effect in effects if isinstance(effect, Send)] == ["2:0:1:4"]
    assert state.held == (1, 2)


# Known answers: everybody sends the value once to all others (derived)


@pytest.mark.parametrize(
    ("n", "f", "total"), [(3, 1, 6), (4, 1, 12), (4, 2, 12), (7, 3, 42), (7, 0, 6), (50, 3, 2450)]
)
def test_messages(n: int, f: int, total: int) -> None:
    outcome = Generals(network=f"complete(n={n})", protocol="dolev-strong", f=f, rng=1).run().outcome()
    assert outcome["messages"] == total == (n * (n - 1) if f else n - 1)
    assert outcome["rounds"] == outcome["last_decision"] == f + 1


@pytest.mark.parametrize("n", [4, 7, 12])
def test_traitors_at_most_double_the_cost(n: int) -> None:
    outcome = (
        Generals(
            network=f"complete(n={n})",
            protocol="dolev-strong",
            traitors=1,
            conduct="equivocating",
            placement="first",
            rng=1,
        )
        .run()
        .outcome()
    )
    # each of the n - 1 others has one value from the sender and hears of the second; after that it is too late to tell
    assert outcome["honest_messages"] == (n - 1) * (n - 1)
    longer = Generals(
        network=f"complete(n={n})",
        protocol="dolev-strong",
        traitors=1,
        conduct="equivocating",
        placement="first",
        f=2,
        rng=1,
    ).run()
    assert longer.outcome()["honest_messages"] == 2 * (n - 1) * (n - 1)
    assert longer.outcome()["accusations"] == n - 1


# Attacks by the whole coalition


class Release(Conduct):
    """Keeps silent but for chains of the coalition's, each sent to some parties so that it arrives in some round.

    A release is a value, a length, the round and the recipients.
    """

    releases: tuple[tuple[int, int, int, tuple[int, ...]], ...]

    def puppet(self, role: Role) -> Puppet:
        return _Release(role, self.releases if role.seat.node == min(role.coalition) else ())


class _Release(Puppet):
    def __init__(self, role: Role, releases: Any) -> None:
        super().__init__(role)
        self.releases = releases
        self.chains = {
            (each.value, len(each.signatures)): each for each in role.alphabet if isinstance(each, Signed)
        }

    def first(self, kept: Any) -> Step:
        return None, [Timer(self.own(at), each[2] - 1) for at, each in enumerate(self.releases)]

    def rewrite(self, memory: Any, effects: Sequence[Effect]) -> Step:
        return memory, [effect for effect in effects if not isinstance(effect, Send)]

    def rang(self, memory: Any, name: Any) -> Step:
        value, length, _, to = self.releases[name]
        return memory, (Send(to, self.chains[value, length]),)


def attacked(protocol: str, n: int, f: int, *releases: tuple[int, int, int, tuple[int, ...]]) -> Generals:
    return Generals(
        network=f"complete(n={n})",
        protocol=protocol,
        traitors=f,
        conduct=Release(releases=releases),
        placement="first",
        rng=1,
    ).run()


@pytest.mark.parametrize("f", [1, 2, 3, 4])
def test_a_value_released_late_splits_one_round_too_few(f: int) -> None:
    n = f + 2
    late = (1, f, f, (n - 1,))  # to the last party, f signatures, in round f
    model = attacked(f"dolev-strong(rounds={f})", n, f, late)
    assert [model.simulation.decisions[node][0].value for node in model.honest] == [0, 1]
    assert model.verdict.violated == ("agreement",)
    model = attacked(f"signed-messages(m={f - 1})", n, f, late)
    assert model.verdict.violated == ("agreement",)


@pytest.mark.parametrize("protocol", ["dolev-strong", "signed-messages"])
@pytest.mark.parametrize("f", [1, 2, 3, 4])
def test_as_many_rounds_as_it_takes_leave_time_to_tell(protocol: str, f: int) -> None:
    n = f + 2
    for round_ in range(1, f + 2):
        model = attacked(protocol, n, f, (1, min(round_, f), round_, (n - 1,)))
        assert not model.verdict.violated
        # a chain of f + 1 signatures would take an honest one's: what comes in the last round counts for nobody
        assert model.outcome()["value"] == (1 if round_ <= f else 0)


def test_a_second_value_released_late_splits_as_well() -> None:
    both = (1, 1, 1, (2, 3)), (0, 2, 2, (3,))
    split = attacked("dolev-strong(rounds=2)", 4, 2, *both)
    assert [split.simulation.decisions[node][0].value for node in split.honest] == [1, 0]
    whole = attacked("dolev-strong", 4, 2, *both)
    assert [whole.simulation.decisions[node][0].value for node in whole.honest] == [0, 0]
    assert whole.outcome()["accusations"] == 2


@settings(deadline=None, max_examples=60)
@given(data=st.data(), protocol=st.sampled_from(["dolev-strong", "signed-messages"]), f=st.integers(1, 3))
def test_no_releases_split_it(data: st.DataObject, protocol: str, f: int) -> None:
    n = f + 3
    honest = st.lists(st.integers(f, n - 1), min_size=1, max_size=3, unique=True).map(tuple)
    release = st.tuples(st.integers(0, 1), st.integers(1, f), st.integers(1, f + 1), honest)
    model = attacked(protocol, n, f, *data.draw(st.lists(release, max_size=6)))
    assert model.outcome()["covered"]
    assert not model.verdict.violated
    assert model.verdict.termination == "held"


@pytest.mark.parametrize("conduct", ["silent", "equivocating"])
@pytest.mark.parametrize("placement", ["first", "last"])
@pytest.mark.parametrize("n", [3, 4, 7])
def test_it_bears_all_but_two(n: int, conduct: str, placement: str) -> None:
    model = Generals(
        network=f"complete(n={n})",
        protocol="dolev-strong",
        traitors=n - 2,
        conduct=conduct,
        placement=placement,
        channel="uniform(high=1)",
        rng=2,
    ).run()
    assert model.outcome()["covered"]
    assert not model.verdict.violated
    assert model.verdict.termination == "held"
