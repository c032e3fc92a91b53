"""Chained HotStuff, in whole runs."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from accord.agents.client import Reply, Request
from accord.agents.command import Command
from accord.agents.conducts import Conduct, conducts
from accord.agents.keys import Keys
from accord.agents.ledger import validator
from accord.agents.ledger.blocks import CERTAIN, Ask, Blocks, NewView, Proposal, Vote
from accord.agents.machine import Effect, Machine, Seat, Send, Step
from accord.agents.protocols.hotstuff import HotStuff
from accord.agents.puppet import Puppet, Role
from accord.models.channels import channels
from accord.models.schedulers import schedulers
from accord.models.simulation import Luck, Simulation


def keys(*owners: int) -> Keys:
    return Keys(owners, b"run")


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


# Faults

ACTING = [name for name, kind in conducts.items() if kind.puppet is not Conduct.puppet]
WILD = "uniform(low=0, high=6) + loss(p=0.05) + duplication(p=0.05)"


@pytest.mark.parametrize("conduct", [*ACTING, "crash(at=9, recover=30, loses=memory)", "forging + replaying"])
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
        if not isinstance(message, Proposal):
            return memory, (effect,)
        block = message.block
        other = replace(block, requests=block.requests[::-1] if len(block.requests) > 1 else ())
        told: list[Effect] = [
            Send((to,), message if 2 * to < (seat.servers or 0) else replace(message, block=other))
            for to in effect.to
        ]
        leader = (block.view + 1) // 4 % (seat.servers or 1)
        vote = Vote(other.view, other.digest, seat.keys.sign(seat.node, ("vote", other.view, other.digest)))
        return memory, (*told, Send((leader,), vote))


class _Backward(Puppet):
    """A leader that proposes, where it may choose, after the oldest certificate that it knows."""

    def speak(self, memory: Any, effect: Send) -> Step:
        message = effect.message
        if isinstance(message, Proposal) and message.entry is not None:
            fork = replace(message.block, justify=CERTAIN)
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
    assert len(run.states[0].chain) > 3 * validator._MOST
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


def test_the_alphabet_is_signed_by_whom_it_can_be() -> None:
    assert HotStuff().alphabet(Seat(1, 6, 1, servers=4), (0, 1))
    alphabet = HotStuff().alphabet(Seat(0, 6, 1, keys=keys(0, 4), servers=4), (0, 1))
    machine = HotStuff().machine(Seat(3, 6, 1, keys=keys(3), servers=4))
    block = next(each for each in alphabet if isinstance(each, Proposal) and each.block.requests)
    assert machine.receive(machine.start()[0], 0, block)[1]
    assert {type(each) for each in alphabet} >= {Request, Proposal, Vote, NewView, Ask, Blocks, Reply}


def test_sizes() -> None:
    assert [HotStuff().least(f) for f in range(3)] == [1, 4, 7]
    assert HotStuff(quorum=4).least(1) == 5
