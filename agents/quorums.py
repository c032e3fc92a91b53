"""Quorum systems: which sets of parties may speak for all.

Any two quorums have to share so many parties that enough of them can be believed: one, where parties only crash; one
honest one, so f + 1, where up to f lie but cannot forge what others signed (*dissemination*); a majority of honest
ones, so 2f + 1, where f lie about anything (*masking*). And whichever f parties are faulty, a quorum is left without
any of them [1]_.

References
----------
.. [1] D. Malkhi, M. Reiter, "Byzantine quorum systems", Distributed Computing 11 (1998) 203-213,
       doi:10.1007/s004460050050.
.. [2] M. Maekawa, "A sqrt(N) algorithm for mutual exclusion in decentralized systems", ACM Transactions on Computer
       Systems 3 (1985) 145-159, doi:10.1145/214438.214445.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import chain, combinations, combinations_with_replacement

from .errors import InputError

__all__ = ["Listed", "Purpose", "Quorums", "Threshold", "grid", "majority"]

Parties = frozenset[int]


class Purpose(StrEnum):
    """What quorums are to withstand."""

    CRASH = "crash"  # faulty parties fall silent
    DISSEMINATION = "dissemination"  # they lie, but not about what others have signed
    MASKING = "masking"  # they lie about anything

    def shared(self, f: int) -> int:
        """Return how many parties any two quorums have to share where f are faulty."""
        return {Purpose.CRASH: 1, Purpose.DISSEMINATION: f + 1, Purpose.MASKING: 2 * f + 1}[self]


class Quorums(ABC):
    """A quorum system of parties 0..n-1: all sets of a size, or sets one by one."""

    n: int

    @abstractmethod
    def within(self, heard: int) -> bool:
        """Return whether the parties in a bit mask (party k is bit k) include a quorum."""

    @property
    @abstractmethod
    def closest(self) -> tuple[Parties, Parties]:
        """Two quorums that share as few parties as any two do, or twice the same one."""

    @abstractmethod
    def transversal(self, f: int) -> Parties | None:
        """Return up to f parties of which every quorum has one; None if it takes more."""

    def bears(self, f: int, purpose: Purpose) -> bool:
        """Return whether the quorums serve a purpose while up to f parties are faulty.

        >>> majority(5).bears(2, Purpose.CRASH), majority(5).bears(1, Purpose.MASKING)
        (True, False)
        """
        one, other = self.closest
        return len(one & other) >= purpose.shared(f) and self.transversal(f) is None

    def check(self, f: int, purpose: Purpose) -> None:
        """Raise InputError if the quorums do not serve a purpose while up to f parties are faulty.

        >>> Listed(4, [{0, 1}, {2, 3}]).check(0, Purpose.CRASH)
        Traceback (most recent call last):
        accord.agents.errors.InputError: quorums {0, 1} and {2, 3} share 0 of the parties, and crash quorums that
        bear f=0 must share at least 1; use larger ones: any 3 of the 4 parties will do
        """
        if f < 0:
            raise InputError(f"f={f}: so many parties cannot be faulty; use f >= 0")
        one, other = self.closest
        shared, need = len(one & other), purpose.shared(f)
        if shared < need:
            size = -(-(self.n + need) // 2)
            # sets of one size serve if they can be had without f parties
            enough = (
                f"any {size} of the {self.n} parties will do"
                if size <= self.n - f
                else f"n >= {need + 2 * f}"
            )
            pair = (
                f"quorums {_told(one)} and {_told(other)} share {shared}"
                if one != other
                else f"quorum {_told(one)} has {shared}"
            )
            raise InputError(
                f"{pair} of the parties, and {purpose} quorums that bear f={f} must share at least {need}; "
                f"use larger ones: {enough}"
            )
        if (faulty := self.transversal(f)) is not None:
            raise InputError(
                f"f={f}: every quorum has one of the parties {_told(faulty)}, and none is left if they are faulty; "
                f"add quorums without them, or use f <= {len(faulty) - 1}"
            )


@dataclass(frozen=True)
class Threshold(Quorums):
    """All sets of a size are quorums.

    Parameters
    ----------
    n
        Number of parties.
    size
        Number of parties in a quorum, 1..n.

    Raises
    ------
    InputError
        If there is no quorum, or an empty one.
    """

    n: int
    size: int

    def __post_init__(self) -> None:
        _check_parties(self.n)
        if not 1 <= self.size <= self.n:
            raise InputError(
                f"size={self.size}, n={self.n}: a quorum has from 1 to n parties; use size=1..{self.n}"
            )

    def within(self, heard: int) -> bool:
        """Return whether the parties in a bit mask include a quorum."""
        return heard.bit_count() >= self.size

    @cached_property
    def closest(self) -> tuple[Parties, Parties]:
        """The first and the last quorum."""
        return frozenset(range(self.size)), frozenset(range(self.n - self.size, self.n))

    def transversal(self, f: int) -> Parties | None:
        """Return up to f parties of which every quorum has one; None if it takes more."""
        needed = self.n - self.size + 1
        return frozenset(range(needed)) if needed <= f else None


@dataclass(frozen=True)
class Listed(Quorums):
    """Quorums one by one.

    Parameters
    ----------
    n
        Number of parties.
    sets
        The quorums, each a set of ids 0..n-1. Those that include another one add nothing, and may be there.

    Raises
    ------
    InputError
        If there is none, or one is empty or has a party that does not exist.
    """

    n: int
    sets: Iterable[Iterable[int]]

    def __post_init__(self) -> None:
        _check_parties(self.n)
        sets = tuple(map(frozenset, self.sets))
        if not sets:
            raise InputError("sets=[]: there must be a quorum; give at least one set of parties")
        for place, each in enumerate(sets):
            if not each:
                raise InputError(
                    f"sets[{place}] is empty: a quorum of nobody meets no other; name its parties"
                )
            for party in each:
                if not isinstance(party, int) or not 0 <= party < self.n:
                    raise InputError(
                        f"sets[{place}] has party {party!r}, and there are parties 0 to {self.n - 1}; use those"
                    )
        object.__setattr__(self, "sets", sets)

    @cached_property
    def masks(self) -> tuple[int, ...]:
        """The quorums as bit masks, without those that include another, the smallest first."""
        masks: list[int] = []
        for mask in sorted((sum(1 << party for party in each) for each in self.sets), key=int.bit_count):
            if not any(mask & other == other for other in masks):
                masks.append(mask)
        return tuple(masks)

    def within(self, heard: int) -> bool:
        """Return whether the parties in a bit mask include a quorum."""
        return any(mask & heard == mask for mask in self.masks)

    @cached_property
    def closest(self) -> tuple[Parties, Parties]:
        """The first two of the smallest intersection; twice the same one where it is the only one, or the smallest."""
        one, other = min(
            combinations_with_replacement(self.masks, 2), key=lambda pair: (pair[0] & pair[1]).bit_count()
        )
        return _parties(one), _parties(other)

    def transversal(self, f: int) -> Parties | None:
        """Return up to f parties of which every quorum has one; None if it takes more."""
        hits = [0]
        for _ in range(f + 1):
            wanting = []
            for hit in hits:
                missed = next((mask for mask in self.masks if not mask & hit), None)
                if missed is None:
                    return _parties(hit)
                wanting.append((hit, missed))
            # one of the parties of a quorum that was missed must be among them
            hits = list(
                dict.fromkeys(hit | 1 << party for hit, missed in wanting for party in _parties(missed))
            )
        return None


def majority(n: int) -> Threshold:
    """Return the quorum system of all smallest majorities of n parties.

    >>> majority(4)
    Threshold(n=4, size=3)
    """
    return Threshold(n, n // 2 + 1)


def grid(rows: int, columns: int, lines: int = 1) -> Listed:
    """Return the quorum system of a column and some rows of a grid, in which party k is in row k // columns.

    Each column crosses the rows of every other quorum, so two quorums share at least `lines` parties, and in a large
    grid twice as many, of order sqrt(n) altogether; one row and one column are Maekawa's grid [2]_, more rows bear
    lies [1]_.

    Parameters
    ----------
    rows, columns
        Size of the grid.
    lines
        Rows in a quorum, 1..rows.

    Raises
    ------
    InputError
        If there is no such grid.

    Examples
    --------
    >>> [sorted(each) for each in grid(2, 2).sets]
    [[0, 1, 2], [0, 1, 3], [0, 2, 3], [1, 2, 3]]
    """
    for name, value in (("rows", rows), ("columns", columns)):
        if value < 1:
            raise InputError(f"{name}={value}: a grid has at least one of them; use {name} >= 1")
    if not 1 <= lines <= rows:
        raise InputError(f"lines={lines}: a quorum has from 1 to all rows; use lines=1..{rows}")
    row = [range(each * columns, (each + 1) * columns) for each in range(rows)]
    column = [range(each, rows * columns, columns) for each in range(columns)]
    return Listed(
        rows * columns,
        [frozenset(chain(across, *some)) for some in combinations(row, lines) for across in column],
    )


def _check_parties(n: int) -> None:
    if n < 1:
        raise InputError(f"n={n}: there must be a party; use n >= 1")


def _parties(mask: int) -> Parties:
    return frozenset(party for party in range(mask.bit_length()) if mask >> party & 1)


def _told(parties: Parties) -> str:
    return f"{{{', '.join(map(str, sorted(parties)))}}}"
