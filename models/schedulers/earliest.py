"""What is due first arrives first.

**Order.** By time; of equal times messages come before timers, and what was sent first comes first.
**Names.** Discrete-event simulation, fair scheduler, first come first served.

References
----------
.. [1] A. M. Law, "Simulation Modeling and Analysis", 5th ed., McGraw-Hill 2015, section 1.3 (next-event time
       advance).
"""

from collections.abc import Iterator
from functools import partial
from heapq import heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

from . import Event, Queue, Scheduler

if TYPE_CHECKING:
    from ..simulation import Simulation

__all__ = ["Earliest"]


class Earliest(Scheduler):
    """By time."""

    def queue(self, simulation: "Simulation", rng: np.random.Generator) -> Queue:
        """Return a heap."""
        return _Heap()


class _Heap:
    def __init__(self) -> None:
        self._events: list[Event] = []
        # bound to the C functions: this is the hot path of every simulation
        self.push = partial(heappush, self._events)
        self.pop = partial(heappop, self._events)

    def __iter__(self) -> Iterator[Event]:
        return iter(self._events)
