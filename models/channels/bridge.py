"""Servers fall into two halves, and a single one hears both.

**Fault.** Of n servers the first n // 2 cannot talk to the last ones, but for server n // 2, which all can talk to.
Clients reach every server. Everything else is as in a `partition`.
**Promise.** That of a partition.
**Effect.** For an odd n either half has a majority together with the bridge, so each may elect a leader; there is no
vote that the bridge can give to both. Whoever follows whom it hears goes back and forth.
**Names.** Bridge nemesis of Jepsen; a partial partition with one node in both parts.

References
----------
.. [1] K. Kingsbury, "Jepsen: a framework for distributed systems verification", ``jepsen.nemesis/bridge``,
       https://github.com/jepsen-io/jepsen.
.. [2] M. Alfatafta, B. Alkhatib, A. Alquraan, S. Al-Kiswany, "Toward a generic fault tolerance technique for partial
       network partitioning", OSDI 2020, 351-368.

Examples
--------
>>> Bridge().among(servers=5, parties=6).groups
((0, 1, 2, 5), (2, 3, 4, 5))
"""

from ...agents.errors import InputError
from ..borders import Border
from .partition import Partition

__all__ = ["Bridge"]


class Bridge(Border):
    """Two halves with one server in both."""

    def among(self, servers: int, parties: int) -> Partition:
        """Return the partition that it is between so many servers, and clients after them.

        Raises
        ------
        InputError
            If there are fewer than three servers.
        """
        if servers < 3:
            raise InputError(
                f"channel={self}: a bridge has a server on either side, and there are {servers}; use n >= 3"
            )
        middle, clients = servers // 2, range(servers, parties)
        halves = range(middle + 1), range(middle, servers)
        return Partition(groups=[[*half, *clients] for half in halves], **self.timing)
