"""Channels: what messengers do to messages, one fault a file; several in a row are joined with ``+``.

A channel is a policy: it is told when a message is sent and between whom, and says when it arrives: once, several
times or never. Channels in a row hand on the arrivals from left to right:
``exponential(mean=2) + loss(p=0.1) + stabilisation(at=50, bound=2)``. A row in which nobody delays takes one unit of
time, a round. A message to oneself never goes through a channel.

What a row promises is told by three numbers, handed on from left to right like the arrivals: `worst`, `stable_from` and
`reliable`. A message sent at time t that arrives at all arrives by ``max(t, stable_from) + worst``, and if the
row is reliable it does arrive. A promise may be weaker than what really happens, never stronger.
"""

from abc import ABC, abstractmethod
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
from pydantic import Field

from ...agents.catalogue import Catalogue
from ...agents.machine import Message
from ...agents.parameters import Parameters

__all__ = ["Arrivals", "Channel", "Row", "channels"]

Arrivals = tuple[float, ...]


class Channel(Parameters, ABC):
    """What becomes of a message on its way.

    Attributes
    ----------
    delays : bool
        True if it says how long messages take; a row without any such channel takes one round.
    """

    delays: ClassVar[bool] = False

    @abstractmethod
    def route(
        self,
        rng: np.random.Generator,
        now: float,
        sender: int,
        recipient: int,
        message: Message,
        arrivals: Arrivals,
    ) -> Arrivals:
        """Return when the message arrives: never (empty), once or several times.

        Parameters
        ----------
        rng
            The run's generator for channels.
        now
            When it is sent.
        sender, recipient
            Node ids.
        message
            What is sent. Faults of the network do not depend on what messages say.
        arrivals
            What the channels before this one have made of it; at first `now` alone.
        """

    def worst(self, before: float) -> float:
        """Return the greatest delay of what arrives, given that of the channels before; inf where there is none."""
        return before

    def reliable(self, before: bool) -> bool:
        """Return whether every message arrives at last, given whether it does by the channels before."""
        return before

    def stable_from(self, before: float) -> float:
        """Return the time from which `worst` is promised, given that of the channels before."""
        return before

    @property
    def repeats(self) -> bool:
        """Whether a message may arrive more than once."""
        return False

    def check(self, n: int) -> None:
        """Raise InputError if the channel speaks of parties that are not among 0..n-1."""

    def among(self, servers: int, parties: int) -> "Channel":
        """Return the channel between so many parties, of which the first are servers and the others clients."""
        return self

    def __add__(self, other: "Channel") -> "Row":
        """Return this channel followed by another."""
        return Row(stages=(*Row.of(self).stages, *Row.of(other).stages))


class Row(Channel):
    """Channels one after the other."""

    stages: tuple[Channel, ...] = Field(description="what happens to a message, in this order")

    @classmethod
    def of(cls, channel: Channel) -> "Row":
        """Return a channel as a row, which alone knows how long messages take where nobody says."""
        return channel if isinstance(channel, Row) else cls(stages=(channel,))

    @cached_property
    def needs_pace(self) -> bool:
        """Whether nobody in the row says how long messages take, so that they take one round."""
        return not any(stage.delays for stage in self.stages)

    def route(
        self,
        rng: np.random.Generator,
        now: float,
        sender: int,
        recipient: int,
        message: Message,
        arrivals: Arrivals,
    ) -> Arrivals:
        """Hand the arrivals on from stage to stage."""
        if self.needs_pace:
            arrivals = tuple(arrival + 1.0 for arrival in arrivals)
        for stage in self.stages:
            arrivals = stage.route(rng, now, sender, recipient, message, arrivals)
        return arrivals

    def worst(self, before: float = 0.0) -> float:
        """Return the greatest delay of the row."""
        if self.needs_pace:
            before += 1.0
        for stage in self.stages:
            before = stage.worst(before)
        return before

    def reliable(self, before: bool = True) -> bool:
        """Return whether every message arrives at last."""
        for stage in self.stages:
            before = stage.reliable(before)
        return before

    def stable_from(self, before: float = 0.0) -> float:
        """Return the time from which `worst` is promised."""
        for stage in self.stages:
            before = stage.stable_from(before)
        return before

    @property
    def repeats(self) -> bool:
        """Whether any stage repeats messages."""
        return any(stage.repeats for stage in self.stages)

    def check(self, n: int) -> None:
        """Check all stages."""
        for stage in self.stages:
            stage.check(n)

    def among(self, servers: int, parties: int) -> "Row":
        """Return a row of all stages as they are between these parties."""
        return Row(stages=tuple(stage.among(servers, parties) for stage in self.stages))

    def __str__(self) -> str:
        return " + ".join(map(str, self.stages))

    def canonical(self) -> dict[str, Any]:
        """Return all stages in full."""
        return {"name": "+", "stages": [stage.canonical() for stage in self.stages]}


channels: Catalogue[type[Channel]] = Catalogue(__name__, "channel")
