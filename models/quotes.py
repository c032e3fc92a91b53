"""Quotes: what every party hears of its neighbours' prices, liars among them."""

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from ..agents.conducts import Conduct, View
from .networks.network import Network

__all__ = ["Quotes"]

Values = NDArray[np.float64]
Nodes = NDArray[np.intp]

_SAME = 1e-12


class Quotes:
    """The prices that parties on a network quote to each other, round by round.

    An honest party quotes the price that it holds. A traitor that lies about prices holds what it says, on average
    where it does not say the same to all; one who is silent holds what it would have said.

    Parameters
    ----------
    network
        Who quotes to whom.
    traitors : (k,)
        Nodes that have the conduct.
    conduct
        What traitors quote; one that quotes nothing leaves them honest about prices.
    believed
        The least and the greatest price that anybody would believe.
    luck
        The generator that traitors draw from.

    Attributes
    ----------
    neighbours : (d, n)
        Every node's neighbours in columns, padded with itself.
    silent : (d, n) of bool
        True where padded.
    spoken : set of int
        Traitors that have quoted a price to anybody so far.
    exposed : set of int
        Traitors that have quoted different prices to two honest parties who can talk to each other.
    """

    def __init__(
        self,
        network: Network,
        traitors: Nodes,
        conduct: Conduct,
        believed: tuple[float, float],
        luck: np.random.Generator,
    ) -> None:
        n, degrees = network.n, network.degrees
        slot = np.arange(int(degrees.max(initial=0)))[:, None]
        self.silent: NDArray[np.bool_] = slot >= degrees
        edge = np.where(self.silent, 0, network.indptr[:-1] + slot)
        self.neighbours: Nodes = np.where(
            self.silent, np.arange(n), network.indices[edge] if network.m else 0
        )
        self._conduct, self._believed, self._luck = conduct, believed, luck
        self._honest = np.setdiff1d(np.arange(n), traitors)
        lying = np.isin(self.neighbours, traitors) & ~self.silent & conduct.quotes
        slots, listeners = np.nonzero(lying)
        speakers = self.neighbours[slots, listeners]
        order = np.lexsort((listeners, speakers))
        self.speakers, self.listeners = speakers[order], listeners[order]
        self._places = slots[order], self.listeners
        first = np.searchsorted(self.speakers, self.speakers)
        self._turn = (np.arange(len(first)) - first) / np.maximum(degrees[self.speakers] - 1, 1)
        self._told = np.empty(0)
        self._pairs = self._who_compare(network)
        self.spoken: set[int] = set()
        self.exposed: set[int] = set()

    def _who_compare(self, network: Network) -> list[tuple[int, int]]:
        """Return pairs of quotes of one traitor to honest neighbours of each other."""
        pairs = []
        for speaker in np.unique(self.speakers):
            heard = np.flatnonzero((self.speakers == speaker) & np.isin(self.listeners, self._honest))
            for one, other in combinations(heard.tolist(), 2):
                if self.listeners[other] in network.neighbours(self.listeners[one]):
                    pairs.append((one, other))
        return pairs

    def say(self, step: int, wanted: Values, opening: Values) -> Values:
        """Have everybody quote the price that it wants, and traitors what they will; return the prices held, (n,).

        Parameters
        ----------
        step
            The step that is about to be made, from 1.
        wanted, opening : (n,)
            The prices that honest parties would hold, now and at first.
        """
        speakers, listeners = self.speakers, self.listeners
        if not len(speakers):
            return wanted
        every, honest = np.ones(len(speakers)), wanted[self._honest]
        self._told = self._conduct.quote(
            View(
                step=step,
                own=wanted[speakers],
                opening=opening[speakers],
                listener=wanted[listeners],
                low=self._believed[0] * every,
                high=self._believed[1] * every,
                honest_low=honest.min() * every,
                honest_high=honest.max() * every,
                turn=self._turn,
                luck=self._luck.random(len(speakers)) if self._conduct.needs_luck else 0 * every,
            )
        )
        said = ~np.isnan(self._told)
        self.spoken.update(speakers[said].tolist())
        self.exposed.update(
            int(speakers[one])
            for one, other in self._pairs
            if abs(self._told[one] - self._told[other]) > _SAME
        )
        words = np.bincount(speakers[said], minlength=len(wanted))
        total = np.bincount(speakers[said], self._told[said], minlength=len(wanted))
        return np.where(words > 0, total / np.maximum(words, 1), wanted)

    def heard(self, held: Values) -> Values:
        """Return the prices that every party hears, (d, n), its neighbours' in a column; NaN is silence."""
        heard: Values = np.where(self.silent, np.nan, held[self.neighbours])
        heard[self._places] = self._told
        return heard

    def of(self, node: int) -> dict[int, float]:
        """Return what a traitor that lies about prices says, by neighbour; nothing of anybody else."""
        said = self.speakers == node
        return dict(zip(self.listeners[said].tolist(), self._told[said].tolist(), strict=True))
