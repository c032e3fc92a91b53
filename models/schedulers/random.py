"""Any message under way may be next, all equally likely.

**Order.** Uniform among the messages that the network's promise allows. As long as no timer is set that is every
message under way, whatever its delay: full asynchrony, with an adversary that has no plan. While a timer is set and the
channel promises a bound, the time of arrival and the bound are kept to; with constant delays the messages of a
round are then shuffled. Where no bound is promised, the next timer is chosen like a message.
**Cost.** Constant time an event without timers, logarithmic with them.
**Names.** Uniform random scheduler, fair random scheduling, oblivious scheduler.

References
----------
.. [1] J. Aspnes, "Randomized protocols for asynchronous consensus", Distributed Computing 16 (2003) 165-175,
       doi:10.1007/s00446-002-0081-5.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from ..pool import Pool, drawn
from . import Event, Queue, Scheduler

if TYPE_CHECKING:
    from ..simulation import Simulation

__all__ = ["Random"]


class Random(Scheduler):
    """Uniform among what is under way."""

    def queue(self, simulation: "Simulation", rng: np.random.Generator) -> Queue:
        """Return a pool drawn from uniformly."""
        return _Shuffled(simulation, rng)


class _Shuffled(Pool):
    def __init__(self, simulation: "Simulation", rng: np.random.Generator) -> None:
        super().__init__(simulation, rng)
        self._ready: list[Event] = []

    def put(self, event: Event) -> None:
        self._ready.append(event)

    def take(self) -> Event:
        return drawn(self._ready, self.rng)

    def ready(self) -> Iterator[Event]:
        return iter(self._ready)

    def __len__(self) -> int:
        return len(self._ready)
