"""Schedulers: in which order what is under way arrives, one order a file.

A channel says when a message may arrive; a scheduler, which may be an adversary, says which event is next. What it
may not do is break the network's promise: as long as a channel promises a bound, a timer goes off only after every
message that was due before it. Nor may anybody hear anything before it has started.
"""

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from ...agents.catalogue import Catalogue
from ...agents.parameters import Parameters

if TYPE_CHECKING:
    from ..simulation import Simulation

__all__ = ["Event", "Queue", "Scheduler", "schedulers"]

Event = tuple[float, int, int, int, Any]
"""Time, place in the order of equals, the party concerned, who sent it (or `START`, `TIMER`), and what."""


class Queue(Protocol):
    """Events under way."""

    def push(self, event: Event, /) -> None:
        """Add an event."""

    def pop(self) -> Event:
        """Remove and return the next event, its time no earlier than that of the one before.

        Raises
        ------
        IndexError
            If there is none.
        """

    def __iter__(self) -> Any:
        """Yield the events, in any order."""


class Scheduler(Parameters, ABC):
    """Which event is next."""

    @abstractmethod
    def queue(self, simulation: "Simulation", rng: np.random.Generator) -> Queue:
        """Return an empty queue that orders events by this policy.

        Parameters
        ----------
        simulation
            What an adversary with sight may look at; its parties' states among it.
        rng
            The run's generator for schedules.
        """

    def check(self, n: int) -> None:
        """Raise InputError if the policy speaks of parties that are not among 0..n-1."""


schedulers: Catalogue[type[Scheduler]] = Catalogue(__name__, "scheduler")
