"""Whoever deals leaves the market: neighbours tell each other their alternatives until they agree.

**Institution.** In each round everybody tells each neighbour what it could get elsewhere, by the offers of the round
before. An offer halves what a link is worth beyond both alternatives. When no message changes any more, everybody asks
for its best offer, and those sign whose link is worth what both ask for.
**Guarantee.** At rest within O(1 / tolerance^2) rounds, whatever the size of the network [2]_. Where some outcome is
stable, and one way to pair everybody is worth most, what is signed is stable and balanced.
**Effect.** Who has several partners plays them off against each other: in a chain of three the middle takes all, in one
of four it gets 2/3. Where an odd cycle leaves nobody content, or ties leave everybody hoping, somebody who asked for a
share is left without a deal; the verdict says so.
**Names.** Balanced outcomes, Nash bargaining on networks, cooperative solution of exchange networks, pairwise kernel.

References
----------
.. [1] J. Kleinberg, E. Tardos, "Balanced outcomes in social exchange networks", STOC 2008, 295-304,
       doi:10.1145/1374376.1374417.
.. [2] Y. Kanoria, M. Bayati, C. Borgs, J. Chayes, A. Montanari, "Fast convergence of natural bargaining dynamics in
       exchange networks", SODA 2011, 1518-1537 (arXiv:1004.2079).

Examples
--------
>>> from accord.models.networks import network
>>> Leaving().theory(Links.of(network("path(n=4)"))).dues.round(2).tolist()
[0.33, 0.67, 0.67, 0.33]
"""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ..balanced import balanced, offers, pairs
from ..links import Links
from . import Institution, Play, Signed, Tell, Theory

__all__ = ["Leaving"]

Values = NDArray[np.float64]
_FAR = 1000  # by so many times the last change messages may still be from rest, in long chains


class Leaving(Institution):
    """Who deals leaves."""

    damping: float = Field(0.5, gt=0, lt=1, description="what part of the way messages move in a round")
    tolerance: float = Field(
        1e-7,
        gt=0,
        le=1e-4,
        description="change of messages that counts as rest, by what the best link is worth",
    )

    same_to_all: ClassVar[bool] = False

    def begin(self, links: Links, lots: np.random.Generator) -> "_Leaving":
        """Return the play in which nobody knows of an alternative yet."""
        return _Leaving(links, self.damping, self.tolerance)

    def theory(self, links: Links) -> Theory:
        """Return a balanced outcome; nothing but an odd cycle where no outcome is stable."""
        found = balanced(links)
        return Theory(found.gains if found.stable else np.full(links.n, np.nan), found.cycle)


class _Leaving(Play):
    def __init__(self, links: Links, damping: float, tolerance: float) -> None:
        super().__init__(links)
        self._damping = damping
        self._tolerance = tolerance * links.top
        self._slack = _FAR * self._tolerance
        self._alternatives = np.zeros(2 * links.m)
        self._asked, self._gains = np.zeros(links.n), np.zeros(links.n)
        self._partners = np.full(links.n, -1)
        self._rounds = 0

    def round(self, tell: Tell) -> Signed:
        """Have everybody speak once, and sign if that changed nothing."""
        links, told = self.links, tell(self._alternatives)
        received = offers(links, told)[links.reverse]
        self._asked = links.greatest(received)
        change = links.greatest_of_others(received) - self._alternatives
        self.moved = float(np.abs(change).max(initial=0.0))
        self._rounds += 1
        if self.moved > self._tolerance:
            self._alternatives = self._alternatives + self._damping * change
            return Signed(np.arange(0), np.zeros((0, 2)), np.arange(0))
        self.over = True
        silent = np.isnan(told)
        spoken = links.but(np.where(silent | silent[links.reverse], 0.0, links.worths))
        self._partners = pairs(spoken, self._asked, self._slack)
        signed = links.once[self._partners[links.sources[links.once]] == links.targets[links.once]]
        asked = self._asked[np.stack([links.sources[signed], links.targets[signed]], axis=1)]
        worths = links.worths[signed]
        first = np.clip(asked[:, 0] + (worths - asked.sum(axis=1)) / 2, 0.0, worths)
        return Signed(
            signed, np.stack([first, worths - first], axis=1), np.full(len(signed), self._rounds - 1)
        )

    def book(self, signed: Signed, amounts: Values) -> None:
        """Note the gains of those who leave."""
        self._gains[self.links.sources[signed.links]] = amounts[:, 0]
        self._gains[self.links.targets[signed.links]] = amounts[:, 1]

    @property
    def asked(self) -> Values:
        """The best offer that each party has."""
        return self._asked.copy()

    @property
    def gains(self) -> Values:
        """What each party gained; nothing without a deal."""
        return self._gains.copy()

    def blocking(self, links: Links) -> tuple[int, ...]:
        """Return two who are linked and together have less than their link is worth."""
        missed = links.worths - self._gains[links.sources] - self._gains[links.targets]
        if not links.m or missed.max() <= 2 * self._slack:
            return ()
        worst = int(np.argmax(missed))
        return int(links.sources[worst]), int(links.targets[worst])

    def unbalanced(self, links: Links) -> tuple[int, ...]:
        """Return two who have a deal that gives them different gains beyond what others would leave them."""
        alternatives = links.greatest_of_others(np.maximum(links.worths - self._gains[links.targets], 0.0))
        beyond = self._gains[links.sources] - alternatives
        signed = self._partners[links.sources] == links.targets
        apart = np.where(signed, np.abs(beyond - beyond[links.reverse]), 0.0)
        if apart.max(initial=0.0) <= 4 * self._slack:
            return ()
        worst = int(np.argmax(apart))
        return int(links.sources[worst]), int(links.targets[worst])
