"""Single-decree Paxos."""

from itertools import product
from typing import Any

import pytest
from accord.agents.errors import InputError
from accord.agents.machine import Decide, Machine, Persist, Seat, Send, Timer
from accord.agents.protocols.paxos import Paxos, _Accept, _Accepted, _Kept, _Prepare, _Promise
from accord.analysis.theory.quorums import overlap
from accord.models import Generals
from accord.models.channels import channels
from hypothesis import given, settings
from hypothesis import strategies as st

SAMPLE = "exponential(mean=5) + loss(p=0.3) + stabilisation(at=30, bound=1)"


def party(node: int = 1, n: int = 3, value: int = 1, **settings: Any) -> tuple[Machine, Any]:
    machine = Paxos(**settings).machine(Seat(node, n, 1, value))
    return machine, machine.start()[0]


def spoken(effects: Any) -> list[Any]:
    return [(effect.to, effect.message) for effect in effects if isinstance(effect, Send)]


# A table of plays: what one party of three does


def test_party_0_opens_and_the_others_wait_their_turn() -> None:
    first = Paxos().machine(Seat(0, 3, 1, 1)).start()[1]
    assert spoken(first) == [((0, 1, 2), _Prepare(0))]
    assert first[-1] == Timer(3, 12.0)
    assert Paxos().machine(Seat(2, 3, 1, 1)).start()[1] == (Timer(2, 8.0),)


def test_an_acceptor_joins_later_ballots_only_and_writes_it_down_first() -> None:
    machine, state = party()
    state, effects = machine.receive(state, 2, _Prepare(5))
    assert effects == (Persist(_Kept(-1, 5, -1, None, False)), Send((2,), _Promise(5, -1, None)))
    for late in (_Prepare(5), _Prepare(3), _Accept(4, 0)):
        assert machine.receive(state, 0, late) == (state, ())
    state, effects = machine.receive(state, 2, _Accept(5, 0))
    assert effects == (Persist(_Kept(-1, 5, 5, 0, False)), Send((0, 1, 2), _Accepted(5, 0)))
    assert machine.receive(state, 2, _Accept(5, 1)) == (state, ())  # once in a ballot
    state, effects = machine.receive(state, 0, _Prepare(6))
    assert spoken(effects) == [((0,), _Promise(6, 5, 0))]


def test_who_accepts_has_joined() -> None:
    machine, state = party()
    state, effects = machine.receive(state, 2, _Accept(5, 0))  # it overtook the prepare
    assert spoken(effects) == [((0, 1, 2), _Accepted(5, 0))]
    assert machine.receive(state, 0, _Prepare(3)) == (state, ())
    assert machine.receive(state, 2, _Prepare(5)) == (state, ())


def test_a_proposer_takes_over_what_was_accepted_last() -> None:
    machine, state = party(n=5, value=1)
    state, effects = machine.timeout(state, 6)
    assert spoken(effects) == [((0, 1, 2, 3, 4), _Prepare(6))]
    for sender, promise in [
        (0, _Promise(6, 2, 0)),
        (2, _Promise(6, 4, 7)),
        (2, _Promise(6, 5, 3)),
        (3, _Promise(1, 9, 9)),
    ]:
        before = state
        state, effects = machine.receive(state, sender, promise)
        assert effects == ()
        if promise.ballot == 1:
            assert state == before
    state, effects = machine.receive(state, 4, _Promise(6, -1, None))
    assert spoken(effects) == [((0, 1, 2, 3, 4), _Accept(6, 3))]
    assert machine.receive(state, 3, _Promise(6, 5, 8))[1] == ()  # it asks once


def test_a_proposer_is_free_where_nothing_was_accepted() -> None:
    machine, state = party(value=7)
    state, _ = machine.timeout(state, 1)
    state, _ = machine.receive(state, 0, _Promise(1, -1, None))
    assert spoken(machine.receive(state, 1, _Promise(1, -1, None))[1]) == [((0, 1, 2), _Accept(1, 7))]


def test_a_learner_counts_acceptances_of_one_ballot() -> None:
    machine, state = party(n=5)
    for sender, accepted in [
        (0, _Accepted(0, 1)),
        (2, _Accepted(1, 1)),
        (0, _Accepted(0, 1)),
        (3, _Accepted(2, 1)),
    ]:
        state, effects = machine.receive(state, sender, accepted)
        assert effects == ()
    state, _ = machine.receive(state, 0, _Accepted(2, 1))
    state, _ = machine.receive(state, 0, _Accepted(1, 1))  # old news
    state, effects = machine.receive(state, 1, _Accepted(2, 1))
    assert effects[-1] == Decide(1, 3)
    assert machine.receive(state, 4, _Accepted(2, 1))[1] == ()
    assert machine.timeout(state, 6) == (state, ())  # quiet from now on


def test_waits_grow_and_add_up_to_every_partys_turn() -> None:
    """The times at which ballots open are those of one after the other, each cycle longer by the patience."""
    n, patience, opened = 4, 3.0, {}
    for node in range(n):
        machine = Paxos(patience=patience).machine(Seat(node, n, 1))
        state, effects = machine.start()
        time = 0.0
        if node == 0:
            opened[0] = 0.0
        for _ in range(5):
            (timer,) = (effect for effect in effects if isinstance(effect, Timer))
            time += timer.after
            opened[timer.name] = time
            state, effects = machine.timeout(state, timer.name)
    lengths = [opened[ballot + 1] - opened[ballot] for ballot in range(4 * n)]
    assert lengths == [patience * (ballot // n + 1) for ballot in range(4 * n)]


def test_after_a_crash_nothing_is_said_twice() -> None:
    machine, state = party(n=3)
    state, effects = machine.timeout(state, 1)
    kept = next(effect.kept for effect in effects if isinstance(effect, Persist))
    state, effects = machine.recover(kept)
    assert effects == (Timer(4, 16.0),)
    # promises for the ballot of before must not make it ask for another value
    for sender in range(3):
        state, effects = machine.receive(state, sender, _Promise(1, -1, None))
        assert effects == ()
    state, _ = machine.receive(state, 0, _Prepare(9))
    assert machine.recover(state.kept)[0].kept.joined == 9
    assert machine.recover(None) == machine.start()
    assert machine.recover(kept._replace(decided=True))[1] == ()


_ODD = st.one_of(
    st.none(),
    st.integers(-3, 9),
    st.just(10**400),
    st.text(max_size=2),
    st.floats(),
    st.tuples(st.integers()),
)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 2),
            st.one_of(
                st.builds(_Prepare, _ODD),
                st.builds(_Promise, _ODD, _ODD, _ODD),
                st.builds(_Accept, _ODD, _ODD),
                st.builds(_Accepted, _ODD, _ODD),
            ),
        ),
        max_size=12,
    )
)
@settings(deadline=None, max_examples=150)
def test_it_survives_anything(said: list[tuple[int, Any]]) -> None:
    machine, state = party(node=0)
    for sender, message in said:
        state, effects = machine.receive(state, sender, message)
        hash(state)
        assert len(spoken(effects)) <= 1
    machine.timeout(state, 3)


@pytest.mark.parametrize("nothing", [None, "attack", float("nan"), float("inf"), 10**400])
def test_what_is_no_value_is_neither_accepted_nor_decided(nothing: Any) -> None:
    machine, state = party(node=1)
    assert machine.receive(state, 0, _Accept(0, nothing)) == (state, ())
    for sender in range(3):
        state, effects = machine.receive(state, sender, _Accepted(0, nothing))
        assert effects == ()


# Whole runs


@pytest.mark.parametrize("n", [2, 3, 4, 5, 7, 10, 31])
def test_messages_and_delays(n: int) -> None:
    outcome = Generals(network=f"complete(n={n})", protocol="paxos", rng=1).run().outcome()
    assert outcome["messages"] == (n - 1) * (n + 3)
    assert outcome["messages"] + outcome["own_messages"] == n * (n + 3)
    assert (outcome["last_decision"], outcome["rounds"], outcome["undecided"]) == (4.0, 1, 0)


@pytest.mark.parametrize("f", [1, 2, 3])
@pytest.mark.parametrize(
    "conduct", ["silent", "crash(at=0, reach=0.5)", "crash(at=2, reach=0.4)", "crash(at=3)"]
)
@pytest.mark.parametrize("channel", ["constant", SAMPLE])
def test_the_bound_of_crashes_is_borne(f: int, conduct: str, channel: str) -> None:
    for placement in ("first", "last"):
        model = Generals(
            network=f"complete(n={2 * f + 1})",
            protocol="paxos",
            traitors=f,
            conduct=conduct,
            placement=placement,
            channel=channel,
            rng=f,
        ).run()
        assert model.outcome()["covered"]
        assert model.verdict.violated == ()
        assert model.verdict.termination == "held"


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("scheduler", ["earliest", "random", "omniscient", "blind(victims=[0, 2])"])
def test_crashes_with_amnesia(seed: int, scheduler: str) -> None:
    model = Generals(
        network="complete(n=5)",
        protocol="paxos",
        traitors=2,
        conduct="crash(at=3, reach=0.5, recover=9, loses=memory)",
        channel=f"duplication(p=0.3) + {SAMPLE}",
        scheduler=scheduler,
        rng=seed,
    ).run()
    assert model.verdict.violated == ()
    assert model.verdict.termination == "held"


@pytest.mark.parametrize("gst", [0, 10, 50, 200])
@pytest.mark.parametrize("bound", [1, 3])
def test_it_is_live_once_messages_are_prompt(gst: int, bound: int) -> None:
    n, patience = 5, 4.0
    model = Generals(
        network=f"complete(n={n})",
        protocol="paxos",
        channel=f"loss(p=1) + stabilisation(at={gst}, bound={bound})",
        rng=1,
    ).run()
    # the first ballot that opens after gst, while the one before has been answered, and is long enough
    opens, ballot = 0.0, 0
    while opens < gst or patience * (ballot // n + 1) < 4 * bound:
        opens += patience * (ballot // n + 1)
        ballot += 1
    assert model.outcome()["last_decision"] <= opens + 4 * bound
    assert model.verdict.violated == ()
    assert model.outcome()["ended"] == "decided"


def test_without_a_bound_it_is_safe_and_owes_nothing() -> None:
    model = Generals(
        network="complete(n=3)", protocol="paxos", channel="loss(p=1)", max_steps=60, rng=1
    ).run()
    assert model.outcome()["ended"] == "step-limit"
    assert model.verdict.termination == "inconclusive"
    assert model.verdict.violated == ()


# Flexible quorums: mutants are caught exactly where quorums of the two phases may miss each other


@pytest.mark.parametrize("n", [3, 4, 5, 6])
def test_agreement_breaks_iff_quorums_may_miss_each_other(n: int) -> None:
    for phase1, phase2 in product(range(1, n + 1), range(1, n)):
        # The first ballot is opened by all and decided by just enough, inside; then nobody hears of these any more,
        # and what others tell them comes late. Who needs only its own promise asks at once.
        inside, cut = list(range(phase2)), 1.5 if phase1 > 1 else 0.0
        border = {"name": "partition", "groups": [inside], "at": cut, "until": 200}
        held, lost = ({**border, "blocks": "in", "holds": True}, {**border, "blocks": "out"})
        model = Generals(
            network=f"complete(n={n})",
            protocol=Paxos(phase1=phase1, phase2=phase2),
            initial={"name": "given", "values": [0] * phase2 + [1] * (n - phase2)},
            channel=channels.choose(held) + channels.choose(lost),
            allow_below_bound=True,
            max_steps=1000,
            rng=1,
        ).run()
        assert (model.verdict.agreement == "violated") == (overlap(n, phase1, phase2) == 0)


@pytest.mark.parametrize(
    ("phases", "broken"), [((4, 2), False), ((2, 4), False), ((1, 1), True), ((2, 2), True)]
)
def test_random_delays_find_it_too(phases: tuple[int, int], broken: bool) -> None:
    verdicts = [
        Generals(
            network="complete(n=5)" if not broken else f"complete(n={2 * phases[0] + 1})",
            protocol=Paxos(phase1=phases[0], phase2=phases[1]),
            channel="uniform(high=20)",
            scheduler="random",
            rng=seed,
        )
        .run()
        .verdict.agreement
        for seed in range(40)
    ]
    assert ("violated" in verdicts) == broken


def test_how_many_parties_it_needs() -> None:
    assert [Paxos().least(f) for f in range(4)] == [1, 3, 5, 7]
    assert Paxos(phase1=4, phase2=2).least(1) == 5
    assert Paxos(phase1=4, phase2=2).least(2) == 6
    with pytest.raises(InputError, match=r"traitors=2, n=4: paxos needs n >= 5 to bear 2 traitors"):
        Generals(network="complete(n=4)", protocol="paxos", traitors=2)
