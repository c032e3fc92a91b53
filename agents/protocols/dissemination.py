"""Dissemination quorums: registers kept by servers that may lie, of values that clients sign.

**Rule.** As with majorities, but that clients sign what they write, stamp included, and that nobody heeds a version
without a genuine signature. Any two quorums share f + 1 servers, so an honest one: whoever hears a quorum hears what
was written last. A liar can withhold it, or bring an older one that was signed as well, and that is outdone.
**Guarantee.** n > 3f servers that do anything, and any number of clients that crash, however slow the network is:
atomic registers, regular ones without `repair`, and every command is answered. Clients that lie are not borne: one
could sign two values with one stamp.
**Cost.** A read and a write take 4 message delays and 4n messages each; a read without repair 2 and 2n. A signature a
write, and the checking of n at every phase.
**Names.** Byzantine quorum system for self-verifying data.

References
----------
.. [1] D. Malkhi, M. Reiter, "Byzantine quorum systems", Distributed Computing 11 (1998) 203-213,
       doi:10.1007/s004460050050 (quorum systems for self-verifying data).

Examples
--------
>>> Dissemination().least(1), Dissemination().system(4, 1)
(4, Threshold(n=4, size=3))
"""

from typing import ClassVar

from ..quorums import Purpose
from ..register_protocol import QuorumProtocol
from . import Faults

__all__ = ["Dissemination"]


class Dissemination(QuorumProtocol):
    """Registers of signed values."""

    faults: ClassVar[Faults] = Faults.BYZANTINE
    purpose: ClassVar[Purpose] = Purpose.DISSEMINATION
    signed: ClassVar[bool] = True
