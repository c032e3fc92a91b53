"""Signed messages SM(m)."""

import pytest
from accord.agents.conducts import Conduct
from accord.agents.keys import Keys
from accord.agents.machine import Effect, Seat, Send
from accord.agents.protocols.signed_messages import SignedMessages
from accord.agents.puppet import Puppet, Role
from accord.models import Generals


def test_a_lieutenant_passes_every_order_on_to_who_has_not_signed() -> None:
    everybody = Keys((0, 1, 2), b"")
    machine = SignedMessages().machine(Seat(4, 5, 2, keys=Keys((4,), b"")))
    state, _ = machine.start()
    orders = SignedMessages().alphabet(Seat(0, 5, 2, keys=everybody), (0, 1, 2))
    for order in orders:
        state, _ = machine.receive(state, 2, order)
    _, effects = machine.timeout(state, 1)
    sends = [(effect.to, str(effect.message)) for effect in effects if isinstance(effect, Send)]
    assert sends == [((1, 2, 3), "0:0:4"), ((1, 2, 3), "1:0:4"), ((1, 2, 3), "2:0:4")]


def test_two_honest_parties_are_enough() -> None:
    assert [SignedMessages().least(f) for f in (1, 2, 5)] == [3, 4, 7]


# Known answers: the general's n - 1, and n - 2 of each lieutenant (derived)


@pytest.mark.parametrize(
    ("n", "m", "total"), [(3, 1, 4), (4, 1, 9), (4, 2, 9), (7, 2, 36), (7, 0, 6), (30, 9, 841)]
)
def test_messages(n: int, m: int, total: int) -> None:
    outcome = Generals(network=f"complete(n={n})", protocol="signed-messages", f=m, rng=1).run().outcome()
    assert outcome["messages"] == total == ((n - 1) ** 2 if m else n - 1)
    assert outcome["rounds"] == outcome["last_decision"] == m + 1


# Three generals


def test_three_generals_survive_a_two_faced_general() -> None:
    model = Generals(
        network="complete(n=3)",
        protocol="signed-messages",
        traitors=1,
        conduct="equivocating",
        placement="first",
        rng=1,
    ).run()
    assert not model.verdict.violated
    assert model.outcome()["value"] == 0.0  # both know of both orders, so they retreat
    assert sorted(model.simulation.accusations) == [
        (2.0, 1, 0, "it signed 0 and 1"),
        (2.0, 2, 0, "it signed 0 and 1"),
    ]


class Relabelling(Conduct):
    """Passes everything on with the other value."""

    def puppet(self, role: Role) -> Puppet:
        return _Relabelling(role)


class _Relabelling(Puppet):
    def rewrite(self, memory: object, effects: object) -> tuple[object, list[Effect]]:
        return memory, [
            Send(each.to, each.message.saying(1 - each.message.about)) if isinstance(each, Send) else each
            for each in effects  # type: ignore[attr-defined]
        ]


@pytest.mark.parametrize("order", [0, 1])
@pytest.mark.parametrize("traitor", [1, 2])
def test_three_generals_see_through_a_lieutenant(order: int, traitor: int) -> None:
    """The two cases in which oral messages fail are among these."""
    model = Generals(
        network="complete(n=3)",
        protocol="signed-messages",
        initial={"name": "given", "values": [order, 0, 0]},
        traitors=1,
        conduct=Relabelling(),
        placement={"name": "given", "nodes": [traitor]},
        rng=1,
    ).run()
    assert not model.verdict.violated
    assert model.outcome()["value"] == order
    assert model.outcome()["accusations"] == 0


def test_one_round_is_too_few() -> None:
    model = Generals(
        network="complete(n=3)",
        protocol="signed-messages(m=0)",
        traitors=1,
        conduct="equivocating",
        placement="first",
        rng=1,
    ).run()
    assert model.verdict.violated == ("agreement",)


@pytest.mark.parametrize("conduct", ["silent", "equivocating"])
@pytest.mark.parametrize("placement", ["first", "last"])
@pytest.mark.parametrize(("n", "f"), [(4, 2), (6, 4), (7, 2)])
def test_it_bears_any_number(n: int, f: int, conduct: str, placement: str) -> None:
    model = Generals(
        network=f"complete(n={n})",
        protocol="signed-messages",
        traitors=f,
        conduct=conduct,
        placement=placement,
        channel="uniform(high=1)",
        rng=2,
    ).run()
    assert model.outcome()["covered"]
    assert not model.verdict.violated
    assert model.verdict.termination == "held"
