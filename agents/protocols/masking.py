"""Masking quorums: registers kept by servers that may lie about anything, without signatures.

**Rule.** Any two quorums share 2f + 1 servers, of which f + 1 are honest at least. To read, a client hears a quorum and
returns the value of the greatest stamp among the versions that f + 1 servers tell alike; if there is none, nothing. To
write, it hears a quorum, takes a stamp greater than the one that f + 1 of them reach or surpass, and has a quorum keep
its value: so no liar can drive stamps up, and the stamp is greater than that of what was written last.
**Guarantee.** n > 4f servers that do anything, and any number of clients that crash, however slow the network is: safe
registers, and every command is answered. What was written last is told by f + 1 honest servers of any quorum, unless
something is being written; then some of them may be ahead, each with another version, none of which enough can tell,
while liars side with a server that is behind. So a read during a write may return something old, or nothing. What a
client left half written when it crashed is being written for ever. `repair` brings servers up to date that
missed a write, and promises no more.
**Cost.** A write takes 4 message delays and 4n messages, a read 2 and 2n; with repair as much as a write.
**Names.** Byzantine quorum system for generic data, b-masking.

References
----------
.. [1] D. Malkhi, M. Reiter, "Byzantine quorum systems", Distributed Computing 11 (1998) 203-213,
       doi:10.1007/s004460050050.
.. [2] L. Lamport, "On interprocess communication. Part II: algorithms", Distributed Computing 1 (1986) 86-101,
       doi:10.1007/BF01786228 (safe registers).

Examples
--------
>>> Masking().least(1), Masking().system(5, 1), Masking().believed(1)
(5, Threshold(n=5, size=4), 2)
"""

from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field

from ..quorums import Purpose
from ..register_protocol import Consistency, QuorumProtocol
from . import Faults, exactly

__all__ = ["Masking"]


class Masking(QuorumProtocol):
    """Registers that outvote liars."""

    faults: ClassVar[Faults] = Faults.BYZANTINE
    purpose: ClassVar[Purpose] = Purpose.MASKING

    repair: bool = Field(False, description="whether a read has a quorum keep what it returns")
    vouchers: int | None = Field(
        None, ge=1, description="servers that have to tell the same; by default f + 1"
    )

    @property
    def promise(self) -> Consistency:
        """A safe register."""
        return Consistency.SAFE

    def proven(self, n: int, f: int) -> Mapping[str, range]:
        """Return the thresholds of the proof."""
        return {**super().proven(n, f), "vouchers": exactly(f + 1)}

    def believed(self, f: int) -> int:
        """Return f + 1."""
        return self.vouchers or f + 1
