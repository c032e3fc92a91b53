"""What theory would have the parties agree on: the Pareto frontier and the solutions of a finite set of outcomes.

All functions take the utilities of all outcomes, (size, parties), and the utilities of no deal, (parties,),
which are zero where they are not given; they answer with outcome numbers. The Nash, Kalai-Smorodinsky and
egalitarian solutions are looked for among the *rational* outcomes, those that give nobody less than no deal;
where there are none, they are None.

An outcome's *shares* are its gains over no deal, each divided by the greatest that the party has at a rational
outcome. Of outcomes whose criteria are the same up to a relative 1e-12, the one is taken whose worst-off party
has most, among these the one whose second worst-off has most, and so on (leximin [3]_), and of those that are
still the same the first that no other dominates. What is compared there are shares for the Nash and the
Kalai-Smorodinsky solution, which are therefore scale invariant to the last tie, gains for the egalitarian, and
utilities for the utilitarian. So all solutions are Pareto optimal, also where their criterion alone would not
see to it.

**Cost.** What a few outcomes dominate is dropped first, in a pass over each column; the few are looked for in a
sample. That leaves a small part of a million outcomes in all but zero-sum domains. `solve` does so once for
everything.

References
----------
.. [1] J. F. Nash, "The bargaining problem", Econometrica 18 (1950) 155-162, doi:10.2307/1907266.
.. [2] E. Kalai, M. Smorodinsky, "Other solutions to Nash's bargaining problem", Econometrica 43 (1975) 513-518,
       doi:10.2307/1914280.
.. [3] H. Imai, "Individual monotonicity and lexicographic maxmin solution", Econometrica 51 (1983) 389-402,
       doi:10.2307/1911997.
.. [4] E. Kalai, "Proportional solutions to bargaining situations: interpersonal utility comparisons", Econometrica 45
       (1977) 1623-1630, doi:10.2307/1913954.
.. [5] T. Baarslag et al., "Evaluating practical negotiating agents: results and analysis of the 2011 international
       competition", Artificial Intelligence 198 (2013) 73-103, doi:10.1016/j.artint.2012.09.004.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .errors import InputError

__all__ = [
    "Solutions",
    "egalitarian",
    "kalai_smorodinsky",
    "nash",
    "opposition",
    "pareto",
    "rational",
    "solve",
    "utilitarian",
]

Floats = NDArray[np.float64]
Numbers = NDArray[np.intp]

_SAME = 1e-12  # relative; what differs by less does so by rounding
_SAMPLE = (
    2_000  # outcomes in which those are looked for that dominate many; fewer than twice that are not sifted
)
_PAIRS = 256  # outcomes of which all pairs are compared
_WORTHWHILE = 0.02  # of the sample must fall to one that is to sift all outcomes


class Solutions(NamedTuple):
    """What theory says of a bargain, in outcome numbers."""

    frontier: Numbers
    nash: int | None
    kalai_smorodinsky: int | None
    egalitarian: int | None
    utilitarian: int


def solve(utilities: ArrayLike, disagreement: ArrayLike | None = None) -> Solutions:
    """Return the frontier and all solutions at the price of the frontier: they lie on it.

    >>> solve([[1, 4], [3, 3], [2, 2], [4, 0]])
    Solutions(frontier=array([3, 1, 0]), nash=1, kalai_smorodinsky=1, egalitarian=1, utilitarian=1)
    """
    frontier = pareto(utilities)
    numbers = np.sort(frontier)
    table = np.asarray(utilities, dtype=np.float64)[numbers]

    def numbered(found: int | None) -> int | None:
        return None if found is None else int(numbers[found])

    return Solutions(
        frontier,
        nash=numbered(nash(table, disagreement)),
        kalai_smorodinsky=numbered(kalai_smorodinsky(table, disagreement)),
        egalitarian=numbered(egalitarian(table, disagreement)),
        utilitarian=int(numbers[utilitarian(table)]),
    )


def pareto(utilities: ArrayLike) -> Numbers:
    """Return the outcomes that no other dominates: from the best to the worst for the first party, equals by number.

    An outcome dominates another if nobody has less from it and somebody has more. Outcomes with equal utilities are
    all on the frontier, or none of them.

    Parameters
    ----------
    utilities : (size, parties)

    Notes
    -----
    For two parties one sort and one sweep, O(N log N). For more, the frontiers of two halves are compared pair by
    pair, and so on down: O(F^2) where no part of the outcomes has a larger frontier than the whole. Where most
    outcomes are nearly efficient, a million of three parties take minutes.

    Examples
    --------
    >>> pareto([[1, 4], [3, 3], [2, 2], [4, 0], [1, 3]])
    array([3, 1, 0])
    """
    columns, numbers = _candidates(utilities)
    return numbers[_undominated(columns)]


def rational(utilities: ArrayLike, disagreement: ArrayLike | None = None) -> Numbers:
    """Return the outcomes that give nobody less than no deal: the zone of agreement; maybe none.

    >>> rational([[1, 4], [3, 3], [4, 0]], [2, 1])
    array([1])
    """
    columns = _columns(utilities)
    return _rational(columns, _point(disagreement, columns))


def nash(
    utilities: ArrayLike, disagreement: ArrayLike | None = None, powers: ArrayLike | None = None
) -> int | None:
    """Return the outcome with the greatest product of gains over no deal [1]_.

    Parameters
    ----------
    utilities : (size, parties)
    disagreement : (parties,)
    powers : (parties,)
        Exponents of the gains (bargaining power), positive; all alike, if they are not given.

    Examples
    --------
    >>> nash([[1, 4], [3, 3], [4, 2]]), nash([[1, 4], [3, 3], [4, 2]], [2, 1]), nash([[1, 4]], [2, 1])
    (1, 1, None)
    """
    columns, numbers = _candidates(utilities)
    point = _point(disagreement, columns)
    exponents = np.ones(len(columns)) if powers is None else np.asarray(powers, dtype=np.float64)
    if exponents.shape != point.shape or not ((exponents > 0) & np.isfinite(exponents)).all():
        raise InputError(f"powers={powers!r} must be {len(columns)} positive numbers, one for each party")
    kept, shares = _shares(columns, point)
    product = np.multiply.reduce(
        shares if powers is None else shares ** (exponents / exponents.max())[:, None]
    )
    return _first(numbers[kept], product, shares, columns[:, kept])


def kalai_smorodinsky(utilities: ArrayLike, disagreement: ArrayLike | None = None) -> int | None:
    """Return the outcome whose smallest share is greatest [2]_, so that all get, as nearly as can be, an equal part.

    On a finite set no outcome need lie on the line from no deal to the ideal point; the one that is furthest
    along for all is taken.

    >>> kalai_smorodinsky([[0, 10], [2, 6], [3, 3], [4, 0]])
    1
    """
    columns, numbers = _candidates(utilities)
    kept, shares = _shares(columns, _point(disagreement, columns))
    return _first(numbers[kept], np.minimum.reduce(shares), shares, columns[:, kept])


def egalitarian(utilities: ArrayLike, disagreement: ArrayLike | None = None) -> int | None:
    """Return the outcome whose smallest gain is greatest [4]_: utilities are taken to be comparable.

    >>> egalitarian([[0, 10], [2, 6], [3, 3], [4, 0]])
    2
    """
    columns, numbers = _candidates(utilities)
    point = _point(disagreement, columns)
    kept = _rational(columns, point)
    gains = columns[:, kept] - point[:, None]
    return _first(numbers[kept], np.minimum.reduce(gains), gains, columns[:, kept])


def utilitarian(utilities: ArrayLike) -> int:
    """Return the outcome with the greatest sum of utilities, whoever has them and whatever no deal is worth.

    >>> utilitarian([[0, 10], [2, 6], [3, 3], [4, 0]])
    0
    """
    columns, numbers = _candidates(utilities)
    best = _first(numbers, np.add.reduce(columns), columns, columns)
    assert best is not None
    return best


def opposition(utilities: ArrayLike, disagreement: ArrayLike | None = None) -> float:
    """Return how far the parties' wishes are apart: the least distance of an outcome from satisfying everybody [5]_.

    Utilities are taken as parts of the best that a party can have, (u - d) / (max u - d), and the distance is
    Euclid's, from the point (1, ..., 1). Nobody opposes anybody at 0; two who divide a pie linearly come to
    0.7071. The literature's number has d = 0, as it is here unless `disagreement` is given.

    Raises
    ------
    InputError
        If a party has nothing to gain, so that it has no measure.

    Examples
    --------
    >>> round(opposition([[1, 0.16], [0.16, 1], [0.299, 0.299]]), 6)  # the domain Nice or Die of [5]_
    0.84
    """
    columns, _ = _candidates(utilities)
    point = _point(disagreement, columns)
    ideal = columns.max(axis=1)
    for party, (most, none) in enumerate(zip(ideal, point, strict=True)):
        if most <= none:
            raise InputError(
                f"party {party} has at most {most:g} from a deal and {none:g} without one; opposition is measured in "
                "gains, so let there be some"
            )
    missing = (ideal[:, None] - columns) / (ideal - point)[:, None]
    return float(np.sqrt(np.add.reduce(missing**2).min()))


def _columns(utilities: ArrayLike) -> Floats:
    """Return the utilities with parties first, (parties, size): numpy is slow along a short last axis."""
    table = np.asarray(utilities, dtype=np.float64)
    if table.ndim != 2 or not table.size:
        raise InputError(
            f"utilities of shape {table.shape} must be (outcomes, parties), at least one of either"
        )
    if not np.isfinite(table).all():
        number, party = np.argwhere(~np.isfinite(table))[0]
        raise InputError(
            f"the utility of outcome {number} for party {party} is {table[number, party]}; "
            "utilities must be finite numbers"
        )
    return np.ascontiguousarray(table.T)


def _candidates(utilities: ArrayLike) -> tuple[Floats, Numbers]:
    """Return the outcomes that a few others, which dominate many, do not dominate.

    Returns
    -------
    (parties, left)
        Their utilities.
    (left,)
        Their numbers, rising.
    """
    columns = _columns(utilities)
    numbers = np.arange(columns.shape[1])
    while len(numbers) > 2 * _SAMPLE:
        pivots = _pivots(columns[:, :: len(numbers) // _SAMPLE | 1])
        if not len(pivots):
            break
        for pivot in pivots:
            keep = np.flatnonzero(_beside(columns, pivot))
            columns, numbers = columns[:, keep], numbers[keep]
    return columns, numbers


def _pivots(sample: Floats) -> Floats:
    """Return the utilities, (pivots, parties), of those who dominate most of a sample, each most of what is left."""
    best = sample[:, _undominated(sample)]
    over = np.logical_and.reduce([mine[:, None] >= theirs for mine, theirs in zip(best, sample, strict=True)])
    chosen = []
    while (gain := over.sum(axis=1)).max() > _WORTHWHILE * sample.shape[1]:
        chosen.append(int(gain.argmax()))
        over &= ~over[chosen[-1]]
    return best[:, chosen].T


def _beside(columns: Floats, pivot: Floats) -> NDArray[np.bool_]:
    """Return whether each outcome is not dominated by one that has the pivot's utilities."""
    keep: NDArray[np.bool_] = columns[0] > pivot[0]
    for utility, bound in zip(columns[1:], pivot[1:], strict=True):
        keep |= utility > bound
    as_good = np.flatnonzero(columns[0] == pivot[0])
    keep[as_good[(columns[:, as_good] == pivot[:, None]).all(axis=0)]] = True
    return keep


def _undominated(columns: Floats) -> Numbers:
    """Return which of the outcomes no other dominates, from the best to the worst for the first party."""
    if len(columns) == 1:
        return np.flatnonzero(columns[0] == columns[0].max())
    return _sweep_two(*columns) if len(columns) == 2 else _halved(columns)


def _sweep_two(first: Floats, second: Floats) -> Numbers:
    """Return the outcomes that are better for the second party than all that are better for the first."""
    order = np.argsort(-first)
    first, second = first[order], second[order]
    starts = np.flatnonzero(np.diff(first, prepend=np.nan) != 0)  # of those that are the same to the first
    tops = np.maximum.reduceat(second, starts)
    before = np.concatenate(([-np.inf], np.maximum.accumulate(tops)[:-1]))
    wanted = np.where(tops > before, tops, np.inf)
    on = second == np.repeat(wanted, np.diff(starts, append=len(order)))
    found: Numbers = order[on]
    worth = first[on]
    if (worth[1:] == worth[:-1]).any():
        found = found[np.lexsort((found, -worth))]
    return found


def _halved(columns: Floats) -> Numbers:
    """Return the outcomes that no other dominates, of any number of parties.

    Whoever dominates an outcome has no smaller sum, also after rounding, and where the sums are equal comes first by
    utilities. So in this order what comes later dominates nothing that comes before.
    """
    order = np.lexsort((*columns[::-1], np.add.reduce(columns)))[::-1]
    found = order[_first_half_first(columns[:, order])]
    return found[np.lexsort((found, *-columns[:0:-1, found], -columns[0, found]))]


def _first_half_first(columns: Floats) -> Numbers:
    """Return the outcomes, in such an order, that no other dominates: of either half, less what the first beats."""
    size = columns.shape[1]
    if size <= _PAIRS:
        return _unbeaten(columns, columns)
    before = _first_half_first(columns[:, : size // 2])
    after = size // 2 + _first_half_first(columns[:, size // 2 :])
    return np.concatenate((before, after[_unbeaten(columns[:, after], columns[:, before])]))


def _unbeaten(columns: Floats, by: Floats) -> Numbers:
    """Return the outcomes that none of others dominates, comparing all pairs."""
    left = np.arange(columns.shape[1])
    start = 0
    while start < by.shape[1] and left.size:
        some = by[:, start : start + max(1, _PAIRS**2 * 16 // left.size), None]
        start += some.shape[1]
        pairs = list(zip(some, columns[:, left], strict=True))
        as_good = np.logical_and.reduce([theirs >= mine for theirs, mine in pairs])
        better = np.logical_or.reduce([theirs > mine for theirs, mine in pairs])
        left = left[~(as_good & better).any(axis=0)]
    return left


def _point(disagreement: ArrayLike | None, columns: Floats) -> Floats:
    parties = len(columns)
    point = np.zeros(parties) if disagreement is None else np.asarray(disagreement, dtype=np.float64)
    if point.shape != (parties,) or not np.isfinite(point).all():
        raise InputError(
            f"disagreement={disagreement!r} must be {parties} finite numbers, one for each party"
        )
    return point


def _rational(columns: Floats, point: Floats) -> Numbers:
    return np.flatnonzero(
        np.logical_and.reduce([utility >= least for utility, least in zip(columns, point, strict=True)])
    )


def _shares(columns: Floats, point: Floats) -> tuple[Numbers, Floats]:
    """Return which outcomes are rational, and their gains as parts of the greatest: 0 where there is none."""
    kept = _rational(columns, point)
    gains = columns[:, kept] - point[:, None]
    most = gains.max(axis=1, initial=0.0)
    return kept, gains / np.where(most > 0, most, 1.0)[:, None]


def _first(numbers: Numbers, criterion: Floats, amounts: Floats, columns: Floats) -> int | None:
    """Return the outcome of the greatest criterion; of ties the leximin one, then the first not dominated."""
    if not numbers.size:
        return None
    tied = _greatest(criterion)
    ranked = np.sort(amounts[:, tied], axis=0)
    for rank in range(len(ranked)):
        keep = _greatest(ranked[rank])
        tied, ranked = tied[keep], ranked[:, keep]
    return int(numbers[tied[_undominated(columns[:, tied])].min()])


def _greatest(amounts: Floats) -> Numbers:
    most = amounts.max()
    return np.flatnonzero(amounts >= most - _SAME * abs(most))
