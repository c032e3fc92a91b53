"""Validator: a server of HotStuff, whose rule `accord.agents.protocols.hotstuff` tells.

It votes for blocks, makes certificates of votes and, with a certificate, proposes; what it may vote for and what is
committed its tree of blocks says. When to go on to another leader is the pacemaker's part: PODC 2019, algorithms 4 and
5.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..client import Reply, Request
from ..keys import Joint, Signature
from ..machine import Commit, Effect, Lead, Machine, Message, Persist, Seat, Send, Step, Timer, is_count
from .blocks import (
    CERTAIN,
    Ask,
    Block,
    Blocks,
    Certificate,
    NewView,
    Proposal,
    Vote,
    is_certificate,
    is_request,
    voted,
)
from .tree import State

__all__ = ["Validator"]

_MOST = 100  # blocks in one message at most
_DOUBLINGS = 30  # of patience at most


@dataclass(frozen=True)
class Validator(Machine):
    """A server.

    Parameters
    ----------
    seat
        Its seat.
    servers
        Number of servers.
    quorum
        Votes that make a certificate.
    chain
        Blocks certified in a row that commit the first of them.
    locking
        Whether what two blocks in a row confirm is to be extended.
    tenure
        Views that a leader leads.
    batch
        Requests in a block at most.
    patience
        Rounds without progress before the next leader's turn, at first.
    """

    seat: Seat
    servers: int
    quorum: int
    chain: int
    locking: bool
    tenure: int
    batch: int
    patience: float

    def start(self) -> Step:
        """Wait to be asked."""
        return State(), ()

    def recover(self, kept: State | None) -> Step:
        """Go on from what was written down."""
        return self._watched((kept or State())._replace(watching=False))

    @cached_property
    def _all(self) -> tuple[int, ...]:
        return tuple(range(self.servers))

    def _leader(self, view: int) -> int:
        return view // self.tenure % self.servers

    def receive(self, state: State, sender: int, message: Message) -> Step:
        """Do what a message leads to."""
        if isinstance(message, Request):
            return self._requested(state, message)
        if sender >= self.servers:
            return state, ()
        if isinstance(message, Vote):
            return self._vote(state, sender, message)
        if isinstance(message, Proposal):
            return self._proposal(state, sender, message)
        if isinstance(message, NewView):
            return self._new_view(state, sender, message)
        if isinstance(message, Ask):
            if not is_count(message.height) or not is_certificate(message.certificate):
                return state, ()
            return state, self._told(state, sender, message.height, message.certificate)
        if isinstance(message, Blocks):
            return self._blocks(state, sender, message)
        return state, ()

    # Requests -----------------------------------------------------------------------------------------------

    def _requested(self, state: State, request: Request) -> Step:
        if not is_request(request, self.servers, self.seat.n):
            return state, ()
        asker, number, *_ = request.command
        last, result = state.store.answered(asker)
        if last >= number:
            return state, (Send((asker,), Reply(number, result)),) if last == number else ()
        after = self._awaiting(state, (request,))
        if after is None or after is state:
            return state, ()
        return self._led(*self._watched(after))

    def _awaiting(self, state: State, requests: Sequence[Request]) -> State | None:
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

    def _watched(self, state: State, effects: Sequence[Effect] = ()) -> Step:
        """Set a timer if it waits for something and none is set."""
        if not state.pending or state.watching:
            return state, effects
        patience = self.patience * 2 ** min(state.failures, _DOUBLINGS)
        return state._replace(watching=True), (*effects, Timer(state.moves, patience))

    def timeout(self, state: State, name: Any) -> Step:
        """Go on to the next leader, unless there was progress."""
        state = state._replace(watching=False)
        if not state.pending or name != state.moves:
            return self._watched(state)
        tenure = self.tenure
        view = (state.view // tenure + 1) * tenure
        state = state._replace(view=view, failures=state.failures + 1, moves=state.moves + 1)
        signature = self.seat.keys.sign(self.seat.node, ("new-view", view))
        message = NewView(view, state.high, len(state.chain), state.pending[: self.batch], signature)
        return self._watched(state, (Send((self._leader(view),), message),))

    def _new_view(self, state: State, sender: int, message: NewView) -> Step:
        view, high = message.view, message.high
        if not is_count(view) or not is_count(message.height) or not self._is_certified(state, high):
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
        if state.found(high.block) is not None:
            state, effects = self._certified(state, high)
        elif high.view > state.high.view:
            effects = (Send((sender,), Ask(len(state.chain), high)),)
        entries = (*(each for each in state.entries if each[0] != sender), (sender, message))
        state = state._replace(entries=entries)
        return self._led(*self._watched(state, effects))

    # Leading ------------------------------------------------------------------------------------------------

    def _led(self, state: State, effects: Sequence[Effect] = ()) -> Step:
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

    def _propose(self, state: State, effects: Sequence[Effect], view: int, entry: Joint | None) -> Step:
        path = state.path(state.high.block) or ()
        under_way = {each.command[:2] for block in path for each in block.requests}
        fresh = [each for each in state.pending if each.command[:2] not in under_way]
        block = Block(view, state.high, tuple(fresh[: self.batch]))
        entries = tuple(each for each in state.entries if each[1].view > view)
        if (
            not state.proposed or view // self.tenure > state.proposed // self.tenure
        ):  # its first of this tenure
            effects = (*effects, Lead(view // self.tenure + 1))
        state = state._replace(proposed=view, entries=entries)
        return state, (*effects, Persist(state), Send(self._all, Proposal(block, entry)))

    def _vote(self, state: State, sender: int, message: Vote) -> Step:
        view, block = message.view, message.block
        if not is_count(view) or not isinstance(block, bytes):
            return state, ()
        if view <= state.high.view or self._leader(view + 1) != self.seat.node:
            return state, ()
        votes = (*(each for each in state.votes if each[0] != sender), (sender, message))
        return self._counted(state._replace(votes=votes), view, block, sender)

    def _counted(self, state: State, view: int, block: bytes, voter: int) -> Step:
        """Join the votes for a block if they are enough; if the block is not there, ask who voted for it."""
        votes = [each.signature for _, each in state.votes if each.view == view and each.block == block]
        signature = self._joined(votes, ("vote", view, block))
        if signature is None:
            return state, ()
        certificate = Certificate(view, block, signature)
        if state.found(block) is None:
            return state, (Send((voter,), Ask(len(state.chain), certificate)),)
        # conclusions are drawn from one's own proposal, like everybody's: who committed now had nothing left to propose
        later = tuple(each for each in state.votes if each[1].view > view)
        return self._led(state._replace(high=certificate, votes=later))

    # Voting -------------------------------------------------------------------------------------------------

    def _proposal(self, state: State, sender: int, message: Proposal) -> Step:
        block = message.block
        if not self._is_block(block) or sender != self._leader(block.view) or block.view <= state.voted:
            return state, ()
        view, justify = block.view, block.justify
        if justify.view < view - 1 and not self._is_joint(message.entry, ("new-view", view)):
            return state, ()
        if not state.chain[-1].view <= justify.view < view or not self._is_certified(state, justify):
            return state, ()
        if state.found(justify.block) is None:
            ask = Ask(len(state.chain), justify)
            return state._replace(late=(sender, message)), (Send((sender,), ask),)
        state, effects = self._certified(state, justify)
        if len(block.requests) > self.batch or (self.locking and not state.is_safe(block)):
            return state, effects
        after = self._awaiting(state, block.requests)
        if after is None:
            return state, effects
        state = after._replace(
            view=view + 1, voted=view, tree=(*state.tree, block), moves=after.moves + 1, late=None
        )
        to, vote = self._leader(view + 1), Vote(view, block.digest, voted(self.seat, self.seat.node, block))
        effects = (*effects, Persist(state), Send((to,), vote))
        if to == self.seat.node and state.votes:  # votes may have been faster than the block
            state, more = self._counted(state, view, block.digest, sender)
            effects = (*effects, *more)
        return self._watched(state, effects)

    def _certified(self, state: State, certificate: Certificate) -> Step:
        """Draw the conclusions from a certificate: lock and commit what it confirms, if its block is there."""
        state = state.certified(certificate)
        block = state.confirmed(certificate, self.chain)
        return (state, ()) if block is None else self._committed(state, block)

    def _committed(self, state: State, block: Block) -> Step:
        """Enter a block and those before it in the ledger, and answer."""
        path = state.path(block.digest)
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

    def _told(self, state: State, to: int, height: int, certificate: Certificate) -> Sequence[Effect]:
        """Return the answer to a server that has committed so many blocks: those up to a certified one, or all."""
        path = state.path(certificate.block)
        if path is None:
            certificate = state.high
            path = state.path(certificate.block) or ()
        blocks = (*state.chain[height : height + _MOST + 1], *path)
        if len(blocks) > _MOST:
            certificate = blocks[_MOST].justify
            blocks = blocks[:_MOST]
        return (Send((to,), Blocks(blocks, certificate)),) if blocks else ()

    def _blocks(self, state: State, sender: int, message: Blocks) -> Step:
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
            if block.view <= state.chain[-1].view or state.found(block.justify.block) is None:
                continue
            state, more = self._certified(state, block.justify)
            effects += more
            if state.found(block.digest) is None:
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

    def _is_certified(self, state: State, certificate: Any) -> bool:
        if certificate in (state.high, CERTAIN):
            return True
        return is_certificate(certificate) and self._is_joint(
            certificate.signature, ("vote", certificate.view, certificate.block)
        )

    def _is_block(self, block: Any) -> bool:
        return (
            isinstance(block, Block)
            and is_count(block.view)
            and is_certificate(block.justify)
            and self._are_requests(block.requests)
        )

    def _are_requests(self, requests: Any) -> bool:
        if not isinstance(requests, tuple):
            return False
        return all(is_request(each, self.servers, self.seat.n) for each in requests)
