"""Phases: how a server of PBFT gives commands their numbers and executes them, in a view that goes well.

The primary gives a batch a number (pre-prepare); who takes it says so (prepare); who has heard so from a quorum says so
(commit); who has that from a quorum executes it when its turn comes: OSDI 1999, section 4.2. What happens when a view
does not go well is the part of `Replica`.
"""

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ..client import Reply, Request
from ..command import Command
from ..keys import Signature
from ..machine import Commit as Enter  # the effect; the message of that name ends the third phase
from ..machine import Effect, Machine, Message, Seat, Send, Step, is_count
from .certificates import Batch, Checkpoint, Commit, Notary, Prepare, Prepared, PrePrepare, digest
from .slots import Slot, State, voted

__all__ = ["Phases"]


@dataclass(frozen=True)
class Phases(Machine):
    """A server, as far as a view goes well.

    Parameters
    ----------
    seat
        Its seat.
    servers
        Number of servers.
    patience
        Rounds that it waits before it leaves a view, at first.
    pipeline
        Numbers in progress at most.
    interval
        Numbers from one checkpoint to the next.
    notary
        Signs for it, and checks what others have signed.
    """

    seat: Seat
    servers: int
    patience: int
    pipeline: int
    interval: int
    notary: Notary

    @cached_property
    def _others(self) -> tuple[int, ...]:
        return tuple(node for node in range(self.servers) if node != self.seat.node)

    @abstractmethod
    def heard(self, state: State, sender: int, message: Message) -> Step:
        """Return state and effects after a message that has been waiting."""

    def _requested(self, state: State, sender: int, request: Request) -> Step:
        """Answer again, or await what a client asks for; a primary gives it a number, others pass it on."""
        command = request.command
        if not isinstance(command, Command) or not is_count(command.client, command.number):
            return state, ()
        client = command.client
        number, result = state.store.answered(client)
        if number >= command.number:
            again = number == command.number and sender == client
            return state, (Send((client,), Reply(number, result)),) if again else ()
        if any(
            each.command.client == client and each.command.number >= command.number for each in state.awaited
        ):
            return state, ()
        if not self.notary.is_request(request):
            return state, ()
        others = [each for each in state.awaited if each.command.client != client]
        state = state._replace(awaited=(*others, request))
        if state.view % self.servers == self.seat.node:
            return self._propose(state, [])
        return state, (Send((state.view % self.servers,), request),) if sender == client else ()

    def _propose(self, state: State, effects: list[Effect]) -> Step:
        """Give numbers to what is awaited, as the primary does."""
        me, notary = self.seat.node, self.notary
        while state.active and state.view % self.servers == me:
            number = max(state.assigned, state.executed) + 1
            if number > min(state.executed + self.pipeline, state.stable.number + notary.window):
                break
            busy = {
                command
                for slot in state.slots[state.executed - state.stable.number :]
                if slot.proposal is not None and slot.view == state.view
                for command in slot.proposal.batch
            }
            chosen = [each for each in state.awaited if each.command not in busy][: notary.batch]
            if not chosen:
                break
            batch = tuple([each.command for each in chosen])
            name = digest(batch)
            signature = notary.sign("prepare", state.view, number, name)
            vouched = tuple([each.signature for each in chosen])
            proposal = PrePrepare(state.view, number, batch, signature, vouched)  # type: ignore[arg-type]
            effects.append(Send(self._others, proposal))
            state, more = self._accept(state._replace(assigned=number), proposal, name)
            effects += more
        return state, effects

    def _proposed(self, state: State, sender: int, proposal: PrePrepare) -> Step:
        """Take the first batch that the primary gives a number, whoever brings the message."""
        view, number = proposal.view, proposal.number
        if not state.is_open(view, number, self.notary.window):
            return state, ()
        slot = state.slot(number)
        if slot.view == view or not self.notary.is_proposal(proposal):
            return state, ()
        if view > state.view or not state.active:
            return state.with_early(number, slot, sender, proposal), ()
        return self._accept(state, proposal, digest(proposal.batch))

    def _accept(self, state: State, proposal: PrePrepare, name: bytes) -> Step:
        """Prepare a batch, and count what came before it."""
        me, primary = self.seat.node, state.view % self.servers
        number, signature = proposal.number, proposal.signature
        slot = state.slot(number)
        prepares = 1 << primary
        signatures: tuple[Signature, ...] = (signature,)
        effects: list[Effect] = []
        if me != primary:
            mine = self.notary.sign("prepare", state.view, number, name)
            prepares, signatures = prepares | 1 << me, (signature, mine)
            effects.append(Send(self._others, Prepare(state.view, number, name, mine)))
        early = slot.early
        slot = Slot(state.view, proposal, name, prepares, signatures, 0, slot.proof)
        state, more = self._prepared(state, number, slot)
        effects += more
        for sender, message in early:
            state, more = self.heard(state, sender, message)
            effects += more
        return state, effects

    def _prepare(self, state: State, sender: int, message: Prepare) -> Step:
        view, number, name, signature = message.view, message.number, message.digest, message.signature
        if not state.is_open(view, number, self.notary.window):
            return state, ()
        slot = state.slot(number)
        early = slot.view != view or view != state.view
        if not early and (slot.digest != name or slot.prepares >> sender & 1 or self._is_prepared(slot)):
            return state, ()
        if type(name) is not bytes:
            return state, ()
        if not self.notary.is_signed(signature, sender, "prepare", view, number, name):
            return state, ()
        if early:
            return state.with_early(number, slot, sender, message), ()
        slot = Slot(
            view,
            slot.proposal,
            name,
            slot.prepares | 1 << sender,
            (*slot.signatures, signature),
            slot.commits,
            slot.proof,
        )
        return self._prepared(state, number, slot)

    def _prepared(self, state: State, number: int, slot: Slot) -> Step:
        """Commit a batch if a quorum has just prepared it."""
        if slot.prepares.bit_count() < self.notary.prepare:
            return state.with_slot(number, slot), ()
        batch = slot.proposal.batch  # type: ignore[union-attr]
        proof = Prepared(slot.view, number, batch, slot.signatures)
        slot = slot._replace(commits=slot.commits | 1 << self.seat.node, proof=proof)
        said = Send(self._others, Commit(slot.view, number, slot.digest))
        state, effects = self._committed(state, number, slot)
        return state, (said, *effects)

    def _commit(self, state: State, sender: int, message: Commit) -> Step:
        view, number, name = message.view, message.number, message.digest
        if not state.is_open(view, number, self.notary.window):
            return state, ()
        slot = state.slot(number)
        if slot.view != view or view != state.view:
            return (state.with_early(number, slot, sender, message) if type(name) is bytes else state), ()
        if slot.digest != name or slot.commits.bit_count() >= self.notary.commit:
            return state, ()
        view, proposal, name, prepares, signatures, commits, proof, early = slot
        slot = Slot(view, proposal, name, prepares, signatures, commits | 1 << sender, proof, early)
        return self._committed(state, number, slot)

    def _committed(self, state: State, number: int, slot: Slot) -> Step:
        """Execute a batch if a quorum commits it and its turn has come, and those after it."""
        state = state.with_slot(number, slot)
        if number != state.executed + 1 or not self._is_committed(state, slot):
            return state, ()
        batches, stable = [], state.stable.number
        for slot in state.slots[number - stable - 1 :]:
            if not self._is_committed(state, slot):
                break
            batches.append(slot.proposal.batch)  # type: ignore[union-attr]
        state, effects = self._executed(state, batches, answer=True)
        state = state.settled(self.notary.commit)
        return self._propose(state, effects)

    def _is_prepared(self, slot: Slot) -> bool:
        return slot.proof is not None and slot.proof.view == slot.view

    def _is_committed(self, state: State, slot: Slot) -> bool:
        enough = slot.commits.bit_count() >= self.notary.commit
        return enough and slot.view == state.view and self._is_prepared(slot)

    def _executed(
        self, state: State, batches: Iterable[Batch], *, answer: bool
    ) -> tuple[State, list[Effect]]:
        """Enter the next batches in the ledger, and answer who asked for them."""
        effects: list[Effect] = []
        store, entries, executed, name = state.store, state.entries, state.executed, state.digest
        checkpoints, done = state.checkpoints, state.batches
        for batch in batches:
            for command in batch:
                effects.append(Enter(entries, command))
                entries += 1
                before = store
                store, result = store.after(command)
                if answer and store is not before:
                    effects.append(Send((command.client,), Reply(command.number, result)))
            if not batch:
                effects.append(Enter(entries, None))
                entries += 1
            executed, name, done = executed + 1, digest((name, batch)), done.and_then(batch)
            if answer and executed % self.interval == 0:
                mine = Checkpoint(executed, name, self.notary.sign("checkpoint", executed, name))
                checkpoints = voted(checkpoints, mine)
                effects.append(Send(self._others, mine))
        awaited = state.awaited
        if awaited:
            awaited = tuple(
                [each for each in awaited if each.command.number > store.answered(each.command.client)[0]]
            )
        return state._replace(
            executed=executed,
            digest=name,
            batches=done,
            entries=entries,
            store=store,
            checkpoints=checkpoints,
            awaited=awaited,
            doubled=0,
        ), effects
