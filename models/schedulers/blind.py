"""An adversary that sees who speaks to whom, but not what is said, and keeps some parties out of it.

**Order.** Messages from or to a victim arrive only when no other may; among equals the order is random. While a timer
is set and the channel promises a bound, victims are merely served last in each round.
**Effect.** The others have to get along without the victims, as if they had crashed, and then hear their old messages
all at once. A protocol that waits for more than n - f parties, or that takes a slow party for a faulty one, shows it.
**Names.** Oblivious adversary, content-blind adversary, starvation, slow node.

References
----------
.. [1] H. Attiya, J. Welch, "Distributed Computing", 2nd ed., Wiley 2004, doi:10.1002/0471478210, chapter 14
       (adversaries by what they see).
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import numpy as np
from pydantic import Field

from ...agents.errors import InputError
from ..pool import Pool, drawn
from . import Event, Queue, Scheduler

if TYPE_CHECKING:
    from ..simulation import Simulation

__all__ = ["Blind"]


class Blind(Scheduler):
    """Starve some parties."""

    victims: tuple[Annotated[int, Field(ge=0)], ...] = Field(
        (0,), min_length=1, description="node ids of the parties that are starved"
    )

    def check(self, n: int) -> None:
        """Raise InputError if it starves parties that do not exist."""
        for node in self.victims:
            if node >= n:
                raise InputError(
                    f"blind: victims={list(self.victims)} name party {node}, and there are {n} parties; "
                    f"use ids from 0 to {n - 1}"
                )

    def queue(self, simulation: "Simulation", rng: np.random.Generator) -> Queue:
        """Return a pool in which the victims' messages come last."""
        return _Starved(simulation, rng, frozenset(self.victims))


class _Starved(Pool):
    def __init__(self, simulation: "Simulation", rng: np.random.Generator, victims: frozenset[int]) -> None:
        super().__init__(simulation, rng)
        self.victims = victims
        self._fed: list[Event] = []
        self._starved: list[Event] = []

    def put(self, event: Event) -> None:
        starved = event[2] in self.victims or event[3] in self.victims
        (self._starved if starved else self._fed).append(event)

    def take(self) -> Event:
        return drawn(self._fed or self._starved, self.rng)

    def ready(self) -> Iterator[Event]:
        yield from self._fed
        yield from self._starved

    def __len__(self) -> int:
        return len(self._fed) + len(self._starved)
