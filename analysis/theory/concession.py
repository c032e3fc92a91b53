"""How far a time-dependent negotiator has conceded, and where two of them meet.

A tactic moves from its best price to its reservation price as the deadline T comes near; alpha(t) is the part of the
way that lies behind it. The exponent beta sets the pace: with beta < 1 a *Boulware* stays where it is until it is
almost late, with beta > 1 a *Conceder* gives in early.

The literature's other conventions: e for beta in Genius; 1 - t^e with e = 1 / beta for the utility asked for in
NegMAS, so that its "boulware" is beta = 1/4 and its "conceder" beta = 4.

References
----------
.. [1] P. Faratin, C. Sierra, N. R. Jennings, "Negotiation decision functions for autonomous agents", Robotics and
       Autonomous Systems 24 (1998) 159-182, doi:10.1016/S0921-8890(98)00029-3.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq

from ...agents.errors import InputError

__all__ = ["crossing", "exponential", "polynomial"]

Floats = NDArray[np.float64]


def polynomial(time: ArrayLike, beta: float, *, k: float = 0.0, deadline: float = 1.0) -> Floats:
    """Return alpha(t) = k + (1 - k) (min(t, T) / T)^(1 / beta) [1]_.

    Parameters
    ----------
    time
        Times t >= 0, in rounds or as parts of the deadline.
    beta
        The exponent, greater than 0.
    k
        What is conceded at once, in [0, 1].
    deadline
        T, in the unit of `time`, greater than 0. Whoever is late has conceded all.

    Returns
    -------
    Of the shape of `time`, from k to 1.

    Raises
    ------
    InputError
        If one of them is out of its bounds.

    Examples
    --------
    >>> polynomial([0.25, 0.5, 0.75], beta=2).round(5).tolist()
    [0.5, 0.70711, 0.86603]
    """
    passed = _passed(time, beta, deadline)
    if not 0 <= k <= 1:
        raise InputError(f"k={k:g}: one concedes from nothing to all at once; use k=0..1")
    return k + (1 - k) * passed ** (1 / beta)


def exponential(time: ArrayLike, beta: float, *, k: float = 0.1, deadline: float = 1.0) -> Floats:
    """Return alpha(t) = exp((1 - min(t, T) / T)^beta ln k) [1]_.

    Parameters
    ----------
    time
        Times t >= 0, in rounds or as parts of the deadline.
    beta
        The exponent, greater than 0.
    k
        What is conceded at once, in (0, 1]; with 0 nothing ever would be.
    deadline
        T, in the unit of `time`, greater than 0. Whoever is late has conceded all.

    Returns
    -------
    Of the shape of `time`, from k to 1.

    Raises
    ------
    InputError
        If one of them is out of its bounds.

    Examples
    --------
    >>> exponential([0.0, 0.25, 0.5, 0.75], beta=1).round(5).tolist()
    [0.1, 0.17783, 0.31623, 0.56234]
    """
    passed = _passed(time, beta, deadline)
    if not 0 < k <= 1:
        raise InputError(f"k={k:g}: the exponential curve needs 0 < k <= 1; use a small k, such as 0.01")
    grown: Floats = np.exp((1 - passed) ** beta * np.log(k))
    return grown


def crossing(
    buyer: tuple[float, float], seller: tuple[float, float], betas: tuple[float, float] = (1.0, 1.0)
) -> tuple[float, float] | None:
    """Return when two polynomial conceders (k = 0) name the same price, and that price.

    With the same exponent on both sides the price is the same whatever the exponent: each side has then gone the same
    part of its way.

    Parameters
    ----------
    buyer
        The price that it begins with, and the greater one that it would pay at last.
    seller
        The least price that it would take at last, and the greater one that it begins with.
    betas
        Exponents of buyer and seller, greater than 0.

    Returns
    -------
    (float, float) or None
        Time as a part of the deadline, and price; None if the buyer's last price is below the seller's. They begin in
        agreement where the buyer's first price is not below the seller's: time 0, and the buyer's price.

    Raises
    ------
    InputError
        If a range is not in order, or an exponent out of its bounds.

    Examples
    --------
    >>> crossing((10, 20), (15, 25))
    (0.75, 17.5)
    >>> crossing((10, 20), (21, 25)) is None
    True
    """
    for name, (low, high) in (("buyer", buyer), ("seller", seller)):
        if not -np.inf < low <= high < np.inf:
            raise InputError(f"{name}=({low:g}, {high:g}): prices are finite and go from low to high")

    def bids(time: float) -> float:
        return buyer[0] + (buyer[1] - buyer[0]) * float(polynomial(time, betas[0]))

    def gap(time: float) -> float:
        return seller[1] - (seller[1] - seller[0]) * float(polynomial(time, betas[1])) - bids(time)

    if gap(1.0) > 0:
        return None
    time = 0.0 if gap(0.0) <= 0 else float(brentq(gap, 0.0, 1.0, xtol=1e-15, rtol=1e-14))
    return time, bids(time)


def _passed(time: ArrayLike, beta: float, deadline: float) -> Floats:
    """Return the part of the deadline that has passed, at most 1."""
    times = np.asarray(time, dtype=float)
    if not 0 < beta < np.inf:
        raise InputError(
            f"beta={beta:g}: an exponent is finite and greater than 0; use 1 to concede linearly"
        )
    if not 0 < deadline < np.inf:
        raise InputError(
            f"deadline={deadline:g}: it is finite and greater than 0; use 1 for times from 0 to 1"
        )
    if not (times >= 0).all():
        raise InputError(f"time={times[~(times >= 0)].flat[0]:g}: times begin with 0; use time >= 0")
    passed: Floats = np.minimum(times, deadline) / deadline
    return passed
