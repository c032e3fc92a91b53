"""Whoever deals leaves and is replaced by somebody like it: Manea's bargaining in stationary networks.

**Institution.** In each period a link is drawn, all equally likely, and one of its ends to propose, by a fair coin. It
offers the other what that says that it may hope for; if what is left is no less than it may hope for itself, they sign
and leave, and others like them take their places. What one may hope for is what the stationary equilibrium gives, with
a discount factor. A round has as many periods as there are links. What a node gains is the mean, over all who left it,
of what a deal gave them, discounted over the periods that they waited.
**Effect.** Nobody ever runs out of partners: power is how many others depend on one's few partners. A party with one
partner still gets its share.
**Names.** Stationary network bargaining, random matching with replacement, steady-state matching market.

References
----------
.. [1] M. Manea, "Bargaining in stationary networks", American Economic Review 101 (2011) 2042-2080,
       doi:10.1257/aer.101.5.2042.

Examples
--------
>>> from accord.models.networks import network
>>> Replacement(discount=0.9999).theory(Links.of(network("path(n=4)"))).dues.round(2).tolist()
[0.5, 0.5, 0.5, 0.5]
"""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ..links import Links
from ..manea import equilibrium
from . import Institution, Play, Signed, Tell, Theory

__all__ = ["Replacement"]

Values = NDArray[np.float64]
_ROUNDING = 1e-9  # of what the best link is worth


class Replacement(Institution):
    """Who deals is replaced."""

    discount: float = Field(
        0.9999, gt=0, lt=1, description="what a gain is worth a period later, to everybody"
    )
    rounds: int = Field(
        100, ge=1, description="rounds to be watched, each of as many periods as there are links"
    )

    same_to_all: ClassVar[bool] = True

    def begin(self, links: Links, lots: np.random.Generator) -> "_Replacing":
        """Return the play in which everybody hopes for what the equilibrium gives."""
        return _Replacing(links, lots, self.discount, self.rounds)

    def theory(self, links: Links) -> Theory:
        """Return what the stationary equilibrium gives."""
        return Theory(equilibrium(links, self.discount))


class _Replacing(Play):
    def __init__(self, links: Links, lots: np.random.Generator, discount: float, rounds: int) -> None:
        super().__init__(links)
        self._lots, self._discount, self._left = lots, discount, rounds
        self._waiting = discount * equilibrium(links, discount)
        self._slack = _ROUNDING * links.top
        self._period = 0
        self._since = np.zeros(links.n)  # the period in which who is there now came
        self._sum, self._count = np.zeros(links.n), np.zeros(links.n)
        self._parted = np.zeros(2 * links.m, dtype=bool)
        self._unfair: tuple[int, ...] = ()

    def round(self, tell: Tell) -> Signed:
        """Have every link drawn once on average."""
        links, m = self.links, self.links.m
        hoped = self._waiting[links.sources]
        told = tell(hoped)
        drawn, heads = self._lots.integers(m, size=m), self._lots.random(m) < 0.5
        proposals = np.where(heads, links.once[drawn], links.reverse[links.once[drawn]])
        given = told[links.reverse[proposals]]
        kept = links.worths[proposals] - given
        # a silent party can neither propose nor accept: comparisons with NaN are false
        agreed = (kept >= hoped[proposals] - self._slack) & ~np.isnan(told[proposals])
        self._parted[proposals[~agreed]] = True
        signed = proposals[agreed]
        beyond = np.abs(given[agreed] - self._waiting[links.targets[signed]]) > self._slack
        if beyond.any() and not self._unfair:
            first = signed[np.argmax(beyond)]
            self._unfair = int(links.sources[first]), int(links.targets[first])
        periods = self._period + np.flatnonzero(agreed)
        self._period += m
        self._left -= 1
        self.over = not self._left
        return Signed(signed, np.stack([kept[agreed], given[agreed]], axis=1), periods)

    def book(self, signed: Signed, amounts: Values) -> None:
        """Discount what was gained over the periods that it took."""
        before = self.gains
        nodes = np.concatenate([self.links.sources[signed.links], self.links.targets[signed.links]])
        periods = np.tile(signed.periods, 2)
        order = np.lexsort((periods, nodes))
        nodes, periods = nodes[order], periods[order]
        came = np.concatenate([[0], periods[:-1] + 1])
        first = np.concatenate([[True], nodes[1:] != nodes[:-1]])[: len(nodes)]
        came = np.where(first, self._since[nodes], came[: len(nodes)])
        worth = amounts.T.ravel()[order] * self._discount ** (periods - came)
        self._sum += np.bincount(nodes, worth, self.links.n)
        self._count += np.bincount(nodes, minlength=self.links.n)
        self._since[nodes] = periods + 1  # of several the last counts
        self.moved = float(np.abs(self.gains - before).max(initial=0.0))

    @property
    def asked(self) -> Values:
        """What each party may hope for if it waits."""
        return self._waiting.copy()

    @property
    def gains(self) -> Values:
        """What those who left each node gained on average; nothing where nobody left."""
        return self._sum / np.maximum(self._count, 1)

    def blocking(self, links: Links) -> tuple[int, ...]:
        """Return two who met and parted, though a deal was worth more than both may hope for."""
        missed = links.worths - self._waiting[links.sources] - self._waiting[links.targets]
        missed = np.where(self._parted, missed, 0.0)
        if missed.max(initial=0.0) <= self._slack:
            return ()
        worst = int(np.argmax(missed))
        return int(links.sources[worst]), int(links.targets[worst])

    def unbalanced(self, links: Links) -> tuple[int, ...]:
        """Return who proposed, and who then got something else than what it may hope for."""
        return self._unfair
