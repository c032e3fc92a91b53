"""Markets in which supply meets demand: what prices and surplus come of random shouts, and how far that is from it.

Where supply meets demand, and how far prices are from there, is said by `models.schedules`. Here is what theory says of
traders without any wits [1]_.

* Unconstrained ones shout any price. In time every unit is traded, whatever is lost by it, so that the surplus is that
  of all units, without any chance.
* Constrained ones shout at random, but never at a loss to themselves. If prices came about where one bid and one ask
  happen to be the same, a price would be as likely as so many units can be bought and sold at it: in proportion to
  demand times supply. Its mean is the equilibrium price where the schedules mirror each other, and else is not [2]_. (A
  market in which the best quotes stand comes nearer to the equilibrium, as better quotes drive out worse ones.)

References
----------
.. [1] D. K. Gode, S. Sunder, "Allocative efficiency of markets with zero-intelligence traders: market as a partial
       substitute for individual rationality", Journal of Political Economy 101 (1993) 119-137, doi:10.1086/261868.
.. [2] D. Cliff, "Minimal-intelligence agents for bargaining behaviors in market-based environments", Hewlett-Packard
       Laboratories technical report HPL-97-91, 1997.
"""

from math import nan

import numpy as np

from ...models.schedules import Schedules, equilibrium

__all__ = ["constrained_price", "unconstrained_efficiency"]


def unconstrained_efficiency(schedules: Schedules) -> float:
    """Return the share of the greatest surplus that is left if every unit is traded [1]_; it may be negative.

    Which traders meet does not matter. NaN where there are more units on one side, as chance says which are left over,
    or where there is nothing to gain.

    Examples
    --------
    >>> market = Schedules(values=((8,), (6,), (5,)), costs=((3,), (5,), (7,)), low=0, high=10)
    >>> round(unconstrained_efficiency(market), 4)
    0.6667
    """
    demand, supply, most = schedules.demand, schedules.supply, equilibrium(schedules).surplus
    if len(demand) != len(supply) or not most:
        return nan
    return float((demand.sum() - supply.sum()) / most)


def constrained_price(schedules: Schedules) -> float:
    """Return the mean price of which one bid and one ask are the same by chance [2]_.

    NaN where no bid can be as high as an ask.

    Examples
    --------
    Many buyers and few sellers: the price should be what the good is worth, and is halfway to what it costs.

    >>> constrained_price(Schedules(values=((200,),) * 12, costs=((50,),) * 6, low=0, high=400))
    125.0
    """
    demand, supply = schedules.demand, schedules.supply
    ends = np.unique([schedules.low, schedules.high, *demand, *supply])
    middle, width = (ends[1:] + ends[:-1]) / 2, np.diff(ends)
    wanted = len(demand) - np.searchsorted(demand[::-1], middle)
    offered = np.searchsorted(supply, middle)
    weights = wanted * offered * width
    return float(weights @ middle / weights.sum()) if weights.any() else nan
