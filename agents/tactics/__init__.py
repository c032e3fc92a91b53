"""Tactics: what a negotiator asks for as time goes by and offers are made, one tactic a file.

A tactic is a pure function of what its negotiator sees. It makes a bid; its acceptance condition says whether the
standing offer is taken instead. No tactic bids or takes less than its reservation value.

Most tactics aspire to some utility and offer the outcome that is worth least of those worth so much. With a
`trade_off` they look at all outcomes worth up to so much more, and offer the one that the rival seems to like best,
judging by what it has asked for.
"""

from abc import ABC, abstractmethod
from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ..acceptances import Acceptance, acceptances
from ..bargaining import Act, Answer, View
from ..catalogue import Catalogue
from ..opponents import frequency
from ..parameters import Parameters
from ..profile import Profile, once_a_pair
from ..solutions import pareto

__all__ = ["Aspiring", "Tactic", "frontier", "tactics"]


class Tactic(Parameters, ABC):
    """How a negotiator bids and answers.

    Attributes
    ----------
    needs_rivals
        True if it reads `View.rivals`: it plays only where preferences are common knowledge, against one rival.
    """

    needs_rivals: ClassVar[bool] = False

    accept: Annotated[Acceptance, *acceptances.choice] = acceptances.option(
        "next", "when it takes what it is offered"
    )

    @abstractmethod
    def bid(self, view: View) -> int:
        """Return the number of the outcome that it offers, worth its reservation value at least; some outcome is."""

    def least(self, view: View, bid: int) -> float:
        """Return what it compares an offer with: what its own bid is worth."""
        return float(view.profile.utilities[bid])

    def respond(self, view: View, offer: int | None) -> Act:
        """Return what it does about an offer, or a first offer of its own where there is none.

        Who has nothing to offer that is worth its reservation value leaves.
        """
        profile = view.profile
        if not profile.acceptable.size:
            return Answer.LEAVE
        bid = self.bid(view)
        if offer is None:
            return bid
        offered = float(profile.utilities[offer])
        return Answer.ACCEPT if self.accept.takes(profile, view.time, offered, self.least(view, bid)) else bid

    def approves(self, view: View, text: int, standing: int) -> bool:
        """Return whether it votes to put a text in the standing one's place: if it is worth no less to it."""
        utilities = view.profile.utilities
        return bool(utilities[text] >= utilities[standing])

    def plan(self, profile: Profile, times: NDArray[np.float64]) -> NDArray[np.intp] | None:
        """Return its bids at some times, if they follow from those alone; else None."""
        return None

    @property
    def keeps_to_plan(self) -> bool:
        """Whether it answers as tactics do: by its acceptance condition, and what its next bid is worth."""
        kind = type(self)
        return kind.respond is Tactic.respond and kind.least is Tactic.least


class Aspiring(Tactic):
    """A tactic that aspires to some utility."""

    trade_off: float = Field(
        0.0,
        ge=0,
        description="utility above what it aspires to, up to which it offers what the rival seems to like best; 0: the "
        "outcome nearest to what it aspires to",
    )

    @abstractmethod
    def aspiration(self, view: View) -> float:
        """Return the utility that it aspires to now; where it is below the reservation value, that counts."""

    def bid(self, view: View) -> int:
        """Return an outcome that is worth what it aspires to."""
        profile = view.profile
        aspired = max(self.aspiration(view), profile.reservation)
        if not self.trade_off:
            return int(profile.above(aspired))
        band = profile.between(aspired, aspired + self.trade_off)
        return int(band[np.argmax(frequency(view.space, view.heard, band))])


@once_a_pair
def frontier(profile: Profile, rival: Profile) -> NDArray[np.intp]:
    """Return the outcomes on two parties' Pareto frontier, from the best for one to the best for the other."""
    outcomes = pareto(np.stack([profile.utilities, rival.utilities], axis=1))
    along: NDArray[np.intp] = outcomes[np.argsort(rival.utilities[outcomes], kind="stable")]
    return along


tactics: Catalogue[type[Tactic]] = Catalogue(__name__, "tactic")
