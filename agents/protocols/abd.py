"""ABD: registers kept by majorities.

**Rule.** Servers keep of each key the value of the greatest stamp, persist it and say so. To write, a client asks all,
hears a majority, takes a stamp greater than any it heard (equal numbers are told apart by the client's id) and has a
majority keep its value. To read, it hears a majority, takes the value of the greatest stamp and, before it returns it,
has a majority keep that one: then no later read, which hears one of these, can return an older value.
**Guarantee.** n > 2f servers that crash, or come back with what they persisted, and any number of clients that crash,
however slow the network is: atomic registers, for several writers [2]_, and every command is answered. Messages may be
lost, as it asks again; then nothing is owed. Without `repair` registers are regular only: of two reads during a write
the second may return the older value. Any two `quorums` that share a server will do in place of majorities.
**Cost.** A read and a write take 4 message delays and 4n messages each; a read without repair 2 and 2n. Messages are
counted to all servers and back from all, those that come too late included.
**Names.** Attiya-Bar-Noy-Dolev, majority or quorum register, multi-writer multi-reader register; read repair is
called write-back, helping.

References
----------
.. [1] H. Attiya, A. Bar-Noy, D. Dolev, "Sharing memory robustly in message-passing systems", Journal of the ACM 42
       (1995) 124-142, doi:10.1145/200836.200869.
.. [2] N. A. Lynch, A. A. Shvartsman, "Robust emulation of shared memory using dynamic quorum-acknowledged broadcasts",
       27th International Symposium on Fault-Tolerant Computing (1997) 272-281, doi:10.1109/FTCS.1997.614100.

Examples
--------
>>> ABD().least(2), ABD().system(5, 2), ABD(quorums=[[0, 1], [1, 2]]).unproven(3, 1)
(5, Threshold(n=5, size=3), 'not proven with such quorums: f=1: every quorum has one of the parties {1}, and none is \
left if they are faulty')
"""

from typing import ClassVar

from ..quorums import Purpose
from ..register_protocol import QuorumProtocol
from . import Faults

__all__ = ["ABD"]


class ABD(QuorumProtocol):
    """Registers kept by majorities."""

    faults: ClassVar[Faults] = Faults.RECOVERY
    purpose: ClassVar[Purpose] = Purpose.CRASH
