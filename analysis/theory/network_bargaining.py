"""What theory gives to each place of a network: Manea's shares with replacement, balanced outcomes without.

The models' own solvers, asked for a network by name, as figures and tests want them.

References
----------
.. [1] M. Manea, "Bargaining in stationary networks", American Economic Review 101 (2011) 2042-2080,
       doi:10.1257/aer.101.5.2042.
.. [2] J. Kleinberg, E. Tardos, "Balanced outcomes in social exchange networks", STOC 2008, 295-304,
       doi:10.1145/1374376.1374417.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...models.balanced import balanced
from ...models.links import Links
from ...models.manea import equilibrium, limit_shares
from ...models.networks import network

__all__ = ["balanced_outcome", "replacement_payoffs"]

Floats = NDArray[np.float64]


def replacement_payoffs(choice: Any, discount: float = 1.0) -> Floats:
    """Return what each place gives if whoever deals is replaced [1]_, (n,); with a discount of 1 the limit.

    Parameters
    ----------
    choice
        A network, or whatever stands for one.
    discount
        The discount factor a period, in (0, 1].

    Examples
    --------
    >>> replacement_payoffs("path(n=4)").tolist()
    [0.5, 0.5, 0.5, 0.5]
    """
    links = Links.of(network(choice))
    if discount != 1:
        return equilibrium(links, discount)
    return np.array([float(share) for share in limit_shares(links)]) * links.top


def balanced_outcome(choice: Any) -> Floats:
    """Return what each place gives if whoever deals leaves [2]_, (n,); NaN where no outcome is stable.

    Parameters
    ----------
    choice
        A network, or whatever stands for one.

    Examples
    --------
    >>> balanced_outcome("path(n=4)").round(3).tolist()
    [0.333, 0.667, 0.667, 0.333]
    """
    found = balanced(Links.of(network(choice)))
    return found.gains if found.stable else np.full(len(found.gains), np.nan)
