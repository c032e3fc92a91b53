"""Replica: a server of PBFT, whose rule `accord.agents.protocols.pbft` tells."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from ..client import Reply, Request
from ..command import Command, Store
from ..keys import Signature
from ..machine import Commit as Enter  # the effect; the message of that name ends the third phase
from ..machine import Effect, Machine, Message, Seat, Send, Step, Timer
from .certificates import (
    Batch,
    Checkpoint,
    Commit,
    Fetch,
    NewView,
    Notary,
    Prepare,
    Prepared,
    PrePrepare,
    Stable,
    Transfer,
    ViewChange,
    digest,
    is_count,
)
from .log import Log

__all__ = ["Replica"]

_TRIES = 8  # times that a server asks for what it may have missed before it waits to be told
_DOUBLINGS = 32  # of patience at most: for ever, as runs go
_VIEWS = 1 << 62


class _Slot(NamedTuple):
    """What a server knows about a number."""

    view: int = -1  # of the proposal; what follows is about it
    proposal: PrePrepare | None = None
    digest: bytes = b""
    prepares: int = 0  # who prepared it: bit k is server k
    signatures: tuple[Signature, ...] = ()  # theirs
    commits: int = 0
    proof: Prepared | None = None  # of the latest view in which a quorum prepared something
    early: tuple[tuple[int, Message], ...] = ()  # by sender: what cannot be counted yet


class _State(NamedTuple):
    slots: tuple[_Slot, ...] = ()  # of the numbers after the last stable one, as far as anything is known
    view: int = 0
    active: bool = True  # False from when it wants the view until it begins
    floor: int = 0  # numbers up to this were settled when the view began
    assigned: int = 0  # the last number that the primary gave
    executed: int = 0
    digest: bytes = b""  # of all that was executed
    batches: Log[Batch] = Log()
    entries: int = 0  # in the ledger: commands, and batches of none
    store: Store = Store()
    stable: Stable = Stable()
    checkpoints: tuple[Checkpoint, ...] = ()  # two of each server at most, of numbers that are not yet stable
    awaited: tuple[Request, ...] = ()  # one of each client at most, the first to come first
    changes: tuple[ViewChange, ...] = ()  # the latest of each server, for this view or later ones
    began: NewView | None = None  # how the view began
    doubled: int = 0  # views left since anything was executed
    watched: bool = False  # whether a timer runs for what it waits for


@dataclass(frozen=True)
class Replica(Machine):
    """A server.

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

    def start(self) -> Step:
        """Wait to be asked."""
        return _State(), ()

    def recover(self, kept: Any) -> Step:
        """Start from nothing, and ask what has happened."""
        return _State(), (Send(self._others, Fetch(0, True, 0)),)

    def receive(self, state: _State, sender: int, message: Message) -> Step:
        """Do what a message leads to, and watch that it comes to an end."""
        state, effects = self._heard(state, sender, message)
        if state.watched or not state.active:
            return state, effects
        if not (
            state.awaited or state.checkpoints or len(state.slots) > state.executed - state.stable.number
        ):
            return state, effects
        cause = self._cause(state)
        return (state, effects) if cause is None else self._watch(state, cause, 0, effects)

    def _heard(self, state: _State, sender: int, message: Message) -> Step:
        hears = self._hears.get(type(message))
        if hears is None or (sender >= self.servers and type(message) is not Request):
            return state, ()
        return hears(state, sender, message)

    @cached_property
    def _hears(self) -> dict[type[Message], Callable[[_State, int, Any], Step]]:
        return {
            Request: self._requested,
            PrePrepare: self._proposed,
            Prepare: self._prepare,
            Commit: self._commit,
            Checkpoint: self._checkpoint,
            ViewChange: self._changing,
            NewView: self._new_view,
            Fetch: self._fetched,
            Transfer: self._transferred,
        }

    # Three phases -----------------------------------------------------------------------------------------

    def _requested(self, state: _State, sender: int, request: Request) -> Step:
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

    def _propose(self, state: _State, effects: list[Effect]) -> Step:
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

    def _proposed(self, state: _State, sender: int, proposal: PrePrepare) -> Step:
        """Take the first batch that the primary gives a number, whoever brings the message."""
        view, number = proposal.view, proposal.number
        if not self._is_open(state, view, number):
            return state, ()
        slot = self._slot(state, number)
        if slot.view == view or not self.notary.is_proposal(proposal):
            return state, ()
        if view > state.view or not state.active:
            return self._early(state, sender, number, slot, proposal), ()
        return self._accept(state, proposal, digest(proposal.batch))

    def _accept(self, state: _State, proposal: PrePrepare, name: bytes) -> Step:
        """Prepare a batch, and count what came before it."""
        me, primary = self.seat.node, state.view % self.servers
        number, signature = proposal.number, proposal.signature
        slot = self._slot(state, number)
        prepares = 1 << primary
        signatures: tuple[Signature, ...] = (signature,)
        effects: list[Effect] = []
        if me != primary:
            mine = self.notary.sign("prepare", state.view, number, name)
            prepares, signatures = prepares | 1 << me, (signature, mine)
            effects.append(Send(self._others, Prepare(state.view, number, name, mine)))
        early = slot.early
        slot = _Slot(state.view, proposal, name, prepares, signatures, 0, slot.proof)
        state, more = self._prepared(state, number, slot)
        effects += more
        for sender, message in early:
            state, more = self._heard(state, sender, message)
            effects += more
        return state, effects

    def _prepare(self, state: _State, sender: int, message: Prepare) -> Step:
        view, number, name, signature = message.view, message.number, message.digest, message.signature
        if not self._is_open(state, view, number):
            return state, ()
        slot = self._slot(state, number)
        early = slot.view != view or view != state.view
        if not early and (slot.digest != name or slot.prepares >> sender & 1 or self._is_prepared(slot)):
            return state, ()
        if type(name) is not bytes:
            return state, ()
        if not self.notary.is_signed(signature, sender, "prepare", view, number, name):
            return state, ()
        if early:
            return self._early(state, sender, number, slot, message), ()
        slot = _Slot(
            view,
            slot.proposal,
            name,
            slot.prepares | 1 << sender,
            (*slot.signatures, signature),
            slot.commits,
            slot.proof,
        )
        return self._prepared(state, number, slot)

    def _prepared(self, state: _State, number: int, slot: _Slot) -> Step:
        """Commit a batch if a quorum has just prepared it."""
        if slot.prepares.bit_count() < self.notary.prepare:
            return self._with_slot(state, number, slot), ()
        batch = slot.proposal.batch  # type: ignore[union-attr]
        proof = Prepared(slot.view, number, batch, slot.signatures)
        slot = slot._replace(commits=slot.commits | 1 << self.seat.node, proof=proof)
        said = Send(self._others, Commit(slot.view, number, slot.digest))
        state, effects = self._committed(state, number, slot)
        return state, (said, *effects)

    def _commit(self, state: _State, sender: int, message: Commit) -> Step:
        view, number, name = message.view, message.number, message.digest
        if not self._is_open(state, view, number):
            return state, ()
        slot = self._slot(state, number)
        if slot.view != view or view != state.view:
            return (self._early(state, sender, number, slot, message) if type(name) is bytes else state), ()
        if slot.digest != name or slot.commits.bit_count() >= self.notary.commit:
            return state, ()
        view, proposal, name, prepares, signatures, commits, proof, early = slot
        slot = _Slot(view, proposal, name, prepares, signatures, commits | 1 << sender, proof, early)
        return self._committed(state, number, slot)

    def _committed(self, state: _State, number: int, slot: _Slot) -> Step:
        """Execute a batch if a quorum commits it and its turn has come, and those after it."""
        state = self._with_slot(state, number, slot)
        if number != state.executed + 1 or not self._is_committed(state, slot):
            return state, ()
        batches, stable = [], state.stable.number
        for slot in state.slots[number - stable - 1 :]:
            if not self._is_committed(state, slot):
                break
            batches.append(slot.proposal.batch)  # type: ignore[union-attr]
        state, effects = self._executed(state, batches, answer=True)
        state, effects = self._settled(state, effects)
        return self._propose(state, effects)

    def _is_prepared(self, slot: _Slot) -> bool:
        return slot.proof is not None and slot.proof.view == slot.view

    def _is_committed(self, state: _State, slot: _Slot) -> bool:
        enough = slot.commits.bit_count() >= self.notary.commit
        return enough and slot.view == state.view and self._is_prepared(slot)

    def _executed(
        self, state: _State, batches: Iterable[Batch], *, answer: bool
    ) -> tuple[_State, list[Effect]]:
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
                checkpoints = _voted(checkpoints, mine)
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

    # Numbers ----------------------------------------------------------------------------------------------

    def _is_open(self, state: _State, view: Any, number: Any) -> bool:
        """Return whether a message about a number may still matter, and is not yet beyond what is listened to."""
        if type(view) is not int or type(number) is not int:
            return False
        low = state.stable.number
        if not (low < number <= low + self.notary.window and state.view <= view < _VIEWS):
            return False
        return view > state.view or number > state.floor

    def _slot(self, state: _State, number: int) -> _Slot:
        place = number - state.stable.number - 1
        return state.slots[place] if place < len(state.slots) else _Slot()

    def _with_slot(self, state: _State, number: int, slot: _Slot) -> _State:
        place = number - state.stable.number - 1
        slots = list(state.slots)
        while len(slots) <= place:
            slots.append(_Slot())
        slots[place] = slot
        return _State._make((tuple(slots), *state[1:]))

    def _early(self, state: _State, sender: int, number: int, slot: _Slot, message: Message) -> _State:
        """Keep a message for later; of each sender the latest of a kind."""
        early = tuple(
            [each for each in slot.early if each[0] != sender or type(each[1]) is not type(message)]
        )
        return self._with_slot(state, number, slot._replace(early=(*early, (sender, message))))

    # Checkpoints ------------------------------------------------------------------------------------------

    def _checkpoint(self, state: _State, sender: int, message: Checkpoint) -> Step:
        number, name = message.number, message.digest
        if not is_count(number) or number <= state.stable.number or number % self.interval:
            return state, ()
        if type(name) is not bytes:
            return state, ()
        if not self.notary.is_signed(message.signature, sender, "checkpoint", number, name):
            return state, ()
        state = state._replace(checkpoints=_voted(state.checkpoints, message))
        state, effects = self._settled(state, [])
        return self._propose(state, effects) if state.stable.number == number else (state, effects)

    def _settled(self, state: _State, effects: list[Effect]) -> tuple[_State, list[Effect]]:
        """Let go of what comes before the last checkpoint that is executed here and signed by a quorum."""
        votes: dict[tuple[int, bytes], list[Signature]] = {}
        for each in state.checkpoints:
            votes.setdefault((each.number, each.digest), []).append(each.signature)
        settled = [
            Stable(number, name, tuple(signatures))
            for (number, name), signatures in votes.items()
            if number <= state.executed and len(signatures) >= self.notary.commit
        ]
        return (self._let_go(state, max(settled)) if settled else state), effects

    def _let_go(self, state: _State, stable: Stable) -> _State:
        number = stable.number
        return state._replace(
            slots=state.slots[number - state.stable.number :],
            stable=stable,
            checkpoints=tuple([each for each in state.checkpoints if each.number > number]),
        )

    # Catching up ------------------------------------------------------------------------------------------

    def _cause(self, state: _State) -> Command | int | None:
        """Return what is waited for: a command, or that more than so many numbers are executed; or nothing."""
        if state.awaited:
            return state.awaited[0].command
        f, executed = self.seat.f, state.executed
        if len([each for each in state.checkpoints if each.number > executed]) > f:
            return executed
        for slot in state.slots[executed - state.stable.number :]:
            if slot.view == state.view or len({sender for sender, _ in slot.early}) > f:
                return executed
        return None

    def _watch(self, state: _State, cause: Any, tries: int, effects: Iterable[Effect] = ()) -> Step:
        timer = Timer(("watch", state.view, cause, tries), self._period(state) / 2)
        return (state if state.watched else state._replace(watched=True)), (*effects, timer)

    def _period(self, state: _State) -> float:
        return float(self.patience * 2 ** max(0, state.doubled - 1))

    def timeout(self, state: _State, name: Any) -> Step:
        """Ask for what may have been missed, or leave the view; what belongs to another view is too late."""
        kind, view, *rest = name
        if view != state.view or state.active is not (kind == "watch"):
            return state, ()
        if kind == "new-view":
            return self._leave(state, view + 1)
        fetch = Send(self._others, Fetch(view, state.active, state.executed))
        if kind == "change":  # nobody begins the view; perhaps nobody has heard that it is wanted
            (times,) = rest
            mine = tuple(each for each in state.changes if each.signature.signer == self.seat.node)
            again = Timer(("change", view, min(times + 1, _DOUBLINGS)), self._period(state) * 2**times)
            return state, (Send(self._others, mine[0]), fetch, again)
        before, tries = rest
        cause = self._cause(state)
        if cause is None:
            return state._replace(watched=False), ()
        if cause != before:
            return self._watch(state, cause, 0)
        if tries and isinstance(cause, Command):
            return self._leave(state, view + 1)
        if tries >= _TRIES:
            return state._replace(watched=False), ()
        return self._watch(state, cause, tries + 1, (fetch,))

    def _fetched(self, state: _State, sender: int, asked: Fetch) -> Step:
        """Send a server what it may have missed: how the view began, the ledger, what was said about numbers since."""
        if not is_count(asked.view, asked.executed) or sender == self.seat.node:
            return state, ()
        said: list[Message] = []
        if state.active and state.began and (asked.view < state.view or not asked.active):
            said.append(state.began)
        if not state.active and asked.view <= state.view:
            said += [each for each in state.changes if each.signature.signer == self.seat.node]
        stable = state.stable
        if asked.executed < stable.number:
            said.append(Transfer(stable, asked.executed, state.batches[asked.executed : stable.number]))
        if state.active and asked.view <= state.view:
            for number in range(max(asked.executed, stable.number) + 1, stable.number + len(state.slots) + 1):
                said += self._said(state, number)
        return state, [Send((sender,), message) for message in said]

    def _said(self, state: _State, number: int) -> Iterable[Message]:
        """Return what one has said about a number in this view, the primary's proposal included."""
        slot = self._slot(state, number)
        if slot.view != state.view or slot.proposal is None:
            return
        me = self.seat.node
        if slot.proposal.vouched:
            yield slot.proposal
        if me != state.view % self.servers:
            yield Prepare(slot.view, number, slot.digest, slot.signatures[1])
        if slot.commits >> me & 1:
            yield Commit(slot.view, number, slot.digest)

    def _transferred(self, state: _State, _: int, message: Transfer) -> Step:
        """Execute what comes with proof that it was executed by honest servers."""
        stable, after, batches = message.stable, message.after, message.batches
        if not isinstance(batches, tuple) or not is_count(after) or after > state.executed:
            return state, ()
        if not isinstance(stable, Stable) or not is_count(stable.number) or stable.number <= state.executed:
            return state, ()
        if len(batches) != stable.number - after:
            return state, ()
        batches, name = batches[state.executed - after :], state.digest
        if not self.notary.is_stable(stable) or not all(map(self.notary.is_batch, batches)):
            return state, ()
        for batch in batches:
            name = digest((name, batch))
        if name != stable.digest:
            return state, ()
        state, effects = self._executed(state, batches, answer=False)
        state = self._let_go(state, stable)
        # what came after it was perhaps missed, too
        effects.append(Send(self._others, Fetch(state.view, state.active, state.executed)))
        return self._propose(state, effects)

    # Views ------------------------------------------------------------------------------------------------

    def _leave(self, state: _State, view: int) -> Step:
        """Listen to this view no longer, and ask for another."""
        prepared = tuple(slot.proof for slot in state.slots if slot.proof is not None)
        signature = self.notary.sign("view-change", view, state.stable, prepared)
        change = ViewChange(view, state.stable, prepared, signature)
        state = state._replace(
            view=view,
            active=False,
            changes=_latest(state.changes, change),
            began=None,
            doubled=min(state.doubled + 1, _DOUBLINGS),
            watched=False,
        )
        effects = (Send(self._others, change), Timer(("change", view, 0), self._period(state)))
        state, more = self._gathered(state)
        return state, (*effects, *more)

    def _changing(self, state: _State, _: int, change: ViewChange) -> Step:
        if not is_count(change.view) or change.view < state.view + state.active:
            return state, ()
        signature = change.signature
        if any(each.signature == signature for each in state.changes) or not self.notary.is_change(change):
            return state, ()
        changes = _latest(state.changes, change)
        if changes == state.changes:
            return state, ()
        return self._gathered(state._replace(changes=changes))

    def _gathered(self, state: _State) -> Step:
        """Follow f + 1 servers to a later view; with a quorum, wait for a view to begin, or begin it."""
        later = sorted(each.view for each in state.changes if each.view > state.view)
        if len(later) > self.seat.f:
            return self._leave(state, later[0])
        # who wants a later view has given this one up, and counts among those who wait for it no less
        if (
            state.active
            or len([each for each in state.changes if each.view >= state.view]) < self.notary.change
        ):
            return state, ()
        here = tuple(each for each in state.changes if each.view == state.view)
        if state.view % self.servers != self.seat.node or len(here) < self.notary.change:
            return state, (Timer(("new-view", state.view), self._period(state)),)
        new = self.notary.begins(state.view, here[: self.notary.change])
        state, effects = self._enter(state, new)
        return state, (Send(self._others, new), *effects)

    def _new_view(self, state: _State, _: int, new: NewView) -> Step:
        if not is_count(new.view) or new.view < state.view + state.active:
            return state, ()
        return self._enter(state, new) if self.notary.is_new_view(new, state.changes) else (state, ())

    def _enter(self, state: _State, new: NewView) -> Step:
        """Begin a view: prepare again what was prepared before."""
        view = new.view
        stable, batches = self.notary.beginning(new.changes)
        effects: list[Effect] = []
        state = state._replace(
            view=view,
            active=True,
            floor=stable.number,
            assigned=stable.number + len(batches),
            changes=tuple(each for each in state.changes if each.view > view),
            began=new,
            watched=False,
        )
        if state.stable.number < stable.number <= state.executed:
            state = self._let_go(state, stable)
        elif stable.number > state.executed:
            effects.append(Send(self._others, Fetch(view, True, state.executed)))
        for number, (batch, signature) in enumerate(
            zip(batches, new.prepares, strict=True), stable.number + 1
        ):
            if self._is_open(state, view, number):
                proposal = PrePrepare(view, number, batch, signature)
                state, more = self._accept(state, proposal, digest(batch))
                effects += more
        low = state.stable.number
        for number in range(low + 1, low + len(state.slots) + 1):
            slot = self._slot(state, number)
            if slot.early:
                state = self._with_slot(state, number, slot._replace(early=()))
                for sender, message in slot.early:
                    state, more = self._heard(state, sender, message)
                    effects += more
        return self._propose(state, effects)


def _voted(checkpoints: tuple[Checkpoint, ...], vote: Checkpoint) -> tuple[Checkpoint, ...]:
    """Return the votes with one more; of each server those for its two highest numbers."""
    signer, number = vote.signature.signer, vote.number
    same = [each for each in checkpoints if each.signature.signer == signer]
    if any(each.number == number for each in same):
        return checkpoints
    kept = sorted((*same, vote), key=lambda each: -each.number)[:2]
    return (*(each for each in checkpoints if each.signature.signer != signer), *kept)


def _latest(changes: tuple[ViewChange, ...], change: ViewChange) -> tuple[ViewChange, ...]:
    """Return the messages with one more, by server; of each server that for its latest view."""
    signer = change.signature.signer
    known = {each.signature.signer: each for each in changes}
    if signer not in known or known[signer].view < change.view:
        known[signer] = change
    return tuple(known[each] for each in sorted(known))
