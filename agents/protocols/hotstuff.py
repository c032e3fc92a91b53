"""HotStuff, chained: a ledger that liars cannot split, for a number of messages linear in the servers.

**Rule.** Servers pass through views; the leader of view v is server ``v // tenure`` mod n. It proposes a block of
requests to all, which names its parent, the last block with a certificate that the leader knows of, and carries that
certificate: one threshold signature of `quorum` servers. Servers send their vote for the block to the leader of the
next view, who joins a quorum of votes into a certificate, and with it proposes the next block. So each block is a phase
for all before it: a server that sees a certificate for a block is locked on that block's parent; and if the block, its
parent and its grandparent are of views that follow each other, the grandparent is committed, and with it all before. A
server votes once in a view, in ascending views, and only for blocks that extend the one that it is locked on, or whose
parent is of a later view than that. Who waits for a request and sees no progress for `patience` rounds, doubled each
time until something is committed, goes on to the first view of the next leader, and tells it so together with its last
certificate and what it waits for. A quorum of these lets that leader propose. Who lacks a block asks the server that
named it.
**Idle.** While no server waits for anything no block is proposed and no timer set. A block without requests is proposed
as long as something is not committed.
**Guarantee.** n >= 3f + 1 servers, f of them Byzantine, clients too; messages lost, late or doubled. Ledgers of honest
servers are prefixes of each other. Once messages arrive within a bound, what an honest client asks for is answered.
**Cost.** By messages to others: 2(n - 1) a block while there is more to do. A request that comes alone takes four
blocks: 7(n - 1) messages and 7 message delays until all have committed it, n - 1 votes more, which make the next leader
ready, and n each for request and replies; together 10n - 8. A leader that fails costs n messages at most, beside the
proposals and votes that came to nothing. A certificate has 49 bytes for any n.
**Names.** Chained or pipelined HotStuff, three-chain; the consensus of LibraBFT (DiemBFT).

A block is committed by four proposals of honest leaders in a row. Where leaders change with each view, as in the paper
(``tenure=1``), one server of four that lies or is down leaves no four in a row, and nothing is ever committed; hence
leaders stay for four views by default. Locks, certificates and commitment follow the paper's event-driven form (its
algorithm 4), in which a server may vote in a view that it had given up and locks what has two certificates one on the
other, whatever views lie between; heights are views here, so that a direct parent is one of the view before. Its
pacemaker (algorithm 5) leaves open when to go on and whither; here a leader that proposes after an older certificate
than that of the view before has to show that a quorum wanted its view, clients ask all servers, and so servers can rest
while nothing is asked. Certificates are threshold signatures, as in the paper: with one signature of each voter in
them, messages would be linear in number but not in length.

References
----------
.. [1] M. Yin, D. Malkhi, M. K. Reiter, G. Golan Gueta, I. Abraham, "HotStuff: BFT consensus with linearity and
       responsiveness", PODC 2019, 347-356, doi:10.1145/3293611.3331591; arXiv:1803.05069.

Examples
--------
>>> from accord.agents.machine import Seat
>>> machine = HotStuff().machine(Seat(node=1, n=4, f=1, servers=4))
>>> machine.start()
(State(view=1, ...), ())
"""

from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field

from ..client import Client, Reply, Request
from ..command import Command
from ..ledger.blocks import CERTAIN, Ask, Block, Blocks, NewView, Proposal, Vote, voted
from ..ledger.tree import State
from ..ledger.validator import Validator
from ..machine import Machine, Message, Seat, Value
from . import Faults, Problem, Protocol, Timing, at_least, exactly

__all__ = ["HotStuff"]


class HotStuff(Protocol):
    """A replicated ledger by chained certificates, with a leader for every few views."""

    problem: ClassVar[Problem] = Problem.LEDGER
    timing: ClassVar[Timing] = Timing.EVENTUAL
    faults: ClassVar[Faults] = Faults.BYZANTINE
    client_faults: ClassVar[Faults] = Faults.BYZANTINE
    persists: ClassVar[bool] = True

    quorum: int | None = Field(None, ge=1, description="votes that make a certificate; by default n - f")
    chain: int = Field(3, ge=2, le=3, description="blocks certified in a row that commit the first of them")
    locking: bool = Field(True, description="whether what two blocks in a row confirm is to be extended")
    tenure: int = Field(4, ge=1, description="views that a leader leads")
    batch: int = Field(100, ge=1, description="requests in a block at most")
    patience: float = Field(
        10.0, gt=0, description="rounds without progress, at least, before the next leader's turn"
    )

    def proven(self, n: int, f: int) -> Mapping[str, range]:
        """Return the thresholds of the proof."""
        return {"quorum": at_least((n + f) // 2 + 1), "chain": exactly(3), "locking": exactly(True)}

    def least(self, f: int) -> int:
        """Return 3f + 1, or more if quorums are so large that nobody may be missing."""
        return max(3 * f + 1, (self.quorum or 0) + f)

    def reign(self, state: State) -> int:
        """Return whose turn it is, counted from 1: a leader's turn is several views."""
        return state.view // self.tenure + 1

    def machine(self, seat: Seat) -> Machine:
        """Return the machine of an honest server, or client."""
        servers = seat.n if seat.servers is None else seat.servers
        if seat.node >= servers:
            return Client(seat, patience=2 * self.patience, matching=seat.f + 1, signed=True, broadcast=True)
        return Validator(
            seat,
            servers,
            self.quorum or servers - seat.f,
            self.chain,
            self.locking,
            self.tenure,
            self.batch,
            self.patience,
        )

    def alphabet(self, seat: Seat, values: tuple[Value, ...]) -> tuple[Message, ...]:
        """Return every kind of message, of the first views, signed by whom the keys sign for."""
        signers = sorted(seat.keys.owners)
        servers = seat.n if seat.servers is None else seat.servers
        blocks = [Block(view, CERTAIN) for view in (1, self.tenure)]
        requests = tuple(
            Request(command, seat.keys.sign(command.client, command))
            for command in (Command(client, 0, 0, value) for client in signers for value in values)
            if command.client >= servers
        )
        blocks += [Block(1, CERTAIN, (each,)) for each in requests]
        return (
            *requests,
            *(Proposal(block) for block in blocks),
            *(Vote(each.view, each.digest, voted(seat, node, each)) for node in signers for each in blocks),
            *(
                NewView(view, CERTAIN, 1, requests, seat.keys.sign(node, ("new-view", view)))
                for node in signers
                for view in (self.tenure, 2 * self.tenure)
            ),
            Ask(1, CERTAIN),
            Blocks(tuple(blocks[:1]), CERTAIN),
            *(Reply(0, value) for value in values),
        )
