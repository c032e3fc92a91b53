"""Chained HotStuff."""

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from accord.agents.client import Reply, Request
from accord.agents.command import Command
from accord.agents.conducts import Conduct, conducts
from accord.agents.keys import Joint, Keys, Signature
from accord.agents.machine import Commit, Effect, Machine, Message, Persist, Seat, Send, Step, Timer
from accord.agents.protocols import hotstuff
from accord.agents.protocols.hotstuff import (
    _CERTAIN,
    HotStuff,
    _Ask,
    _Block,
    _Blocks,
    _Certificate,
    _NewView,
    _Proposal,
    _Vote,
)
from accord.agents.puppet import Puppet, Role
from accord.models.channels import channels
from accord.models.schedulers import schedulers
from accord.models.simulation import Luck, Simulation
from hypothesis import given, settings
from hypothesis import strategies as st

SECRET = b"run"


def keys(*owners: int) -> Keys:
    return Keys(owners, SECRET)


def asked(client: int, number: int = 0, key: int = 0, value: float | None = 1) -> Request:
    command = Command(client, number, key, value)
    return Request(command, keys(client).sign(client, command))


def certified(block: _Block, quorum: int = 3) -> _Certificate:
    content = ("vote", block.view, block.digest)
    votes = [keys(node).sign(node, content) for node in range(quorum)]
    joint = keys().join(votes, content, quorum, 4)
    assert joint is not None
    return _Certificate(block.view, block.digest, joint)


def entered(view: int, quorum: int = 3) -> Joint:
    wishes = [keys(node).sign(node, ("new-view", view)) for node in range(quorum)]
    joint = keys().join(wishes, ("new-view", view), quorum, 4)
    assert joint is not None
    return joint


def vote(node: int, block: _Block) -> _Vote:
    return _Vote(block.view, block.digest, keys(node).sign(node, ("vote", block.view, block.digest)))


def new_view(node: int, view: int, high: _Certificate = _CERTAIN, *requests: Request) -> _NewView:
    return _NewView(view, high, 1, requests, keys(node).sign(node, ("new-view", view)))


def blocks(*views: int, after: _Block | None = None, first: tuple[Request, ...] = ()) -> list[_Block]:
    """Return a chain of blocks of some views, the first with some requests."""
    chain: list[_Block] = []
    for view in views:
        parent = chain[-1] if chain else after
        chain.append(_Block(view, certified(parent) if parent else _CERTAIN, () if chain else first))
    return chain


class Party:
    """One server of four, and two clients: 4 and 5."""

    def __init__(self, node: int, **rule: Any) -> None:
        self.machine = HotStuff(**rule).machine(Seat(node, 6, 1, keys=keys(node), servers=4))
        self.state, effects = self.machine.start()
        assert effects == ()
        self.kept: Any = None

    def hears(self, sender: int, message: Message) -> list[Effect]:
        """Return what it does, but for writing down its state."""
        return self.does(self.machine.receive(self.state, sender, message))

    def wakes(self, name: Any) -> list[Effect]:
        return self.does(self.machine.timeout(self.state, name))

    def does(self, step: Step) -> list[Effect]:
        self.state, effects = step
        for each in effects:
            if isinstance(each, Persist):
                self.kept = each.kept
        return [each for each in effects if not isinstance(each, Persist)]


# A table of plays: what one server of n = 4, f = 1 does, message by message


def test_a_request_from_proposal_to_reply() -> None:
    write = asked(4, value=7)
    b1, b2, b3, b4 = blocks(1, 2, 3, 4, first=(write,))
    everybody = (0, 1, 2, 3)
    leader = Party(0)
    # leader of views 1 to 3
    assert leader.hears(4, write) == [Timer(1, 10.0), Send(everybody, _Proposal(b1))]
    assert leader.hears(0, _Proposal(b1)) == [Send((0,), vote(0, b1))]
    assert leader.hears(0, vote(0, b1)) == []
    assert leader.hears(1, vote(1, b1)) == []
    assert leader.hears(1, vote(1, b1)) == []  # counts once
    assert leader.hears(2, vote(2, b1)) == [Send(everybody, _Proposal(b2))]
    assert leader.hears(3, vote(3, b1)) == []  # too late
    # a server that votes, and leads view 4
    server = Party(1)
    assert server.hears(4, write) == [Timer(1, 10.0)]
    assert server.hears(0, _Proposal(b1)) == [Send((0,), vote(1, b1))]
    assert server.hears(0, _Proposal(b2)) == [Send((0,), vote(1, b2))]
    assert server.state.locked == _CERTAIN
    assert server.hears(0, _Proposal(b3)) == [Send((1,), vote(1, b3))]
    assert server.state.locked == certified(b1)
    for node in (1, 2):
        assert server.hears(node, vote(node, b3)) == []
    assert server.hears(3, vote(3, b3)) == [Send(everybody, _Proposal(b4))]
    assert server.hears(1, _Proposal(b4)) == [
        Commit(0, write.command),
        Send((4,), Reply(0, 7)),
        Send((1,), vote(1, b4)),
    ]
    # the fourth certificate is kept for the next request
    for node in (0, 1, 2):
        assert server.hears(node, vote(node, b4)) == []
    (b5,) = blocks(5, after=b4, first=(asked(5),))
    assert server.hears(5, asked(5)) == [Send(everybody, _Proposal(b5))]  # the timer of before is still set
    assert server.hears(4, write) == [Send((4,), Reply(0, 7))]  # who asks again is answered again


def test_whoever_runs_out_of_patience_goes_to_the_next_leader() -> None:
    write = asked(4)
    server = Party(3)
    assert server.hears(4, write) == [Timer(1, 10.0)]
    assert server.wakes(0) == [Timer(1, 10.0)]  # a timer of before: it has seen progress since
    assert server.wakes(1) == [Send((1,), new_view(3, 4, _CERTAIN, write)), Timer(2, 20.0)]
    assert server.wakes(2) == [Send((2,), new_view(3, 8, _CERTAIN, write)), Timer(3, 40.0)]
    (b8,) = blocks(8, first=(write,))
    assert server.hears(2, _Proposal(b8)) == []  # nobody has shown that a quorum wants view 8
    assert server.hears(2, _Proposal(b8, entered(4))) == []
    assert server.hears(1, _Proposal(b8, entered(8))) == []  # its leader is server 2
    assert server.hears(2, _Proposal(b8, entered(8))) == [Send((2,), vote(3, b8))]


def test_a_quorum_has_the_next_leader_propose_after_the_last_certificate() -> None:
    write = asked(4)
    b1, b2 = blocks(1, 2, first=(write,))
    leader = Party(1)
    for block in (b1, b2):
        leader.hears(0, _Proposal(block))
    assert leader.hears(2, new_view(2, 4)) == []
    assert leader.hears(2, new_view(2, 4)) == []  # counts once
    assert leader.hears(3, replace(new_view(3, 4), view=8)) == []  # not signed
    assert leader.hears(3, new_view(3, 4, certified(b1))) == []
    b4 = _Block(4, certified(b2), ())  # server 0 knows best
    assert leader.hears(0, new_view(0, 4, certified(b2))) == [Send((0, 1, 2, 3), _Proposal(b4, entered(4)))]


def test_it_votes_once_a_view_and_only_upwards() -> None:
    write = asked(4)
    (b1,), (other,) = blocks(1), blocks(1, first=(write,))
    b2 = blocks(1, 2)[1]
    server = Party(3)
    assert server.hears(0, _Proposal(b1))
    assert server.hears(0, _Proposal(other)) == server.hears(0, _Proposal(b1)) == []
    assert server.hears(0, _Proposal(b2))
    assert server.hears(0, _Proposal(b1)) == []


def test_it_votes_for_what_extends_its_lock_or_has_a_later_parent() -> None:
    b1, b2, b3 = blocks(1, 2, 3)
    server = Party(3)
    for block in (b1, b2, b3):
        server.hears(0, _Proposal(block))
    assert server.state.locked == certified(b1)
    fork = _Block(8, _CERTAIN)  # beside b1
    assert server.hears(2, _Proposal(fork, entered(8))) == []
    assert server.hears(2, _Proposal(_Block(8, certified(b1)), entered(8)))  # it extends the lock
    later = _Block(13, certified(blocks(8, 12)[-1]))  # b1 cannot have been committed: a quorum went past it
    assert server.hears(3, _Proposal(later)) == [Send((3,), _Ask(1, later.justify))]


@pytest.mark.parametrize("views", [(1, 2, 4), (1, 3, 4), (4, 5, 7), (1, 4, 5)])
def test_a_gap_between_views_commits_nothing(views: tuple[int, ...]) -> None:
    server = Party(3)
    chain = blocks(*views, views[-1] + 1, first=(asked(4),))
    for block in chain:
        leader, following = block.view // 4 % 4, (block.view + 1) // 4 % 4
        told = server.hears(leader, _Proposal(block, entered(block.view)))
        assert told[0] == Send((following,), vote(3, block))
    assert server.state.length == 0


def test_it_does_not_vote_for_what_no_client_asked_for() -> None:
    forged = replace(asked(4), command=Command(4, 0, 0, 9))
    nobody = replace(asked(4), signature=None)
    another = Request(Command(4, 0, 0, 9), keys(5).sign(5, Command(4, 0, 0, 9)))
    for request in (forged, nobody, another):
        server = Party(3)
        assert server.hears(0, _Proposal(blocks(1, first=(request,))[0])) == []
        assert server.hears(4, request) == []


def test_it_does_not_vote_after_a_certificate_that_is_none() -> None:
    b1, b2, b3, b4 = blocks(1, 2, 3, 4)
    server = Party(3)
    server.hears(0, _Proposal(b1))
    votes = [vote(node, b1).signature for node in (0, 1)]
    content = ("vote", b1.view, b1.digest)
    clients = [keys(client).sign(client, content) for client in (4, 5)]
    assert keys().join([*votes, *clients], content, 3, 4) is None
    few, many = keys().join(votes, content, 2, 4), keys().join([*votes, *clients], content, 3, 6)
    genuine = certified(b1).signature
    for bad in (few, many, replace(genuine, tag=b"12345678"), certified(b2).signature, votes[0], None):
        lie = _Certificate(1, b1.digest, bad)  # type: ignore[arg-type]
        assert server.hears(0, _Proposal(_Block(2, lie))) == []
    assert server.hears(0, _Proposal(_Block(2, certified(b2)))) == []  # none of an earlier view
    assert server.hears(1, _Proposal(_Block(4, certified(b4)), entered(4))) == []
    assert server.hears(0, _Proposal(_Block(2, certified(b1)))) != []
    for block in (b2, b3, b4, *blocks(5, after=b4)):
        server.hears(block.view // 4, _Proposal(block))
    assert len(server.state.chain) == 3
    assert server.hears(2, _Proposal(_Block(8, certified(b1)), entered(8))) == []  # that is long past


def test_it_does_not_vote_for_more_than_a_batch() -> None:
    server = Party(3, batch=1)
    assert server.hears(0, _Proposal(_Block(1, _CERTAIN, (asked(4), asked(5))))) == []
    assert server.hears(0, _Proposal(_Block(1, _CERTAIN, (asked(4),)))) != []


def test_of_each_client_it_waits_for_the_last_request() -> None:
    server = Party(3)
    for number in (1, 0, 2, 1):
        server.hears(4, asked(4, number))
    assert server.state.pending == (asked(4, 2),)
    done = blocks(1, 2, 3, 4, first=(asked(4, 2),))
    for block in done:
        server.hears(block.view // 4, _Proposal(block))
    assert server.state.pending == ()
    server.hears(0, new_view(0, 12, _CERTAIN, asked(4, 1)))
    assert server.state.pending == ()
    assert server.hears(4, asked(4, 1)) == []


def test_votes_may_be_faster_than_the_block() -> None:
    (b1,) = blocks(1, first=(asked(4),))
    leader = Party(0)
    b2 = _Block(2, certified(b1))
    for node in (1, 2):
        assert leader.hears(node, vote(node, b1)) == []
    assert leader.hears(3, vote(3, b1)) == [Send((3,), _Ask(1, certified(b1)))]
    assert leader.hears(0, _Proposal(b1))[-1] == Timer(2, 10.0)
    assert leader.state.proposed == 2
    asking = Party(0)
    for node in (1, 2, 3):
        asking.hears(node, vote(node, b1))
    effects = asking.hears(3, _Blocks((b1,), certified(b1)))
    assert asking.state.high == certified(b1)
    assert effects == []  # it waits for nothing
    assert asking.hears(4, asked(4, 1)) == [
        Timer(1, 10.0),
        Send((0, 1, 2, 3), _Proposal(replace(b2, requests=(asked(4, 1),)))),
    ]


def test_a_wish_counts_once_the_blocks_that_it_names_are_there() -> None:
    b1, b2 = blocks(1, 2)
    leader = Party(1)
    leader.hears(0, _Proposal(b1))
    assert leader.hears(0, new_view(0, 4, certified(b1), asked(4))) == [Timer(2, 10.0)]
    assert leader.hears(2, new_view(2, 4, _CERTAIN)) == []
    assert leader.state.high == certified(b1)
    assert leader.hears(3, new_view(3, 4, certified(b2))) == [Send((3,), _Ask(1, certified(b2)))]
    b4 = _Block(4, certified(b2), (asked(4),))
    assert leader.hears(3, _Blocks((b1, b2), certified(b2))) == [
        Send((0, 1, 2, 3), _Proposal(b4, entered(4)))
    ]


def test_whoever_is_not_the_leader_neither_joins_nor_proposes() -> None:
    (b1,) = blocks(1, first=(asked(4),))
    server = Party(3)
    server.hears(0, _Proposal(b1))
    for node in (0, 1, 2):
        assert server.hears(node, vote(node, b1)) == []
        assert server.hears(node, new_view(node, 4)) == []
    assert (server.state.votes, server.state.entries) == ((), ())


def test_what_it_knows_never_gets_older() -> None:
    b1, b2, b3 = blocks(1, 2, 3, first=(asked(4),))
    leader = Party(1)
    for block in (b1, b2, b3):
        leader.hears(0, _Proposal(block))
    leader.hears(0, new_view(0, 4, certified(b1)))
    assert leader.state.high == certified(b2)
    assert leader.state.locked == certified(b1)


def test_a_proposal_is_written_down_before_it_is_sent() -> None:
    leader = Party(0)
    _, effects = leader.machine.receive(leader.state, 4, asked(4))
    _, kept, sent = effects
    assert isinstance(sent, Send)
    assert isinstance(kept, Persist)
    assert kept.kept.proposed == 1  # type: ignore[attr-defined]


def test_who_waits_for_what_is_done_is_told() -> None:
    write = asked(4)
    chain = blocks(1, 2, 3, 4, first=(write,))
    leader = Party(2)
    for block in chain:
        leader.hears(block.view // 4, _Proposal(block))
    told = Send((3,), _Blocks(tuple(chain[:3]), certified(chain[2])))
    assert leader.hears(3, new_view(3, 8, certified(chain[1]), write)) == [told]


def test_a_command_is_entered_once() -> None:
    write = asked(4, value=7)
    server = Party(3)
    chain = [_Block(1, _CERTAIN, (write, write))]
    for view in range(2, 8):
        chain.append(_Block(view, certified(chain[-1]), (write,)))
    did = [server.hears(block.view // 4, _Proposal(block)) for block in chain]
    assert [each for effects in did for each in effects if isinstance(each, Commit)] == [
        Commit(0, write.command)
    ]


def test_who_missed_blocks_asks_who_named_them_and_catches_up() -> None:
    write = asked(4, value=7)
    chain = blocks(1, 2, 3, 4, 5, first=(write,))
    there, late = Party(2), Party(3)
    for block in chain:
        there.hears(block.view // 4, _Proposal(block))
    last = chain[-1]
    assert late.hears(1, _Proposal(last)) == [Send((1,), _Ask(1, last.justify))]
    (told,) = there.hears(3, _Ask(1, last.justify))
    assert told == Send((3,), _Blocks(tuple(chain[:4]), certified(chain[3])))
    assert isinstance(told, Send)
    assert late.hears(1, told.message) == [
        Commit(0, write.command),
        Send((4,), Reply(0, 7)),
        Send((1,), vote(3, last)),
    ]
    assert late.state.chain == there.state.chain


def test_blocks_that_do_not_follow_from_a_certificate_are_not_taken() -> None:
    chain = blocks(1, 2, 3, 4)
    other = blocks(1, first=(asked(4),))
    late = Party(3)
    for bad in (
        _Blocks((), certified(chain[3])),
        _Blocks((*other, *chain[1:]), certified(chain[3])),
        _Blocks(tuple(chain[:3]), certified(chain[3])),
        _Blocks(tuple(chain), certified(chain[3])._replace(view=9)),
        _Blocks(tuple(chain), _CERTAIN),
        _Blocks(tuple(chain[1:]), certified(chain[3])),
        _Blocks(tuple(chain) * 100, certified(chain[3])),
    ):
        assert late.hears(1, bad) == []
        assert late.state.tree == ()


def test_one_that_comes_back_knows_what_it_wrote_down() -> None:
    server = Party(3)
    _, effects = server.machine.receive(server.state, 0, _Proposal(blocks(1, first=(asked(4),))[0]))
    kept, sent = effects[0], effects[1]
    assert isinstance(kept, Persist)
    assert isinstance(sent, Send)
    server.does(server.machine.recover(kept.kept))
    assert server.hears(0, _Proposal(blocks(1)[0])) == []  # no second vote in view 1
    assert server.machine.recover(None) == server.machine.start()


# Whole runs


def played(
    protocol: HotStuff | None = None,
    servers: int = 4,
    f: int = 1,
    clients: int = 2,
    each: int = 3,
    *,
    traitors: Sequence[int] = (),
    conduct: Conduct | Callable[[Role], Machine] | None = None,
    channel: str = "constant",
    scheduler: str = "earliest",
    seed: int = 0,
    until: float = 5000.0,
) -> Simulation:
    protocol, n = protocol or HotStuff(), servers + clients
    rng = np.random.default_rng(seed)
    luck = Luck(
        np.random.default_rng(rng.integers(2**32)),
        np.random.default_rng(rng.integers(2**32)),
        lambda node, key, domain: domain[int(rng.integers(len(domain)))],
    )

    def seat(node: int) -> Seat:
        work = tuple(Command(node, k, k % 2, 100 * node + k if k % 3 else None) for k in range(each))
        owners = tuple(traitors) if node in traitors else (node,)
        commands = work if node >= servers else ()
        return Seat(node, n, f, keys=keys(*owners), servers=servers, commands=commands)

    def puppet(node: int) -> Machine:
        values = (0, 1)
        honest = lambda value: protocol.machine(seat(node).but(value=value))  # noqa: E731
        role = Role(seat(node), tuple(traitors), honest, protocol.alphabet(seat(node), values), values)
        return conduct.puppet(role) if isinstance(conduct, Conduct) else conduct(role)  # type: ignore[misc]

    machines = [puppet(node) if node in traitors else protocol.machine(seat(node)) for node in range(n)]
    run = Simulation(machines, channels.choose(channel), schedulers.choose(scheduler), luck)
    run.drain(until)
    return run


def ledger(run: Simulation, node: int) -> list[Command]:
    entries = run.ledgers[node]
    assert [index for _, index, _ in entries] == list(range(len(entries)))
    return [command for _, _, command in entries]


def agree(run: Simulation, servers: Sequence[int]) -> bool:
    """Return whether the ledgers of some servers are prefixes of each other."""
    ledgers = [ledger(run, node) for node in servers]
    return all(all(a == b for a, b in zip(*two, strict=False)) for two in combinations(ledgers, 2))


# Messages to others. A block: n - 1 proposals and n - 1 votes. A request that comes alone: its block and three without
# requests, until the last of these has brought the certificate that commits it; n requests and n replies.


@pytest.mark.parametrize("n", [1, 2, 4, 7, 10, 16, 31])
@pytest.mark.parametrize("requests", [1, 5])
def test_messages_of_requests_that_come_alone(n: int, requests: int) -> None:
    run = played(servers=n, f=(n - 1) // 3, clients=1, each=requests)
    assert sum(run.sent) == requests * (8 * (n - 1) + 2 * n) == requests * (10 * n - 8)
    assert len(run.returned) == requests
    assert not run.pending()


@pytest.mark.parametrize("n", [4, 7, 16])
def test_seven_delays_and_seven_times_n_less_one_messages_until_all_know(n: int) -> None:
    run = played(servers=n, f=(n - 1) // 3, clients=1, each=1, until=7.5)
    # the leaders have the request at time 1; who proposes last knows a delay before the others
    assert [len(each) for each in run.ledgers].count(1) == 1
    run.drain(8.0)
    assert {time for each in run.ledgers for time, *_ in each} == {7.0, 8.0}
    assert [len(each) for each in run.ledgers[:n]] == [1] * n
    assert (
        sum(run.sent[:n]) == 7 * (n - 1) + (n - 1) + n
    )  # votes for the last block, and replies, are on their way
    run.drain(1000.0)
    assert [time for time, *_ in run.returned.values()] == [9.0]


@pytest.mark.parametrize("n", [4, 7, 13])
@pytest.mark.parametrize("batch", [1, 2, 100])
def test_messages_where_there_is_more_to_do(n: int, batch: int) -> None:
    run = played(HotStuff(batch=batch), servers=n, f=(n - 1) // 3, clients=5, each=20)
    views = run.states[0].voted
    assert len(run.states[0].chain) + len(run.states[0].tree) == views + 1
    assert sum(run.sent) == 2 * (n - 1) * views + 2 * n * 100
    assert len(run.returned) == 100
    # the first request goes out alone, and the other four, which came just after it, together
    assert max(len(block.requests) for block in run.states[0].chain) == min(batch, 4)


@pytest.mark.parametrize("n", [4, 7, 10, 16, 31])
def test_messages_when_the_first_leader_is_silent(n: int) -> None:
    run = played(
        servers=n, f=(n - 1) // 3, clients=1, each=1, traitors=[0], conduct=conducts.choose("silent")
    )
    assert len(run.returned) == 1
    # n - 1 servers tell the next leader, which is one of them; it proposes four blocks to all, and they vote
    wishes, proposed, voted, replies = n - 2, 4 * (n - 1), 4 * (n - 2), n - 1
    assert sum(run.sent) == n + wishes + proposed + voted + replies == 11 * n - 15


def test_bytes_of_a_certificate_do_not_depend_on_n() -> None:
    (block,), lengths = blocks(1), set()
    for n in (4, 7, 31):
        quorum = n - (n - 1) // 3
        votes = [vote(node, block).signature for node in range(quorum)]
        joint = keys().join(votes, ("vote", 1, block.digest), quorum, n)
        assert joint is not None
        lengths.add(_Ask(0, _Certificate(1, block.digest, joint)).size)
    assert lengths == {1 + 8 + 49}


# Faults

ACTING = [name for name, kind in conducts.items() if kind.puppet is not Conduct.puppet]
WILD = "uniform(low=0, high=6) + loss(p=0.05) + duplication(p=0.05)"


@pytest.mark.parametrize("conduct", [*ACTING, "crash(at=9, recover=30, amnesia=True)", "forging + replaying"])
@pytest.mark.parametrize("channel", ["constant", "uniform(low=0, high=2)", WILD])
def test_one_liar_of_four_neither_splits_nor_stops_them(conduct: str, channel: str) -> None:
    for traitor in range(4):
        run = played(
            traitors=[traitor], conduct=conducts.choose(conduct), channel=channel, seed=traitor, until=1e5
        )
        honest = [node for node in range(4) if node != traitor]
        assert agree(run, honest)
        assert len(run.returned) == 6
        assert not run.cut
        assert all(len(ledger(run, node)) == len(set(ledger(run, node))) for node in honest)


@pytest.mark.parametrize("conduct", ACTING)
def test_two_liars_of_seven(conduct: str) -> None:
    for seed, traitors in enumerate([(0, 1), (1, 4), (3, 6)]):
        run = played(
            servers=7,
            f=2,
            traitors=traitors,
            conduct=conducts.choose(conduct),
            channel="uniform(low=0, high=5)",
            seed=seed,
            until=1e5,
        )
        assert agree(run, [node for node in range(7) if node not in traitors])
        assert len(run.returned) == 6


class _TwoFaced(Puppet):
    """A leader that proposes another block to the upper half, and votes for both."""

    def speak(self, memory: Any, effect: Send) -> Step:
        message, seat = effect.message, self.seat
        if not isinstance(message, _Proposal):
            return memory, (effect,)
        block = message.block
        other = replace(block, requests=block.requests[::-1] if len(block.requests) > 1 else ())
        told: list[Effect] = [
            Send((to,), message if 2 * to < (seat.servers or 0) else replace(message, block=other))
            for to in effect.to
        ]
        leader = (block.view + 1) // 4 % (seat.servers or 1)
        vote = _Vote(other.view, other.digest, seat.keys.sign(seat.node, ("vote", other.view, other.digest)))
        return memory, (*told, Send((leader,), vote))


class _Backward(Puppet):
    """A leader that proposes, where it may choose, after the oldest certificate that it knows."""

    def speak(self, memory: Any, effect: Send) -> Step:
        message = effect.message
        if isinstance(message, _Proposal) and message.entry is not None:
            fork = replace(message.block, justify=_CERTAIN)
            return memory, (Send(effect.to, replace(message, block=fork)),)
        return memory, (effect,)


@pytest.mark.parametrize("puppet", [_TwoFaced, _Backward])
@pytest.mark.parametrize("channel", ["constant", "uniform(low=0, high=8)", WILD])
@pytest.mark.parametrize("traitor", [0, 1])
def test_a_leader_that_lies_about_blocks(
    puppet: Callable[[Role], Machine], channel: str, traitor: int
) -> None:
    for seed in range(5):
        run = played(traitors=[traitor], conduct=puppet, clients=4, channel=channel, seed=seed, until=1e5)
        assert agree(run, [node for node in range(4) if node != traitor])
        assert len(run.returned) == 12
        assert any(state.voted for state in run.states[2:4])


@pytest.mark.parametrize("scheduler", ["random", "blind(victims=[0])", "omniscient", "rushing"])
def test_schedules_of_an_adversary(scheduler: str) -> None:
    for seed in range(5):
        run = played(traitors=[1], conduct=_TwoFaced, clients=4, scheduler=scheduler, seed=seed, until=2000)
        assert agree(run, [0, 2, 3])
        assert any(run.ledgers[node] for node in (0, 2, 3))


@pytest.mark.parametrize("conduct", ["corrupting", "equivocating", "forging", "selective", "random"])
def test_a_client_that_lies_stops_nobody(conduct: str) -> None:
    run = played(traitors=[4], conduct=conducts.choose(conduct), clients=3, until=3000.0)
    assert agree(run, range(4))
    assert sum(command.client != 4 for command in run.returned) == 6
    # what only some servers were asked for, the others learn from them
    assert not any(state.pending for state in run.states[:4])


def test_who_was_cut_off_catches_up() -> None:
    channel = "partition(groups=[[3]], at=0, until=100)"
    run = played(each=30, clients=1, channel=channel, until=90)
    assert list(run.ledgers[3]) == []
    assert len(run.ledgers[0]) > 5
    run.drain(5000)
    assert [ledger(run, node) for node in range(4)] == [ledger(run, 0)] * 4
    assert len(run.ledgers[3]) == 30


def test_who_was_cut_off_for_longer_than_one_message_tells() -> None:
    channel = "partition(groups=[[3]], at=0, until=1000)"
    run = played(HotStuff(tenure=40), each=120, clients=1, channel=channel, until=5000)
    assert len(run.states[0].chain) > 3 * hotstuff._MOST
    assert [len(run.ledgers[node]) for node in range(4)] == [120] * 4


def test_nothing_is_under_way_once_nothing_is_asked_for() -> None:
    assert played(clients=1, each=0, until=0.0).pending() == []
    run = played(clients=3, each=5, channel=WILD, until=1e6)
    assert len(run.returned) == 15
    assert not run.pending()


def test_with_a_leader_for_each_view_one_silent_server_of_four_is_too_much() -> None:
    silent = conducts.choose("silent")
    alone = played(HotStuff(tenure=1), traitors=[0], conduct=silent, until=1e4)
    assert not alone.returned
    assert played(HotStuff(tenure=1), servers=7, f=1, traitors=[0], conduct=silent, until=1e4).returned
    assert played(HotStuff(tenure=4), traitors=[0], conduct=silent, until=1e4).returned


# Mutants: settings that break it


SPLIT = "partition(groups=[[0, 1, 4], [2, 3, 5]], at=0, until=500)"


@pytest.mark.parametrize("seed", range(5))
def test_quorums_that_share_no_honest_server_split(seed: int) -> None:
    # without a liar: two servers of four are a quorum on either side of the border
    channel = f"uniform(low=0, high=2) + {SPLIT}"
    assert not agree(played(HotStuff(quorum=2), channel=channel, seed=seed), range(4))
    held = played(channel=channel, seed=seed)
    assert agree(held, range(4))
    assert len(held.returned) == 6


def test_copies_of_a_leader_split_small_quorums() -> None:
    def agreed(quorum: int) -> list[bool]:
        runs = [
            played(
                HotStuff(quorum=quorum),
                traitors=[0],
                conduct=conducts.choose("equivocating"),
                clients=4,
                each=9,
                channel="uniform(low=0, high=8)",
                seed=seed,
            )
            for seed in range(8)
        ]
        return [agree(run, [1, 2, 3]) for run in runs]

    assert not all(agreed(2))
    assert all(agreed(3))


class Stage:
    """Honest servers 0, 2 and 3 of four, and server 1, a liar, played by hand."""

    def __init__(self, **rule: Any) -> None:
        self.parties = {node: Party(node, **rule) for node in (0, 2, 3)}
        self.timers: dict[int, Any] = {}
        self.votes: dict[bytes, dict[int, _Vote]] = {}
        self.wishes: dict[int, set[int]] = {}
        self.ledgers: dict[int, list[Command]] = {node: [] for node in self.parties}

    def note(self, node: int, effects: list[Effect]) -> None:
        for effect in effects:
            if isinstance(effect, Timer):
                self.timers[node] = effect.name
            elif isinstance(effect, Commit):
                self.ledgers[node].append(effect.command)
            elif isinstance(effect, Send) and isinstance(effect.message, _Vote):
                self.votes.setdefault(effect.message.block, {})[node] = effect.message
            elif isinstance(effect, Send) and isinstance(effect.message, _NewView):
                self.wishes.setdefault(effect.message.view, set()).add(node)

    def tell(self, nodes: Sequence[int], sender: int, message: Message) -> None:
        for node in nodes:
            self.note(node, self.parties[node].hears(sender, message))

    def wait(self, node: int, view: int) -> None:
        """Have a server run out of patience until it wants a view."""
        while node not in self.wishes.get(view, ()):
            self.note(node, self.parties[node].wakes(self.timers[node]))

    def restart(self, node: int, forgotten: dict[str, Any]) -> None:
        """Have a server crash and come back with what it persisted, but for what is forgotten."""
        party = self.parties[node]
        self.note(node, party.does(party.machine.recover(party.kept._replace(**forgotten))))

    def certified(self, block: _Block) -> _Certificate | None:
        """Return the certificate that the liar can make of the votes that there are, and of its own."""
        votes = [each.signature for each in {**self.votes.get(block.digest, {}), 1: vote(1, block)}.values()]
        joint = keys().join(votes, ("vote", block.view, block.digest), 3, 4)
        return None if joint is None else _Certificate(block.view, block.digest, joint)

    def entered(self, view: int) -> Joint | None:
        wishes = [keys(node).sign(node, ("new-view", view)) for node in (1, *sorted(self.wishes[view]))]
        return keys().join(wishes, ("new-view", view), 3, 4)

    @property
    def is_split(self) -> bool:
        ledgers = self.ledgers.values()
        return any(any(a != b for a, b in zip(*two, strict=False)) for two in combinations(ledgers, 2))


def forgotten_lock(forgotten: dict[str, Any] | None = None, **rule: Any) -> Stage:
    """One server commits, two are locked; later the liar, whose turn it is again, proposes something else to the two.

    The liar leads views 4 to 7 and 20 to 23. The two restart in between.
    """
    stage, write, other = Stage(tenure=4, **rule), asked(4), asked(5)
    b1, b2, b3 = blocks(1, 2, 3, first=(write,))
    for block in (b1, b2, b3):
        stage.tell((0, 2, 3), 0, _Proposal(block))
    certificate = stage.certified(b3)
    assert certificate is not None
    stage.tell((0,), 1, _Proposal(_Block(4, certificate)))
    assert stage.ledgers[0] == [write.command]
    for node in (2, 3):
        assert stage.parties[node].state.locked.view == 1
        stage.restart(node, forgotten or {})
        stage.wait(node, 20)
    block, entry = _Block(20, _CERTAIN, (other,)), stage.entered(20)
    for view in (21, 22, 23, 24):
        stage.tell((2, 3), 1, _Proposal(block, entry))
        certificate = stage.certified(block)
        if certificate is None:  # they did not vote
            break
        block, entry = _Block(view, certificate), None
    return stage


def forgotten_vote(**forgotten: Any) -> Stage:
    """The liar tells servers 0 and 3 two stories, and 2, which restarts in between, both. It leads views 4 to 7."""
    stage = Stage(tenure=4)
    stage.tell((0, 2, 3), 4, asked(4))
    for node in stage.parties:
        stage.wait(node, 4)
    stories = {0: _Block(4, _CERTAIN, (asked(4),)), 3: _Block(4, _CERTAIN, (asked(5),))}
    entry = stage.entered(4)
    for view in (5, 6, 7, 8):
        for node, block in tuple(stories.items()):
            stage.tell((node, 2), 1, _Proposal(block, entry))
            stage.restart(2, forgotten)
            certificate = stage.certified(block)
            if certificate is None:  # 2 did not vote
                del stories[node]
                continue
            stories[node] = _Block(view, certificate)
        entry = None
    return stage


def short_chain(**rule: Any) -> Stage:
    """The liar shows the second certificate in a row to one server only, and when it leads again begins anew.

    It leads views 2 and 3, and 10 and 11; server 2 leads view 12.
    """
    stage, write, other = Stage(tenure=2, **rule), asked(4), asked(5)
    b1, b2 = blocks(1, 2, first=(write,))
    stage.tell((0, 2, 3), 0, _Proposal(b1))
    stage.tell((0, 2, 3), 1, _Proposal(b2))
    certificate = stage.certified(b2)
    assert certificate is not None
    stage.tell((0,), 1, _Proposal(_Block(3, certificate)))
    for node in (2, 3):
        stage.wait(node, 10)
    b10 = _Block(10, _CERTAIN, (other,))
    stage.tell((2, 3), 1, _Proposal(b10, stage.entered(10)))
    certificate = stage.certified(b10)
    assert certificate is not None  # nobody but server 0 is locked on anything
    b11 = _Block(11, certificate)
    stage.tell((2, 3), 1, _Proposal(b11))
    certificate = stage.certified(b11)
    assert certificate is not None
    stage.tell((2, 3), 2, _Proposal(_Block(12, certificate)))
    return stage


def test_without_locks_what_is_committed_is_forgotten() -> None:
    assert forgotten_lock(locking=False).is_split
    held = forgotten_lock()
    assert not held.is_split
    assert held.ledgers == {0: [asked(4).command], 2: [], 3: []}


def test_a_lock_that_is_forgotten_in_a_restart_forgets_what_is_committed() -> None:
    assert forgotten_lock({"locked": _CERTAIN}).is_split
    assert not forgotten_lock({"high": _CERTAIN}).is_split


def test_a_vote_that_is_forgotten_in_a_restart_certifies_two_blocks_of_a_view() -> None:
    split = forgotten_vote(voted=0)
    assert split.is_split
    assert split.ledgers == {0: [asked(4).command], 2: [asked(4).command], 3: [asked(5).command]}
    held = forgotten_vote()
    assert held.ledgers == {0: [asked(4).command], 2: [asked(4).command], 3: []}


def test_two_blocks_in_a_row_are_too_few_to_commit() -> None:
    split = short_chain(chain=2)
    assert split.is_split
    assert split.ledgers == {0: [asked(4).command], 2: [asked(5).command], 3: [asked(5).command]}
    held = short_chain()
    assert held.ledgers == {0: [], 2: [], 3: []}


# Whatever anybody says


B1, B2, B3, B4 = blocks(1, 2, 3, 4, first=(asked(4),))
JUNK = st.one_of(
    st.none(),
    st.integers(-2, 9),
    st.sampled_from([1 << 80, -1, 0.5, float("nan"), True, "", "view", b"", B1.digest, (), (1,), ((),)]),
    st.sampled_from([B1, B2, B4, _Block(1, None), _Block(-1, _CERTAIN), _Block(4, certified(B3), (None,))]),  # type: ignore[arg-type]
    st.sampled_from([_CERTAIN, certified(B2), certified(B3), _Certificate(1 << 80, b"", entered(4))]),
    st.sampled_from([asked(4), asked(5, 1 << 70), Request(None), Request(Command(4, "0", (), None))]),  # type: ignore[arg-type]
    st.sampled_from([entered(4), Joint(-1, 4, b""), Signature(1, b""), vote(1, B3).signature]),
    st.just(Signature(None, None)),  # type: ignore[arg-type]
    st.sampled_from(
        [(B1, B2), (B1, B2, B3), (asked(4),), (None,), (asked(4), asked(5)), Command(5, 0, 0, 1)]
    ),
)
GENUINE = [
    *(_Proposal(block) for block in (B1, B2, B3, B4)),
    *(vote(node, B3) for node in range(4)),
    *(new_view(node, view, certified(B2), asked(4)) for node in range(4) for view in (4, 8)),
    _Ask(1, certified(B2)),
    _Blocks((B1, B2, B3), certified(B3)),
    asked(4),
    asked(5),
    Reply(0, 1),
]


@st.composite
def hostile(draw: st.DrawFn) -> Message:
    """Return a message with some of its fields replaced."""
    message = draw(st.sampled_from(GENUINE))
    names = [each.name for each in fields(message)]  # type: ignore[arg-type]
    changed = draw(st.lists(st.sampled_from(names), max_size=2, unique=True))
    return replace(message, **{name: draw(JUNK) for name in changed})  # type: ignore[type-var]


@settings(deadline=None, max_examples=300)
@given(
    st.integers(0, 3),
    st.lists(st.tuples(st.integers(0, 5), hostile() | st.integers(0, 9)), max_size=25),
)
def test_nothing_that_is_said_is_too_much(node: int, said: list[tuple[int, Message | int]]) -> None:
    party = Party(node)
    machine = party.machine
    for sender, what in said:
        before = party.state
        if isinstance(what, int):
            effects = party.wakes(what)
            again = machine.timeout(before, what)
        else:
            effects = party.hears(sender, what)
            again = machine.receive(before, sender, what)
        assert [each for each in again[1] if not isinstance(each, Persist)] == effects
        assert again[0] == party.state
        assert len(effects) < 20
        hash(party.state)
        for effect in effects:
            if isinstance(effect, Send):
                assert effect.message.size < 10_000
    assert len(party.state.votes) <= 4
    assert len(party.state.entries) <= 4
    assert len(party.state.pending) <= 2
    assert {each.digest for each in party.state.tree} <= {each.digest for each in (B1, B2, B3, B4)}


@given(st.lists(hostile(), max_size=10))
@settings(deadline=None, max_examples=50)
def test_a_client_believes_two_servers_only(said: list[Message]) -> None:
    client = HotStuff().machine(Seat(4, 6, 1, keys=keys(4), servers=4, commands=(asked(4).command,)))
    state, effects = client.start()
    assert effects[1] == Send((0, 1, 2, 3), asked(4))
    for message in said:
        state, effects = client.receive(state, 1, message)
        assert effects == ()
    state, _ = client.receive(state, 2, Reply(0, 5))
    assert client.receive(state, 3, Reply(0, 5))[1]


def test_the_alphabet_is_signed_by_whom_it_can_be() -> None:
    assert HotStuff().alphabet(Seat(1, 6, 1, servers=4), (0, 1))
    alphabet = HotStuff().alphabet(Seat(0, 6, 1, keys=keys(0, 4), servers=4), (0, 1))
    server = Party(3)
    block = next(each for each in alphabet if isinstance(each, _Proposal) and each.block.requests)
    assert server.hears(0, block)
    assert {type(each) for each in alphabet} >= {Request, _Proposal, _Vote, _NewView, _Ask, _Blocks, Reply}


def test_sizes() -> None:
    assert [HotStuff().least(f) for f in range(3)] == [1, 4, 7]
    assert HotStuff(quorum=4).least(1) == 5
