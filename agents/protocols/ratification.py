"""Ratification: what a quorum has signed binds all, by a certificate that anybody can pass on.

**Rule.** The proposer (party 0) sends its value to all. Whoever first hears one from the proposer signs it, once, and
sends the signature back: its vote. A `quorum` of votes for one value is a certificate, which the proposer sends to all.
Whoever first sees a certificate passes it on to all others, and ratifies.
**Guarantee.** Asynchronous, n > 3f Byzantine parties. No two honest parties ratify different values; if one ratifies,
all do; if the proposer is honest, all ratify what it proposed. If it is not, perhaps nobody ever ratifies. A party may
refuse its vote: then an honest proposal is ratified if a quorum of honest parties votes for it. Two certificates
convict all who signed both, 2 * quorum - n at least.
**Cost.** 3 message delays; (n - 1)(n + 2) messages, those to oneself not counted, with up to n signatures each.
**Names.** Signed echo broadcast, verifiable consistent broadcast, echo multicast; a certificate is a quorum or commit
certificate. With a treaty the proposer is its depositary.

The default is ceil((n + f + 1) / 2), of which any two share an honest party, who votes once. A greater `quorum` is as
safe, but from n - f + 1 on f silent traitors can withhold the votes that are missing. With a smaller one an
equivocating proposer and f - 1 others who vote twice gather two certificates: ``ratification(quorum=majority)`` among
ten, three of whom collude.

References
----------
.. [1] M. K. Reiter, "Secure agreement protocols: reliable and atomic group multicast in Rampart", CCS 1994, 68-80,
       doi:10.1145/191177.191194.
.. [2] C. Cachin, K. Kursawe, F. Petzold, V. Shoup, "Secure and efficient asynchronous broadcast protocols", CRYPTO
       2001, LNCS 2139, 524-541, doi:10.1007/3-540-44647-8_31.

Examples
--------
>>> from accord.agents.keys import Keys
>>> from accord.agents.machine import Seat
>>> machine = Ratification().machine(Seat(2, n=4, f=1, keys=Keys((2,))))
>>> state, effects = machine.receive(machine.start()[0], 0, _Proposal(7))
>>> print(effects[0].to, effects[0].message, Ratification().needed(4, 1))
(0,) vote(7, s2) 3
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from pydantic import Field

from ..errors import InputError
from ..keys import Keys, Signature
from ..machine import Accuse, Decide, Machine, Message, Seat, Send, Step, Value, is_value
from ..quota import Quota, votes_of
from . import Problem, Protocol, Timing, at_least

__all__ = ["Ratification"]


@dataclass(frozen=True, slots=True)
class _Proposal(Message):
    value: Value


@dataclass(frozen=True, slots=True)
class _Vote(Message):
    is_vote: ClassVar[bool] = True
    value: Value
    signature: Signature


@dataclass(frozen=True, slots=True)
class _Certificate(Message):
    value: Value
    signatures: tuple[Signature, ...]  # by signer, ascending

    @property
    def signers(self) -> tuple[int, ...]:
        return tuple([signature.signer for signature in self.signatures])

    def is_genuine(self, keys: Keys, n: int, quorum: int) -> bool:
        """Return whether so many of parties 0..n-1 have signed its value."""
        if not isinstance(self.signatures, tuple) or len(self.signatures) != quorum:
            return False
        if not all(_is_vote(each, self.value, keys, n) for each in self.signatures):
            return False
        return all(one < other for one, other in zip(self.signers, self.signers[1:], strict=False))

    def __str__(self) -> str:
        return f"certificate({self.value}, {':'.join(map(str, self.signers))})"


class Ratification(Protocol):
    """Broadcast of what a quorum has signed."""

    problem: ClassVar[Problem] = Problem.BROADCAST
    timing: ClassVar[Timing] = Timing.ASYNCHRONOUS

    quorum: Quota | None = Field(
        None,
        description="votes that ratify: a number, or a word for more than half of the parties, at least two thirds, or "
        "all; by default ceil((n + f + 1) / 2)",
    )

    def proven(self, n: int, f: int) -> Mapping[str, range]:
        """Return the thresholds of the proof."""
        return {"quorum": at_least((n + f) // 2 + 1)}

    def unproven(self, n: int, f: int) -> str:
        """Return whether the quorum is none that the guarantee was proven for; empty if it is."""
        counted = self if self.quorum is None else self.but(quorum=self.needed(n, f))
        return Protocol.unproven(counted, n, f)

    def check(self, n: int, f: int) -> None:
        """Raise InputError if more votes are needed than there are parties."""
        if self.needed(n, f) > n:
            raise InputError(f"{n} parties have no {self.quorum} votes; use quorum <= {n}")

    def least(self, f: int) -> int:
        """Return 3f + 1."""
        return 3 * f + 1

    def needed(self, n: int, f: int) -> int:
        """Return the votes that ratify."""
        return (n + f) // 2 + 1 if self.quorum is None else votes_of(self.quorum, n)

    def machine(self, seat: Seat) -> Machine:
        """Return the machine of an honest party."""
        return _Machine(seat, self.needed(seat.n, seat.f))

    def alphabet(self, seat: Seat, values: tuple[Value, ...]) -> tuple[Message, ...]:
        """Return proposals, the coalition's votes, and the certificates that it can make of these alone."""
        keys, quorum = seat.keys, self.needed(seat.n, seat.f)
        votes = {value: [_signed(owner, value, keys) for owner in sorted(keys.owners)] for value in values}
        return (
            *(_Proposal(value) for value in values),
            *(_Vote(value, vote) for value in values for vote in votes[value]),
            *(_Certificate(value, tuple(votes[value][:quorum])) for value in values),
        )


def _signed(signer: int, value: Value, keys: Keys) -> Signature:
    return keys.sign(signer, ("vote", value))


def _is_vote(signature: Any, value: Any, keys: Keys, n: int) -> bool:
    """Return whether a signature is a vote for a value by one of parties 0..n-1."""
    if not isinstance(signature, Signature) or type(signature.signer) is not int:
        return False
    return 0 <= signature.signer < n and is_value(value) and keys.verify(signature, ("vote", value))


class _State(NamedTuple):
    voted: bool = False
    votes: tuple[Signature, ...] = ()  # for the proposer's own value, by signer
    ratified: _Certificate | None = None
    accused: bool = False


@dataclass(frozen=True)
class _Machine(Machine):
    seat: Seat
    quorum: int

    def start(self) -> Step:
        seat = self.seat
        return _State(), (Send(seat.everyone, _Proposal(seat.value)),) if seat.node == 0 else ()

    def receive(self, state: _State, sender: int, message: Message) -> Step:
        seat = self.seat
        if isinstance(message, _Proposal):
            if sender != 0 or state.voted or not is_value(message.value):
                return state, ()
            vote = _Vote(message.value, _signed(seat.node, message.value, seat.keys))
            return state._replace(voted=True), (Send((0,), vote),)
        if isinstance(message, _Vote):
            return self._counted(state, message) if seat.node == 0 and state.ratified is None else (state, ())
        mine = state.ratified
        if not isinstance(message, _Certificate) or (mine is not None and message.value == mine.value):
            return state, ()
        if not message.is_genuine(seat.keys, seat.n, self.quorum):
            return state, ()
        return self._ratified(state, message) if mine is None else self._compared(state, mine, message)

    def _counted(self, state: _State, vote: _Vote) -> Step:
        """Count a vote for one's own proposal, nobody's twice; a quorum of them ratifies.

        What was signed counts, whatever the message says beside it: 1.0 is as good as 1, and signed it is not.
        """
        seat = self.seat
        if not _is_vote(vote.signature, seat.value, seat.keys, seat.n):
            return state, ()
        votes = {each.signer: each for each in (vote.signature, *state.votes)}
        state = state._replace(votes=tuple(votes[signer] for signer in sorted(votes)))
        if len(votes) < self.quorum:
            return state, ()
        return self._ratified(state, _Certificate(seat.value, state.votes))

    def _ratified(self, state: _State, certificate: _Certificate) -> Step:
        passed_on = Send(self.seat.others, certificate)
        return state._replace(ratified=certificate), (passed_on, Decide(certificate.value))

    def _compared(self, state: _State, mine: _Certificate, other: _Certificate) -> Step:
        """Accuse, once, who voted for two values."""
        if state.accused:
            return state, ()
        both = sorted(set(mine.signers) & set(other.signers))
        reason = f"it voted for {mine.value} and {other.value}"
        return state._replace(accused=True), tuple(Accuse(node, reason) for node in both)
