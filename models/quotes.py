"""Quotes: what every party hears of its neighbours, liars among them."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..agents.conducts import Conduct, View
from .networks.network import Network

__all__ = ["Lies", "Quotes"]

Values = NDArray[np.float64]
Nodes = NDArray[np.intp]

_SAME = 1e-12


class Lies:
    """What traitors tell their neighbours on a network, round by round.

    Parameters
    ----------
    network
        Who talks to whom.
    traitors : (k,)
        Nodes that have the conduct.
    conduct
        What they tell; one that quotes nothing leaves them honest.
    luck
        The generator that they draw from.

    Attributes
    ----------
    speakers, listeners : (l,)
        Who lies to whom, by speaker and then by listener.
    told : (l,)
        What they told last; NaN is silence, and empty if nobody has spoken.
    exposed : set of int
        Traitors that have told different things to two honest parties who can talk to each other.
    """

    def __init__(
        self, network: Network, traitors: Nodes, conduct: Conduct, luck: np.random.Generator
    ) -> None:
        self._network, self._conduct, self._luck = network, conduct, luck
        lying = np.flatnonzero(np.isin(network.rows, traitors) & conduct.quotes)
        self.speakers: Nodes = network.rows[lying].astype(np.intp)
        self.listeners: Nodes = network.indices[lying].astype(np.intp)
        rank = lying - network.indptr[self.speakers]
        self._turn = rank / np.maximum(network.degrees[self.speakers] - 1, 1)
        self._heard_by_honest = ~np.isin(self.listeners, traitors)
        self._spoken: set[int] = set()
        self.told: Values = np.empty(0)
        self.exposed: set[int] = set()

    @cached_property
    def _pairs(self) -> tuple[Nodes, Nodes]:
        """What one traitor tells to two honest neighbours of each other: where either stands, (p,)."""
        ones, others = list[int](), list[int]()
        place = np.full(self._network.n, -1)
        for speaker in np.unique(self.speakers):
            heard = np.flatnonzero((self.speakers == speaker) & self._heard_by_honest)
            place[self.listeners[heard]] = heard
            for one in heard.tolist():
                near = place[self._network.neighbours(self.listeners[one])]
                near = near[near > one]
                ones += [one] * len(near)
                others += near.tolist()
            place[self.listeners[heard]] = -1
        return np.array(ones, dtype=np.intp), np.array(others, dtype=np.intp)

    def tell(
        self,
        step: int,
        *,
        own: Values,
        opening: Values,
        listener: Values,
        believed: tuple[float, float | Values],
        honest: Values,
        seen: float,
    ) -> Values:
        """Have every traitor tell its neighbours something, and return what, (l,); NaN is silence.

        Parameters
        ----------
        step
            The step that is about to be made, from 1.
        own, opening, listener : (l,)
            What they would tell if they were honest, now and at first, and what whoever listens would tell them.
        believed
            The least and the greatest that anybody would believe.
        honest
            What all who are honest tell.
        seen
            The least difference that shows.
        """
        count = len(self.speakers)
        hull = (honest.min(), honest.max()) if len(honest) else (0.0, 0.0)
        low, high, honest_low, honest_high = (np.full(count, end) for end in (*believed, *hull))
        self.told = self._conduct.quote(
            View(
                step=step,
                own=own,
                opening=opening,
                listener=listener,
                low=low,
                high=high,
                honest_low=honest_low,
                honest_high=honest_high,
                turn=self._turn,
                luck=self._luck.random(count) if self._conduct.needs_luck else np.zeros(count),
            )
        )
        self._spoken.update(self.speakers[~np.isnan(self.told)].tolist())
        ones, others = self._pairs
        apart = np.abs(self.told[ones] - self.told[others]) > seen
        self.exposed.update(self.speakers[ones[apart]].tolist())
        return self.told

    @property
    def silent(self) -> list[int]:
        """Traitors that could lie, and have never told anybody anything."""
        return sorted(set(self.speakers.tolist()) - self._spoken)


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
    lies : Lies
        What traitors quote.
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
        self.lies, self._believed = Lies(network, traitors, conduct, luck), believed
        self._honest = np.setdiff1d(np.arange(n), traitors)
        slots, listeners = np.nonzero(np.isin(self.neighbours, traitors) & ~self.silent & conduct.quotes)
        order = np.lexsort((listeners, self.neighbours[slots, listeners]))  # as in lies
        self._places = slots[order], listeners[order]

    def say(self, step: int, wanted: Values, opening: Values) -> Values:
        """Have everybody quote the price that it wants, and traitors what they will; return the prices held, (n,).

        Parameters
        ----------
        step
            The step that is about to be made, from 1.
        wanted, opening : (n,)
            The prices that honest parties would hold, now and at first.
        """
        speakers, listeners = self.lies.speakers, self.lies.listeners
        if not len(speakers):
            return wanted
        told = self.lies.tell(
            step,
            own=wanted[speakers],
            opening=opening[speakers],
            listener=wanted[listeners],
            believed=self._believed,
            honest=wanted[self._honest],
            seen=_SAME,
        )
        said = ~np.isnan(told)
        words = np.bincount(speakers[said], minlength=len(wanted))
        total = np.bincount(speakers[said], told[said], minlength=len(wanted))
        return np.where(words > 0, total / np.maximum(words, 1), wanted)

    def heard(self, held: Values) -> Values:
        """Return the prices that every party hears, (d, n), its neighbours' in a column; NaN is silence."""
        heard: Values = np.where(self.silent, np.nan, held[self.neighbours])
        heard[self._places] = self.lies.told
        return heard

    def of(self, node: int) -> dict[int, float]:
        """Return what a traitor that lies about prices says, by neighbour; nothing of anybody else."""
        said = self.lies.speakers == node
        return dict(zip(self.lies.listeners[said].tolist(), self.lies.told[said].tolist(), strict=True))
