"""Read one, write all: registers that every server keeps, so that any one of them can be asked.

**Rule.** To read, a client asks one server, and the next one if none answers within two rounds, which is how long a
question and its answer take. To write, it asks one for the stamp that it is to surpass, and tells all to keep its
value; it waits for all, or two rounds: who has not answered by then has crashed.
**Guarantee.** n > f servers that crash, and any number of clients that crash, in rounds: regular registers, and every
command is answered. While a value is being written some servers have it and others do not, so of two reads the
second may return the older value; with `repair`, as whoever reads a value writes it to all before it returns it,
registers are atomic. Where messages may be late or lost, a server that has only been slow is left behind, and read.
**Cost.** A read takes 2 message delays and 2 messages, a write 4 and 2n + 2. Each crashed server that is asked costs a
read two rounds.
**Names.** ROWA, read-one write-all-available, available copies.

References
----------
.. [1] P. A. Bernstein, V. Hadzilacos, N. Goodman, "Concurrency control and recovery in database systems",
       Addison-Wesley 1987, chapter 8 (available copies).

Examples
--------
>>> ReadOne().least(2), ReadOne().promise
(3, <Consistency.REGULAR: 1>)
"""

from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field

from ..errors import InputError
from ..machine import Machine, Seat, Step
from ..quorums import Threshold
from ..register_client import Progress, RegisterClient
from ..register_protocol import Consistency, RegisterProtocol
from . import Faults, Timing, at_least

__all__ = ["ReadOne"]

_ROUND_TRIP = 2.0


class ReadOne(RegisterProtocol):
    """Registers that every server keeps."""

    timing: ClassVar[Timing] = Timing.SYNCHRONOUS
    faults: ClassVar[Faults] = Faults.CRASH

    quorum: int | None = Field(
        None, ge=1, description="servers that a write waits for at most; by default all that are up"
    )
    repair: bool = Field(False, description="whether a read has all servers keep what it returns")

    @property
    def promise(self) -> Consistency:
        """A regular register; with repair an atomic one."""
        return Consistency.ATOMIC if self.repair else Consistency.REGULAR

    def least(self, f: int) -> int:
        """Return f + 1."""
        return f + 1

    def proven(self, n: int, f: int) -> Mapping[str, range]:
        """Return the thresholds of the proof."""
        return {"quorum": at_least(n)}

    def client(self, seat: Seat, servers: int) -> Machine:
        """Return the machine of an honest client."""
        if self.quorum is not None and self.quorum > servers:
            raise InputError(
                f"quorum={self.quorum}, n={servers}: there are not so many servers; use quorum <= {servers}"
            )
        one, all_ = Threshold(servers, 1), Threshold(servers, self.quorum or servers)
        return _Client(seat, one, all_, _ROUND_TRIP, self.repair)


class _Client(RegisterClient):
    def audience(self, state: Progress) -> tuple[int, ...]:
        if state.writing is not None:
            return super().audience(state)
        servers = self.seat.servers or 1
        return ((self.seat.node + state.attempt) % servers,)

    def again(self, state: Progress) -> Step:
        if state.writing is not None and state.heard:  # all that are up have answered
            return self.ended(state)
        return super().again(state)
