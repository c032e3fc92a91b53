"""Holdings: what parties hold, counted in whole units, so that nothing is ever lost or made by rounding."""

import numpy as np

from ..agents.errors import InputError
from ..agents.exchanges import ExchangeRule, Units
from .endowments import Endowment

__all__ = ["counted"]

_DIVISIBLE, _COINS = 62, 53  # bits of all units of a good: 64 hold their sums, and floats so many coins


def counted(
    rule: ExchangeRule, endowment: Endowment, n: int, rng: np.random.Generator
) -> tuple[Units, float]:
    """Return what n parties hold at first, (goods, n) in units, and how much a unit is.

    A unit is 1 where goods come in pieces, and else the least power of two by which all there is can be counted.

    Raises
    ------
    InputError
        If there is nothing to exchange, too much to be counted, or a party lacks a good that it cannot do without.

    Examples
    --------
    >>> from accord.agents.exchanges.coin import Coin
    >>> from accord.models.endowments.equal import Equal
    >>> counted(Coin(), Equal(amount=3), 4, np.random.default_rng(1))
    (array([[3, 3, 3, 3]]), 1.0)
    """
    amounts = endowment.build(n, rule.goods, rng)
    with np.errstate(over="ignore"):
        total = float(amounts.sum(axis=0).max())
    if not total < np.inf or (rule.whole and total > 2.0**_COINS):
        raise InputError(f"endowment={endowment}: {total:g} of a good are too many to be counted; give less")
    unit = 1.0 if rule.whole or not total else 2.0 ** (np.frexp(total)[1] - _DIVISIBLE)
    units = np.floor(amounts / unit)
    if rule.whole and not endowment.is_random and (units != amounts).any():
        part = amounts[units != amounts][0]
        raise InputError(f"endowment={endowment}: {part:g} is no number of coins; give whole numbers")
    if not (units.sum(axis=0) > 0).all():
        raise InputError(f"endowment={endowment}: nobody has anything to exchange; give somebody something")
    if rule.priced and not units.all():
        node = int(np.argmin(units.all(axis=1)))
        if amounts[node].all():
            raise InputError(
                f"endowment={endowment}: party {node} has too little of a good to be counted beside what there is of "
                f"it; give it {unit:g} at least"
            )
        raise InputError(
            f"endowment={endowment}: party {node} has nothing of a good, and whoever lacks one has no price; "
            "give everybody some of each"
        )
    return units.T.astype(np.int64, order="C"), float(unit)
