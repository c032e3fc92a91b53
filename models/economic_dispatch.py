"""Economic dispatch: how generating units share a demand at least cost, and what each is paid.

A unit that produces P megawatts costs a P^2 + b P + c an hour. Losses and the grid are left out, and all units are on.
Then at least cost all units that are not at a limit have one marginal cost, lambda, which is the price: supply at a
price is a sum of straight lines between the prices at which units leave one limit or reach the other, so that sorting
these finds lambda exactly.

References
----------
.. [1] A. J. Wood, B. F. Wollenberg, G. B. Sheble, Power Generation, Operation, and Control, 3rd ed., Wiley 2013, ch. 3.
.. [2] E. H. Clarke, "Multipart pricing of public goods", Public Choice 11 (1971) 17-33, doi:10.1007/BF01726210.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigvalsh

from ..agents.errors import InputError

__all__ = ["Optimum", "Payment", "Units", "feedback_limit", "optimum", "payments"]

Values = NDArray[np.float64]

Payment = Literal["uniform", "vcg"]

_ROUNDING = 1e-9


@dataclass(frozen=True, eq=False)
class Units:
    """The generating units of a case, and the demand that they have to meet.

    Parameters
    ----------
    a, b, c : (n,)
        Costs of P megawatts are a P^2 + b P + c, in money an hour.
    low, high : (n,)
        Limits of P, in MW.
    demand
        In MW.
    name
        Of the case.

    See Also
    --------
    Units.of : checks; the constructor itself trusts its arrays.
    """

    a: Values
    b: Values
    c: Values
    low: Values
    high: Values
    demand: float
    name: str = "case"

    @classmethod
    def of(cls, rows: Iterable[Sequence[float]], demand: float, name: str = "case") -> Self:
        """Return units from a row of a, b, c, low and high for each.

        Raises
        ------
        InputError
            If there is no unit, a number is not finite, costs are not convex, limits are crossed, or the units cannot
            meet the demand.
        """
        table = [tuple(row) for row in rows]
        if not table:
            raise InputError(f"{name}: there is no unit; give a, b, c, low and high of one at least")
        for unit, row in enumerate(table):
            where = f"{name}: unit {unit}"
            if len(row) != 5 or not np.isfinite(row).all():
                raise InputError(f"{where} is {row}; give five finite numbers: a, b, c, low and high")
            curvature, _, _, least, most = row
            if curvature < 0:
                raise InputError(
                    f"{where}: a={curvature:g}: costs a P^2 + b P + c must be convex; use a >= 0, or fit such a curve"
                )
            if least > most:
                raise InputError(f"{where}: low={least:g} must not be more than high={most:g}")
        a, b, c, low, high = np.array(table, dtype=float).T
        units = cls(a, b, c, low, high, float(demand), name)
        least, most = low.sum(), high.sum()
        if not least - _ROUNDING <= demand <= most + _ROUNDING:  # NaN as well
            raise InputError(
                f"{name}: demand={demand:g} MW cannot be met: all units together produce from {least:g} to {most:g} MW"
            )
        return units

    @property
    def n(self) -> int:
        """Number of units."""
        return len(self.a)

    def marginal(self, powers: Values) -> Values:
        """Return what one more megawatt would cost each unit at its power, (n,)."""
        slope: Values = 2 * self.a * powers + self.b
        return slope

    def schedule(self, prices: Values | float) -> Values:
        """Return what each unit produces at its price, (n,): what is best for it; at its price a linear one is full."""
        short = prices - self.b
        linear = np.where(short < 0, -np.inf, np.inf)
        wanted = np.divide(short, 2 * self.a, out=linear, where=self.a > 0)
        return np.clip(wanted, self.low, self.high)

    def running_costs(self, powers: Values) -> Values:
        """Return what producing adds to each unit's costs, (n,): all but c, which is due in any case."""
        costs: Values = (self.a * powers + self.b) * powers
        return costs

    def cost(self, powers: Values) -> float:
        """Return what all units together cost an hour."""
        return float((self.running_costs(powers) + self.c).sum())

    @property
    def believed(self) -> tuple[float, float]:
        """Prices that anybody would believe: from nothing to twice the greatest marginal cost that there is."""
        ends = self.marginal(np.array([self.low, self.high]))
        return min(0.0, 2 * float(ends.min())), max(0.0, 2 * float(ends.max()))

    def claiming(self, unit: int, marginal_costs: Sequence[float]) -> Self:
        """Return the units with one that claims other marginal costs at its lower and its upper limit.

        Where it claims less for more, as convex costs cannot be, it claims the first for all.
        """
        at_low, at_high = marginal_costs
        span = self.high[unit] - self.low[unit]
        a, b = self.a.copy(), self.b.copy()
        a[unit] = max(at_high - at_low, 0) / (2 * span) if span > 0 else 0.0
        b[unit] = at_low - 2 * a[unit] * self.low[unit]
        return replace(self, a=a, b=b)

    def without(self, unit: int) -> Self:
        """Return the other units, which have to meet the demand alone.

        Raises
        ------
        InputError
            If they cannot.
        """
        rest = np.delete(np.array([self.a, self.b, self.c, self.low, self.high]), unit, axis=1)
        return type(self).of(rest.T.tolist(), self.demand, f"{self.name} without unit {unit}")


class Optimum(NamedTuple):
    """The dispatch at least cost.

    Parameters
    ----------
    price
        Lambda: what one more megawatt of demand would cost, in money per MWh. Where more than one price supports the
        dispatch, the lowest.
    powers : (n,)
        In MW. Where linear units share a price, all of them produce the same share of what they can.
    cost
        Of all units together, in money an hour.
    """

    price: float
    powers: Values
    cost: float


def optimum(units: Units) -> Optimum:
    """Return the dispatch that meets the demand at least cost.

    Examples
    --------
    Two units, the second one dearer and needed for the last 10 MW:

    >>> optimum(Units.of([(0.01, 1, 0, 0, 50), (0, 5, 0, 0, 100)], demand=60))
    Optimum(price=5.0, powers=array([50., 10.]), cost=125.0)
    """
    turns = np.unique(units.marginal(np.array([units.low, units.high])))
    dearer = [units.schedule(turn) for turn in turns]
    # what linear units add at a price comes in one jump, from just below it
    cheaper = [units.schedule(np.nextafter(turn, -np.inf)) for turn in turns]
    cheaper = [np.where(units.a > 0, after, before) for before, after in zip(cheaper, dearer, strict=True)]
    supply = np.array([powers.sum() for powers in dearer])
    turn = min(int(np.searchsorted(supply, units.demand - _ROUNDING)), len(turns) - 1)
    if cheaper[turn].sum() <= units.demand or turn == 0:
        before, after, start = cheaper[turn], dearer[turn], turns[turn]
    else:
        before, after, start = dearer[turn - 1], cheaper[turn], turns[turn - 1]
    missing, step = units.demand - before.sum(), after.sum() - before.sum()
    share = float(np.clip(missing / step, 0, 1)) if step > 0 else 0.0
    powers = before + share * (after - before)
    return Optimum(float(start + share * (turns[turn] - start)), powers, units.cost(powers))


def payments(units: Units, powers: Values, price: float, payment: Payment) -> Values:
    """Return what each unit is paid for its power, (n,), in money an hour.

    Parameters
    ----------
    units
        With the costs that they claim.
    powers : (n,)
        What they produce.
    price
        The uniform price.
    payment
        ``uniform``: the price for every megawatt. ``vcg``: what the others would cost without it, less what they cost
        now (Vickrey, Clarke and Groves, with Clarke's pivot): then to claim the truth is best, whatever others claim.

    Raises
    ------
    InputError
        If under ``vcg`` some unit cannot be done without, so that its payment has no bound.
    """
    if payment == "uniform":
        return price * powers
    costs = units.running_costs(powers)
    rests = [units.without(unit) for unit in range(units.n)]
    least = np.array([rest.running_costs(optimum(rest).powers).sum() for rest in rests])
    pivot: Values = least - (costs.sum() - costs)
    return pivot


def feedback_limit(units: Units, weights: Values) -> float:
    """Return the feedback below which price consensus without a leader comes to rest; beyond, prices swing ever wider.

    Prices x and estimates y follow x' = W x + e y, y' = W y - S (x' - x), with W the weights, e the feedback, and
    S the diagonal of what each unit adds at a price that is one higher, 1/(2a). A motion that multiplies x by m a round
    has (m - W)^2 x = -e (m - 1) S x. With a symmetric W whose other eigenvalues lie inside the unit circle, m can leave
    that only through -1, where (1 + W)^2 x = 2 e S x: at half the least of these eigenvalues, for all units inside
    their limits. Units at a limit add nothing, which calms the rest.

    Parameters
    ----------
    units
        With a > 0.
    weights : (n, n)
        Rows summing to one; of an asymmetric one the symmetric part counts, as a rule of thumb.

    Returns
    -------
    float
        In money per MWh and MW; 0 where averaging alone would oscillate for ever.

    Examples
    --------
    Of a unit alone, whose estimate is exact, twice the step that would make up for the mismatch at once:

    >>> round(feedback_limit(Units.of([(0.25, 0, 0, 0, 9)], demand=5), np.ones((1, 1))), 9)
    1.0
    """
    root = np.eye(units.n) + (weights + weights.T) / 2
    return max(float(eigvalsh(root @ root, np.diag(0.5 / units.a))[0]) / 2, 0.0)
