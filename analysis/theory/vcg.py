"""The mechanism of Vickrey, Clarke and Groves: choose what is best for all, and let each pay what it costs the others.

Everybody says what each alternative is worth to it. That with the greatest sum of values is chosen, and a party pays
what the others lose by its taking part: the greatest sum that they could have had without it, less what they have
now [1]_. Whatever the others say, a party can do no better than to tell the truth, since what it gains is the sum of
all values less an amount that it cannot change. With a single good this is the second-price auction. Payments need not
balance: where buyers and sellers trade, the money that goes out is not covered [2]_.

References
----------
.. [1] E. H. Clarke, "Multipart pricing of public goods", Public Choice 11 (1971) 17-33, doi:10.1007/BF01726210.
.. [2] R. B. Myerson, M. A. Satterthwaite, "Efficient mechanisms for bilateral trading", Journal of Economic Theory 29
       (1983) 265-281, doi:10.1016/0022-0531(83)90048-0.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...agents.errors import InputError
from ...models.schedules import Schedules

__all__ = ["Outcome", "best_alternative", "clarke", "double_auction", "units_auction"]

Values = NDArray[np.float64]


class Outcome(NamedTuple):
    """What is chosen, and what each pays.

    Parameters
    ----------
    choice
        The alternative.
    values
        What it is worth to each party, as they say, (n,).
    payments
        What each pays; negative where it is paid, (n,).
    """

    choice: Any
    values: Values
    payments: Values


def clarke(best: Callable[[int | None], tuple[Any, ArrayLike]]) -> Outcome:
    """Return the choice and Clarke's payments, from whatever finds what is best for some parties.

    Parameters
    ----------
    best
        ``best(None)`` returns the alternative that is best for all, and what it is worth to each, (n,); ``best(i)`` the
        same as if party i were not there, whose own value is then not looked at. A cost is a negative value.

    Examples
    --------
    One good among bidders who say 3, 8 and 5: the second pays what it keeps the third from having.

    >>> bids = np.array([3.0, 8.0, 5.0])
    >>> def highest(without):
    ...     winner = int(np.argmax(np.where(np.arange(3) == without, -np.inf, bids)))
    ...     return winner, np.where(np.arange(3) == winner, bids, 0.0)
    >>> clarke(highest)
    Outcome(choice=1, values=array([0., 8., 0.]), payments=array([0., 5., 0.]))
    """
    choice, told = best(None)
    values = np.asarray(told, dtype=np.float64)
    without = [np.delete(np.asarray(best(i)[1], dtype=np.float64), i).sum() for i in range(len(values))]
    return Outcome(choice, values, np.array(without) - (values.sum() - values))


def best_alternative(values: ArrayLike) -> Outcome:
    """Return the choice among a few alternatives, its number, and Clarke's payments; of equals the first.

    Parameters
    ----------
    values : (alternatives, n)
        What each alternative is worth to each party, as it says.

    Raises
    ------
    InputError
        If there is nothing to choose from, or a value is not finite.

    Examples
    --------
    A bridge, of whose cost each would bear 18, is worth 30, 20 and 5. Without either of the first two it is not built:

    >>> best_alternative([[0, 0, 0], [12, 2, -13]])
    Outcome(choice=1, values=array([ 12.,   2., -13.]), payments=array([11.,  1.,  0.]))
    """
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2 or not table.size or not np.isfinite(table).all():
        raise InputError(
            f"values of shape {table.shape}: give finite numbers (alternatives, n), one of each at least"
        )

    def best(without: int | None) -> tuple[int, Values]:
        told = table if without is None else np.delete(table, without, axis=1)
        choice = int(told.sum(axis=1).argmax())
        return choice, table[choice]

    return clarke(best)


def units_auction(bids: Sequence[Sequence[float]], units: int) -> Outcome:
    """Return who gets how many of some equal units, and what each pays: the bids that it keeps from winning.

    Parameters
    ----------
    bids
        What each further unit is worth to each bidder, best first.
    units
        How many there are; nobody has to take any.

    Returns
    -------
    Outcome
        Its `choice` are the units of each bidder, (n,).

    Raises
    ------
    InputError
        If there are no bidders or units, or a bidder bids more for a later unit than for one before.

    Examples
    --------
    >>> units_auction([[9, 4], [7, 6], [5]], units=2).payments.tolist()
    [6.0, 5.0, 0.0]
    """
    if not bids or units < 1:
        raise InputError(f"{len(bids)} bidders, units={units}: use one bidder and one unit at least")
    for number, each in enumerate(bids):
        if any(later > before for before, later in pairwise(each)):
            raise InputError(f"bidder {number} bids more for a later unit; give its bids best first")
    worth = np.array([bid for each in bids for bid in each], dtype=np.float64)
    owner = np.repeat(np.arange(len(bids)), [len(each) for each in bids])

    def best(without: int | None) -> tuple[Any, ArrayLike]:
        able = np.flatnonzero((owner != without) & (worth > 0))
        won = able[np.argsort(-worth[able], kind="stable")[:units]]
        taken = np.bincount(owner[won], minlength=len(bids))
        return taken, np.bincount(owner[won], weights=worth[won], minlength=len(bids))

    return clarke(best)


def double_auction(schedules: Schedules) -> Outcome:
    """Return who trades how many units of a market, and what each pays; a seller is paid.

    Together they pay nothing, or less than that: what is missing somebody else has to give.

    Examples
    --------
    The buyer pays what the good costs, and the seller gets what it is worth:

    >>> double_auction(Schedules(values=((8,),), costs=((3,),), low=0, high=10)).payments.tolist()
    [3.0, -8.0]
    """
    sides = [*schedules.values, *(tuple(-cost for cost in units) for units in schedules.costs)]
    worth = np.array([unit for units in sides for unit in units])
    owner = np.repeat(np.arange(schedules.n), [len(units) for units in sides])
    buys = owner < schedules.buyers

    def best(without: int | None) -> tuple[Any, ArrayLike]:
        demand, supply = (np.flatnonzero((owner != without) & side) for side in (buys, ~buys))
        pairs = min(len(demand), len(supply))
        demand, supply = (each[np.argsort(-worth[each], kind="stable")[:pairs]] for each in (demand, supply))
        gainful = worth[demand] + worth[supply] > 0
        traded = np.concatenate([demand[gainful], supply[gainful]])
        return (
            np.bincount(owner[traded], minlength=schedules.n),
            np.bincount(owner[traded], weights=worth[traded], minlength=schedules.n),
        )

    return clarke(best)
