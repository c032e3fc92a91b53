"""Lies about costs in economic dispatch: what it gains a unit to claim a multiple of them.

With a uniform price a unit that claims a little more than it costs moves the price, and loses some of its power; a
little pays, and the schedule costs more than it need. With the payments of Vickrey, Clarke and Groves the truth is best
whatever others claim [1]_.

References
----------
.. [1] E. H. Clarke, "Multipart pricing of public goods", Public Choice 11 (1971) 17-33, doi:10.1007/BF01726210.
"""

from collections.abc import Iterable
from typing import NamedTuple

from ...models.economic_dispatch import Payment, Units, optimum, payments

__all__ = ["Lie", "best_lie", "lie"]


class Lie(NamedTuple):
    """What comes of claiming a multiple of one's costs.

    Parameters
    ----------
    factor
        The multiple.
    gain
        What the liar is paid, less what producing adds to its true costs.
    excess_cost
        What all units cost above the least, as a share of it.
    """

    factor: float
    gain: float
    excess_cost: float


def lie(units: Units, unit: int, factor: float, payment: Payment = "uniform") -> Lie:
    """Return what comes of it if a unit claims a multiple of its costs, and all others the truth.

    Examples
    --------
    >>> duopoly = Units.of([(0.5, 0, 0, 0, 10), (0.5, 0, 0, 0, 10)], demand=10)
    >>> lie(duopoly, 0, 1.0), lie(duopoly, 0, 2.0).gain > lie(duopoly, 0, 1.0).gain
    (Lie(factor=1.0, gain=12.5, excess_cost=0.0), True)
    """
    ends = units.marginal(units.low)[unit], units.marginal(units.high)[unit]
    claimed = units.claiming(unit, [factor * end for end in ends])
    price, powers, _ = optimum(claimed)
    gain = payments(claimed, powers, price, payment)[unit] - units.running_costs(powers)[unit]
    return Lie(factor, float(gain), units.cost(powers) / optimum(units).cost - 1)


def best_lie(units: Units, unit: int, factors: Iterable[float], payment: Payment = "uniform") -> Lie:
    """Return the lie that gains a unit most; of several, the first.

    Examples
    --------
    >>> duopoly = Units.of([(0.5, 0, 0, 0, 10), (0.5, 0, 0, 0, 10)], demand=10)
    >>> [best_lie(duopoly, 0, [1, 1.5, 2, 3, 5], payment).factor for payment in ("uniform", "vcg")]
    [2, 1]
    """
    return max((lie(units, unit, factor, payment) for factor in factors), key=lambda each: each.gain)
