"""What exchange of two goods can come to, where parties have Cobb-Douglas utilities x^a y^(1-a).

An allocation is efficient if all have the same marginal rate of substitution. Where all have the same exponent, it is
a/(1-a) Y/X whoever holds how much of the X and Y that there are; where two have different ones, it depends on which
point of the contract curve they reach.

References
----------
.. [1] F. Y. Edgeworth, "Mathematical psychics", Kegan Paul, London 1881.
.. [2] A. Mas-Colell, M. D. Whinston, J. R. Green, "Microeconomic theory", Oxford University Press, 1995, sec. 15.B.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...agents.edgeworth import marginal_rates, utilities, walras_allocation, walras_price
from ...agents.errors import InputError

__all__ = [
    "contract_curve",
    "efficient_rate",
    "marginal_rates",
    "utilities",
    "walras_allocation",
    "walras_price",
]

Floats = NDArray[np.float64]


def efficient_rate(exponent: float, first: float, second: float) -> float:
    """Return the marginal rate of all in any efficient allocation of X and Y, a/(1-a) Y/X, if all have one exponent.

    >>> efficient_rate(0.5, 20, 10)
    0.5
    """
    _check(exponent, first, second)
    return exponent / (1 - exponent) * second / first


def contract_curve(
    held: ArrayLike, exponent: float, other: float, first: float = 1.0, second: float = 1.0
) -> Floats:
    """Return how much of the second good one of two parties holds where both have the same marginal rate.

    Parameters
    ----------
    held
        How much of the first good it holds, between 0 and X.
    exponent, other
        Its exponent, and the other party's, who holds the rest.
    first, second
        X and Y, what there is of the goods.

    Examples
    --------
    >>> contract_curve([0.0, 0.5, 1.0], 0.5, 0.5), contract_curve([0.5], 0.75, 0.5)
    (array([0. , 0.5, 1. ]), array([0.25]))
    """
    _check(exponent, first, second)
    _check(other, first, second)
    x = np.asarray(held, dtype=np.float64)
    odds, others = exponent / (1 - exponent), other / (1 - other)
    curve: Floats = others * x * second / (odds * (first - x) + others * x)
    return curve


def _check(exponent: float, first: float, second: float) -> None:
    if not 0 < exponent < 1 or not 0 < first < np.inf or not 0 < second < np.inf:
        raise InputError(
            f"exponent={exponent:g}, first={first:g}, second={second:g}: an exponent is in (0, 1), and there is some "
            "of both goods"
        )
