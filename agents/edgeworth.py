"""Two goods, and parties with Cobb-Douglas utilities: what each wants, and at which price markets clear.

A party that holds x of the first good and y of the second has the utility x^a y^(1-a). Its marginal rate of
substitution, a/(1-a) y/x, is the price of the first good, in units of the second, at which it wants neither to buy nor
to sell. Functions are arithmetic on arrays of parties.

References
----------
.. [1] F. Y. Edgeworth, "Mathematical psychics", Kegan Paul, London 1881.
.. [2] A. Mas-Colell, M. D. Whinston, J. R. Green, "Microeconomic theory", Oxford University Press, 1995, sec. 15.B.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["marginal_rates", "utilities", "walras_allocation", "walras_price"]

Values = NDArray[np.float64]


def utilities(holdings: Values, exponents: Values) -> Values:
    """Return x^a y^(1-a), (n,), of holdings (n, 2) and exponents (n,); twice of both goods is worth twice as much.

    >>> utilities(np.array([[4.0, 1.0]]), np.array([0.5]))
    array([2.])
    """
    worth: Values = holdings[:, 0] ** exponents * holdings[:, 1] ** (1 - exponents)
    return worth


def marginal_rates(holdings: Values, exponents: Values) -> Values:
    """Return the marginal rates of substitution, (n,), of positive holdings (n, 2) and exponents (n,).

    >>> marginal_rates(np.array([[4.0, 1.0]]), np.array([0.5]))
    array([0.25])
    """
    rates: Values = exponents / (1 - exponents) * holdings[:, 1] / holdings[:, 0]
    return rates


def walras_price(holdings: Values, exponents: Values) -> float:
    """Return the price of the first good at which demand is supply, where all trade at one price.

    A party spends the share a of its wealth p x + y on the first good, so that p = sum a y / sum (1-a) x.

    >>> walras_price(np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([0.5, 0.5]))
    1.0
    """
    return float(exponents @ holdings[:, 1] / ((1 - exponents) @ holdings[:, 0]))


def walras_allocation(holdings: Values, exponents: Values) -> Values:
    """Return what parties hold, (n, 2), after trade at the price at which demand is supply.

    >>> walras_allocation(np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([0.5, 0.5]))
    array([[0.5, 0.5],
           [0.5, 0.5]])
    """
    price = walras_price(holdings, exponents)
    wealth = price * holdings[:, 0] + holdings[:, 1]
    return np.stack((exponents * wealth / price, (1 - exponents) * wealth), axis=1)
