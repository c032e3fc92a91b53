"""Table: where some negotiators bargain over one deal, under a procedure.

A procedure says who is asked when; the table asks their tactics, and notes what they offer.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..agents.bargaining import Act, View
from ..agents.profile import Profile
from ..agents.tactics import Tactic
from .bargain import Bargain
from .deal import Deal, Ending, Offer

__all__ = ["Table"]


class Table:
    """Some parties who bargain over one deal.

    Parameters
    ----------
    nodes
        Who sits there.
    bargain
        What they bargain about, and what it is worth to them.
    tactics
        How each of them bargains.
    deadline
        Number of rounds; None where there is no end.
    informed
        Whether they know each other's preferences.
    luck
        Returns a uniform random number in [0, 1).
    break_off
        Probability that the negotiation breaks off after a round without a deal.
    claimed
        The profiles by which they bargain, and which the informed know; by default those of the bargain.

    Attributes
    ----------
    mine, heard : list of list of int
        By party, the outcomes that it offered and was offered, by number.
    deal : Deal, or None
        How it ended, once it has.
    """

    def __init__(
        self,
        nodes: Sequence[int],
        bargain: Bargain,
        tactics: Sequence[Tactic],
        *,
        deadline: int | None,
        informed: bool,
        luck: Callable[[], float],
        break_off: float = 0.0,
        claimed: Sequence[Profile] | None = None,
    ) -> None:
        self.nodes, self.bargain, self.tactics = tuple(nodes), bargain, tuple(tactics)
        self.space, self.profiles = bargain.space, tuple(claimed or bargain.profiles)
        self.deadline, self.luck, self.break_off = deadline, luck, break_off
        self._offers: tuple[list[int], list[int], list[int]] = [], [], []  # rounds, seats, outcomes
        self.deal: Deal | None = None
        self.mine: list[list[int]] = [[] for _ in nodes]
        self.heard: list[list[int]] = [[] for _ in nodes]
        seats = range(len(self.nodes))
        self._rivals = [
            tuple(self.profiles[(seat + k) % len(seats)] for k in seats[1:]) if informed else ()
            for seat in seats
        ]

    @property
    def seats(self) -> range:
        """The parties' places, 0 for the first."""
        return range(len(self.nodes))

    def respond(self, seat: int, offer: int | None, number: int) -> Act:
        """Return what a party does about an offer; an offer of its own would stand in that round."""
        return self.tactics[seat].respond(self._view(seat, number), offer)

    def approves(self, seat: int, text: int, standing: int, number: int) -> bool:
        """Return whether a party votes for a text in place of the standing one."""
        return self.tactics[seat].approves(self._view(seat, number), text, standing)

    def worth(self, seat: int, outcome: int) -> float:
        """Return what an outcome is worth to a party now."""
        return float(self.profiles[seat].utilities[outcome])

    def _view(self, seat: int, number: int) -> View:
        mine, heard, rivals = self.mine[seat], self.heard[seat], self._rivals[seat]
        return View(self.space, self.profiles[seat], number, self.deadline, mine, heard, self.luck(), rivals)

    def offered(self, number: int, seat: int, outcome: int) -> None:
        """Note that a party offered an outcome, which all others hear."""
        for column, value in zip(self._offers, (number, seat, outcome), strict=True):
            column.append(value)
        for other, heard in enumerate(self.heard):
            (self.mine[seat] if other == seat else heard).append(outcome)

    def offered_in_turn(self, outcomes: Sequence[int]) -> None:
        """Note that two parties made these offers, one a round, in turn."""
        for seat in self.seats:
            self.mine[seat], self.heard[seat] = list(outcomes[seat::2]), list(outcomes[1 - seat :: 2])
        numbers = range(len(outcomes))
        self._offers = list(numbers), [number % 2 for number in numbers], list(outcomes)

    @property
    def offers(self) -> list[Offer]:
        """What was offered, in order."""
        return list(map(Offer, *self._offers))

    def __len__(self) -> int:
        """Return how many offers were made."""
        return len(self._offers[0])

    @property
    def agreed(self) -> int | None:
        """The outcome that they have agreed on and kept to; None where there is none."""
        return self.deal.outcome if self.deal is not None and self.deal.ending is Ending.AGREED else None

    def history(self, seat: int, rounds: NDArray[np.intp]) -> dict[str, NDArray[Any]]:
        """Return what a party had after so many rounds: `utility`, and the `offer` that it had made last.

        `asked` is what that is worth to itself, and `conceded` to the party after it.
        """
        numbers, seats, _ = (np.array(each, dtype=np.intp) for each in self._offers)
        offer = np.array([-1, *self.mine[seat]])[np.searchsorted(numbers[seats == seat], rounds)]
        utilities = self.bargain.utilities
        got = np.full(len(rounds), self.bargain.disagreement[seat])
        if self.deal is not None and self.agreed is not None:
            got[rounds > self.deal.round] = utilities[self.agreed, seat] * self.discounts()[seat]
        asked, conceded = (
            np.where(offer < 0, np.nan, utilities[offer, each])
            for each in (seat, (seat + 1) % len(self.nodes))
        )
        return {"utility": got, "offer": offer, "asked": asked, "conceded": conceded}

    def discounts(self) -> NDArray[np.float64]:
        """Return what a utility of the deal's round is multiplied by, by party."""
        rounds = 0 if self.deal is None else self.deal.round
        return np.array([profile.discount for profile in self.bargain.profiles]) ** rounds

    @property
    def ending(self) -> Ending | None:
        """How it ended, once it has."""
        return None if self.deal is None else self.deal.ending

    def closed(self, ending: Ending, number: int, outcome: int | None = None) -> Deal:
        """Return the deal, or that there is none."""
        self.deal = Deal(self.nodes, outcome, number, ending)
        return self.deal

    def apart(self) -> NDArray[np.float64]:
        """Return what parties ask for above what they are offered, in the mean, before the first round and after each.

        It is 0 after a deal. Before a party has asked for anything it is taken to ask for its best outcome, and before
        it was offered anything to be offered its reservation value.
        """
        numbers, seats, outcomes = (np.array(each, dtype=np.intp) for each in self._offers)
        rounds = np.arange(numbers.max(initial=-1) + 1)
        last = np.searchsorted(numbers, rounds, side="right")  # offers up to each round
        gaps = np.empty((len(self.seats), len(last) + 1))
        for seat, profile in enumerate(self.profiles):
            worth = profile.utilities[outcomes]
            asked = _latest(worth, seats == seat, profile.best)
            offered = _latest(worth, seats != seat, profile.reservation)
            gaps[seat] = np.maximum(asked - offered, 0.0)[np.concatenate(([0], last))]
        apart: NDArray[np.float64] = gaps.mean(axis=0)
        if self.agreed is not None:
            apart[-1] = 0.0
        return apart

    def goes_on(self, number: int) -> bool:
        """Return whether there is another round after one without a deal; if not, close the table."""
        if self.deadline is not None and number + 1 >= self.deadline:
            self.closed(Ending.DEADLINE, number)
        elif self.break_off and self.luck() < self.break_off:
            self.closed(Ending.BROKEN_OFF, number)
        return self.deal is None


def _latest(values: NDArray[np.float64], which: NDArray[np.bool_], first: float) -> NDArray[np.float64]:
    """Return after 0, 1, ... values the latest of some of them, and `first` where there is none yet."""
    places = np.maximum.accumulate(np.where(which, np.arange(1, len(values) + 1), 0))
    return np.concatenate(([first], np.concatenate(([first], values))[places]))
