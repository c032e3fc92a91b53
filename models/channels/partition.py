"""Groups of parties are cut off from each other for a while.

**Fault.** What is sent from time `at` until `until` and would cross the border of a group is lost, or is held and
arrives when the partition heals at the earliest. Two parties can talk if they share a group; a party may be in several,
and those that are in none form one more. The border lets through nothing, or nothing that goes out of a group (it
still hears), or nothing that goes in (it is still heard). With `every` the partition comes back periodically; several
in a row make a schedule:
``partition(groups=[[0]], at=5, until=9) + partition(groups=[[1, 2]], at=20, until=30)``.
**Promise.** From the time on that it heals, that of the channels before. While it comes back, messages that are held
are late by at most its length. What is lost is lost, unless a stabilisation later in the row delivers it all the same.
**Names.** Network split, netsplit, split brain; one-way partition, asymmetric partition, gray failure; overlapping
groups make partial and non-transitive partitions.

References
----------
.. [1] S. B. Davidson, H. Garcia-Molina, D. Skeen, "Consistency in a partitioned network: a survey", ACM Computing
       Surveys 17 (1985) 341-370, doi:10.1145/5505.5508.
.. [2] M. Alfatafta, B. Alkhatib, A. Alquraan, S. Al-Kiswany, "Toward a generic fault tolerance technique for partial
       network partitioning", OSDI 2020, 351-368.
"""

from functools import cached_property
from itertools import combinations
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ...agents.errors import InputError
from ..borders import Border

__all__ = ["Partition"]

_Group = tuple[Annotated[int, Field(ge=0)], ...]
_REST = frozenset({-1})  # the group of those in none


class Partition(Border):
    """Borders between groups, from one time until another."""

    groups: tuple[_Group, ...] = Field(((0,),), description="groups of node ids, in which parties can talk")
    blocks: Literal["both", "out", "in"] = Field(
        "both", description="which messages do not cross a group's border"
    )

    @model_validator(mode="after")
    def _parts(self) -> "Partition":
        if not self.groups or not all(self.groups):
            raise InputError(f"groups={_shown(self.groups)} cut off nobody; name at least one party in each")
        return self

    def check(self, n: int) -> None:
        """Raise InputError if it names parties that do not exist, or leaves all of them together."""
        for node in self._groups:
            if node >= n:
                raise InputError(
                    f"partition: groups={_shown(self.groups)} name party {node}, and there are {n} parties; "
                    f"use ids from 0 to {n - 1}"
                )
        places = {*self._groups.values(), *([_REST] if len(self._groups) < n else [])}
        if not any(one.isdisjoint(other) for one, other in combinations(places, 2)):
            raise InputError(
                f"partition: groups={_shown(self.groups)} hold all {n} parties together and cut off nobody; "
                "leave somebody out"
            )

    @cached_property
    def _groups(self) -> dict[int, frozenset[int]]:
        """By node that is in any: in which groups."""
        named = dict.fromkeys(node for group in self.groups for node in group)
        return {
            node: frozenset(place for place, group in enumerate(self.groups) if node in group)
            for node in named
        }

    def crosses(self, sender: int, recipient: int) -> bool:
        """Return whether a border stands in a message's way."""
        ours, theirs = self._groups.get(sender, _REST), self._groups.get(recipient, _REST)
        if not ours.isdisjoint(theirs):
            return False
        return self.blocks == "both" or (ours if self.blocks == "out" else theirs) is not _REST


def _shown(groups: tuple[_Group, ...]) -> str:
    return str([list(group) for group in groups])
