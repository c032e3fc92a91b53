"""HotStuff, chained: a ledger that liars cannot split, for a number of messages linear in the servers.

**Rule.** Servers pass through views; the leader of view v is server ``v // tenure`` mod n. It proposes a block of
requests to all, which names its parent, the last block with a certificate that the leader knows of, and carries that
certificate: one threshold signature of `quorum` servers. Servers send their vote for the block to the leader of the
next view, who joins a quorum of votes into a certificate, and with it proposes the next block. So each block is a phase
for all before it: a server that sees a certificate for a block is locked on that block's parent; and if the block, its
parent and its grandparent are of views that follow each other, the grandparent is committed, and with it all before. A
server votes once in a view, in ascending views, and only for blocks that extend the one that it is locked on, or whose
parent is of a later view than that. Who waits for a request and sees no progress for `patience` rounds, doubled each
time until something is committed, goes on to the first view of the next leader, and tells it so together with its last
certificate and what it waits for. A quorum of these lets that leader propose. Who lacks a block asks the server that
named it.
**Idle.** While no server waits for anything no block is proposed and no timer set. A block without requests is proposed
as long as something is not committed.
**Guarantee.** n >= 3f + 1 servers, f of them Byzantine, clients too; messages lost, late or doubled. Ledgers of honest
servers are prefixes of each other. Once messages arrive within a bound, what an honest client asks for is answered.
**Cost.** By messages to others: 2(n - 1) a block while there is more to do. A request that comes alone takes four
blocks: 7(n - 1) messages and 7 message delays until all have committed it, n - 1 votes more, which make the next leader
ready, and n each for request and replies; together 10n - 8. A leader that fails costs n messages at most, beside the
proposals and votes that came to nothing. A certificate has 49 bytes for any n.
**Names.** Chained or pipelined HotStuff, three-chain; the consensus of LibraBFT (DiemBFT).

A block is committed by four proposals of honest leaders in a row. Where leaders change with each view, as in the paper
(``tenure=1``), one server of four that lies or is down leaves no four in a row, and nothing is ever committed; hence
leaders stay for four views by default. Locks, certificates and commitment follow the paper's event-driven form (its
algorithm 4), in which a server may vote in a view that it had given up and locks what has two certificates one on the
other, whatever views lie between; heights are views here, so that a direct parent is one of the view before. Its
pacemaker (algorithm 5) leaves open when to go on and whither; here a leader that proposes after an older certificate
than that of the view before has to show that a quorum wanted its view, clients ask all servers, and so servers can rest
while nothing is asked. Certificates are threshold signatures, as in the paper: with one signature of each voter in
them, messages would be linear in number but not in length.

References
----------
.. [1] M. Yin, D. Malkhi, M. K. Reiter, G. Golan Gueta, I. Abraham, "HotStuff: BFT consensus with linearity and
       responsiveness", PODC 2019, 347-356, doi:10.1145/3293611.3331591; arXiv:1803.05069.

Examples
--------
>>> from accord.agents.machine import Seat
>>> machine = HotStuff().machine(Seat(node=1, n=4, f=1, servers=4))
>>> machine.start()
(_State(view=1, ...), ())
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any, ClassVar, NamedTuple

from pydantic import Field

from ..client import Client, Reply, Request
from ..command import Command, Store
from ..keys import Joint, Signature
from ..ledger.log import Log
from ..machine import Commit, Effect, Machine, Message, Persist, Seat, Send, Step, Timer, Value, is_value
from . import Faults, Problem, Protocol, Timing, at_least, exactly

__all__ = ["HotStuff"]

_MOST = 100  # blocks in one message at most
_DOUBLINGS = 30  # of patience at most


class _Certificate(NamedTuple):
    """That a quorum has voted for a block."""

    view: int
    block: bytes
    signature: Joint


@dataclass(frozen=True)
class _Block:
    view: int
    justify: _Certificate  # of its parent
    requests: tuple[Request, ...] = ()

    @cached_property
    def digest(self) -> bytes:
        """What certificates call it by: worked out from what it holds, so that nobody can give it a wrong one."""
        return blake2b(repr((self.view, self.justify, self.requests)).encode(), digest_size=16).digest()

    def __str__(self) -> str:
        return f"{self.justify.view}<-{self.view}: {', '.join(str(each.command) for each in self.requests)}"


_FIRST = _Block(0, None)  # type: ignore[arg-type]  # it has no parent
_CERTAIN = _Certificate(0, _FIRST.digest, Joint(0, 0, b""))


@dataclass(frozen=True, slots=True)
class _Proposal(Message):
    block: _Block
    entry: Joint | None = None  # a quorum's wish for this view, where its parent is not of the view before


@dataclass(frozen=True, slots=True)
class _Vote(Message):
    view: int
    block: bytes
    signature: Signature


@dataclass(frozen=True, slots=True)
class _NewView(Message):
    view: int
    high: _Certificate
    height: int  # blocks that the sender has committed
    requests: tuple[Request, ...]
    signature: Signature  # under the view


@dataclass(frozen=True, slots=True)
class _Ask(Message):
    height: int
    certificate: _Certificate


@dataclass(frozen=True, slots=True)
class _Blocks(Message):
    blocks: tuple[_Block, ...]  # each the next one's parent
    certificate: _Certificate  # of the last


class HotStuff(Protocol):
    """A replicated ledger by chained certificates, with a leader for every few views."""

    problem: ClassVar[Problem] = Problem.LEDGER
    timing: ClassVar[Timing] = Timing.EVENTUAL
    faults: ClassVar[Faults] = Faults.BYZANTINE
    client_faults: ClassVar[Faults] = Faults.BYZANTINE

    quorum: int | None = Field(None, ge=1, description="votes that make a certificate; by default n - f")
    chain: int = Field(3, ge=2, le=3, description="blocks certified in a row that commit the first of them")
    locking: bool = Field(True, description="whether what two blocks in a row confirm is to be extended")
    tenure: int = Field(4, ge=1, description="views that a leader leads")
    batch: int = Field(100, ge=1, description="requests in a block at most")
    patience: float = Field(
        10.0, gt=0, description="rounds without progress, at least, before the next leader's turn"
    )

    def proven(self, n: int, f: int) -> Mapping[str, range]:
        """Return the thresholds of the proof."""
        return {"quorum": at_least((n + f) // 2 + 1), "chain": exactly(3), "locking": exactly(True)}

    def least(self, f: int) -> int:
        """Return 3f + 1, or more if quorums are so large that nobody may be missing."""
        return max(3 * f + 1, (self.quorum or 0) + f)

    def reign(self, state: "_State") -> int:
        """Return whose turn it is, counted from 1: a leader's turn is several views."""
        return state.view // self.tenure + 1

    def machine(self, seat: Seat) -> Machine:
        """Return the machine of an honest server, or client."""
        servers = seat.n if seat.servers is None else seat.servers
        if seat.node >= servers:
            return Client(seat, patience=2 * self.patience, matching=seat.f + 1, signed=True, broadcast=True)
        return _Server(seat, servers, self.quorum or servers - seat.f, self)

    def alphabet(self, seat: Seat, values: tuple[Value, ...]) -> tuple[Message, ...]:
        """Return every kind of message, of the first views, signed by whom the keys sign for."""
        signers = sorted(seat.keys.owners)
        servers = seat.n if seat.servers is None else seat.servers
        blocks = [_Block(view, _CERTAIN) for view in (1, self.tenure)]
        requests = tuple(
            Request(command, seat.keys.sign(command.client, command))
            for command in (Command(client, 0, 0, value) for client in signers for value in values)
            if command.client >= servers
        )
        blocks += [_Block(1, _CERTAIN, (each,)) for each in requests]
        return (
            *requests,
            *(_Proposal(block) for block in blocks),
            *(_Vote(each.view, each.digest, _voted(seat, node, each)) for node in signers for each in blocks),
            *(
                _NewView(view, _CERTAIN, 1, requests, seat.keys.sign(node, ("new-view", view)))
                for node in signers
                for view in (self.tenure, 2 * self.tenure)
            ),
            _Ask(1, _CERTAIN),
            _Blocks(tuple(blocks[:1]), _CERTAIN),
            *(Reply(0, value) for value in values),
        )


def _voted(seat: Seat, node: int, block: _Block) -> Signature:
    return seat.keys.sign(node, ("vote", block.view, block.digest))


class _State(NamedTuple):
    view: int = 1  # whose proposal it waits for
    voted: int = 0  # the last view that it voted in, and that it proposed in
    proposed: int = 0
    high: _Certificate = _CERTAIN  # the last that it knows
    locked: _Certificate = _CERTAIN
    chain: Log[_Block] = Log((_FIRST,))  # what is committed
    tree: tuple[_Block, ...] = ()  # later blocks that it voted for, or that have a certificate
    length: int = 0  # of its ledger
    store: Store = Store()
    pending: tuple[Request, ...] = ()  # what it waits for, by arrival: for each client one
    votes: tuple[tuple[int, _Vote], ...] = ()  # as the next leader: the last of each server
    entries: tuple[tuple[int, _NewView], ...] = ()
    late: tuple[int, _Proposal] | None = None  # a proposal whose parent it lacks, and by whom
    failures: int = 0  # times that it ran out of patience since something was committed
    moves: int = 0  # how often it has seen progress: a timer that finds as many as before has seen none
    watching: bool = False  # whether a timer is set


@dataclass(frozen=True)
class _Server(Machine):
    seat: Seat
    servers: int
    quorum: int
    rule: HotStuff

    def start(self) -> Step:
        return _State(), ()

    def recover(self, kept: _State | None) -> Step:
        return self._watched((kept or _State())._replace(watching=False))

    @cached_property
    def _all(self) -> tuple[int, ...]:
        return tuple(range(self.servers))

    def _leader(self, view: int) -> int:
        return view // self.rule.tenure % self.servers

    def receive(self, state: _State, sender: int, message: Message) -> Step:
        if isinstance(message, Request):
            return self._requested(state, message)
        if sender >= self.servers:
            return state, ()
        if isinstance(message, _Vote):
            return self._vote(state, sender, message)
        if isinstance(message, _Proposal):
            return self._proposal(state, sender, message)
        if isinstance(message, _NewView):
            return self._new_view(state, sender, message)
        if isinstance(message, _Ask):
            if not _is_count(message.height) or not _is_certificate(message.certificate):
                return state, ()
            return state, self._told(state, sender, message.height, message.certificate)
        if isinstance(message, _Blocks):
            return self._blocks(state, sender, message)
        return state, ()

    # Requests -----------------------------------------------------------------------------------------------

    def _requested(self, state: _State, request: Request) -> Step:
        if not _is_request(request, self.servers, self.seat.n):
            return state, ()
        asker, number, *_ = request.command
        last, result = state.store.answered(asker)
        if last >= number:
            return state, (Send((asker,), Reply(number, result)),) if last == number else ()
        after = self._awaiting(state, (request,))
        if after is None or after is state:
            return state, ()
        return self._led(*self._watched(after))

    def _awaiting(self, state: _State, requests: Sequence[Request]) -> _State | None:
        """Return the state that waits for some requests, too; None if one of them is not its client's."""
        pending = {each.command.client: each for each in state.pending}
        unknown = [each for each in requests if pending.get(each.command.client) != each]
        if not unknown:
            return state
        for request in unknown:
            client, number, *_ = command = request.command
            signature = request.signature
            if signature.signer != client or not self.seat.keys.verify(signature, command):  # type: ignore[union-attr]
                return None
            if number > state.store.answered(client)[0] and (
                client not in pending or number > pending[client].command.number
            ):
                pending.pop(client, None)
                pending[client] = request
        moves = state.moves + (not state.pending)
        return state._replace(pending=tuple(pending.values()), moves=moves)

    # The pacemaker ------------------------------------------------------------------------------------------

    def _watched(self, state: _State, effects: Sequence[Effect] = ()) -> Step:
        """Set a timer if it waits for something and none is set."""
        if not state.pending or state.watching:
            return state, effects
        patience = self.rule.patience * 2 ** min(state.failures, _DOUBLINGS)
        return state._replace(watching=True), (*effects, Timer(state.moves, patience))

    def timeout(self, state: _State, name: Any) -> Step:
        state = state._replace(watching=False)
        if not state.pending or name != state.moves:
            return self._watched(state)
        tenure = self.rule.tenure
        view = (state.view // tenure + 1) * tenure
        state = state._replace(view=view, failures=state.failures + 1, moves=state.moves + 1)
        signature = self.seat.keys.sign(self.seat.node, ("new-view", view))
        message = _NewView(view, state.high, len(state.chain), state.pending[: self.rule.batch], signature)
        return self._watched(state, (Send((self._leader(view),), message),))

    def _new_view(self, state: _State, sender: int, message: _NewView) -> Step:
        view, high = message.view, message.high
        if not _is_count(view) or not _is_count(message.height) or not self._is_certified(state, high):
            return state, ()
        if self._leader(view) != self.seat.node or not self._are_requests(message.requests):
            return state, ()
        after = self._awaiting(state, message.requests)
        if after is None:
            return state, ()
        state = after
        if not state.pending and high.view < state.high.view:  # what the sender waits for is done
            return state, self._told(state, sender, message.height, state.high)
        effects: Sequence[Effect] = ()
        if self._found(state, high.block) is not None:
            state, effects = self._certified(state, high)
        elif high.view > state.high.view:
            effects = (Send((sender,), _Ask(len(state.chain), high)),)
        entries = (*(each for each in state.entries if each[0] != sender), (sender, message))
        state = state._replace(entries=entries)
        return self._led(*self._watched(state, effects))

    # Leading ------------------------------------------------------------------------------------------------

    def _led(self, state: _State, effects: Sequence[Effect] = ()) -> Step:
        """Propose if it is one's turn: after a certificate of the view before, or if a quorum wants to go on."""
        view = state.high.view + 1
        if view > state.proposed and state.pending and self._leader(view) == self.seat.node:
            return self._propose(state, effects, view, None)
        for view in sorted({each.view for _, each in state.entries if each.view > state.proposed}):
            # a wish counts once all blocks are there that its sender knows of
            content = ("new-view", view)
            wishes = [
                each.signature
                for _, each in state.entries
                if each.view == view and each.high.view <= state.high.view
            ]
            entry = self._joined(wishes, content)
            if entry is not None:
                return self._propose(state, effects, view, entry)
        return state, effects

    def _propose(self, state: _State, effects: Sequence[Effect], view: int, entry: Joint | None) -> Step:
        path = self._path(state, state.high.block) or ()
        under_way = {each.command[:2] for block in path for each in block.requests}
        fresh = [each for each in state.pending if each.command[:2] not in under_way]
        block = _Block(view, state.high, tuple(fresh[: self.rule.batch]))
        entries = tuple(each for each in state.entries if each[1].view > view)
        state = state._replace(proposed=view, entries=entries)
        return state, (*effects, Persist(state), Send(self._all, _Proposal(block, entry)))

    def _vote(self, state: _State, sender: int, message: _Vote) -> Step:
        view, block = message.view, message.block
        if not _is_count(view) or not isinstance(block, bytes):
            return state, ()
        if view <= state.high.view or self._leader(view + 1) != self.seat.node:
            return state, ()
        votes = (*(each for each in state.votes if each[0] != sender), (sender, message))
        return self._counted(state._replace(votes=votes), view, block, sender)

    def _counted(self, state: _State, view: int, block: bytes, voter: int) -> Step:
        """Join the votes for a block if they are enough; if the block is not there, ask who voted for it."""
        votes = [each.signature for _, each in state.votes if each.view == view and each.block == block]
        signature = self._joined(votes, ("vote", view, block))
        if signature is None:
            return state, ()
        certificate = _Certificate(view, block, signature)
        if self._found(state, block) is None:
            return state, (Send((voter,), _Ask(len(state.chain), certificate)),)
        # conclusions are drawn from one's own proposal, like everybody's: who committed now had nothing left to propose
        later = tuple(each for each in state.votes if each[1].view > view)
        return self._led(state._replace(high=certificate, votes=later))

    # Voting -------------------------------------------------------------------------------------------------

    def _proposal(self, state: _State, sender: int, message: _Proposal) -> Step:
        block = message.block
        if not self._is_block(block) or sender != self._leader(block.view) or block.view <= state.voted:
            return state, ()
        view, justify = block.view, block.justify
        if justify.view < view - 1 and not self._is_joint(message.entry, ("new-view", view)):
            return state, ()
        if not state.chain[-1].view <= justify.view < view or not self._is_certified(state, justify):
            return state, ()
        if self._found(state, justify.block) is None:
            ask = _Ask(len(state.chain), justify)
            return state._replace(late=(sender, message)), (Send((sender,), ask),)
        state, effects = self._certified(state, justify)
        if len(block.requests) > self.rule.batch or not self._is_safe(state, block):
            return state, effects
        after = self._awaiting(state, block.requests)
        if after is None:
            return state, effects
        state = after._replace(
            view=view + 1, voted=view, tree=(*state.tree, block), moves=after.moves + 1, late=None
        )
        to, vote = self._leader(view + 1), _Vote(view, block.digest, _voted(self.seat, self.seat.node, block))
        effects = (*effects, Persist(state), Send((to,), vote))
        if to == self.seat.node and state.votes:  # votes may have been faster than the block
            state, more = self._counted(state, view, block.digest, sender)
            effects = (*effects, *more)
        return self._watched(state, effects)

    def _is_safe(self, state: _State, block: _Block) -> bool:
        """Return whether to vote for a block: it extends what is locked, or its parent is of a later view."""
        justify, locked = block.justify, state.locked
        if not self.rule.locking or justify.view > locked.view:
            return True
        digest = justify.block
        for ancestor in reversed(state.tree):
            if digest == locked.block:
                break
            if ancestor.digest == digest:
                digest = ancestor.justify.block
        return digest == locked.block

    def _certified(self, state: _State, certificate: _Certificate) -> Step:
        """Draw the conclusions from a certificate for a block that is there: lock its parent, commit before that."""
        block = self._found(state, certificate.block)
        if block is None or block.view == 0:
            return state, ()
        high, locked = state.high, state.locked
        if certificate.view > high.view or block.justify.view > locked.view:
            state = state._replace(
                high=certificate if certificate.view > high.view else high,
                locked=block.justify if block.justify.view > locked.view else locked,
            )
        for _ in range(self.rule.chain - 1):
            parent = None if block.view == 0 else self._found(state, block.justify.block)
            if parent is None or parent.view != block.view - 1:
                return state, ()
            block = parent
        return self._committed(state, block)

    def _committed(self, state: _State, block: _Block) -> Step:
        """Enter a block and those before it in the ledger, and answer."""
        path = self._path(state, block.digest)
        if not path:
            return state, ()
        state = state._replace(
            chain=state.chain.and_then(*path),
            tree=tuple([each for each in state.tree if each.view > block.view]),
            failures=0,
        )
        requests = [request for each in path for request in each.requests]
        if not requests:
            return state, ()
        store, length = state.store, state.length
        effects: list[Effect] = []
        for command in [request.command for request in requests]:
            client, number = command[:2]
            if number > store.answered(client)[0]:
                store, result = store.after(command)
                effects += (Commit(length, command), Send((client,), Reply(number, result)))
                length += 1
        pending = tuple(
            [each for each in state.pending if each.command.number > store.answered(each.command.client)[0]]
        )
        return state._replace(length=length, store=store, pending=pending), effects

    # Blocks -------------------------------------------------------------------------------------------------

    def _found(self, state: _State, digest: bytes) -> _Block | None:
        """Return a block that is not committed, or the last that is."""
        for block in reversed(state.tree):
            if block.digest == digest:
                return block
        last = state.chain[-1]
        return last if last.digest == digest else None

    def _path(self, state: _State, digest: bytes) -> tuple[_Block, ...] | None:
        """Return the blocks after the last committed one up to some block; None if it does not come after that."""
        path: list[_Block] = []
        last = state.chain[-1].digest
        for block in reversed(state.tree):  # parents are taken in before their children
            if block.digest == digest:
                path.append(block)
                digest = block.justify.block
        return tuple(reversed(path)) if digest == last else None

    def _told(self, state: _State, to: int, height: int, certificate: _Certificate) -> Sequence[Effect]:
        """Return the answer to a server that has committed so many blocks: those up to a certified one, or all."""
        path = self._path(state, certificate.block)
        if path is None:
            certificate = state.high
            path = self._path(state, certificate.block) or ()
        blocks = (*state.chain[height : height + _MOST + 1], *path)
        if len(blocks) > _MOST:
            certificate = blocks[_MOST].justify
            blocks = blocks[:_MOST]
        return (Send((to,), _Blocks(blocks, certificate)),) if blocks else ()

    def _blocks(self, state: _State, sender: int, message: _Blocks) -> Step:
        blocks, certificate = message.blocks, message.certificate
        if not isinstance(blocks, tuple) or not 0 < len(blocks) <= _MOST:
            return state, ()
        if not all(map(self._is_block, blocks)) or not self._is_certified(state, certificate):
            return state, ()
        # each block is vouched for by the certificate in the next one, and those by the last certificate of all
        named = (*(each.justify.block for each in blocks[1:]), certificate.block)
        if any(each.digest != name for each, name in zip(blocks, named, strict=True)):
            return state, ()
        before = state
        effects: list[Effect] = []
        for block in blocks:
            if block.view <= state.chain[-1].view or self._found(state, block.justify.block) is None:
                continue
            state, more = self._certified(state, block.justify)
            effects += more
            if self._found(state, block.digest) is None:
                state = state._replace(tree=(*state.tree, block))
        state, more = self._certified(state, certificate)
        effects += more
        if (state.high, state.tree, len(state.chain)) == (before.high, before.tree, len(before.chain)):
            return state, ()
        if state.late is not None:
            (leader, proposal), state = state.late, state._replace(late=None)
            state, more = self._proposal(state, leader, proposal)
            effects += more
        return self._led(*self._watched(state, tuple(effects)))

    # Signatures, and what messages may look like --------------------------------------------------------------

    def _joined(self, signatures: Sequence[Signature], content: Any) -> Joint | None:
        if len(signatures) < self.quorum:
            return None
        return self.seat.keys.join(signatures, content, self.quorum, self.servers)

    def _is_joint(self, signature: Any, content: Any) -> bool:
        if not isinstance(signature, Joint) or (signature.least, signature.among) != (
            self.quorum,
            self.servers,
        ):
            return False
        return self.seat.keys.verify(signature, content)

    def _is_certified(self, state: _State, certificate: Any) -> bool:
        if certificate in (state.high, _CERTAIN):
            return True
        return _is_certificate(certificate) and self._is_joint(
            certificate.signature, ("vote", certificate.view, certificate.block)
        )

    def _is_block(self, block: Any) -> bool:
        return (
            isinstance(block, _Block)
            and _is_count(block.view)
            and _is_certificate(block.justify)
            and self._are_requests(block.requests)
        )

    def _are_requests(self, requests: Any) -> bool:
        if not isinstance(requests, tuple):
            return False
        return all(_is_request(each, self.servers, self.seat.n) for each in requests)


def _is_count(number: Any) -> bool:
    return type(number) is int and number >= 0


def _is_certificate(certificate: Any) -> bool:
    return (
        isinstance(certificate, _Certificate)
        and _is_count(certificate.view)
        and isinstance(certificate.block, bytes)
    )


def _is_request(request: Any, servers: int, parties: int) -> bool:
    if not isinstance(request, Request) or not isinstance(request.signature, Signature):
        return False
    command = request.command
    if not isinstance(command, Command) or type(command.client) is not int:
        return False
    return (
        servers <= command.client < parties
        and _is_count(command.number)
        and type(command.key) is int
        and (command.value is None or is_value(command.value))
    )
