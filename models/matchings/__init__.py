"""Matchings: how those who are linked come to deals, and what becomes of who has one. One a file.

A matching is an institution: `begin` makes a play of it, which goes on in rounds. In each round everybody says to
everybody with whom it is linked what it could get without that deal, and some sign.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...agents.catalogue import Catalogue
from ...agents.parameters import Parameters
from ..links import Links

__all__ = ["Institution", "Play", "Signed", "Tell", "Theory", "matchings"]

Values = NDArray[np.float64]
Nodes = NDArray[np.intp]

Tell = Callable[[Values], Values]
"""What sources of links tell their targets, (2m,), by what they would honestly say; NaN is silence."""


class Signed(NamedTuple):
    """Deals that were signed in a round.

    Parameters
    ----------
    links
        Which they are of, (k,), in the direction from who proposed.
    shares
        What source and target get of what the link is said to be worth, (k, 2).
    periods
        When, (k,), from 0, ascending.
    """

    links: Nodes
    shares: Values
    periods: Nodes


class Theory(NamedTuple):
    """What theory says of an institution if nobody lies.

    Parameters
    ----------
    dues
        What each party gets, (n,); NaN where theory says nothing.
    odd_cycle
        Nodes of an odd cycle that leaves no outcome stable; none where some is, or nothing has to be.
    """

    dues: Values
    odd_cycle: tuple[int, ...] = ()


class Play(ABC):
    """A matching under way.

    Parameters
    ----------
    links
        Who can deal with whom, and what they say that it is worth.

    Attributes
    ----------
    over : bool
        Whether the last round has been.
    moved : float
        By how much the greatest of changes was in the latest round, in worth.
    """

    def __init__(self, links: Links) -> None:
        self.links = links
        self.over = not links.m
        self.moved = 0.0

    @abstractmethod
    def round(self, tell: Tell) -> Signed:
        """Return what is signed in one more round."""

    @abstractmethod
    def book(self, signed: Signed, amounts: Values) -> None:
        """Note what the ends of signed links really gained, (k, 2)."""

    @property
    @abstractmethod
    def asked(self) -> Values:
        """What each party asks for now, (n,)."""

    @property
    @abstractmethod
    def gains(self) -> Values:
        """What each party has gained, (n,)."""

    @abstractmethod
    def blocking(self, links: Links) -> tuple[int, ...]:
        """Return two who are linked and would both gain by a deal that they did not make; nobody if none would.

        `links` says what deals are really worth.
        """

    @abstractmethod
    def unbalanced(self, links: Links) -> tuple[int, ...]:
        """Return two whose deal gives one more beyond what it could get without it than is its due; nobody if none."""


class Institution(Parameters, ABC):
    """How those who are linked come to deals.

    Attributes
    ----------
    same_to_all : bool
        Whether an honest party says the same to everybody, so that two who compare can tell a liar.
    """

    same_to_all: ClassVar[bool]

    @abstractmethod
    def begin(self, links: Links, lots: np.random.Generator) -> Play:
        """Return a play that is about to begin; `lots` says who meets when."""

    @abstractmethod
    def theory(self, links: Links) -> Theory:
        """Return what theory gives to each party if nobody lies."""


matchings: Catalogue[type[Institution]] = Catalogue(__name__, "matching")
