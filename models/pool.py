"""Pool: what is under way, for schedulers that choose freely among it and yet keep the network's promise.

What a free scheduler may choose:

- First everybody starts, in any order: to start late is no more than to have one's first messages late.
- What a party sends to itself no messenger carries, so it arrives before anything else.
- As long as no timer is set, any message under way may be next, whatever the time at which it was to arrive.
- While one is, and the channel promises a bound, time is real: a timer goes off when it is due, after every message
  that was due by then, and every message arrives within the bound.
- Where the channel promises no bound, timers tell nothing, and the one that is due first may go off at any moment.

Time never runs backwards: what is chosen happens at the time at which it is due, or now where that has passed.
"""

from abc import ABC, abstractmethod
from collections import OrderedDict, deque
from collections.abc import Iterator
from heapq import heappop, heappush
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from .channels import Row
from .schedulers import Event
from .simulation import DIGITS, START, TIMER

if TYPE_CHECKING:
    from .simulation import Simulation

__all__ = ["Pool", "drawn"]


class Pool(ABC):
    """A queue whose next message is up to a policy, as far as promises leave it a choice.

    Parameters
    ----------
    simulation
        What the policy may look at.
    rng
        The run's generator for schedules.
    """

    def __init__(self, simulation: "Simulation", rng: np.random.Generator) -> None:
        self.simulation, self.rng = simulation, rng
        row = Row.of(simulation.channel)
        self._bound, self._stable = row.worst(), row.stable_from()
        self._timely = self._bound < inf
        self._starts: list[Event] = []
        self._own: deque[Event] = deque()
        self._timers: list[Event] = []  # a heap, as is the next one
        self._early: list[Event] = []  # messages that may not arrive yet
        # latest arrivals promised of the messages under way, in order of sending and so of time
        self._promised: OrderedDict[int, float] = OrderedDict()

    # What a policy fills in ---------------------------------------------------------------------

    @abstractmethod
    def put(self, event: Event) -> None:
        """Add a message that may arrive."""

    @abstractmethod
    def take(self) -> Event:
        """Remove and return one of the messages that may arrive; there is one."""

    @abstractmethod
    def ready(self) -> Iterator[Event]:
        """Yield the messages that may arrive."""

    @abstractmethod
    def __len__(self) -> int:
        """Return how many messages may arrive."""

    # The queue ----------------------------------------------------------------------------------

    def push(self, event: Event) -> None:
        """Add an event."""
        due, order, node, sender, _ = event
        if sender == TIMER:
            heappush(self._timers, event)
        elif sender == START:
            self._starts.append(event)
        elif sender == node:
            self._own.append(event)
        else:
            if self._timely:
                self._promised[order] = round(max(self.simulation.now, self._stable) + self._bound, DIGITS)
            if self._timely and self._timers and due > self.simulation.now:
                heappush(self._early, event)
            else:
                self.put(event)

    def pop(self) -> Event:
        """Remove and return the next event."""
        if self._starts:
            return self._now(drawn(self._starts, self.rng))
        if self._own:
            return self._own.popleft()
        timers, early = self._timers, self._early
        horizon = self._horizon()
        while early and early[0][0] <= horizon:
            self.put(heappop(early))
        if timers and not self._timely and self.rng.random() * (len(self) + 1) < 1:
            return self._now(heappop(timers))
        while len(self):
            event = self.take()
            if event[0] <= horizon:
                self._promised.pop(event[1], None)
                return self._now(event)
            heappush(early, event)  # a timer was set since it was put there
        return self._now(heappop(timers))

    def _horizon(self) -> float:
        """Return the time beyond which nothing may happen yet."""
        if not self._timers or not self._timely:
            return inf
        horizon = self._timers[0][0]
        if self._promised:
            horizon = min(horizon, self._promised[next(iter(self._promised))])
        return max(horizon, self.simulation.now)

    def _now(self, event: Event) -> Event:
        now = self.simulation.now
        return event if event[0] >= now else (now, *event[1:])

    def __iter__(self) -> Iterator[Event]:
        yield from self._starts
        yield from self._own
        yield from self._timers
        yield from self._early
        yield from self.ready()


def drawn(events: list[Event], rng: np.random.Generator) -> Event:
    """Remove and return one of some events, all equally likely, in constant time; their order is not kept."""
    place = int(rng.random() * len(events))
    chosen, events[place] = events[place], events[-1]
    del events[-1]
    return chosen
