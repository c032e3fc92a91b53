"""PBFT: a ledger that servers agree on though some of them lie.

**Rule.** Views follow each other; the primary of view v is server v mod n. Clients sign what they ask for and send
it to whom they take for the primary; a server that is not passes it on, and begins to wait. The primary gives the
next number to a batch of what it was asked and tells all (pre-prepare). Who takes the first batch to which a view's
primary gave a number says so to all, signed (prepare); who has heard so from a quorum says so to all (commit); who
has that from a quorum executes the batch as soon as those before are done, and answers the clients, who believe what
f + 1 servers say alike.

Every `checkpoint` numbers servers sign the digest of all that they have executed. With a quorum's signatures it is
stable, and what was said about the numbers before is thrown away; numbers further than twice that from the last
stable one are not listened to.

Who waits too long asks all others for what it may have missed. Who waits still longer leaves the view: it tells all,
signed, the last stable checkpoint and every batch that a quorum has prepared since, with the signatures. Who hears
f + 1 of them follows. The next primary begins its view with a quorum of them, from which all can see what has to be
prepared again: for each number the batch prepared in the latest view, or nothing at all. A view that does not begin
is left in its turn, after twice the time.
**Guarantee.** n > 3f Byzantine servers and any clients. Whatever the network does, honest servers enter the same
commands in the same order. Once messages arrive within a bound well below `patience`, all that honest clients ask for
is executed.
**Cost.** 5 message delays from a client and back; 1 + (n - 1) + (n - 1)^2 + n(n - 1) + n = 2n^2 - n + 1 messages for
a batch of one command, its request and n replies included; what a server tells itself is no message. A checkpoint
takes n(n - 1).
**Names.** Practical Byzantine fault tolerance, BFT state machine replication; viewstamped replication for liars.

It is the algorithm of [1]_, sections 4.1 to 4.5, with quorums for any n > 3f. It departs from it in what follows. The
primary's signature under a pre-prepare is its prepare, so that a batch is prepared by a quorum of signatures of one
kind. Commits are not signed: channels vouch for senders, and nobody passes them on. Certificates carry their batches,
so that a new view lacks none. A server waits for what clients asked it for, not for what it knows from a pre-prepare
alone, as clients ask all in the end; and half-way through its patience it asks the others for what it may have missed,
as messages may be lost. What it is sent is the proof of a stable checkpoint and the batches up to it: no other ledger
has its digest. So a server that was cut off catches up, whomever it asks. Replies do not name the view; clients that
are not answered in time ask all. Nothing is persisted: who comes back with nothing counts as one of the f.

Smaller quorums than ``(n + f) // 2 + 1``, or views that do not ``keep`` what was prepared, break it; give them to see
how.

References
----------
.. [1] M. Castro, B. Liskov, "Practical Byzantine fault tolerance", OSDI 1999, 173-186.
.. [2] M. Castro, B. Liskov, "Practical Byzantine fault tolerance and proactive recovery", ACM Transactions on Computer
       Systems 20 (2002) 398-461, doi:10.1145/571637.571640.

Examples
--------
>>> from accord.agents.keys import Keys
>>> from accord.agents.machine import Seat
>>> primary = PBFT().machine(Seat(0, n=5, f=1, servers=4, keys=Keys((0,))))
>>> client = PBFT().machine(Seat(4, n=5, f=1, servers=4, keys=Keys((4,)), commands=(Command(4, 0, 0, 7),)))
>>> request = client.start()[1][1].message
>>> primary.receive(primary.start()[0], 4, request)[1][0].to
(1, 2, 3)
"""

from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field

from ..client import Client, Reply, Request
from ..command import Command
from ..ledger.certificates import (
    Checkpoint,
    Commit,
    Fetch,
    NewView,
    Notary,
    Prepare,
    PrePrepare,
    Stable,
    Transfer,
    ViewChange,
    digest,
)
from ..ledger.replica import Replica
from ..machine import Machine, Message, Seat, State, Value
from . import Faults, Problem, Protocol, Timing, at_least, exactly

__all__ = ["PBFT"]


class PBFT(Protocol):
    """A replicated ledger with a primary that nobody has to trust."""

    problem: ClassVar[Problem] = Problem.LEDGER
    timing: ClassVar[Timing] = Timing.EVENTUAL
    client_faults: ClassVar[Faults] = Faults.BYZANTINE

    patience: int = Field(
        10,
        ge=2,
        description="rounds that a server waits before it leaves a view, at first; then twice as many",
    )
    batch: int = Field(64, ge=1, description="commands that get one number at most")
    pipeline: int = Field(
        8, ge=1, description="numbers in progress at most, before requests wait for a batch"
    )
    checkpoint: int = Field(32, ge=1, description="numbers from one checkpoint to the next")
    prepare: int | None = Field(
        None, ge=1, description="servers that prepare a batch; by default (n + f) // 2 + 1"
    )
    commit: int | None = Field(
        None, ge=1, description="servers that commit a batch; by default (n + f) // 2 + 1"
    )
    change: int | None = Field(
        None, ge=1, description="servers that begin a view; by default (n + f) // 2 + 1"
    )
    keep: bool = Field(True, description="whether a view begins with what was prepared before")

    def proven(self, n: int, f: int) -> Mapping[str, range]:
        """Return the thresholds of the proof."""
        quorum = at_least((n + f) // 2 + 1)
        return {"prepare": quorum, "commit": quorum, "change": quorum, "keep": exactly(True)}

    def least(self, f: int) -> int:
        """Return 3f + 1."""
        return max(3 * f + 1, *((quorum or 0) + f for quorum in (self.prepare, self.commit, self.change)))

    def reign(self, state: State) -> int:
        """Return the number of its view, counted from 1."""
        return int(state.view) + 1

    def machine(self, seat: Seat) -> Machine:
        """Return the machine of an honest server, or client."""
        servers = seat.n if seat.servers is None else seat.servers
        if seat.node >= servers:
            return Client(seat, patience=2.0 * self.patience, matching=seat.f + 1, signed=True)
        return Replica(
            seat, servers, self.patience, self.pipeline, self.checkpoint, self._notary(seat, servers)
        )

    def _notary(self, seat: Seat, servers: int) -> Notary:
        quorum = (servers + seat.f) // 2 + 1
        return Notary(
            seat,
            servers,
            self.prepare or quorum,
            self.commit or quorum,
            self.change or quorum,
            2 * self.checkpoint,
            self.batch,
            self.keep,
        )

    def alphabet(self, seat: Seat, values: tuple[Value, ...]) -> tuple[Message, ...]:
        """Return every kind of message about the first numbers and views, signed where the keys allow it."""
        servers = seat.n if seat.servers is None else seat.servers
        if not seat.keys.owners:
            return tuple(Reply(0, value) for value in values)
        client = seat.node if seat.node >= servers else seat.n - 1
        me = seat.keys.owners[0]
        sign = seat.keys.sign
        vouching = client if client in seat.keys.owners else me
        made: list[Message] = []
        for value in values:
            command = Command(client, 0, 0, value)
            vouched = sign(vouching, command)
            made += [Request(command, vouched), Reply(0, value), Transfer(Stable(), 0, ((command,),))]
            for view, number in ((0, 1), (0, 2), (1, 1)):
                name = digest((command,))
                prepare = sign(me, ("prepare", view, number, name))
                primary = view % servers
                if primary in seat.keys.owners:
                    signature = sign(primary, ("prepare", view, number, name))
                    made.append(PrePrepare(view, number, (command,), signature, (vouched,)))
                made += [Prepare(view, number, name, prepare), Commit(view, number, name)]
        for view in (1, 2):
            changed = ViewChange(view, Stable(), (), sign(me, ("view-change", view, Stable(), ())))
            made += [changed, NewView(view, (changed,), (), sign(me, ("new-view", view, (changed,), ())))]
        number = self.checkpoint
        made.append(Checkpoint(number, digest(()), sign(me, ("checkpoint", number, digest(())))))
        return (*made, Fetch(0, True, 0))
