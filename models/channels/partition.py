"""Groups of parties are cut off from each other for a while.

**Fault.** What is sent from time `at` until `until` and would cross the border of a group is lost, or is held and
arrives when the partition heals at the earliest. Parties that are in no group can talk to each other. The border
lets through nothing, or nothing that goes out of a group (it still hears), or nothing that goes in (it is still
heard). With `every` the partition comes back periodically; several in a row make a schedule:
``partition(groups=[[0]], at=5, until=9) + partition(groups=[[1, 2]], at=20, until=30)``.
**Promise.** From the time on that it heals, that of the channels before. While it comes back, messages that are held
are late by at most its length. What is lost is lost, unless a stabilisation later in the row delivers it all the same.
**Names.** Network split, netsplit, split brain; one-way partition, asymmetric partition, gray failure.

References
----------
.. [1] S. B. Davidson, H. Garcia-Molina, D. Skeen, "Consistency in a partitioned network: a survey", ACM Computing
       Surveys 17 (1985) 341-370, doi:10.1145/5505.5508.
"""

from functools import cached_property
from typing import Annotated, Literal

import numpy as np
from pydantic import Field, model_validator

from ...agents.errors import InputError
from ...agents.machine import Message
from . import Arrivals, Channel

__all__ = ["Partition"]

_Group = tuple[Annotated[int, Field(ge=0)], ...]


class Partition(Channel):
    """Borders between groups, from one time until another."""

    groups: tuple[_Group, ...] = Field(((0,),), description="groups of node ids that are cut off")
    at: float = Field(0.0, ge=0, description="time at which it begins, in rounds")
    until: float = Field(10.0, ge=0, description="time at which it heals, in rounds")
    every: float | None = Field(
        None, gt=0, description="period in which it comes back, in rounds; by default never"
    )
    blocks: Literal["both", "out", "in"] = Field(
        "both", description="which messages do not cross a group's border"
    )
    holds: bool = Field(False, description="hold messages until it heals; else they are lost")

    @model_validator(mode="after")
    def _parts(self) -> "Partition":
        if not self.groups or not all(self.groups):
            raise InputError(f"groups={_shown(self.groups)} cut off nobody; name at least one party in each")
        named = [node for group in self.groups for node in group]
        twice = next((node for node in named if named.count(node) > 1), None)
        if twice is not None:
            raise InputError(f"groups={_shown(self.groups)} name party {twice} twice; name it once")
        if self.until <= self.at:
            raise InputError(
                f"until={self.until:g} must be after at={self.at:g}: a partition heals after it began"
            )
        if self.every is not None and self.every <= self.until - self.at:
            raise InputError(
                f"every={self.every:g} must be longer than the partition, which takes {self.until - self.at:g}; "
                "else it never heals"
            )
        return self

    def check(self, n: int) -> None:
        """Raise InputError if it names parties that do not exist, or leaves all of them together."""
        for node in self._group:
            if node >= n:
                raise InputError(
                    f"partition: groups={_shown(self.groups)} name party {node}, and there are {n} parties; "
                    f"use ids from 0 to {n - 1}"
                )
        if len(self.groups) == 1 and len(self.groups[0]) == n:
            raise InputError(
                f"partition: groups={_shown(self.groups)} hold all {n} parties together and cut off nobody; "
                "leave somebody out"
            )

    @cached_property
    def _group(self) -> dict[int, int]:
        return {node: place for place, group in enumerate(self.groups) for node in group}

    def _heals(self, now: float) -> float | None:
        """Return when the partition that is on at some time heals; None if none is on."""
        since = now - self.at
        if since < 0:
            return None
        if self.every is None:
            return self.until if now < self.until else None
        begun = self.at + since // self.every * self.every
        heals = begun + (self.until - self.at)
        return heals if now < heals else None

    def _crosses(self, sender: int, recipient: int) -> bool:
        """Return whether a border stands in a message's way."""
        ours, theirs = self._group.get(sender), self._group.get(recipient)
        if ours == theirs:
            return False
        if self.blocks == "out":
            return ours is not None
        if self.blocks == "in":
            return theirs is not None
        return True

    def route(
        self,
        rng: np.random.Generator,
        now: float,
        sender: int,
        recipient: int,
        message: Message,
        arrivals: Arrivals,
    ) -> Arrivals:
        """Stop what crosses a border while there is one."""
        heals = self._heals(now)
        if heals is None or not self._crosses(sender, recipient):
            return arrivals
        return tuple([max(arrival, heals) for arrival in arrivals]) if self.holds else ()

    def worst(self, before: float) -> float:
        """Return what was before, or how long a periodic partition holds messages where that is longer."""
        return before if self.every is None or not self.holds else max(before, self.until - self.at)

    def reliable(self, before: bool) -> bool:
        """Return False if messages are lost."""
        return before and self.holds

    def stable_from(self, before: float) -> float:
        """Return when the partition heals, if it keeps messages and does not come back."""
        return max(before, self.until) if self.holds and self.every is None else before


def _shown(groups: tuple[_Group, ...]) -> str:
    return str([list(group) for group in groups])
