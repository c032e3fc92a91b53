"""Simulation: the deterministic event queue that drives machines.

Machines are pure; whatever happens, happens here. A run is fixed by the machines, the channel, the scheduler and
three generators of random numbers. The only choices ever made are which event is next and how a coin falls, so that
the trace of a run is the list of its choices, and the run can be made again from it.

Times are in rounds of the network. A machine's timers are in rounds of its own, which are `pace` times as long.
"""

from array import array
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, NamedTuple

import numpy as np

from ..agents.machine import (
    Accuse,
    Commit,
    Decide,
    Effect,
    Flip,
    Invoke,
    Lead,
    Machine,
    Persist,
    Return,
    Send,
    State,
    Timer,
    Value,
)
from .channels import Channel, Row
from .schedulers import Event, Queue, Scheduler

__all__ = ["DIGITS", "START", "TIMER", "Choice", "Coin", "Commits", "Decision", "Luck", "Simulation"]

START, TIMER = -1, -2
"""What stands in the sender's place of events that are not messages."""

DIGITS = 9
"""Decimals of a time, so that 0.1 + 0.2 is as late as 0.3: what is due together must happen together."""

_AFTER_MESSAGES = 1 << 62  # added to a timer's place in order: messages due at the same time come first


class Choice(NamedTuple):
    """That an event was next: a message from `sender`, or a timer or the start where it is `TIMER` or `START`."""

    node: int
    sender: int
    what: Any
    time: float = 0.0


class Coin(NamedTuple):
    """That a party's coin fell on a value."""

    node: int
    key: Hashable
    value: Any


class Decision(NamedTuple):
    """What a party decided, when, and in which round of its protocol, where it has rounds."""

    time: float
    value: Value
    round: int | None


@dataclass(frozen=True)
class Luck:
    """Where a run's random numbers come from.

    Parameters
    ----------
    channel, schedule
        Generators for what the network does.
    coin
        Given a node, the coin's key and its domain, returns the value that it falls on.
    """

    channel: np.random.Generator
    schedule: np.random.Generator
    coin: Callable[[int, Hashable, Sequence[Any]], Any]


class Commits:
    """What a party committed: time, place and command of each, in the order in which it did.

    Each takes 24 bytes, where a tuple would take 100: long runs have nothing that they have more of.
    """

    __slots__ = ("_commands", "_places", "_times")

    def __init__(self) -> None:
        self._times, self._places = array("d"), array("q")
        self._commands: list[Any] = []

    def add(self, time: float, place: int, command: Any) -> None:
        """Add one more."""
        self._times.append(time)
        self._places.append(place)
        self._commands.append(command)

    def __len__(self) -> int:
        return len(self._commands)

    def since(self, first: int) -> Iterator[tuple[float, int, Any]]:
        """Return what was committed after the first so many."""
        return zip(self._times[first:], self._places[first:], self._commands[first:], strict=True)

    def __iter__(self) -> Iterator[tuple[float, int, Any]]:
        return zip(self._times, self._places, self._commands, strict=True)

    def __reversed__(self) -> Iterator[tuple[float, int, Any]]:
        return zip(reversed(self._times), reversed(self._places), reversed(self._commands), strict=True)


class Simulation:
    """Machines, and what is under way between them.

    Parameters
    ----------
    machines
        One for each party, by node.
    channel
        What messengers do.
    scheduler
        Which event is next.
    luck
        Where random numbers come from.
    pace
        Length of a machine's round, in rounds of the network.
    links
        For each party whom it can send to; by default everybody. What is sent beyond is lost.
    seize
        Asked each time that a party is about to do something: given node, state and effects, returns the machine that
        takes the party over, or None. For adversaries that corrupt as the run goes.
    traced
        Whether to keep the choices, and what came of them.
    max_events
        Event at which the run is cut off.

    Attributes
    ----------
    now : float
        Time of the last event.
    states : list
        Each party's state; None before it starts.
    decisions : list of list of Decision
        What each party decided; an honest one that keeps to its protocol decides once.
    ledgers : list of Commits
        What each party committed.
    invoked, returned : dict
        By command: time and number of the event at which it began; these and the result, when it ended.
    led : list of tuple
        Time, party and reign of each that began to lead.
    kept : list
        What each party persisted last.
    accusations : list of tuple
        Time, accuser, accused and reason.
    sent : list of int
        Messages that each party sent to others.
    own : int
        Messages that parties sent to themselves.
    bytes : int
        Length of the messages sent to others.
    events : int
        Events so far.
    cut : bool
        True once the event limit was hit.
    trace : list of Choice or Coin, or None
    deeds : list of list of Effect
        What its party did on each event of the trace; what coins led to comes after the rest.
    """

    def __init__(
        self,
        machines: Sequence[Machine],
        channel: Channel,
        scheduler: Scheduler,
        luck: Luck,
        *,
        pace: float = 1.0,
        links: Sequence[frozenset[int]] | None = None,
        seize: Callable[[int, State, Sequence[Effect]], Machine | None] | None = None,
        traced: bool = False,
        max_events: int = 1_000_000,
    ) -> None:
        n = len(machines)
        self.machines = list(machines)
        self.channel = channel
        self.pace = pace
        self.max_events = max_events
        self.now = 0.0
        self.states: list[State] = [None] * n
        self.decisions: list[list[Decision]] = [[] for _ in range(n)]
        self.accusations: list[tuple[float, int, int, str]] = []
        self.led: list[tuple[float, int, int]] = []
        self.kept: list[Any] = [None] * n
        self.ledgers = [Commits() for _ in range(n)]
        self.invoked: dict[Any, tuple[float, int]] = {}
        self.returned: dict[Any, tuple[float, int, Any]] = {}
        self.sent = [0] * n
        self.own = self.bytes = self.events = 0
        self.cut = False
        self.trace: list[Choice | Coin] | None = [] if traced else None
        self.deeds: list[list[Effect]] = []
        self._luck, self._links, self._seize = luck, links, seize
        self._route = channel.route if channel.delays else Row.of(channel).route
        self._order = count()
        self._held: Event | None = None
        self.queue: Queue = scheduler.queue(self, luck.schedule)
        for node in range(n):
            self.queue.push((0.0, next(self._order), node, START, None))

    @property
    def done(self) -> int:
        """How much has been decided, committed and returned: what judges go by."""
        return sum(map(len, self.decisions)) + sum(map(len, self.ledgers)) + len(self.returned)

    def pending(self) -> list[Event]:
        """Return the events under way, in no order."""
        return [*self.queue, *([] if self._held is None else [self._held])]

    def drain(self, until: float) -> bool:
        """Let everything happen that is due until some time; return False if nothing is left under way."""
        machines, states, trace, pop = self.machines, self.states, self.trace, self.queue.pop
        while True:
            if self._held is None:
                try:
                    event = pop()
                except IndexError:
                    return False
            else:
                event, self._held = self._held, None
            if event[0] > until or self.events >= self.max_events:
                self._held = event
                self.cut = event[0] <= until
                return True
            self.now, _, node, sender, what = event
            self.events += 1
            if trace is not None:
                trace.append(Choice(node, sender, what, self.now))
                self.deeds.append([])
            if sender >= 0:
                states[node], effects = machines[node].receive(states[node], sender, what)
            elif sender == TIMER:
                states[node], effects = machines[node].timeout(states[node], what)
            else:
                states[node], effects = machines[node].start()
            if effects:
                self._perform(node, effects)

    def _perform(self, node: int, effects: Sequence[Effect]) -> None:
        """Bring about what a party wants done."""
        if self._seize is not None:
            puppet = self._seize(node, self.states[node], effects)
            if puppet is not None:
                taken = puppet.possess(self.states[node], effects, self.kept[node])  # type: ignore[attr-defined]
                (self.states[node], effects), self.machines[node] = taken, puppet
        if self.trace is not None:
            self.deeds[-1] += effects
        now, order, push, links = self.now, self._order, self.queue.push, self._links
        route, rng, start = self._route, self._luck.channel, (self.now,)
        waiting = [iter(effects)]  # a coin's effects come before the rest of those that it is one of
        while waiting:
            for effect in waiting[-1]:
                if isinstance(effect, Send):
                    to, message = effect.to, effect.message
                    if links is not None:
                        to = tuple([each for each in to if each in links[node] or each == node])
                    abroad = len(to)
                    for recipient in to:
                        if recipient == node:
                            abroad -= 1
                            self.own += 1
                            push((now, next(order), node, node, message))
                        else:
                            for arrival in route(rng, now, node, recipient, message, start):
                                push((round(arrival, DIGITS), next(order), recipient, node, message))
                    self.sent[node] += abroad
                    if abroad:
                        self.bytes += abroad * message.size
                elif isinstance(effect, Persist):
                    self.kept[node] = effect.kept
                elif isinstance(effect, Commit):
                    self.ledgers[node].add(now, effect.index, effect.command)
                elif isinstance(effect, Timer):
                    due = round(now + effect.after * self.pace, DIGITS)
                    push((due, next(order) + _AFTER_MESSAGES, node, TIMER, effect.name))
                elif isinstance(effect, Flip):
                    value = self._luck.coin(node, effect.key, effect.domain)
                    self.states[node], more = self.machines[node].flip(self.states[node], effect.key, value)
                    if self.trace is not None:
                        self.trace.append(Coin(node, effect.key, value))
                        self.deeds[-1] += more
                    if more:
                        waiting.append(iter(more))
                        break
                elif isinstance(effect, Decide):
                    self.decisions[node].append(Decision(now, effect.value, effect.round))
                elif isinstance(effect, Lead):
                    self.led.append((now, node, effect.reign))
                elif isinstance(effect, Invoke):
                    self.invoked[effect.command] = (now, self.events)
                elif isinstance(effect, Return):
                    self.returned[effect.command] = (now, self.events, effect.result)
                elif isinstance(effect, Accuse):
                    self.accusations.append((now, node, effect.node, effect.reason))
            else:
                waiting.pop()
