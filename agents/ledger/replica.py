"""Replica: a server of PBFT, whose rule `accord.agents.protocols.pbft` tells.

Beside passing through the three `Phases` it settles checkpoints, catches up with what it has missed and changes views:
OSDI 1999, sections 4.3 and 4.4.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..client import Request
from ..command import Command
from ..machine import Effect, Lead, Message, Send, Step, Timer, is_count
from .certificates import (
    Checkpoint,
    Commit,
    Fetch,
    NewView,
    Prepare,
    PrePrepare,
    Stable,
    Transfer,
    ViewChange,
    digest,
)
from .phases import Phases
from .slots import State, latest, voted

__all__ = ["Replica"]

_TRIES = 8  # times that a server asks for what it may have missed before it waits to be told
_DOUBLINGS = 32  # of patience at most: for ever, as runs go


@dataclass(frozen=True)
class Replica(Phases):
    """A server."""

    def start(self) -> Step:
        """Wait to be asked."""
        return State(), self._leading(0)

    def recover(self, kept: Any) -> Step:
        """Start from nothing, and ask what has happened."""
        return State(), (*self._leading(0), Send(self._others, Fetch(0, True, 0)))

    def _leading(self, view: int) -> tuple[Lead, ...]:
        """Return that one leads a view, if one does."""
        return (Lead(view + 1),) if view % self.servers == self.seat.node else ()

    def receive(self, state: State, sender: int, message: Message) -> Step:
        """Do what a message leads to, and watch that it comes to an end."""
        state, effects = self.heard(state, sender, message)
        if state.watched or not state.active:
            return state, effects
        if not (
            state.awaited or state.checkpoints or len(state.slots) > state.executed - state.stable.number
        ):
            return state, effects
        cause = self._cause(state)
        return (state, effects) if cause is None else self._watch(state, cause, 0, effects)

    def heard(self, state: State, sender: int, message: Message) -> Step:
        """Do what a message leads to."""
        hears = self._hears.get(type(message))
        if hears is None or (sender >= self.servers and type(message) is not Request):
            return state, ()
        return hears(state, sender, message)

    @cached_property
    def _hears(self) -> dict[type[Message], Callable[[State, int, Any], Step]]:
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

    # Checkpoints ------------------------------------------------------------------------------------------

    def _checkpoint(self, state: State, sender: int, message: Checkpoint) -> Step:
        number, name = message.number, message.digest
        if not is_count(number) or number <= state.stable.number or number % self.interval:
            return state, ()
        if type(name) is not bytes:
            return state, ()
        if not self.notary.is_signed(message.signature, sender, "checkpoint", number, name):
            return state, ()
        state = state._replace(checkpoints=voted(state.checkpoints, message))
        state = state.settled(self.notary.commit)
        return self._propose(state, []) if state.stable.number == number else (state, ())

    # Catching up ------------------------------------------------------------------------------------------

    def _cause(self, state: State) -> Command | int | None:
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

    def _watch(self, state: State, cause: Any, tries: int, effects: Iterable[Effect] = ()) -> Step:
        timer = Timer(("watch", state.view, cause, tries), self._period(state) / 2)
        return (state if state.watched else state._replace(watched=True)), (*effects, timer)

    def _period(self, state: State) -> float:
        return float(self.patience * 2 ** max(0, state.doubled - 1))

    def timeout(self, state: State, name: Any) -> Step:
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

    def _fetched(self, state: State, sender: int, asked: Fetch) -> Step:
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

    def _said(self, state: State, number: int) -> Iterable[Message]:
        """Return what one has said about a number in this view, the primary's proposal included."""
        slot = state.slot(number)
        if slot.view != state.view or slot.proposal is None:
            return
        me = self.seat.node
        if slot.proposal.vouched:
            yield slot.proposal
        if me != state.view % self.servers:
            yield Prepare(slot.view, number, slot.digest, slot.signatures[1])
        if slot.commits >> me & 1:
            yield Commit(slot.view, number, slot.digest)

    def _transferred(self, state: State, _: int, message: Transfer) -> Step:
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
        state = state.let_go(stable)
        # what came after it was perhaps missed, too
        effects.append(Send(self._others, Fetch(state.view, state.active, state.executed)))
        return self._propose(state, effects)

    # Views ------------------------------------------------------------------------------------------------

    def _leave(self, state: State, view: int) -> Step:
        """Listen to this view no longer, and ask for another."""
        prepared = tuple(slot.proof for slot in state.slots if slot.proof is not None)
        signature = self.notary.sign("view-change", view, state.stable, prepared)
        change = ViewChange(view, state.stable, prepared, signature)
        state = state._replace(
            view=view,
            active=False,
            changes=latest(state.changes, change),
            began=None,
            doubled=min(state.doubled + 1, _DOUBLINGS),
            watched=False,
        )
        effects = (Send(self._others, change), Timer(("change", view, 0), self._period(state)))
        state, more = self._gathered(state)
        return state, (*effects, *more)

    def _changing(self, state: State, _: int, change: ViewChange) -> Step:
        if not is_count(change.view) or change.view < state.view + state.active:
            return state, ()
        signature = change.signature
        if any(each.signature == signature for each in state.changes) or not self.notary.is_change(change):
            return state, ()
        changes = latest(state.changes, change)
        if changes == state.changes:
            return state, ()
        return self._gathered(state._replace(changes=changes))

    def _gathered(self, state: State) -> Step:
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

    def _new_view(self, state: State, _: int, new: NewView) -> Step:
        if not is_count(new.view) or new.view < state.view + state.active:
            return state, ()
        return self._enter(state, new) if self.notary.is_new_view(new, state.changes) else (state, ())

    def _enter(self, state: State, new: NewView) -> Step:
        """Begin a view: prepare again what was prepared before."""
        view = new.view
        stable, batches = self.notary.beginning(new.changes)
        effects: list[Effect] = [*self._leading(view)]
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
            state = state.let_go(stable)
        elif stable.number > state.executed:
            effects.append(Send(self._others, Fetch(view, True, state.executed)))
        for number, (batch, signature) in enumerate(
            zip(batches, new.prepares, strict=True), stable.number + 1
        ):
            if state.is_open(view, number, self.notary.window):
                proposal = PrePrepare(view, number, batch, signature)
                state, more = self._accept(state, proposal, digest(batch))
                effects += more
        low = state.stable.number
        for number in range(low + 1, low + len(state.slots) + 1):
            slot = state.slot(number)
            if slot.early:
                state = state.with_slot(number, slot._replace(early=()))
                for sender, message in slot.early:
                    state, more = self.heard(state, sender, message)
                    effects += more
        return self._propose(state, effects)
