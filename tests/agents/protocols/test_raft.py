"""Raft: its rules one by one, as figure 2 of the paper has them, whole stories by hand, and mutants that are caught."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from accord.agents.client import Elsewhere, Reply, Request
from accord.agents.command import Command
from accord.agents.errors import InputError
from accord.agents.ledger.log import Log
from accord.agents.machine import Commit, Flip, Lead, Machine, Message, Persist, Seat, Send, Timer, Value
from accord.agents.protocols import raft
from accord.agents.protocols.raft import (
    Raft,
    _Append,
    _Appended,
    _done,
    _Entry,
    _Kept,
    _RequestVote,
    _Role,
    _Server,
    _State,
    _Vote,
    _with,
)
from accord.models import Servers
from accord.models.consistency import same_order
from accord.models.linearizability import linearizable
from hypothesis import given, settings
from hypothesis import strategies as st

PATIENCE = 10


def entries(*terms: int) -> tuple[_Entry, ...]:
    """Return a log's entries, one of each term, written by client 9."""
    return tuple(_Entry(term, Command(9, place, 0, place + 1)) for place, term in enumerate(terms))


def server(*terms: int, term: int = 0, voted: int | None = None, node: int = 0, n: int = 3) -> Any:
    """Return a server that has just come back with some log, its patience least."""
    machine = Raft(patience=PATIENCE).machine(Seat(node, 10, (n - 1) // 2, servers=n))
    state, _ = machine.recover(_Kept(max((term, *terms)), voted, Log(entries(*terms))))
    return machine, machine.flip(state, None, PATIENCE)[0]


def leader(*terms: int, term: int, n: int = 3) -> Any:
    """Return server 0, elected in some term by server 1 and whoever else it takes."""
    machine, state = server(*terms, term=term - 1, n=n)
    for _ in range(PATIENCE):
        state, _ = machine.timeout(state, "tick")
    for sender in range(1, n // 2 + 1):
        state, _ = machine.receive(state, sender, _Vote(term, True))
    assert state.role is _Role.LEADER
    return machine, state


def spoken(effects: Sequence[Any]) -> list[Any]:
    return [(effect.to, effect.message) for effect in effects if isinstance(effect, Send)]


def terms_of(state: Any) -> list[int]:
    return [entry.term for entry in state.kept.log]


# RequestVote ------------------------------------------------------------------------------------


def test_it_votes_for_the_first_who_asks_in_a_term_and_writes_it_down_first() -> None:
    machine, state = server()
    state, effects = machine.receive(state, 1, _RequestVote(1, 0, 0))
    kinds = [type(effect) for effect in effects]
    assert kinds.index(Persist) < kinds.index(Send)
    assert effects[-2:] == (Persist(_Kept(1, 1, Log())), Send((1,), _Vote(1, True)))
    state, effects = machine.receive(state, 2, _RequestVote(1, 0, 0))
    assert spoken(effects) == [((2,), _Vote(1, False))]
    state, effects = machine.receive(state, 1, _RequestVote(1, 0, 0))  # its answer was lost
    assert spoken(effects) == [((1,), _Vote(1, True))]
    state, effects = machine.receive(state, 2, _RequestVote(2, 0, 0))
    assert spoken(effects) == [((2,), _Vote(2, True))]


@pytest.mark.parametrize(
    ("length", "last", "granted"),
    [
        (3, 2, True),  # as long
        (4, 2, True),
        (2, 2, False),  # shorter
        (9, 1, False),  # longer, but of an earlier term
        (1, 3, True),  # shorter, but of a later term
    ],
)
def test_it_votes_only_for_whose_log_is_at_least_as_up_to_date(length: int, last: int, granted: bool) -> None:
    machine, state = server(1, 2, 2)
    state, effects = machine.receive(state, 1, _RequestVote(5, length, last))
    assert spoken(effects) == [((1,), _Vote(5, granted))]
    assert state.kept.term == 5
    assert (state.quiet == 0) or not granted


def test_who_asks_in_an_earlier_term_is_told_the_current_one() -> None:
    machine, state = server(term=4)
    assert spoken(machine.receive(state, 1, _RequestVote(3, 9, 3))[1]) == [((1,), _Vote(4, False))]
    assert spoken(machine.receive(state, 1, _Append(3, 0, 0, (), 0))[1]) == [((1,), _Appended(4, False, 0))]


# Elections --------------------------------------------------------------------------------------


def test_it_stands_after_its_patience_and_leads_with_a_majority() -> None:
    machine, state = server(1, n=5)
    for _ in range(PATIENCE - 1):
        state, effects = machine.timeout(state, "tick")
        assert effects == (Timer("tick", 1),)
    state, effects = machine.timeout(state, "tick")
    assert spoken(effects) == [((1, 2, 3, 4), _RequestVote(2, 1, 1))]
    assert Persist(_Kept(2, 0, state.kept.log)) in effects
    assert any(isinstance(effect, Flip) for effect in effects)  # its patience is drawn anew
    for sender, vote in [(1, _Vote(2, False)), (2, _Vote(1, True)), (3, _Vote(2, True)), (3, _Vote(2, True))]:
        state, effects = machine.receive(state, sender, vote)
        assert effects == ()
    state, effects = machine.receive(state, 4, _Vote(2, True))
    assert spoken(effects) == [((1, 2, 3, 4), _Append(2, 1, 1, (_Entry(2, None),), 0))]
    assert list(effects[:2]) == [Lead(2), Persist(state.kept)]
    assert machine.receive(state, 2, _Vote(2, True)) == (state, ())


def test_a_candidate_follows_the_leader_of_its_term_and_anybody_a_later_one() -> None:
    machine, state = server()
    for _ in range(PATIENCE):
        state, _ = machine.timeout(state, "tick")
    follower, _ = machine.receive(state, 2, _Append(1, 0, 0, (), 0))
    assert (follower.role, follower.leader) == (_Role.FOLLOWER, 2)
    assert machine.receive(follower, 1, _Vote(1, True))[0].role is _Role.FOLLOWER
    machine, state = leader(term=2)
    state, effects = machine.receive(state, 1, _Appended(3, False, 0))
    assert (state.role, state.kept.term, state.kept.voted) == (_Role.FOLLOWER, 3, None)
    assert effects[0] == Persist(state.kept)
    assert machine.flip(state, None, 12)[0].patience == 12


def test_a_second_leader_of_its_term_is_not_answered() -> None:
    # it cannot be unless a vote was forgotten; two that answered each other would never stop
    machine, state = leader(term=2)
    assert machine.receive(state, 1, _Append(2, 0, 0, entries(2), 0)) == (state, ())


def test_who_hears_its_leader_does_not_stand() -> None:
    machine, state = server()
    for _ in range(5 * PATIENCE):
        state, _ = machine.receive(state, 1, _Append(1, 0, 0, (), 0))
        state, _ = machine.flip(state, None, PATIENCE)
        state, effects = machine.timeout(state, "tick")
        assert effects == (Timer("tick", 1),)


# AppendEntries ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("log", "message", "told", "becomes"),
    [
        # its own term, logs alike
        ((1, 1), _Append(1, 2, 1, entries(1), 0), _Appended(1, True, 3), [1, 1, 1]),
        # the entry before is missing, or another
        ((1,), _Append(2, 3, 2, entries(2), 0), _Appended(2, False, 1), [1]),
        ((1, 1), _Append(3, 2, 2, entries(3), 0), _Appended(3, False, 1), [1, 1]),
        # others in the places of the new ones are cut off, with all that follows
        ((1, 1, 1, 1), _Append(2, 1, 1, entries(2), 0), _Appended(2, True, 2), [1, 2]),
        # what is there already is kept: a message that comes late says nothing of what came after it
        ((1, 2, 2), _Append(2, 0, 0, entries(1), 0), _Appended(2, True, 1), [1, 2, 2]),
        ((1, 2, 2), _Append(2, 1, 1, (), 0), _Appended(2, True, 1), [1, 2, 2]),
    ],
)
def test_logs_are_made_alike(
    log: tuple[int, ...], message: _Append, told: _Appended, becomes: list[int]
) -> None:
    machine, state = server(*log)
    after, effects = machine.receive(state, 2, message)
    assert spoken(effects) == [((2,), told)]
    assert terms_of(after) == becomes
    assert after.leader == 2
    if becomes != list(log):
        assert effects.index(Persist(after.kept)) < effects.index(Send((2,), told))
    assert terms_of(state) == list(log)  # the state of before is a value
    again, effects = machine.receive(after, 2, message)
    assert spoken(effects) == [((2,), told)]
    assert again == after


@pytest.mark.parametrize(("committed", "upto"), [(1, 1), (3, 3), (9, 3)])
def test_it_commits_what_the_leader_has_and_it_has_too(committed: int, upto: int) -> None:
    machine, state = server(1, 1, 1, 1)
    state, effects = machine.receive(state, 1, _Append(1, 2, 1, entries(1), committed))
    done = [effect for effect in effects if isinstance(effect, Commit)]
    assert [effect.index for effect in done] == list(range(upto))
    assert state.committed == upto
    assert machine.receive(state, 1, _Append(1, 2, 1, (), committed))[1] == [
        Send((1,), _Appended(1, True, 2))
    ]  # once


# Leaders ----------------------------------------------------------------------------------------


def test_a_leader_goes_back_until_the_logs_agree() -> None:
    machine, state = leader(1, 1, 1, term=2)
    assert machine.receive(state, 2, _Appended(1, True, 3)) == (
        state,
        (),
    )  # of another term: it may have been cut
    state, effects = machine.receive(state, 2, _Appended(2, False, 2))
    log = state.kept.log
    assert spoken(effects) == [((2,), _Append(2, 2, 1, log[2:], 0))]
    state, effects = machine.receive(state, 2, _Appended(2, False, 0))
    assert spoken(effects) == [((2,), _Append(2, 0, 0, log[:], 0))]
    state, _ = machine.receive(state, 2, _Appended(2, True, 4))
    # it has four for certain: old news, or news of a lost disk, to which there is no end
    assert machine.receive(state, 2, _Appended(2, False, 1)) == (state, ())
    assert machine.receive(state, 2, _Appended(2, True, 1)) == (state, ())
    assert machine.receive(state, 2, _Appended(1, True, 4)) == (state, ())


def test_a_leader_speaks_to_all_in_time_however_much_it_has_to_tell_one() -> None:
    machine, state = leader(1, term=2)
    told: list[int] = []
    for _ in range(12):
        state, effects = machine.timeout(state, "tick")
        told += [node for to, _ in spoken(effects) for node in to]
        state, effects = machine.receive(state, 2, _Appended(2, False, 0))
        assert [to for to, _ in spoken(effects)] == [(2,)]
    assert told.count(1) == 6


def test_a_long_row_is_sent_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raft, "_BATCH", 2)
    machine, state = leader(1, 1, 1, 1, 1, term=2)
    state, effects = machine.receive(state, 2, _Appended(2, False, 0))
    told = spoken(effects)
    for upto in (2, 4, 6):
        state, effects = machine.receive(state, 2, _Appended(2, True, upto))
        told += spoken(effects)
    rows = [(message.before, len(message.entries)) for _, message in told if isinstance(message, _Append)]
    assert rows == [(0, 2), (2, 2), (4, 2)]


def test_what_a_majority_has_is_committed_and_answered() -> None:
    machine, state = leader(term=1, n=5)
    write = Command(7, 0, key=3, value=5)
    state, effects = machine.receive(state, 7, Request(write))
    assert spoken(effects) == [((1, 2, 3, 4), _Append(1, 1, 1, (_Entry(1, write),), 0))]
    for sender in (1, 1):
        state, effects = machine.receive(state, sender, _Appended(1, True, 2))
        assert effects == ()  # two of five, said twice
    state, effects = machine.receive(state, 3, _Appended(1, True, 2))
    assert effects == [Commit(0, None), Commit(1, write), Send((7,), Reply(0, 5))]
    state, effects = machine.receive(
        state, 7, Request(write)
    )  # the reply was lost: done once, answered again
    assert effects == (Send((7,), Reply(0, 5)),)
    assert machine.receive(state, 7, Request(Command(8, 0, 0)))[1] == ()  # in another's name


def test_what_a_majority_has_of_an_earlier_term_is_not_committed_by_counting() -> None:
    machine, state = leader(1, 2, term=4, n=5)
    for sender in (1, 2, 3, 4):
        state, effects = machine.receive(state, sender, _Appended(4, True, 2))
        assert effects == ()
    state, effects = machine.receive(state, 1, _Appended(4, True, 3))
    assert effects == ()
    state, effects = machine.receive(state, 2, _Appended(4, True, 3))
    assert [effect.index for effect in effects if isinstance(effect, Commit)] == [0, 1, 2]


def test_clients_are_sent_to_the_leader() -> None:
    machine, state = server()
    assert machine.receive(state, 7, Request(Command(7, 0, 0)))[1] == ()
    state, _ = machine.receive(state, 2, _Append(1, 0, 0, (), 0))
    assert spoken(machine.receive(state, 7, Request(Command(7, 0, 0)))[1]) == [((7,), Elsewhere(0, 2))]


# Stories played by hand -------------------------------------------------------------------------


class Play:
    """Servers, what is under way between them, and what they committed."""

    def __init__(self, n: int, kind: type[_Server] = _Server) -> None:
        honest = [
            Raft(patience=PATIENCE).machine(Seat(node, 10, (n - 1) // 2, servers=n)) for node in range(n)
        ]
        self.machines: list[Machine] = [_as(kind, each) for each in honest]
        self.n, self.sent = n, 0
        self.states: list[Any] = [None] * n
        self.kept: list[Any] = [None] * n
        self.mail: list[tuple[int, int, Message]] = []
        self.ledgers: dict[int, list[Command | None]] = {node: [] for node in range(n)}
        self.replies: list[tuple[int, Message]] = []
        for node, machine in enumerate(self.machines):
            self.do(node, machine.start())

    def do(self, node: int, step: Any) -> None:
        self.states[node], effects = step
        for effect in effects:
            if isinstance(effect, Send):
                self.sent += len(effect.to)
                self.mail += [(node, to, effect.message) for to in effect.to if to < self.n]
                self.replies += [(node, effect.message) for to in effect.to if to >= self.n]
            elif isinstance(effect, Persist):
                self.kept[node] = effect.kept
            elif isinstance(effect, Flip):
                self.do(node, self.machines[node].flip(self.states[node], effect.key, effect.domain[0]))
            elif isinstance(effect, Commit) and effect.index == len(self.ledgers[node]):
                self.ledgers[node].append(effect.command)

    def deliver(self, among: Sequence[int], what: Callable[[Any], bool] = lambda message: True) -> None:
        """Deliver what some servers have sent each other, and what they say to that, until all is said."""
        while found := next((each for each in self.mail if {*each[:2]} <= {*among} and what(each[2])), None):
            self.mail.remove(found)
            sender, node, message = found
            self.do(node, self.machines[node].receive(self.states[node], sender, message))

    def stand(self, node: int) -> None:
        """Have a server lose its patience."""
        term = self.states[node].kept.term
        while self.states[node].kept.term == term:
            self.do(node, self.machines[node].timeout(self.states[node], "tick"))

    def crash(self, node: int) -> None:
        """Have a server crash and come back; what was under way from or to it is lost."""
        self.mail = [each for each in self.mail if node not in each[:2]]
        self.do(node, self.machines[node].recover(self.kept[node]))

    def ask(self, node: int, command: Command) -> None:
        self.do(node, self.machines[node].receive(self.states[node], command.client, Request(command)))

    def leaders(self) -> list[tuple[int, int]]:
        return [(k, each.kept.term) for k, each in enumerate(self.states) if each.role is _Role.LEADER]


def _as(kind: type[_Server], machine: Any) -> _Server:
    return kind(machine.seat, machine.servers, machine.quorum, machine.patience, machine.heartbeat)


X, Y, Z = (Command(client, 0, 0, client) for client in (7, 8, 9))


def figure_8(kind: type[_Server], *, last: bool = False) -> Play:
    """Play figure 8 of the paper, servers counted from 0; `last` says whether (e) happens in place of (d)."""
    play = Play(5, kind)
    play.stand(0)
    play.deliver(range(5))
    play.ask(0, X)  # (a) it reaches server 1 only
    play.deliver([0, 1])
    play.crash(0)
    play.stand(4)  # (b) elected by 2 and 3, it puts another in its place
    play.deliver([2, 3, 4], lambda message: isinstance(message, _RequestVote | _Vote))
    play.ask(4, Y)
    play.crash(4)
    play.stand(0)
    play.stand(0)  # (c) its first term is known to those who elected 4
    play.deliver([0, 1, 2], lambda message: isinstance(message, _RequestVote | _Vote))
    assert play.leaders() == [(0, 3)]
    play.deliver([0, 1])
    (before,) = [each for each in play.mail if each[:2] == (0, 2)]
    play.deliver([0, 2], lambda message: message == before[2] or isinstance(message, _Appended))
    repair = lambda message: isinstance(message, _Append) and message.entries[:1] == (_Entry(1, X),)  # noqa: E731
    play.deliver([0, 2], repair)
    assert [X in [each.command for each in state.kept.log] for state in play.states] == [True] * 3 + [
        False
    ] * 2
    play.deliver([0, 2], lambda message: last or isinstance(message, _Appended))
    play.crash(0)
    for _ in range(2):
        play.stand(4)
    play.deliver([2, 3, 4])
    return play


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raft, "_BATCH", 1)


@pytest.mark.usefixtures("one_by_one")
def test_figure_8() -> None:
    play = figure_8(_Server)
    assert X not in play.ledgers[0]  # a majority had it, and it is gone
    assert play.leaders() == [(4, 4)]
    assert Y in [entry.command for entry in play.states[2].kept.log]
    play.deliver(range(5))
    assert same_order(play.ledgers).status == "held"
    assert Y in play.ledgers[4]
    assert X not in play.ledgers[4]


@pytest.mark.usefixtures("one_by_one")
def test_figure_8_ends_well_once_an_entry_of_the_current_term_is_there() -> None:
    play = figure_8(_Server, last=True)
    assert X in play.ledgers[0]
    assert play.leaders() == []  # 2 has an entry of term 3 and does not vote for 4
    play.stand(2)
    play.deliver([1, 2, 3])
    assert X in play.ledgers[2]
    assert same_order(play.ledgers).status == "held"


def test_a_new_leader_repairs_the_logs_of_the_others() -> None:
    """The logs of figure 7 of the paper, in which followers lack entries, have too many, or others."""
    logs = [
        (1, 1, 1, 4, 4, 5, 5, 6, 6, 6),
        (1, 1, 1, 4, 4, 5, 5, 6, 6),
        (1, 1, 1, 4),
        (1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6),
        (1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7),
        (1, 1, 1, 4, 4, 4, 4),
        (1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3),
    ]
    play = Play(7)
    for node, terms in enumerate(logs):
        play.kept[node] = _Kept(max(terms), None, Log(entries(*terms)))
        play.crash(node)
    play.stand(0)  # term 7, which d has seen
    play.stand(0)
    play.deliver(range(7))
    assert play.leaders() == [(0, 8)]
    assert len({state.kept.log for state in play.states}) == 1
    assert terms_of(play.states[6]) == [*logs[0], 8]
    play.ask(0, X)
    play.deliver(range(7))
    assert play.ledgers[0][-1] == X


def test_a_server_of_its_own_leads_and_commits_at_once() -> None:
    play = Play(1)
    play.stand(0)
    play.ask(0, X)
    assert play.ledgers[0] == [None, X]
    assert play.replies == [(0, Reply(0, 7))]


@pytest.mark.parametrize("n", [2, 3, 4, 5, 7])
def test_messages_of_the_good_case(n: int) -> None:
    play = Play(n)
    play.stand(0)
    play.deliver(range(n))
    assert play.sent == 4 * (n - 1)  # an election and the empty entry
    for number in range(5):
        play.ask(0, Command(9, number, 0, 1))
        play.deliver(range(n))
    # 2(n - 1) and a reply a command
    assert play.sent == 4 * (n - 1) + 5 * (2 * (n - 1) + 1)
    # and the request with it, once client and leader have found each other; a command takes 4 rounds, so nothing is
    # heard of heartbeats
    settings: dict[str, Any] = {"network": f"complete(n={n})", "protocol": Raft(heartbeat=5), "clients": 1}
    few, many = (Servers(**settings, commands=k, rng=1).run() for k in (10, 30))
    assert many.outcome()["messages"] - few.outcome()["messages"] == 20 * 2 * n
    took = [end[0] - many.simulation.invoked[each][0] for each, end in many.simulation.returned.items()]
    assert set(took[1:]) == {4.0}


def test_what_was_persisted_is_there_after_a_crash() -> None:
    play = Play(3)
    play.stand(0)
    play.deliver(range(3))
    play.ask(0, X)
    play.deliver(range(3))
    before = play.states[0].kept
    play.crash(0)
    assert play.states[0].kept == before
    assert (play.states[0].role, play.states[0].committed) == (_Role.FOLLOWER, 0)
    play.stand(1)
    play.deliver(range(3))
    assert play.leaders() == [(1, 2)]
    play.ask(1, X)  # it comes again, as its answer was lost
    play.deliver(range(3))
    assert [message for node, message in play.replies if node == 1][-1] == Reply(0, 7)
    assert play.ledgers[1].count(X) == 1


# Mutants ----------------------------------------------------------------------------------------


class Forgetful(_Server):
    """Persists nothing."""

    def recover(self, kept: Any) -> Any:
        return super().recover(None)


class Unrestricted(_Server):
    """Votes for anybody, however little it knows."""

    def _asked_for_vote(self, state: _State, sender: int, message: _RequestVote) -> Any:
        return super()._asked_for_vote(state, sender, replace(message, length=10**9, last=10**9))


class Counting(_Server):
    """Commits what a majority has, of whatever term."""

    def _matched(self, state: _State, node: int, upto: int) -> Any:
        match = _with(state.match, node, upto)
        state, common = state._replace(match=match), sorted(match)[-self.quorum]
        if common <= state.committed:
            return state, ()
        store, effects = _done(state.store, state.kept.log, state.committed, common, answer=True)
        return state._replace(committed=common, store=store), effects


class Hasty(_Server):
    """Answers reads at once, from what it has done itself."""

    def _requested(self, state: _State, sender: int, request: Request) -> Any:
        command = request.command
        if state.role is _Role.LEADER and command.value is None:
            return state, (Send((sender,), Reply(command.number, state.store.after(command)[1])),)
        return super()._requested(state, sender, request)


class Sessionless:
    """A store that does what comes twice twice."""

    def __init__(self, values: tuple[tuple[int, Value], ...] = ()) -> None:
        self.values = values

    def answered(self, client: int) -> tuple[int, Value]:
        return -1, 0

    def after(self, command: Command) -> tuple["Sessionless", Value]:
        values = dict(self.values)
        if command.value is not None:
            values[command.key] = command.value
        return Sessionless(tuple(values.items())), values.get(command.key, 0)


def mutant(kind: type[_Server]) -> Raft:
    class Mutant(Raft):
        def machine(self, seat: Seat) -> Machine:
            machine = super().machine(seat)
            return _as(kind, machine) if isinstance(machine, _Server) else machine

    return Mutant()


def forgotten_vote(kind: type[_Server]) -> Play:
    """Have two stand in a term, and who decides between them come back from a crash in between."""
    play = Play(3, kind)
    play.stand(0)
    play.stand(2)
    play.deliver([0, 1])
    play.ask(0, X)
    play.deliver([0, 1])
    late = [each for each in play.mail if each[:2] == (2, 1)]
    play.crash(1)
    play.mail += late
    play.deliver([1, 2])
    return play


def test_a_vote_that_is_forgotten_makes_two_leaders_in_a_term() -> None:
    assert forgotten_vote(_Server).leaders() == [(0, 1)]
    play = forgotten_vote(Forgetful)
    assert play.leaders() == [(0, 1), (2, 1)]
    play.ask(2, Y)
    play.deliver([1, 2])
    assert same_order(play.ledgers).status == "violated"


# what all write reaches servers 0 and 1; then 1 loses its memory, and decides with 2, which never heard of it
LOST_DISK = {
    "network": "complete(n=3)",
    "traitors": 1,
    "placement": "given(nodes=[1])",
    "conduct": "crash(at=38, recover=2, loses=memory)",
    "channel": "partition(groups=[[2]], at=0, until=40) + partition(groups=[[0]], at=40, until=150)",
    "clients": 3,
    "commands": 20,
    "keys": 5,
    "rng": 2,
}


def test_a_server_that_forgets_loses_what_was_acknowledged() -> None:
    assert Servers(**LOST_DISK, protocol=mutant(_Server)).run().verdict.violated == ()
    model = Servers(**LOST_DISK, protocol=mutant(Forgetful)).run()
    assert {"agreement", "linearizability"} <= set(model.verdict.violated)
    assert model.outcome()["covered"]  # it says that it bears this


def test_a_lost_disk_loses_what_was_acknowledged_and_is_not_covered() -> None:
    model = Servers(**{**LOST_DISK, "conduct": "crash(at=38, recover=2, loses=disk)"}).run()
    assert {"agreement", "linearizability"} <= set(model.verdict.violated)
    assert model.outcome()["uncovered"] == "raft bears recovery faults only"


@pytest.mark.parametrize(("loses", "twice"), [("memory", False), ("disk", True)])
def test_two_lead_in_one_term_only_where_votes_are_forgotten(loses: str, twice: bool) -> None:
    reigns: set[tuple[int, int, int]] = set()
    split = False
    for seed in range(3):
        model = Servers(
            traitors=2,
            conduct=f"crash(at=3, recover=1, loses={loses}, every=7)",
            channel="uniform(low=0.5, high=1.5) + majority-ring(at=0, until=150)",
            commands=5,
            keys=2,
            pause=3,
            max_steps=300,
            rng=seed,
        ).run()
        led = {(seed, reign, node) for _, node, reign in model.simulation.led}
        assert len(led) == len(model.simulation.led)  # nobody says so twice
        reigns |= led
        split = split or "agreement" in model.verdict.violated
        assert model.outcome()["covered"] is not twice
    assert reigns
    assert (len({each[:2] for each in reigns}) < len(reigns)) is twice
    assert split is twice


@pytest.mark.usefixtures("one_by_one")
def test_commitment_by_counting_is_caught_by_figure_8() -> None:
    play = figure_8(Counting)
    assert X in play.ledgers[0]
    play.deliver(range(5))
    assert same_order(play.ledgers).status == "violated"


ROUGH = {"clients": 3, "commands": 6, "pause": 3, "max_steps": 600, "record": ()}


def violated(seeds: int, **given: Any) -> set[str]:
    """Return what is violated in any of some runs."""
    return {
        name
        for seed in range(seeds)
        for name in Servers(**{**ROUGH, **given}, rng=seed).run().verdict.violated
    }


@pytest.mark.parametrize("n", [3, 4, 5])
def test_a_quorum_one_smaller_than_a_majority_splits(n: int) -> None:
    halves = [[*range(n // 2), n], [*range(n // 2, 2 * (n // 2)), n + 1]]  # each with a client
    border = f"partition(groups={halves}, at=0, until=100)"
    given = {"network": f"complete(n={n})", "channel": border, "allow_below_bound": True}
    assert "agreement" in violated(3, protocol=Raft(quorum=(n + 1) // 2 - n % 2), **given)
    assert not violated(3, protocol=Raft(), **given)


def test_a_vote_for_anybody_is_caught() -> None:
    # server 2 hears nothing of what is done, and is elected when it comes back
    channel = "partition(groups=[[2]], at=0, until=40) + partition(groups=[[0]], at=40, until=90)"
    given = {"network": "complete(n=3)", "channel": channel}
    assert {"agreement", "linearizability"} <= violated(12, protocol=mutant(Unrestricted), **given)
    assert not violated(12, protocol=mutant(_Server), **given)


def test_a_leader_that_answers_reads_at_once_is_caught() -> None:
    busy: dict[str, Any] = {**ROUGH, "network": "complete(n=3)", "commands": 60, "pause": 1, "reads": 0.9}
    # whoever leads may be cut off with a client, while the others elect another and write
    apart = [[[node, 3], [*({0, 1, 2} - {node}), 4, 5]] for node in range(3)]
    stale = [f"partition(groups={groups}, at=40, until=160)" for groups in apart]
    for kind, caught in ((Hasty, True), (_Server, False)):
        found = {
            each for channel in stale for each in violated(6, **busy, protocol=mutant(kind), channel=channel)
        }
        assert ("linearizability" in found) == caught


def test_what_is_done_twice_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"network": "complete(n=3)", "channel": "loss(p=0.2)"}
    assert "linearizability" not in violated(8, **given)
    monkeypatch.setattr(raft, "Store", Sessionless)
    assert "linearizability" in violated(8, **given)


# Nemesis: crashes, restarts and partitions that the guarantee covers ------------------------------

NEMESES: dict[str, dict[str, Any]] = {
    "the leader cut off": {"channel": "partition(groups=[[0]], at=30, until=80)"},
    "nobody hears the leader": {"channel": "partition(groups=[[0]], at=30, until=80, blocks='out')"},
    "the leader hears nobody": {"channel": "partition(groups=[[0]], at=30, until=80, blocks='in')"},
    "a bridge": {"channel": "partition(groups=[[0, 1], [3, 4]], at=30, until=80)"},
    "every majority in turn": {
        "channel": " + ".join(
            f"partition(groups=[[{k}, {(k + 1) % 5}]], at={20 * k + 20}, until={20 * k + 40})"
            for k in range(5)
        )
    },
    "a periodic partition": {"channel": "partition(groups=[[0, 1]], at=10, until=30, every=45)"},
    "two down": {"conduct": "crash(at=25, reach=0.5)", "traitors": 2},
    "two restarted": {"conduct": "crash(at=25, recover=30, loses=memory, reach=0.5)", "traitors": 2},
    "two away": {"conduct": "crash(at=25, recover=30)", "traitors": 2},
    "everything": {
        "conduct": "crash(at=25, recover=30, loses=memory)",
        "traitors": 2,
        "channel": "exponential(mean=2) + loss(p=0.1) + duplication(p=0.2) + stabilisation(at=150, bound=2)",
    },
    "lost, doubled, reordered": {"channel": "heavy-tailed + loss(p=0.2) + duplication(p=0.3) + reordering"},
}


@pytest.mark.parametrize("name", list(NEMESES))
def test_nothing_is_lost_whatever_happens(name: str) -> None:
    for seed in range(3):
        settings = {**ROUGH, "commands": 12, "keys": 2, "network": "complete(n=5)", **NEMESES[name]}
        model = Servers(**settings, rng=seed).run()
        assert model.outcome()["covered"]
        assert model.verdict.violated == ()
        assert model.outcome()["ended"] == "answered"
        assert model.outcome()["reigns"] >= 1


def test_every_server_restarts_in_turn() -> None:
    # a rolling restart: what each forgets, the others have
    play = Play(3)
    for turn in range(6):
        node = turn % 3
        play.crash(node)
        other = (node + 1) % 3
        while play.leaders() != [(other, play.states[other].kept.term)]:
            play.stand(other)
            play.deliver(range(3))
        play.ask(other, Command(9, turn, 0, turn + 1))
        play.deliver(range(3))
        assert play.replies[-1] == (other, Reply(turn, turn + 1))
    assert [each.number for each in play.ledgers[0] if each is not None] == list(range(6))
    assert same_order(play.ledgers).status == "held"


# Anything at all ----------------------------------------------------------------------------------

_ODD = st.one_of(
    st.none(),
    st.integers(-3, 9),
    st.just(10**400),
    st.text(max_size=2),
    st.floats(),
    st.tuples(st.integers()),
)
_COMMANDS = st.one_of(_ODD, st.builds(Command, _ODD, _ODD, _ODD, _ODD), st.just(X))
_ENTRIES = st.lists(st.one_of(_ODD, st.builds(_Entry, _ODD, _COMMANDS)), max_size=3).map(tuple)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 9),
            st.one_of(
                st.builds(_RequestVote, _ODD, _ODD, _ODD),
                st.builds(_Vote, _ODD, _ODD),
                st.builds(
                    _Append, st.integers(0, 3), st.integers(0, 3), _ODD, st.one_of(_ODD, _ENTRIES), _ODD
                ),
                st.builds(_Appended, st.integers(0, 3), _ODD, _ODD),
                st.builds(Request, _COMMANDS),
            ),
        ),
        max_size=12,
    )
)
@settings(deadline=None, max_examples=150)
def test_it_survives_anything(said: list[tuple[int, Any]]) -> None:
    for machine, state in (server(1), leader(1, term=2)):
        for sender, message in said:
            state, effects = machine.receive(state, sender, message)
            hash((state, tuple(effects)))
            assert len(spoken(effects)) <= 3
        machine.timeout(state, "tick")


@pytest.mark.parametrize(
    "settings",
    [
        {"patience": 1},
        {"heartbeat": 0},
        {"quorum": 0},
        {"heartbeat": 10},
        {"patience": 4, "heartbeat": 5},
    ],
)
def test_settings_that_cannot_work_are_refused(settings: dict[str, int]) -> None:
    with pytest.raises(InputError) as refusal:
        Raft(**settings)
    assert "\n" not in str(refusal.value)


def test_how_many_servers_it_needs() -> None:
    assert [Raft().least(f) for f in range(4)] == [1, 3, 5, 7]
    with pytest.raises(
        InputError, match=r"f=1, n=2: raft needs n >= 3 to bear 1 traitor; use n >= 3 or f <= 0"
    ):
        Servers(network="complete(n=2)", f=1)


def test_histories_of_mutants_are_not_linearizable_for_a_reason() -> None:
    model = Servers(**LOST_DISK, protocol=mutant(Forgetful)).run()
    finding = linearizable(model.history, initial=0)
    assert finding.operations
    assert finding.reason
