"""Who is hunted, and when it falls."""

from typing import Any

import pytest
from accord.agents.conducts import conducts
from accord.agents.errors import InputError
from accord.agents.machine import Commit, Lead, Message, Send, Timer
from accord.agents.outage import Phase
from accord.agents.protocols import Faults
from accord.models import Generals, Servers

BUSY: dict[str, Any] = {"clients": 2, "commands": 20, "pause": 5, "max_steps": 2000, "record": (), "rng": 1}


@pytest.mark.parametrize(
    ("effects", "tempted"),
    [
        ([], False),
        ([Send((1, 2), Message()), Timer(1, 1)], False),
        ([Timer(1, 1), Lead(3), Commit(0, None)], True),
    ],
)
def test_plays(effects: list[Any], tempted: bool) -> None:
    assert conducts.choose("hunting").tempted(0, 5, effects, ()) is tempted


@pytest.mark.parametrize(("protocol", "n"), [("raft", 5), ("pbft", 7), ("hotstuff", 7)])
@pytest.mark.parametrize("loses", ["nothing", "memory"])
def test_leaders_fall_and_others_go_on(protocol: str, n: int, loses: str) -> None:
    hunting = f"hunting(at=3, recover=60, loses={loses})"
    model = Servers(network=f"complete(n={n})", protocol=protocol, traitors=2, conduct=hunting, **BUSY)
    assert model.traitors.tolist() == []
    model.run()
    calm = Servers(network=f"complete(n={n})", protocol=protocol, **BUSY).run()
    assert len(model.traitors) == 2
    assert model.verdict.violated == ()
    assert model.outcome()["covered"]
    assert model.outcome()["answered"] == 40
    assert model.outcome()["latency"] > calm.outcome()["latency"]
    # nobody leads that was hunted before it led
    assert {node for _, node, _ in model.simulation.led}.isdisjoint(model.traitors)


def test_it_falls_after_so_many_rounds_of_its_reign() -> None:
    def ledgers(conduct: str, traitors: int) -> Any:
        return Servers(traitors=traitors, conduct=conduct, **BUSY)

    calm = ledgers("silent", 0).run()
    ((time, leader, _),) = calm.simulation.led
    for at in (0, 7):
        model = ledgers(f"hunting(at={at})", 1)
        while model.clock < time + at - 1:
            model.step()
        if at:
            assert model.traitors.tolist() == [leader]
            assert model.simulation.states[leader].memory.phase is Phase.UP
        model.step()
        assert model.traitors.tolist() == [leader]
        assert model.simulation.states[leader].memory.phase is Phase.DOWN
        if not at:
            assert (
                model.simulation.sent[leader] == 4
            )  # it asked for votes, and nobody ever heard of its reign


def test_whoever_leads_again_falls_again() -> None:
    model = Servers(
        network="complete(n=3)", traitors=1, conduct="hunting(at=2, recover=1, loses=memory)", **BUSY
    )
    model.run()
    (hunted,) = model.traitors
    assert model.simulation.states[hunted].memory.number >= 1
    again = Servers(
        network="complete(n=4)", protocol="pbft", traitors=1, conduct="hunting(recover=1, loses=disk)", **BUSY
    )
    for _ in range(10):
        again.step()
    assert again.simulation.states[0].memory.number > 3


def test_it_keeps_to_its_budget() -> None:
    for traitors in range(3):
        model = Servers(traitors=traitors, f=2, conduct="hunting", **BUSY).run()
        assert len(model.traitors) == traitors


def test_where_nobody_leads_nothing_happens() -> None:
    model = Generals(traitors=1, conduct="hunting", rng=1).run()
    assert model.traitors.tolist() == []


def test_within_another_conduct_and_around_it() -> None:
    for conduct in ("hunting + delaying", "delaying + hunting"):
        model = Servers(traitors=1, conduct=conduct, **BUSY).run()
        (hunted,) = model.traitors
        assert model.simulation.led
        assert hunted not in {node for _, node, _ in model.simulation.led}
        assert model.outcome()["reigns"] > 1
        assert model.outcome()["covered"]


def test_how_bad_it_is() -> None:
    kinds = ["hunting", *(f"hunting(recover=1, loses={what})" for what in ("nothing", "memory", "disk"))]
    assert [conducts.choose(kind).faults for kind in kinds] == list(Faults)[:4]
    assert conducts.choose("hunting(recover=1)").at_once(3) == 3


def test_bad_input() -> None:
    with pytest.raises(InputError, match=r"hunting: at=-1 must be at least 0"):
        conducts.choose("hunting(at=-1)")
    with pytest.raises(InputError, match=r"hunting: loses=memory: .* give recover="):
        conducts.choose("hunting(loses=memory)")
