"""Traitors hear everything before they speak.

**Order.** By time, but for two privileges of the traitors: what is sent to them arrives at once, and of all that
happens at the same time, what they do comes last. In a protocol in rounds they so hear what every honest party
sends in a round before they send anything in that round; and what they send is in time all the same. What a party
sends when it starts is the one exception: nobody hears anything before it starts.
**Effect.** Conducts that look at what others say get the latest news; a coin that parties toss together, each adding
its share, falls as the last of them likes.
**Names.** Rushing adversary, last-mover advantage.

References
----------
.. [1] R. Canetti, "Security and composition of multiparty cryptographic protocols", Journal of Cryptology 13 (2000)
       143-202, doi:10.1007/s001459910006.
"""

from collections.abc import Iterator
from heapq import heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

from ...agents.puppet import Puppet
from ..simulation import START
from . import Event, Queue, Scheduler

if TYPE_CHECKING:
    from ..simulation import Simulation

__all__ = ["Rushing"]

# At any time: honest parties hear and act, then traitors start, hear and act.
_HONEST, _TRAITORS_START, _TRAITORS_HEAR, _TRAITORS_ACT = range(4)


class Rushing(Scheduler):
    """By time, traitors last."""

    def queue(self, simulation: "Simulation", rng: np.random.Generator) -> Queue:
        """Return a heap that lets traitors hear early and act late."""
        return _Rushed(simulation)


class _Rushed:
    def __init__(self, simulation: "Simulation") -> None:
        self.simulation = simulation
        self._events: list[tuple[float, int, int, Event]] = []

    def push(self, event: Event) -> None:
        due, order, node, sender, what = event
        turn = _HONEST
        if isinstance(self.simulation.machines[node], Puppet):
            if sender >= 0:
                due, turn = self.simulation.now, _TRAITORS_HEAR
                event = due, order, node, sender, what
            else:
                turn = _TRAITORS_START if sender == START else _TRAITORS_ACT
        heappush(self._events, (due, turn, order, event))

    def pop(self) -> Event:
        return heappop(self._events)[3]

    def __iter__(self) -> Iterator[Event]:
        return (event for *_, event in self._events)
