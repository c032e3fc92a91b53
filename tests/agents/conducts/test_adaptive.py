"""Whom an adaptive adversary corrupts."""

import pytest
from accord.agents.conducts import conducts
from accord.agents.errors import InputError
from accord.agents.machine import Decide, Message, Send, Timer
from accord.agents.protocols import Faults
from accord.models import Generals, Servers


@pytest.mark.parametrize(
    ("conduct", "to", "tempted"),
    [
        ("adaptive", [(0, 1, 2, 3, 4)], True),
        ("adaptive", [(0, 1, 2)], False),  # two of four others are no more than half; oneself does not count
        ("adaptive(share=0.25)", [(1, 2)], True),
        ("adaptive", [(1,), (2,), (3,)], True),  # one by one
        ("adaptive", [], False),
    ],
)
def test_plays(conduct: str, to: list[tuple[int, ...]], tempted: bool) -> None:
    effects = [Timer(1, 1), *(Send(each, Message()) for each in to), Decide(1)]
    assert conducts.choose(conduct).tempted(0, 5, effects, ()) is tempted


def test_the_one_who_speaks_first_falls_first() -> None:
    # in a broadcast that is the sender, 0, and then whoever echoes first
    model = Generals(network="complete(n=7)", traitors=2, conduct="adaptive", placement="last", rng=1)
    assert model.traitors.tolist() == []
    model.run()
    assert model.traitors.tolist() == [0, 1]
    assert model.verdict.agreement == "held"


def test_what_is_passed_on_by_others_counts_as_spoken() -> None:
    # 0 has four neighbours of eight others, and speaks to all by way of them
    model = Generals(
        network="harary(k=4, n=9)", f=1, relay=True, traitors=1, conduct="adaptive", placement="last", rng=1
    )
    assert model.run().traitors.tolist() == [0]
    assert model.verdict.violated == ()


def test_it_keeps_to_its_budget() -> None:
    for traitors in range(3):
        model = Generals(
            network="complete(n=7)", traitors=traitors, f=2, conduct="adaptive(conduct=delaying)", rng=1
        )
        assert len(model.run().traitors) == traitors


def test_what_it_was_about_to_say_is_rewritten() -> None:
    model = Generals(traitors=1, conduct="adaptive(conduct=silent)", rng=1).run()
    assert model.simulation.sent == [0, 0, 0, 0]
    model = Generals(traitors=1, conduct="adaptive(conduct='crash(at=0, reach=0.4)')", rng=1).run()
    assert model.simulation.sent[0] == 1  # of three


def test_how_bad_it_is() -> None:
    for inner in ("silent", "selective", "equivocating", "silent + selective"):
        assert conducts.choose(f"adaptive(conduct={inner})").faults is conducts.choose(inner).faults
    assert conducts.choose("adaptive(conduct='crash(recover=1, loses=memory)')").faults is Faults.RECOVERY


def test_what_was_persisted_before_is_remembered() -> None:
    model = Servers(traitors=1, conduct="adaptive(conduct='crash(at=30, recover=2, loses=memory)')", rng=1)
    (fallen,) = model.run().traitors
    life = model.simulation.states[fallen].memory
    assert life.number == 1
    assert life.kept == model.simulation.kept[fallen]
    assert len(life.kept.log) > 1
    assert model.outcome()["covered"]
    assert model.verdict.violated == ()


def test_joined_it_stays_adaptive() -> None:
    model = Generals(traitors=1, conduct="adaptive(conduct=delaying) + corrupting", rng=1)
    assert model.traitors.tolist() == []
    assert model.run().traitors.tolist() == [0]


def test_bad_input() -> None:
    with pytest.raises(InputError, match=r"conduct=extreme: extreme sends no messages"):
        Generals(traitors=1, conduct="adaptive(conduct=extreme)", rng=1)
