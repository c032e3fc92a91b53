"""What axioms give to each of two who divide a pie of one: Nash, Kalai and Smorodinsky, egalitarian, utilitarian.

The first party, with share x, has the utility x^a, the second one s (1 - x)^b; with nothing agreed on both have 0.
Powers below 1 mean aversion to risk, or gains that count less the more there are. Only Nash's and Kalai and
Smorodinsky's divisions are independent of the scale s, in which utilities are measured.

References
----------
.. [1] J. F. Nash, "The bargaining problem", Econometrica 18 (1950) 155-162, doi:10.2307/1907266.
.. [2] E. Kalai, M. Smorodinsky, "Other solutions to Nash's bargaining problem", Econometrica 43 (1975) 513-518,
       doi:10.2307/1914280.
.. [3] E. Kalai, "Proportional solutions to bargaining situations: interpersonal utility comparisons", Econometrica 45
       (1977) 1623-1630, doi:10.2307/1913954.
.. [4] J. C. Harsanyi, "Approaches to the bargaining problem before and after the theory of games", Econometrica 24
       (1956) 144-157, doi:10.2307/1905748.
.. [5] E. Kalai, "Nonsymmetric Nash solutions and replications of 2-person bargaining", International Journal of Game
       Theory 6 (1977) 129-133, doi:10.1007/BF01774658.
"""

from math import exp, log, log1p

from scipy.optimize import brentq
from scipy.special import expit

from ...agents.errors import InputError

__all__ = ["egalitarian", "kalai_smorodinsky", "nash", "surplus_split", "utilitarian", "zeuthen"]

_REACH = 750.0  # log odds beyond which a float is 0 or 1


def surplus_split(pie: float, disagreement: tuple[float, float], weight: float = 0.5) -> tuple[float, float]:
    """Return what two with linear utilities get: their disagreement points, and parts of what is above them.

    With weight 1/2 Nash's, Kalai and Smorodinsky's and the egalitarian division are this one; with another, it is
    the weighted Nash solution [5]_.

    Parameters
    ----------
    pie
        What there is to divide.
    disagreement
        What each gets without a deal, together at most the pie.
    weight
        Bargaining power of the first party, in [0, 1].

    Raises
    ------
    InputError
        If there is nothing to gain by a deal, or the weight is outside [0, 1].

    Examples
    --------
    >>> surplus_split(100, (20, 10))
    (55.0, 45.0)
    """
    _check_weight(weight)
    first, second = disagreement
    surplus = pie - first - second
    if not surplus >= 0:
        raise InputError(
            f"disagreement=({first:g}, {second:g}), pie={pie:g}: there is no zone of agreement; "
            f"use points that sum to at most the pie"
        )
    return first + weight * surplus, second + (1 - weight) * surplus


def nash(a: float = 1.0, b: float = 1.0, weight: float = 0.5) -> float:
    """Return the first party's share of which the product of the utilities is greatest: a w / (a w + b (1 - w)) [1]_.

    Parameters
    ----------
    a, b
        Powers of the utilities, greater than 0.
    weight
        w, the power of the first utility in the product, in [0, 1] [5]_; the other one's is 1 - w.

    Raises
    ------
    InputError
        If a power or the weight is out of its bounds.

    Examples
    --------
    >>> round(nash(1, 0.5), 7), round(nash(weight=0.7), 7)
    (0.6666667, 0.7)
    """
    _check_powers(a, b)
    _check_weight(weight)
    return a * weight / (a * weight + b * (1 - weight))


def kalai_smorodinsky(a: float = 1.0, b: float = 1.0) -> float:
    """Return the first party's share at which both get the same part of their best: the root of x^a = (1 - x)^b [2]_.

    Parameters
    ----------
    a, b
        Powers of the utilities, greater than 0.

    Raises
    ------
    InputError
        If a power is not greater than 0.

    Examples
    --------
    The golden ratio, if one of them is linear and the other one's utility a square root:

    >>> round(kalai_smorodinsky(1, 0.5), 7)
    0.618034
    """
    return egalitarian(a, b)


def egalitarian(a: float = 1.0, b: float = 1.0, scale: float = 1.0) -> float:
    """Return the first party's share at which both utilities are the same: the root of x^a = s (1 - x)^b [3]_.

    Parameters
    ----------
    a, b
        Powers of the utilities, greater than 0.
    scale
        s, the second party's utility of the whole pie, greater than 0.

    Raises
    ------
    InputError
        If one of them is not greater than 0.

    Examples
    --------
    >>> round(egalitarian(scale=3), 7)
    0.75
    """
    _check_powers(a, b)
    _check_scale(scale)
    return _balanced(a, b, log(scale))


def utilitarian(a: float = 1.0, b: float = 0.5, scale: float = 1.0) -> float:
    """Return the first party's share of which the sum of the utilities is greatest.

    Parameters
    ----------
    a, b
        Powers of the utilities, in (0, 1] and not both 1: the sum is then greatest at one share.
    scale
        s, the second party's utility of the whole pie, greater than 0.

    Raises
    ------
    InputError
        If one of them is out of its bounds.

    Examples
    --------
    >>> round(utilitarian(1, 0.5), 7)
    0.75
    """
    _check_powers(a, b)
    _check_scale(scale)
    if max(a, b) > 1 or a == b == 1:
        raise InputError(
            f"a={a:g}, b={b:g}: the best sum is at one inner share only if powers are at most 1, and one below; "
            f"use such"
        )
    # where a x^(a - 1) = s b (1 - x)^(b - 1), unless a linear utility gains more by a step than the other at any share
    return _balanced(1 - a, 1 - b, log(a) - log(scale) - log(b))


def zeuthen(steps: int, a: float = 1.0, b: float = 1.0) -> float:
    """Return the first party's share that monotonic concession ends at if it goes by Zeuthen's principle [4]_.

    Both begin with all for themselves. Whoever risks less by a conflict, having the smaller (U - V) / U with U the
    utility of its own offer and V that of the other's, concedes a step; that is whoever's own offer has the smaller
    product of utilities. So they meet at the share with the greatest product of all: the grid's Nash solution.

    Parameters
    ----------
    steps
        Number of steps in which the pie is cut.
    a, b
        Powers of the utilities, greater than 0.

    Returns
    -------
    float
        The one of the two shares beside Nash's of which the product is greater; the smaller one of equals.

    Raises
    ------
    InputError
        If there are fewer than two steps, or a power is not greater than 0.

    Examples
    --------
    >>> zeuthen(100), zeuthen(100, 1, 0.5)
    (0.5, 0.67)
    """
    if steps < 2:
        raise InputError(f"steps={steps}: a pie in one piece cannot be divided; use steps >= 2")
    below = min(max(int(nash(a, b) * steps), 1), steps - 1)

    def product(share: int) -> float:  # its logarithm
        return a * log(share / steps) + b * log1p(-share / steps)

    above = below + 1
    return (above if above < steps and product(above) > product(below) else below) / steps


def _balanced(a: float, b: float, level: float) -> float:
    """Return the x with a ln x - b ln(1 - x) = level, or the end of 0..1 that comes nearest to it."""

    def excess(odds: float) -> float:  # in the log odds ln(x / (1 - x)), where neither logarithm cancels
        inside = log1p(exp(-abs(odds)))
        return a * (min(odds, 0) - inside) + b * (max(odds, 0) + inside) - level

    if excess(-_REACH) >= 0:
        return 0.0
    if excess(_REACH) <= 0:
        return 1.0
    return float(expit(brentq(excess, -_REACH, _REACH, xtol=1e-15, rtol=1e-15, maxiter=1000)))


def _check_powers(a: float, b: float) -> None:
    for name, power in (("a", a), ("b", b)):
        if not 0 < power < float("inf"):
            raise InputError(
                f"{name}={power:g}: a power of utility is finite and greater than 0; use 1 for a linear one"
            )


def _check_scale(scale: float) -> None:
    if not 0 < scale < float("inf"):
        raise InputError(f"scale={scale:g}: it is finite and greater than 0; use 1 for utilities of one kind")


def _check_weight(weight: float) -> None:
    if not 0 <= weight <= 1:
        raise InputError(f"weight={weight:g}: bargaining power is from 0 to 1; use 0.5 for equals")
