"""The array engine: opinions of many runs side by side, updated by one rule, with traitors among them.

The state is one array. Runs on one network stand in its columns; runs on networks of their own stand one
below the other, as one large network without links between them. Either way a step is one sparse
product for a linear rule, or one gather and sort for the others, however many runs there are.

A run's numbers do not depend, to the last bit, on the runs beside it: sums go over neighbours and over
nodes in an order of their own, never in the order that suits the width of the array.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from ..agents.conducts import Conduct, View
from ..agents.rules import Rule
from .networks.network import Network

__all__ = ["Opinions", "Setting", "over_nodes"]

Values = NDArray[np.float64]
Indices = NDArray[np.intp]

_LANES = 512


@dataclass(frozen=True, eq=False)
class Setting:
    """What one run starts from.

    Parameters
    ----------
    network
        Who hears whom.
    matrix : (n, n)
        The weight scheme's matrix on that network, rows summing to one.
    opinions : (n,)
        First opinions.
    traitors : (k,)
        The nodes that have a conduct.
    luck
        The generator that traitors draw from.
    """

    network: Network
    matrix: csr_array
    opinions: Values
    traitors: Indices
    luck: np.random.Generator


class Opinions:
    """Opinions of R runs on networks of n nodes each.

    Parameters
    ----------
    settings
        One for each run; all networks have the same number of nodes.
    rule
        How honest opinions are updated.
    conduct
        What traitors quote.

    Attributes
    ----------
    now : (n, R)
        The opinions. A traitor's is the one that it would hold if it were honest.
    honest : (n, R) of bool
    low, high, mean, disagreement : (R,)
        Of the honest opinions: least, greatest, mean, and the Euclidean norm of their deviation from the mean.
    restless : (R,) of bool
        Whether traitors quoted something else in the last step than in the one before.
    quotes : (k,)
        What traitors quoted in the last step, an entry for each pair in `speakers`, `listeners`, `runs`;
        `honest_quotes` is what they would have quoted if they were honest.
    """

    def __init__(self, settings: Sequence[Setting], rule: Rule, conduct: Conduct) -> None:
        self._settings = list(settings)
        self._rule, self._conduct = rule, conduct
        self._openings = np.stack([each.opinions for each in settings], axis=1)
        self._place(self._openings.copy())
        self.quotes = self.honest_quotes = np.full(len(self.runs), np.nan)
        self.restless = np.zeros(self._width, dtype=bool)
        self._measure()
        self._hull_low, self._hull_high = self.low, self.high

    # Where things stand -------------------------------------------------------------------------

    def _place(self, now: Values) -> None:
        """Lay the runs out, in columns or one below the other, and look up who lies to whom."""
        settings = self._settings
        n, self._side_by_side = now.shape[0], all(each.network is settings[0].network for each in settings)
        self._n, self._width = n, now.shape[1]
        if self._side_by_side:
            self._state = np.ascontiguousarray(now)
            self._matrix = settings[0].matrix
        else:
            self._state = np.ascontiguousarray(now.T).reshape(-1, 1)
            self._matrix = _stacked([each.matrix for each in settings])
        self.honest = np.ones((n, self._width), dtype=bool)
        for run, each in enumerate(settings):
            self.honest[each.traitors, run] = False
        self._all_honest = bool(self.honest.all())
        self._count = self.honest.sum(axis=0)
        self._buckets: list[_Bucket] = []
        if self._rule.is_linear and self._all_honest:
            self._no_lies()  # the product needs no more, and networks may be large
        else:
            self._link(*self._neighbourhoods())

    def _neighbourhoods(self) -> tuple[Indices, Indices]:
        """Return `indptr` and `indices` of the network, or of the large one that all make together."""
        networks = [each.network for each in self._settings[: 1 if self._side_by_side else None]]
        starts = np.cumsum([0, *(len(each.indices) for each in networks)])
        indptr = [each.indptr[:-1] + start for each, start in zip(networks, starts, strict=False)]
        indices = [each.indices + run * self._n for run, each in enumerate(networks)]
        whole = np.concatenate([*indptr, starts[-1:]]), np.concatenate(indices)
        return whole[0].astype(np.intp), whole[1].astype(np.intp)

    def _no_lies(self) -> None:
        nobody = np.zeros(0, dtype=np.intp)
        self.runs = self.speakers = self.listeners = nobody

    def _link(self, indptr: Indices, indices: Indices) -> None:
        """List every pair of a traitor and an honest neighbour, run by run; gather neighbourhoods."""
        settings, nodes = self._settings, len(indptr) - 1
        traitor = np.concatenate([each.traitors for each in settings]).astype(np.intp)
        run = np.repeat(np.arange(self._width), [len(each.traitors) for each in settings])
        speaker = traitor if self._side_by_side else traitor + run * self._n  # as the network numbers it
        degree = indptr[speaker + 1] - indptr[speaker]
        order = np.arange(degree.sum()) - np.repeat(np.cumsum(degree) - degree, degree)
        listener = indices[np.repeat(indptr[speaker], degree) + order]
        of_traitor, run, speaker = (
            np.repeat(each, degree) for each in (np.arange(len(traitor)), run, speaker)
        )
        heard = self.honest[listener % self._n, run]
        of_traitor, run, speaker, listener = (each[heard] for each in (of_traitor, run, speaker, listener))
        listeners = np.bincount(of_traitor, minlength=len(traitor))
        first = np.cumsum(listeners) - listeners
        self._turn = (np.arange(len(run)) - first[of_traitor]) / np.maximum(listeners[of_traitor] - 1, 1)
        self.runs, self.speakers, self.listeners = run, speaker % self._n, listener % self._n
        column = run if self._side_by_side else np.zeros_like(run)
        columns = self._state.shape[1]
        self._said_by, self._said_to = speaker * columns + column, listener * columns + column
        lies = np.bincount(run, minlength=self._width)
        self._luck = [(each.luck, int(number)) for each, number in zip(settings, lies, strict=True)]

        matrix = self._matrix
        row = np.repeat(np.arange(nodes), np.diff(matrix.indptr))
        weights = matrix.data[matrix.indices != row]  # without the diagonal: in the order of `indices`
        edges = np.repeat(np.arange(nodes), np.diff(indptr)) * nodes + indices
        edge = np.searchsorted(edges, listener * nodes + speaker)
        self._lie_weight = weights[edge]
        if not self._rule.is_linear:
            places = listener, edge - indptr[listener], column
            self._buckets = self._gathers(indptr, indices, weights, places)

    def _gathers(
        self, indptr: Indices, indices: Indices, weights: Values, lies: tuple[Indices, Indices, Indices]
    ) -> list["_Bucket"]:
        """Sort the nodes into buckets of like degree, padded to the next power of four."""
        listener, slot_of_lie, column = lies
        degree = np.diff(indptr)
        power = np.ceil(np.log2(np.maximum(degree, 1)) / 2).astype(int)
        width = np.minimum(4**power, degree.max())
        buckets = []
        for size in sorted(set(width[degree > 0].tolist())):
            nodes = np.flatnonzero((width == size) & (degree > 0))
            slot = np.arange(size)[:, None]
            silent = slot >= degree[nodes]
            edge = np.where(silent, 0, indptr[nodes] + slot)
            told = np.flatnonzero(width[listener] == size)
            row = np.searchsorted(nodes, listener[told])
            hearers = nodes
            if len(nodes) == 1:  # numpy sums a single column in another order; an idle second one prevents it
                hearers, silent, edge = nodes.repeat(2), silent.repeat(2, axis=1), edge.repeat(2, axis=1)
            buckets.append(
                _Bucket(
                    nodes=nodes,
                    hearers=hearers,
                    neighbours=np.where(silent, hearers, indices[edge]),
                    silent=silent,
                    weights=np.where(silent, 0.0, weights[edge])[..., None],
                    lies=told,
                    places=(slot_of_lie[told], row, column[told]),
                )
            )
        return buckets

    @property
    def now(self) -> Values:
        """The opinions, (n, R); a view, which can be written to."""
        return self._by_run(self._state)

    def _by_run(self, state: Values) -> Values:
        return state if self._side_by_side else state.reshape(self._width, self._n).T

    # A step -------------------------------------------------------------------------------------

    def step(self, clock: int) -> None:
        """Make the step that is number `clock`, from 1."""
        if len(self.runs):
            view = self._view(clock)
            before_quotes, self.honest_quotes = self.quotes, view.own
            self.quotes = self._conduct.quote(view)
            silent = np.isnan(before_quotes) & np.isnan(self.quotes)
            self.restless = self._in_runs((self.quotes != before_quotes) & ~silent)
        before = self._state
        self._before = before
        self._state = self._averaged(before) if self._rule.is_linear else self._ruled(before)
        self._measure()

    def _view(self, clock: int) -> View:
        luck = [source.random(n) for source, n in self._luck] if self._conduct.needs_luck else []
        flat, runs = self._state.reshape(-1), self.runs
        return View(
            step=clock,
            own=flat[self._said_by],
            opening=self._openings[self.speakers, runs],
            listener=flat[self._said_to],
            low=self._hull_low[runs],
            high=self._hull_high[runs],
            honest_low=self.low[runs],
            honest_high=self.high[runs],
            turn=self._turn,
            luck=np.concatenate(luck) if luck else np.zeros(len(runs)),
        )

    def _averaged(self, before: Values) -> Values:
        if before.shape[1] == 1:
            after: Values = (self._matrix @ before[:, 0])[:, None]
        else:
            after = self._matrix @ before
        if len(self.runs):
            flat = before.reshape(-1)
            # who hears nothing puts the speaker's weight on its own opinion
            heard = np.where(np.isnan(self.quotes), flat[self._said_to], self.quotes)
            np.add.at(after.reshape(-1), self._said_to, self._lie_weight * (heard - flat[self._said_by]))
        return after

    def _ruled(self, before: Values) -> Values:
        after = before.copy()
        for bucket in self._buckets:
            heard = before[bucket.neighbours]
            heard[bucket.silent] = np.nan
            heard[bucket.places] = self.quotes[bucket.lies]
            own = before[bucket.hearers]
            after[bucket.nodes] = self._rule(own, heard, bucket.weights)[: len(bucket.nodes)]
        return after

    # What is known of it ------------------------------------------------------------------------

    def _measure(self) -> None:
        now = self.now
        self.low = over_nodes(np.minimum, self._of_honest(now, np.inf))
        self.high = over_nodes(np.maximum, self._of_honest(now, -np.inf))
        self.mean = over_nodes(np.add, self._of_honest(now, 0.0)) / self._count
        deviation = self._of_honest(from_each_node(now, self.mean), 0.0)
        np.multiply(deviation, deviation, out=deviation)
        self.disagreement = np.sqrt(over_nodes(np.add, deviation))

    def _of_honest(self, values: Values, otherwise: float) -> Values:
        return values if self._all_honest else np.where(self.honest, values, otherwise)

    def _in_runs(self, happened: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return in which runs something is true of any quote, (R,)."""
        return np.bincount(self.runs, weights=happened, minlength=self._width) > 0

    @property
    def hull(self) -> tuple[Values, Values]:
        """Least and greatest first opinion of the honest parties, each (R,)."""
        return self._hull_low, self._hull_high

    @property
    def move(self) -> Values:
        """The greatest change of an honest opinion in the last step, (R,)."""
        change = self._of_honest(self._by_run(self._state - self._before), 0.0)
        return np.maximum(over_nodes(np.maximum, change), -over_nodes(np.minimum, change))

    def keep(self, runs: Indices) -> None:
        """Go on with some of the runs and forget the others."""
        now = self.now[:, runs]
        kept = np.isin(self.runs, runs)
        self.quotes, self.honest_quotes = self.quotes[kept], self.honest_quotes[kept]
        self.restless = self.restless[runs]
        self._settings = [self._settings[run] for run in runs]
        self._openings = self._openings[:, runs]
        self._hull_low, self._hull_high = self._hull_low[runs], self._hull_high[runs]
        self._place(now)
        self._measure()


@dataclass(frozen=True, eq=False)
class _Bucket:
    """Nodes of like degree, what they hear, and where lies go in it."""

    nodes: Indices
    hearers: Indices  # (m,), the nodes, or the only one twice
    neighbours: Indices  # (d, m)
    silent: NDArray[np.bool_]  # (d, m), True where padded
    weights: Values  # (d, m, 1)
    lies: Indices  # (k,), which quotes are heard here
    places: tuple[Indices, Indices, Indices]  # slot, row and column of each


def over_nodes(ufunc: np.ufunc, values: Values) -> Values:
    """Return the sums, minima or maxima over nodes of an (n, R) array, independent of R to the last bit.

    numpy adds up a single column pairwise and several ones row by row, so a run's sums would differ in the
    last bits with the number of runs beside it. Here rows meet in lanes, for a few long columns that is
    also several times faster, and then there are always two columns at least.
    """
    values = np.ascontiguousarray(values)
    n, width = values.shape
    if n >= 2 * _LANES:
        whole = n - n % _LANES
        lanes = ufunc.reduce(values[:whole].reshape(-1, _LANES, width), axis=0)
        values = np.concatenate([lanes, values[whole:]])
    if width == 1:
        values = values.repeat(2, axis=1)
    result: Values = ufunc.reduce(values, axis=0)[:width]
    return result


def from_each_node(values: Values, subtrahend: Values) -> Values:
    """Return (n, R) values less one number for each run; in long rows, which numpy subtracts faster."""
    n, width = values.shape
    whole = n - n % _LANES
    if width == 1 or not whole or not values.flags.c_contiguous:
        return values - subtrahend
    difference = np.empty_like(values)
    rows = values[:whole].reshape(-1, _LANES * width)
    np.subtract(rows, np.tile(subtrahend, _LANES), out=difference[:whole].reshape(rows.shape))
    np.subtract(values[whole:], subtrahend, out=difference[whole:])
    return difference


def _stacked(matrices: Sequence[csr_array]) -> csr_array:
    """Return the block-diagonal matrix of square matrices of one size."""
    n = matrices[0].shape[0]
    starts = np.cumsum([0, *(each.nnz for each in matrices)])
    return csr_array(
        (
            np.concatenate([each.data for each in matrices]),
            np.concatenate([each.indices + run * n for run, each in enumerate(matrices)]),
            np.concatenate(
                [
                    *(each.indptr[:-1] + start for each, start in zip(matrices, starts, strict=False)),
                    starts[-1:],
                ]
            ),
        ),
        shape=(n * len(matrices), n * len(matrices)),
    )
