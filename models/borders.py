"""Border: what channels have in common that cut parties off from each other, for a while or again and again."""

from abc import ABC

import numpy as np
from pydantic import Field, model_validator

from ..agents.errors import InputError
from ..agents.machine import Message
from ..agents.parameters import name_of
from .channels import Arrivals, Channel

__all__ = ["Border"]


class Border(Channel, ABC):
    """Something between parties that messages do not cross, from one time until another."""

    at: float = Field(0.0, ge=0, description="time at which it begins, in rounds")
    until: float = Field(10.0, ge=0, description="time at which it heals, in rounds")
    every: float | None = Field(
        None, gt=0, description="period in which it comes back, in rounds; by default never"
    )
    holds: bool = Field(False, description="hold messages until it heals; else they are lost")

    @model_validator(mode="after")
    def _heals_at_last(self) -> "Border":
        if self.until <= self.at:
            raise InputError(
                f"until={self.until:g} must be after at={self.at:g}: a {name_of(type(self))} heals after it began"
            )
        if self.every is not None and self.every <= self.until - self.at:
            raise InputError(
                f"every={self.every:g} must be longer than the {name_of(type(self))}, which takes "
                f"{self.until - self.at:g}; else it never heals"
            )
        return self

    @property
    def timing(self) -> dict[str, float | bool | None]:
        """When it is there, and what becomes of messages: for a border of another kind."""
        return {"at": self.at, "until": self.until, "every": self.every, "holds": self.holds}

    def crosses(self, sender: int, recipient: int) -> bool:
        """Return whether it stands in a message's way; not as long as nobody has said between whom it is."""
        return False

    def _heals(self, now: float) -> float | None:
        """Return when it heals if it is there at some time; else None."""
        since = now - self.at
        if since < 0:
            return None
        if self.every is None:
            return self.until if now < self.until else None
        begun = self.at + since // self.every * self.every
        heals = begun + (self.until - self.at)
        return heals if now < heals else None

    def route(
        self,
        rng: np.random.Generator,
        now: float,
        sender: int,
        recipient: int,
        message: Message,
        arrivals: Arrivals,
    ) -> Arrivals:
        """Stop what would cross it while it is there."""
        heals = self._heals(now)
        if heals is None or not self.crosses(sender, recipient):
            return arrivals
        return tuple([max(arrival, heals) for arrival in arrivals]) if self.holds else ()

    def worst(self, before: float) -> float:
        """Return what was before, or how long one that comes back holds messages where that is longer."""
        return before if self.every is None or not self.holds else max(before, self.until - self.at)

    def reliable(self, before: bool) -> bool:
        """Return False if messages are lost."""
        return before and self.holds

    def stable_from(self, before: float) -> float:
        """Return when it heals, if it keeps messages and does not come back."""
        return max(before, self.until) if self.holds and self.every is None else before
