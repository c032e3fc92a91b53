"""An adversary that sees everything, and keeps the honest parties split.

**Order.** Of the messages that may arrive, next is the one whose value its recipient has heard least among messages of
that kind and round; among equals the order is random. So everybody hears as many of one value as of the other
for as long as there are both.
**Effect.** Majorities form as late as they can. Protocols that flip coins must wait until the coins happen to
fall alike; deterministic ones for consensus cannot be live in the worst case, and this is a hint at why. It is greedy:
the worst that an adversary with sight can do may be worse still.
**Names.** Full-information adversary, strong adaptive scheduler, anti-majority scheduler.

References
----------
.. [1] M. Ben-Or, "Another advantage of free choice: completely asynchronous agreement protocols", PODC 1983, 27-30,
       doi:10.1145/800221.806707.
.. [2] M. J. Fischer, N. A. Lynch, M. S. Paterson, "Impossibility of distributed consensus with one faulty process",
       Journal of the ACM 32 (1985) 374-382, doi:10.1145/3149.214121.
"""

from collections import deque
from collections.abc import Hashable, Iterator
from heapq import heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

from ...agents.machine import Message
from ..pool import Pool
from . import Event, Queue, Scheduler

if TYPE_CHECKING:
    from ..simulation import Simulation

__all__ = ["Omniscient"]

_Opinion = tuple[int, type[Message], Hashable, Hashable]  # who hears it; its kind, round and value


class Omniscient(Scheduler):
    """Deliver next what was heard least."""

    def queue(self, simulation: "Simulation", rng: np.random.Generator) -> Queue:
        """Return a pool in which what was heard least comes first."""
        return _Balanced(simulation, rng)


class _Balanced(Pool):
    def __init__(self, simulation: "Simulation", rng: np.random.Generator) -> None:
        super().__init__(simulation, rng)
        self._heard: dict[_Opinion, int] = {}
        self._waiting: dict[_Opinion, deque[Event]] = {}  # none of them empty
        self._next: list[tuple[int, float, _Opinion]] = []  # a heap with one entry for each that waits
        self._size = 0

    def put(self, event: Event) -> None:
        opinion = _opinion(event[2], event[4])
        if opinion not in self._waiting:
            self._waiting[opinion] = deque()
            self._queue(opinion)
        self._waiting[opinion].append(event)
        self._size += 1

    def take(self) -> Event:
        _, _, opinion = heappop(self._next)
        waiting = self._waiting[opinion]
        event = waiting.popleft()
        self._size -= 1
        self._heard[opinion] = self._heard.get(opinion, 0) + 1
        if waiting:
            self._queue(opinion)
        else:
            del self._waiting[opinion]
        return event

    def _queue(self, opinion: _Opinion) -> None:
        heappush(self._next, (self._heard.get(opinion, 0), self.rng.random(), opinion))

    def ready(self) -> Iterator[Event]:
        for waiting in self._waiting.values():
            yield from waiting

    def __len__(self) -> int:
        return self._size


def _opinion(recipient: int, message: Message) -> _Opinion:
    """Return what counts as the same thing said to a party: what is carried inside counts, not its wrapping."""
    value = message.about
    while isinstance(inside := getattr(message, "message", None), Message):
        message = inside
    return recipient, type(message), getattr(message, "round", None), value
