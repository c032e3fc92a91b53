"""RegisterProtocol: what protocols have in common by which clients write and read registers, and what they promise.

Those that rest on quorums differ in what two quorums have to share: one server, where servers fail but do not lie; one
honest one, where versions are signed; a majority of honest ones, where servers lie about anything. Quorums of one size
that share so many are of size (n + shared) / 2, rounded up; and as f servers may not answer, n - f have to be enough,
so that n >= 2f + shared. Any other quorum system may be given, set by set.
"""

from abc import abstractmethod
from collections.abc import Mapping
from enum import IntEnum
from functools import cache
from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from .errors import InputError
from .keys import Keys
from .machine import Machine, Message, Seat, Value
from .protocols import Problem, Protocol, Timing, at_least
from .quorums import Listed, Purpose, Quorums, Threshold
from .register import Answer, Keeper, Query, Stamp, Version, Write, Written
from .register_client import RegisterClient

__all__ = ["Consistency", "QuorumProtocol", "RegisterProtocol"]


class Consistency(IntEnum):
    """What reads return; each kind includes those before."""

    SAFE = 0  # what was written last, if nothing is being written; else anything
    REGULAR = 1  # what was written last, or what is being written
    ATOMIC = 2  # as if operations came one by one


class RegisterProtocol(Protocol):
    """One way to keep registers.

    Attributes
    ----------
    promise : Consistency
        What reads return.
    signed : bool
        True if clients sign what they write.
    """

    problem: ClassVar[Problem] = Problem.REGISTER
    signed: ClassVar[bool] = False

    @property
    @abstractmethod
    def promise(self) -> Consistency:
        """What reads return."""

    @abstractmethod
    def client(self, seat: Seat, servers: int) -> Machine:
        """Return the machine of an honest client.

        Raises
        ------
        InputError
            If there can be no such client among so many servers.
        """

    def machine(self, seat: Seat) -> Machine:
        """Return the machine of an honest server, or client."""
        servers = seat.n if seat.servers is None else seat.servers
        client = self.client(seat, servers)
        return client if seat.node >= servers else Keeper(seat, servers, self.signed)

    def alphabet(self, seat: Seat, values: tuple[Value, ...]) -> tuple[Message, ...]:
        """Return every kind of message about the first key and commands, with stamps low and high."""
        servers = seat.n if seat.servers is None else seat.servers
        client = seat.node if seat.node >= servers else seat.n - 1
        made: list[Message] = [Query(0, 0), Written(0), Written(1)]
        for value in values:
            for number in (1, 1 << 32):
                version = Version(0, Stamp(number, client), value)
                if self.signed:
                    version = _as_signed(version, seat.keys)
                made += [Write(0, *version), *(Answer(turn, *version[1:]) for turn in (0, 1))]
        return tuple(made)


class QuorumProtocol(RegisterProtocol):
    """One way to keep registers by quorums.

    Attributes
    ----------
    purpose : Purpose
        What quorums are to withstand.
    """

    timing: ClassVar[Timing] = Timing.ASYNCHRONOUS
    purpose: ClassVar[Purpose]

    quorum: int | None = Field(
        None, ge=1, description="servers in a quorum; by default as few as share what they have to"
    )
    quorums: tuple[tuple[Annotated[int, Field(ge=0)], ...], ...] | None = Field(
        None, description="the quorums, each a list of servers; by default all sets of a size"
    )
    repair: bool = Field(True, description="whether a read has a quorum keep what it returns")
    patience: float = Field(10.0, gt=0, description="rounds after which a client asks again")

    @model_validator(mode="after")
    def _are_quorums(self) -> "QuorumProtocol":
        if self.quorums is None:
            return self
        if self.quorum is not None:
            raise InputError(
                f"quorum={self.quorum}: quorums are given one by one already; use quorum or quorums"
            )
        self._listed(1 + max((server for each in self.quorums for server in each), default=0))
        return self

    @property
    def promise(self) -> Consistency:
        """An atomic register; without repair a regular one."""
        return Consistency.ATOMIC if self.repair else Consistency.REGULAR

    def least(self, f: int) -> int:
        """Return 2f more than two quorums have to share."""
        return max(2 * f + self.purpose.shared(f), (self.quorum or 0) + f)

    def proven(self, n: int, f: int) -> Mapping[str, range]:
        """Return the thresholds of the proof."""
        return {"quorum": at_least(self._needed(n, f))}

    def unproven(self, n: int, f: int) -> str:
        """Return which threshold is none that the guarantee was proven for, or what is wrong with the quorums."""
        try:
            self.check(n, f)
        except InputError as wrong:
            return f"not proven with such quorums: {str(wrong).partition(';')[0]}"
        return super().unproven(n, f)

    def check(self, n: int, f: int) -> None:
        """Raise InputError if quorums that were given do not share what they have to, or f servers stop them all."""
        if self.quorums is not None:
            self._listed(n).check(f, self.purpose)

    def client(self, seat: Seat, servers: int) -> Machine:
        """Return the machine of an honest client."""
        quorums = self.system(servers, seat.f)
        vouchers = self.believed(seat.f)
        return RegisterClient(seat, quorums, quorums, self.patience, self.repair, vouchers, self.signed)

    def believed(self, f: int) -> int:
        """Return how many servers have to tell something before it is believed."""
        return 1

    def system(self, n: int, f: int) -> Quorums:
        """Return the quorums of n servers.

        Raises
        ------
        InputError
            If there are no such quorums.
        """
        if self.quorums is not None:
            return self._listed(n)
        if self.quorum is not None and self.quorum > n:
            raise InputError(f"quorum={self.quorum}, n={n}: there are not so many servers; use quorum <= {n}")
        # with too few servers to have both, it is better to go on than to wait for who may be faulty
        return Threshold(n, self.quorum or max(1, min(self._needed(n, f), n - f)))

    def _needed(self, n: int, f: int) -> int:
        """Return the least size of sets any two of which share what they have to."""
        return -(-(n + self.purpose.shared(f)) // 2)

    def _listed(self, n: int) -> Listed:
        assert self.quorums is not None
        try:
            return _system(n, self.quorums)
        except InputError as wrong:
            raise InputError(f"quorums={[list(each) for each in self.quorums]}: {wrong}") from None


@cache
def _system(n: int, quorums: tuple[tuple[int, ...], ...]) -> Listed:
    return Listed(n, quorums)


def _as_signed(version: Version, keys: Keys) -> Version:
    """Return a version with as good a signature as the keys can make."""
    if version.stamp.client in keys.owners:
        return version.by(keys)
    return version._replace(signature=keys.sign(keys.owners[0], version)) if keys.owners else version
