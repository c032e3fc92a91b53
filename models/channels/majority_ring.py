"""Servers stand in a ring, and each hears a majority: no two the same one.

**Fault.** Server k can talk to its nearest neighbours in the ring 0, 1, ..., n - 1, as few on either side as make a
majority together with itself. Clients reach every server. Everything else is as in a `partition`.
**Promise.** That of a partition.
**Effect.** Everybody has a majority and may lead, yet no two agree on who is there, and a leader's next neighbours but
a few hear nothing of it and stand for election again and again.
**Names.** Majorities ring, the nemesis of Jepsen; a non-transitive partition.

References
----------
.. [1] K. Kingsbury, "Jepsen: a framework for distributed systems verification", ``jepsen.nemesis/majorities-ring``,
       https://github.com/jepsen-io/jepsen.

Examples
--------
>>> MajorityRing().among(servers=5, parties=6).groups
((0, 1, 5), (1, 2, 5), (2, 3, 5), (3, 4, 5), (4, 0, 5))
"""

from ...agents.errors import InputError
from ..borders import Border
from .partition import Partition

__all__ = ["MajorityRing"]


class MajorityRing(Border):
    """A majority of its own for each server."""

    def among(self, servers: int, parties: int) -> Partition:
        """Return the partition that it is between so many servers, and clients after them.

        Raises
        ------
        InputError
            If there are so few servers that each would hear all.
        """
        if servers < 4:
            raise InputError(
                f"channel={self}: of {servers} servers each hears all if it hears a majority on both sides; use n >= 4"
            )
        side = (servers // 2 + 1) // 2  # so many on either side, and oneself, are more than half
        clients = range(servers, parties)
        arcs = [[(first + step) % servers for step in range(side + 1)] for first in range(servers)]
        return Partition(groups=[[*arc, *clients] for arc in arcs], **self.timing)
