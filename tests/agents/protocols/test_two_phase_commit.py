"""Two-phase commit."""

from itertools import product
from typing import Any

import pytest
from accord.agents.machine import Decide, Machine, Persist, Seat, Send, Timer
from accord.agents.protocols import Timing
from accord.agents.protocols.two_phase_commit import TwoPhaseCommit, _Coordinator, _Outcome, _Request, _Vote
from accord.models import Generals
from hypothesis import given, settings
from hypothesis import strategies as st


def party(node: int, value: int = 1, n: int = 3, **settings: Any) -> tuple[Machine, Any, Any]:
    machine = TwoPhaseCommit(**settings).machine(Seat(node, n, 1, value))
    return machine, *machine.start()


def run(votes: list[int], protocol: str = "two-phase-commit", **settings: Any) -> Any:
    return Generals(
        network=f"complete(n={len(votes)})",
        protocol=protocol,
        initial={"name": "given", "values": votes},
        rng=settings.pop("rng", 1),
        **settings,
    ).run()


# A table of plays


def test_the_coordinator_commits_when_all_say_yes() -> None:
    machine, state, effects = party(0)
    assert effects == (Send((1, 2), _Request()),)
    state, effects = machine.receive(state, 2, _Vote(1))
    assert effects == ()
    assert machine.receive(state, 2, _Vote(1)) == (state, ())
    state, effects = machine.receive(state, 1, _Vote(1))
    assert effects == (Persist(1), Decide(1), Send((1, 2), _Outcome(1)))
    assert machine.receive(state, 1, _Vote(0)) == (state, ())


def test_it_aborts_at_the_first_no_and_when_it_loses_patience() -> None:
    machine, state, effects = party(0, timeout=2)
    assert effects[-1] == Timer("votes", 2.0)
    aborted = (Persist(0), Decide(0), Send((1, 2), _Outcome(0)))
    for anything_but_yes in (0, 2, None):
        assert machine.receive(state, 1, _Vote(anything_but_yes))[1] == aborted  # type: ignore[arg-type]
    after, effects = machine.timeout(state, "votes")
    assert effects == aborted
    assert machine.timeout(after, "votes") == (after, ())


def test_it_does_not_ask_if_it_objects() -> None:
    assert party(0, value=0)[2] == (Persist(0), Decide(0), Send((1, 2), _Outcome(0)))


def test_who_voted_yes_waits_for_the_word() -> None:
    machine, state, effects = party(1, timeout=2)
    assert effects == (Timer("request", 2.0),)
    assert machine.receive(state, 2, _Request()) == (state, ())  # from the coordinator only
    state, effects = machine.receive(state, 0, _Request())
    assert effects == (Persist((1, None)), Send((0,), _Vote(1)))
    assert machine.timeout(state, "request") == (state, ())
    assert machine.receive(state, 2, _Outcome(0)) == (state, ())
    for outcome in (0, 1):
        after, effects = machine.receive(state, 0, _Outcome(outcome))
        assert effects == (Persist((1, outcome)), Decide(outcome))
        assert machine.receive(after, 0, _Outcome(1 - outcome)) == (after, ())


def test_who_votes_no_aborts_at_once_and_so_does_who_was_not_asked() -> None:
    machine, state, _ = party(1, value=0)
    assert machine.receive(state, 0, _Request())[1] == (Persist((0, 0)), Decide(0), Send((0,), _Vote(0)))
    machine, state, _ = party(1, timeout=2)
    state, effects = machine.timeout(state, "request")
    assert effects == (Persist((0, 0)), Decide(0))
    assert machine.receive(state, 0, _Request())[1] == (Send((0,), _Vote(0)),)  # and stands by it


def test_nobody_commits_without_having_voted_yes() -> None:
    machine, state, _ = party(1)
    assert machine.receive(state, 0, _Outcome(1)) == (state, ())
    assert machine.receive(state, 0, _Outcome(0))[1][-1] == Decide(0)


def test_recovery() -> None:
    machine, _, start = party(0)
    assert machine.recover(None)[1] == start  # nobody was told: ask again
    assert machine.recover(1)[1] == (Send((1, 2), _Outcome(1)),)
    machine, state, _ = party(1)
    voted, _ = machine.receive(state, 0, _Request())
    state, effects = machine.recover(voted)
    assert (state, effects) == (voted, ())
    assert machine.receive(state, 0, _Request())[1] == (Send((0,), _Vote(1)),)


_ODD = st.one_of(st.none(), st.integers(-3, 9), st.text(max_size=2), st.floats(), st.tuples(st.integers()))
_MESSAGES = st.one_of(st.just(_Request()), st.builds(_Vote, _ODD), st.builds(_Outcome, _ODD))


@given(st.integers(0, 1), st.lists(st.tuples(st.integers(0, 2), _MESSAGES), max_size=10))
@settings(deadline=None, max_examples=100)
def test_it_survives_anything(node: int, said: list[tuple[int, Any]]) -> None:
    machine, state, _ = party(node)
    decided = []
    for sender, message in said:
        state, effects = machine.receive(state, sender, message)
        hash(state)
        decided += [effect.value for effect in effects if isinstance(effect, Decide)]
    assert len(decided) <= 1
    assert set(decided) <= {0, 1}


# Whole runs: 3(n - 1) messages, n - 1 if the coordinator objects; three delays


@pytest.mark.parametrize("n", [2, 3, 8, 40])
def test_messages_and_delays(n: int) -> None:
    for votes, messages, last in [([1] * n, 3 * (n - 1), 3.0), ([0] + [1] * (n - 1), n - 1, 1.0)]:
        outcome = run(votes).outcome()
        assert (outcome["messages"], outcome["own_messages"], outcome["last_decision"]) == (messages, 0, last)


@pytest.mark.parametrize("votes", list(product((0, 1), repeat=4)))
@pytest.mark.parametrize("protocol", ["two-phase-commit", "two-phase-commit(timeout=2)"])
def test_it_commits_iff_all_say_yes(votes: tuple[int, ...], protocol: str) -> None:
    model = run(list(votes), protocol)
    assert model.outcome()["value"] == min(votes)
    assert model.verdict.violated == ()
    assert model.outcome()["messages"] == (9 if votes[0] else 3)


@pytest.mark.parametrize("at", [0, 0.5, 1, 1.5])
@pytest.mark.parametrize("protocol", ["two-phase-commit", "two-phase-commit(timeout=2)"])
def test_the_coordinators_crash_blocks(at: float, protocol: str) -> None:
    asked = at > 0
    model = run([1] * 4, protocol, traitors=1, conduct=f"crash(at={at})", placement="first")
    blocked = asked or "timeout" not in protocol
    assert model.outcome()["ended"] == ("blocked" if blocked else "decided")
    assert model.verdict.termination == ("inconclusive" if blocked else "held")
    assert model.verdict.violated == ()


@pytest.mark.parametrize("conduct", ["silent", "crash(at=0.5)"])
def test_a_participants_crash_blocks_unless_the_coordinator_loses_patience(conduct: str) -> None:
    waiting = run([1] * 4, traitors=1, conduct=conduct, placement="last")
    assert waiting.outcome()["ended"] == "blocked"
    impatient = run([1] * 4, "two-phase-commit(timeout=2)", traitors=1, conduct=conduct, placement="last")
    assert impatient.outcome()["value"] == 0
    assert impatient.verdict.termination == "held"


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("protocol", ["two-phase-commit", "two-phase-commit(timeout=2)"])
@pytest.mark.parametrize(
    "conduct", ["crash(at=1, reach=0.5)", "crash(at=2, reach=0.5, recover=3, loses=memory)"]
)
def test_it_is_safe_whatever_crashes(seed: int, protocol: str, conduct: str) -> None:
    model = run(
        [1] * 5,
        protocol,
        traitors=1 + seed % 3,
        conduct=conduct,
        channel="exponential(mean=2) + loss(p=0.1) + duplication",
        scheduler=("earliest", "random", "omniscient", "blind")[seed % 4],
        rng=seed,
    )
    assert model.verdict.agreement == "held"
    assert model.verdict.integrity == "held"
    assert model.verdict.validity == "held"


def test_with_a_timeout_it_needs_messages_in_time() -> None:
    assert TwoPhaseCommit().timing is Timing.ASYNCHRONOUS
    assert TwoPhaseCommit(timeout=2).timing is Timing.SYNCHRONOUS
    late = run([1] * 3, "two-phase-commit(timeout=2)", channel="constant(delay=2)")
    assert not late.outcome()["covered"]
    assert late.outcome()["value"] == 0
    assert run([1] * 3, channel="constant(delay=2)").outcome()["value"] == 1


def test_who_does_not_wait_for_an_answer_is_refused() -> None:
    with pytest.raises(ValueError, match=r"timeout.*2"):
        TwoPhaseCommit(timeout=1.9)


# Mutants, which the monitors must catch


class Hasty(TwoPhaseCommit):
    """Takes the last party's vote for granted."""

    def machine(self, seat: Seat) -> Machine:
        return _Hasty(seat, self.timeout) if seat.node == 0 else super().machine(seat)


class _Hasty(_Coordinator):
    def start(self) -> Any:
        (yes, outcome), effects = super().start()
        return (yes | 1 << self.seat.n - 1, outcome), effects


class Forgetful(TwoPhaseCommit):
    """Writes nothing down: a coordinator that fell asks again, and may change its mind."""

    def machine(self, seat: Seat) -> Machine:
        return _Forgetful(super().machine(seat))


class _Forgetful(Machine):
    def __init__(self, honest: Machine) -> None:
        self.honest = honest

    def start(self) -> Any:
        return self._kept(self.honest.start())

    def recover(self, kept: Any) -> Any:
        return self._kept(self.honest.recover(None))

    def receive(self, state: Any, sender: int, message: Any) -> Any:
        return self._kept(self.honest.receive(state, sender, message))

    def timeout(self, state: Any, name: Any) -> Any:
        return self._kept(self.honest.timeout(state, name))

    @staticmethod
    def _kept(step: Any) -> Any:
        return step[0], tuple(each for each in step[1] if not isinstance(each, Persist))


def test_a_vote_short_breaks_validity_or_agreement() -> None:
    violated: set[str] = set()
    for seed in range(20):
        violated |= set(run([1, 1, 1, 0], Hasty(), channel="uniform", rng=seed).verdict.violated)
    assert {"agreement", "validity"} <= violated


def test_what_was_not_written_down_is_decided_twice() -> None:
    violated: set[str] = set()
    for seed in range(20):
        settings = {"channel": "uniform(low=0, high=2)", "rng": seed, "traitors": 1, "placement": "first"}
        conduct = "crash(at=3, reach=0.5, recover=4, loses=memory)"
        assert run([1] * 4, "two-phase-commit(timeout=3)", conduct=conduct, **settings).verdict.violated == ()
        violated |= set(run([1] * 4, Forgetful(timeout=3), conduct=conduct, **settings).verdict.violated)
    assert violated == {"agreement"}
