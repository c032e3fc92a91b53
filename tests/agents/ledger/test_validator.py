"""Validators, message by message."""

from collections.abc import Sequence
from dataclasses import fields, replace
from itertools import combinations
from typing import Any

import pytest
from accord.agents.client import Reply, Request
from accord.agents.command import Command
from accord.agents.keys import Joint, Keys, Signature
from accord.agents.ledger.blocks import (
    CERTAIN,
    Ask,
    Block,
    Blocks,
    Certificate,
    NewView,
    Proposal,
    Vote,
)
from accord.agents.machine import Commit, Effect, Lead, Message, Persist, Seat, Send, Step, Timer
from accord.agents.protocols.hotstuff import HotStuff
from hypothesis import given, settings
from hypothesis import strategies as st

SECRET = b"run"


def keys(*owners: int) -> Keys:
    return Keys(owners, SECRET)


def asked(client: int, number: int = 0, key: int = 0, value: float | None = 1) -> Request:
    command = Command(client, number, key, value)
    return Request(command, keys(client).sign(client, command))


def certified(block: Block, quorum: int = 3) -> Certificate:
    content = ("vote", block.view, block.digest)
    votes = [keys(node).sign(node, content) for node in range(quorum)]
    joint = keys().join(votes, content, quorum, 4)
    assert joint is not None
    return Certificate(block.view, block.digest, joint)


def entered(view: int, quorum: int = 3) -> Joint:
    wishes = [keys(node).sign(node, ("new-view", view)) for node in range(quorum)]
    joint = keys().join(wishes, ("new-view", view), quorum, 4)
    assert joint is not None
    return joint


def vote(node: int, block: Block) -> Vote:
    return Vote(block.view, block.digest, keys(node).sign(node, ("vote", block.view, block.digest)))


def new_view(node: int, view: int, high: Certificate = CERTAIN, *requests: Request) -> NewView:
    return NewView(view, high, 1, requests, keys(node).sign(node, ("new-view", view)))


def blocks(*views: int, after: Block | None = None, first: tuple[Request, ...] = ()) -> list[Block]:
    """Return a chain of blocks of some views, the first with some requests."""
    chain: list[Block] = []
    for view in views:
        parent = chain[-1] if chain else after
        chain.append(Block(view, certified(parent) if parent else CERTAIN, () if chain else first))
    return chain


class Party:
    """One server of four, and two clients: 4 and 5."""

    def __init__(self, node: int, **rule: Any) -> None:
        self.machine = HotStuff(**rule).machine(Seat(node, 6, 1, keys=keys(node), servers=4))
        self.state, effects = self.machine.start()
        assert effects == ()
        self.kept: Any = None

    def hears(self, sender: int, message: Message) -> list[Effect]:
        """Return what it does, but for writing down its state, and for saying that it leads."""
        return self.does(self.machine.receive(self.state, sender, message))

    def wakes(self, name: Any) -> list[Effect]:
        return self.does(self.machine.timeout(self.state, name))

    def does(self, step: Step) -> list[Effect]:
        self.state, effects = step
        for each in effects:
            if isinstance(each, Persist):
                self.kept = each.kept
        return [each for each in effects if not isinstance(each, Persist | Lead)]


# A table of plays: what one server of n = 4, f = 1 does, message by message


def test_a_request_from_proposal_to_reply() -> None:
    write = asked(4, value=7)
    b1, b2, b3, b4 = blocks(1, 2, 3, 4, first=(write,))
    everybody = (0, 1, 2, 3)
    leader = Party(0)
    # leader of views 1 to 3
    assert leader.hears(4, write) == [Timer(1, 10.0), Send(everybody, Proposal(b1))]
    assert leader.hears(0, Proposal(b1)) == [Send((0,), vote(0, b1))]
    assert leader.hears(0, vote(0, b1)) == []
    assert leader.hears(1, vote(1, b1)) == []
    assert leader.hears(1, vote(1, b1)) == []  # counts once
    assert leader.hears(2, vote(2, b1)) == [Send(everybody, Proposal(b2))]
    assert leader.hears(3, vote(3, b1)) == []  # too late
    # a server that votes, and leads view 4
    server = Party(1)
    assert server.hears(4, write) == [Timer(1, 10.0)]
    assert server.hears(0, Proposal(b1)) == [Send((0,), vote(1, b1))]
    assert server.hears(0, Proposal(b2)) == [Send((0,), vote(1, b2))]
    assert server.state.locked == CERTAIN
    assert server.hears(0, Proposal(b3)) == [Send((1,), vote(1, b3))]
    assert server.state.locked == certified(b1)
    for node in (1, 2):
        assert server.hears(node, vote(node, b3)) == []
    assert server.hears(3, vote(3, b3)) == [Send(everybody, Proposal(b4))]
    assert server.hears(1, Proposal(b4)) == [
        Commit(0, write.command),
        Send((4,), Reply(0, 7)),
        Send((1,), vote(1, b4)),
    ]
    # the fourth certificate is kept for the next request
    for node in (0, 1, 2):
        assert server.hears(node, vote(node, b4)) == []
    (b5,) = blocks(5, after=b4, first=(asked(5),))
    assert server.hears(5, asked(5)) == [Send(everybody, Proposal(b5))]  # the timer of before is still set
    assert server.hears(4, write) == [Send((4,), Reply(0, 7))]  # who asks again is answered again


def test_whoever_runs_out_of_patience_goes_to_the_next_leader() -> None:
    write = asked(4)
    server = Party(3)
    assert server.hears(4, write) == [Timer(1, 10.0)]
    assert server.wakes(0) == [Timer(1, 10.0)]  # a timer of before: it has seen progress since
    assert server.wakes(1) == [Send((1,), new_view(3, 4, CERTAIN, write)), Timer(2, 20.0)]
    assert server.wakes(2) == [Send((2,), new_view(3, 8, CERTAIN, write)), Timer(3, 40.0)]
    (b8,) = blocks(8, first=(write,))
    assert server.hears(2, Proposal(b8)) == []  # nobody has shown that a quorum wants view 8
    assert server.hears(2, Proposal(b8, entered(4))) == []
    assert server.hears(1, Proposal(b8, entered(8))) == []  # its leader is server 2
    assert server.hears(2, Proposal(b8, entered(8))) == [Send((2,), vote(3, b8))]


def test_a_quorum_has_the_next_leader_propose_after_the_last_certificate() -> None:
    write = asked(4)
    b1, b2 = blocks(1, 2, first=(write,))
    leader = Party(1)
    for block in (b1, b2):
        leader.hears(0, Proposal(block))
    assert leader.hears(2, new_view(2, 4)) == []
    assert leader.hears(2, new_view(2, 4)) == []  # counts once
    assert leader.hears(3, replace(new_view(3, 4), view=8)) == []  # not signed
    assert leader.hears(3, new_view(3, 4, certified(b1))) == []
    b4 = Block(4, certified(b2), ())  # server 0 knows best
    assert leader.hears(0, new_view(0, 4, certified(b2))) == [Send((0, 1, 2, 3), Proposal(b4, entered(4)))]


def test_it_votes_once_a_view_and_only_upwards() -> None:
    write = asked(4)
    (b1,), (other,) = blocks(1), blocks(1, first=(write,))
    b2 = blocks(1, 2)[1]
    server = Party(3)
    assert server.hears(0, Proposal(b1))
    assert server.hears(0, Proposal(other)) == server.hears(0, Proposal(b1)) == []
    assert server.hears(0, Proposal(b2))
    assert server.hears(0, Proposal(b1)) == []


def test_it_votes_for_what_extends_its_lock_or_has_a_later_parent() -> None:
    b1, b2, b3 = blocks(1, 2, 3)
    server = Party(3)
    for block in (b1, b2, b3):
        server.hears(0, Proposal(block))
    assert server.state.locked == certified(b1)
    fork = Block(8, CERTAIN)  # beside b1
    assert server.hears(2, Proposal(fork, entered(8))) == []
    assert server.hears(2, Proposal(Block(8, certified(b1)), entered(8)))  # it extends the lock
    later = Block(13, certified(blocks(8, 12)[-1]))  # b1 cannot have been committed: a quorum went past it
    assert server.hears(3, Proposal(later)) == [Send((3,), Ask(1, later.justify))]


@pytest.mark.parametrize("views", [(1, 2, 4), (1, 3, 4), (4, 5, 7), (1, 4, 5)])
def test_a_gap_between_views_commits_nothing(views: tuple[int, ...]) -> None:
    server = Party(3)
    chain = blocks(*views, views[-1] + 1, first=(asked(4),))
    for block in chain:
        leader, following = block.view // 4 % 4, (block.view + 1) // 4 % 4
        told = server.hears(leader, Proposal(block, entered(block.view)))
        assert told[0] == Send((following,), vote(3, block))
    assert server.state.length == 0


def test_it_does_not_vote_for_what_no_client_asked_for() -> None:
    forged = replace(asked(4), command=Command(4, 0, 0, 9))
    nobody = replace(asked(4), signature=None)
    another = Request(Command(4, 0, 0, 9), keys(5).sign(5, Command(4, 0, 0, 9)))
    for request in (forged, nobody, another):
        server = Party(3)
        assert server.hears(0, Proposal(blocks(1, first=(request,))[0])) == []
        assert server.hears(4, request) == []


def test_it_does_not_vote_after_a_certificate_that_is_none() -> None:
    b1, b2, b3, b4 = blocks(1, 2, 3, 4)
    server = Party(3)
    server.hears(0, Proposal(b1))
    votes = [vote(node, b1).signature for node in (0, 1)]
    content = ("vote", b1.view, b1.digest)
    clients = [keys(client).sign(client, content) for client in (4, 5)]
    assert keys().join([*votes, *clients], content, 3, 4) is None
    few, many = keys().join(votes, content, 2, 4), keys().join([*votes, *clients], content, 3, 6)
    genuine = certified(b1).signature
    for bad in (few, many, replace(genuine, tag=b"12345678"), certified(b2).signature, votes[0], None):
        lie = Certificate(1, b1.digest, bad)  # type: ignore[arg-type]
        assert server.hears(0, Proposal(Block(2, lie))) == []
    assert server.hears(0, Proposal(Block(2, certified(b2)))) == []  # none of an earlier view
    assert server.hears(1, Proposal(Block(4, certified(b4)), entered(4))) == []
    assert server.hears(0, Proposal(Block(2, certified(b1)))) != []
    for block in (b2, b3, b4, *blocks(5, after=b4)):
        server.hears(block.view // 4, Proposal(block))
    assert len(server.state.chain) == 3
    assert server.hears(2, Proposal(Block(8, certified(b1)), entered(8))) == []  # that is long past


def test_it_does_not_vote_for_more_than_a_batch() -> None:
    server = Party(3, batch=1)
    assert server.hears(0, Proposal(Block(1, CERTAIN, (asked(4), asked(5))))) == []
    assert server.hears(0, Proposal(Block(1, CERTAIN, (asked(4),)))) != []


def test_of_each_client_it_waits_for_the_last_request() -> None:
    server = Party(3)
    for number in (1, 0, 2, 1):
        server.hears(4, asked(4, number))
    assert server.state.pending == (asked(4, 2),)
    done = blocks(1, 2, 3, 4, first=(asked(4, 2),))
    for block in done:
        server.hears(block.view // 4, Proposal(block))
    assert server.state.pending == ()
    server.hears(0, new_view(0, 12, CERTAIN, asked(4, 1)))
    assert server.state.pending == ()
    assert server.hears(4, asked(4, 1)) == []


def test_votes_may_be_faster_than_the_block() -> None:
    (b1,) = blocks(1, first=(asked(4),))
    leader = Party(0)
    b2 = Block(2, certified(b1))
    for node in (1, 2):
        assert leader.hears(node, vote(node, b1)) == []
    assert leader.hears(3, vote(3, b1)) == [Send((3,), Ask(1, certified(b1)))]
    assert leader.hears(0, Proposal(b1))[-1] == Timer(2, 10.0)
    assert leader.state.proposed == 2
    asking = Party(0)
    for node in (1, 2, 3):
        asking.hears(node, vote(node, b1))
    effects = asking.hears(3, Blocks((b1,), certified(b1)))
    assert asking.state.high == certified(b1)
    assert effects == []  # it waits for nothing
    assert asking.hears(4, asked(4, 1)) == [
        Timer(1, 10.0),
        Send((0, 1, 2, 3), Proposal(replace(b2, requests=(asked(4, 1),)))),
    ]


def test_a_wish_counts_once_the_blocks_that_it_names_are_there() -> None:
    b1, b2 = blocks(1, 2)
    leader = Party(1)
    leader.hears(0, Proposal(b1))
    assert leader.hears(0, new_view(0, 4, certified(b1), asked(4))) == [Timer(2, 10.0)]
    assert leader.hears(2, new_view(2, 4, CERTAIN)) == []
    assert leader.state.high == certified(b1)
    assert leader.hears(3, new_view(3, 4, certified(b2))) == [Send((3,), Ask(1, certified(b2)))]
    b4 = Block(4, certified(b2), (asked(4),))
    assert leader.hears(3, Blocks((b1, b2), certified(b2))) == [Send((0, 1, 2, 3), Proposal(b4, entered(4)))]


def test_whoever_is_not_the_leader_neither_joins_nor_proposes() -> None:
    (b1,) = blocks(1, first=(asked(4),))
    server = Party(3)
    server.hears(0, Proposal(b1))
    for node in (0, 1, 2):
        assert server.hears(node, vote(node, b1)) == []
        assert server.hears(node, new_view(node, 4)) == []
    assert (server.state.votes, server.state.entries) == ((), ())


def test_what_it_knows_never_gets_older() -> None:
    b1, b2, b3 = blocks(1, 2, 3, first=(asked(4),))
    leader = Party(1)
    for block in (b1, b2, b3):
        leader.hears(0, Proposal(block))
    leader.hears(0, new_view(0, 4, certified(b1)))
    assert leader.state.high == certified(b2)
    assert leader.state.locked == certified(b1)


def test_a_proposal_is_written_down_before_it_is_sent() -> None:
    leader = Party(0)
    _, effects = leader.machine.receive(leader.state, 4, asked(4))
    *_, kept, sent = effects
    assert isinstance(sent, Send)
    assert isinstance(kept, Persist)
    assert kept.kept.proposed == 1  # type: ignore[attr-defined]


def test_a_leader_says_so_once_in_its_tenure() -> None:
    def reigns(node: int, *said: tuple[int, Message]) -> list[int]:
        server, led = Party(node), list[int]()
        for sender, message in said:
            server.state, effects = server.machine.receive(server.state, sender, message)
            led += [each.reign for each in effects if isinstance(each, Lead)]
        return led

    b1, b2, b3 = blocks(1, 2, 3, first=(asked(4),))
    one_by_one = [(0, Proposal(b1)), *((node, vote(node, b1)) for node in (0, 1, 2))]
    one_by_one += [(0, Proposal(b2)), *((node, vote(node, b2)) for node in (0, 1, 2))]
    assert reigns(0, (4, asked(4)), *one_by_one) == [1]
    handed_over = [(0, Proposal(each)) for each in (b1, b2, b3)]
    assert reigns(1, *handed_over, *((node, vote(node, b3)) for node in (0, 1, 2))) == [2]
    assert reigns(2, *handed_over, *((node, new_view(node, 8)) for node in (0, 1, 3))) == [3]


def test_who_waits_for_what_is_done_is_told() -> None:
    write = asked(4)
    chain = blocks(1, 2, 3, 4, first=(write,))
    leader = Party(2)
    for block in chain:
        leader.hears(block.view // 4, Proposal(block))
    told = Send((3,), Blocks(tuple(chain[:3]), certified(chain[2])))
    assert leader.hears(3, new_view(3, 8, certified(chain[1]), write)) == [told]


def test_a_command_is_entered_once() -> None:
    write = asked(4, value=7)
    server = Party(3)
    chain = [Block(1, CERTAIN, (write, write))]
    for view in range(2, 8):
        chain.append(Block(view, certified(chain[-1]), (write,)))
    did = [server.hears(block.view // 4, Proposal(block)) for block in chain]
    assert [each for effects in did for each in effects if isinstance(each, Commit)] == [
        Commit(0, write.command)
    ]


def test_who_missed_blocks_asks_who_named_them_and_catches_up() -> None:
    write = asked(4, value=7)
    chain = blocks(1, 2, 3, 4, 5, first=(write,))
    there, late = Party(2), Party(3)
    for block in chain:
        there.hears(block.view // 4, Proposal(block))
    last = chain[-1]
    assert late.hears(1, Proposal(last)) == [Send((1,), Ask(1, last.justify))]
    (told,) = there.hears(3, Ask(1, last.justify))
    assert told == Send((3,), Blocks(tuple(chain[:4]), certified(chain[3])))
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
        Blocks((), certified(chain[3])),
        Blocks((*other, *chain[1:]), certified(chain[3])),
        Blocks(tuple(chain[:3]), certified(chain[3])),
        Blocks(tuple(chain), certified(chain[3])._replace(view=9)),
        Blocks(tuple(chain), CERTAIN),
        Blocks(tuple(chain[1:]), certified(chain[3])),
        Blocks(tuple(chain) * 100, certified(chain[3])),
    ):
        assert late.hears(1, bad) == []
        assert late.state.tree == ()


def test_one_that_comes_back_knows_what_it_wrote_down() -> None:
    server = Party(3)
    _, effects = server.machine.receive(server.state, 0, Proposal(blocks(1, first=(asked(4),))[0]))
    kept, sent = effects[0], effects[1]
    assert isinstance(kept, Persist)
    assert isinstance(sent, Send)
    server.does(server.machine.recover(kept.kept))
    assert server.hears(0, Proposal(blocks(1)[0])) == []  # no second vote in view 1
    assert server.machine.recover(None) == server.machine.start()


# Played by hand against a liar


class Stage:
    """Honest servers 0, 2 and 3 of four, and server 1, a liar, played by hand."""

    def __init__(self, **rule: Any) -> None:
        self.parties = {node: Party(node, **rule) for node in (0, 2, 3)}
        self.timers: dict[int, Any] = {}
        self.votes: dict[bytes, dict[int, Vote]] = {}
        self.wishes: dict[int, set[int]] = {}
        self.ledgers: dict[int, list[Command]] = {node: [] for node in self.parties}

    def note(self, node: int, effects: list[Effect]) -> None:
        for effect in effects:
            if isinstance(effect, Timer):
                self.timers[node] = effect.name
            elif isinstance(effect, Commit):
                self.ledgers[node].append(effect.command)
            elif isinstance(effect, Send) and isinstance(effect.message, Vote):
                self.votes.setdefault(effect.message.block, {})[node] = effect.message
            elif isinstance(effect, Send) and isinstance(effect.message, NewView):
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

    def certified(self, block: Block) -> Certificate | None:
        """Return the certificate that the liar can make of the votes that there are, and of its own."""
        votes = [each.signature for each in {**self.votes.get(block.digest, {}), 1: vote(1, block)}.values()]
        joint = keys().join(votes, ("vote", block.view, block.digest), 3, 4)
        return None if joint is None else Certificate(block.view, block.digest, joint)

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
        stage.tell((0, 2, 3), 0, Proposal(block))
    certificate = stage.certified(b3)
    assert certificate is not None
    stage.tell((0,), 1, Proposal(Block(4, certificate)))
    assert stage.ledgers[0] == [write.command]
    for node in (2, 3):
        assert stage.parties[node].state.locked.view == 1
        stage.restart(node, forgotten or {})
        stage.wait(node, 20)
    block, entry = Block(20, CERTAIN, (other,)), stage.entered(20)
    for view in (21, 22, 23, 24):
        stage.tell((2, 3), 1, Proposal(block, entry))
        certificate = stage.certified(block)
        if certificate is None:  # they did not vote
            break
        block, entry = Block(view, certificate), None
    return stage


def forgotten_vote(**forgotten: Any) -> Stage:
    """The liar tells servers 0 and 3 two stories, and 2, which restarts in between, both. It leads views 4 to 7."""
    stage = Stage(tenure=4)
    stage.tell((0, 2, 3), 4, asked(4))
    for node in stage.parties:
        stage.wait(node, 4)
    stories = {0: Block(4, CERTAIN, (asked(4),)), 3: Block(4, CERTAIN, (asked(5),))}
    entry = stage.entered(4)
    for view in (5, 6, 7, 8):
        for node, block in tuple(stories.items()):
            stage.tell((node, 2), 1, Proposal(block, entry))
            stage.restart(2, forgotten)
            certificate = stage.certified(block)
            if certificate is None:  # 2 did not vote
                del stories[node]
                continue
            stories[node] = Block(view, certificate)
        entry = None
    return stage


def short_chain(**rule: Any) -> Stage:
    """The liar shows the second certificate in a row to one server only, and when it leads again begins anew.

    It leads views 2 and 3, and 10 and 11; server 2 leads view 12.
    """
    stage, write, other = Stage(tenure=2, **rule), asked(4), asked(5)
    b1, b2 = blocks(1, 2, first=(write,))
    stage.tell((0, 2, 3), 0, Proposal(b1))
    stage.tell((0, 2, 3), 1, Proposal(b2))
    certificate = stage.certified(b2)
    assert certificate is not None
    stage.tell((0,), 1, Proposal(Block(3, certificate)))
    for node in (2, 3):
        stage.wait(node, 10)
    b10 = Block(10, CERTAIN, (other,))
    stage.tell((2, 3), 1, Proposal(b10, stage.entered(10)))
    certificate = stage.certified(b10)
    assert certificate is not None  # nobody but server 0 is locked on anything
    b11 = Block(11, certificate)
    stage.tell((2, 3), 1, Proposal(b11))
    certificate = stage.certified(b11)
    assert certificate is not None
    stage.tell((2, 3), 2, Proposal(Block(12, certificate)))
    return stage


def test_without_locks_what_is_committed_is_forgotten() -> None:
    assert forgotten_lock(locking=False).is_split
    held = forgotten_lock()
    assert not held.is_split
    assert held.ledgers == {0: [asked(4).command], 2: [], 3: []}


def test_a_lock_that_is_forgotten_in_a_restart_forgets_what_is_committed() -> None:
    assert forgotten_lock({"locked": CERTAIN}).is_split
    assert not forgotten_lock({"high": CERTAIN}).is_split


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
    st.sampled_from([B1, B2, B4, Block(1, None), Block(-1, CERTAIN), Block(4, certified(B3), (None,))]),  # type: ignore[arg-type]
    st.sampled_from([CERTAIN, certified(B2), certified(B3), Certificate(1 << 80, b"", entered(4))]),
    st.sampled_from([asked(4), asked(5, 1 << 70), Request(None), Request(Command(4, "0", (), None))]),  # type: ignore[arg-type]
    st.sampled_from([entered(4), Joint(-1, 4, b""), Signature(1, b""), vote(1, B3).signature]),
    st.just(Signature(None, None)),  # type: ignore[arg-type]
    st.sampled_from(
        [(B1, B2), (B1, B2, B3), (asked(4),), (None,), (asked(4), asked(5)), Command(5, 0, 0, 1)]
    ),
)
GENUINE = [
    *(Proposal(block) for block in (B1, B2, B3, B4)),
    *(vote(node, B3) for node in range(4)),
    *(new_view(node, view, certified(B2), asked(4)) for node in range(4) for view in (4, 8)),
    Ask(1, certified(B2)),
    Blocks((B1, B2, B3), certified(B3)),
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
        assert party.does(again) == effects
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
