"""How many rounds Ben-Or's consensus takes: the exact mean against the strongest adversary, none, and chance.

Nobody crashes: late messages do all the harm. Schedules are in layers: in each phase of a round an adversary chooses
for each party which n - f or more of the n messages it hears; the others come too late. So a round begins with a number
of parties that hold 1, the only state that matters, and everything follows from how many reports and proposals a party
can be made to hear. Somebody proposes the majority's value, if there is one, and anybody can be kept from it if fewer
than f + n/2 hold it. Of p > f proposals everybody hears one, and all decide in this round or the next; of p <= f each
party hears one, and adopts, or none, and tosses its coin, as the adversary likes. The number of rounds is then the
value of a Markov decision process with n + 1 states.

Against an adversary that chooses who hears what before the round's coins fall the mean is 2^(n-1) + 1 whenever
n <= 2f + 2: nothing but equal coins of all ends it. One that sees each coin before it chooses for the next party does
better, by turning the last ones against the others: 2^n + 1 where there is a majority to adopt. Schedulers that let
some parties run whole rounds ahead of others are bounded by neither.

References
----------
.. [1] M. Ben-Or, "Another advantage of free choice: completely asynchronous agreement protocols", PODC 1983,
       27-30, doi:10.1145/800221.806707.
.. [2] M. K. Aguilera, S. Toueg, "The correctness proof of Ben-Or's randomized consensus algorithm", Distributed
       Computing 25 (2012) 371-381, doi:10.1007/s00446-012-0162-z.
.. [3] M. L. Puterman, "Markov Decision Processes", Wiley 1994, doi:10.1002/9780470316887, section 7.2 (positive
       models; policy iteration).
.. [4] W. K. Grassmann, M. I. Taksar, D. P. Heyman, "Regenerative analysis and steady state distributions for Markov
       chains", Operations Research 33 (1985) 1107-1116, doi:10.1287/opre.33.5.1107.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom, hypergeom

from ...agents.errors import InputError

__all__ = ["best_rounds", "random_rounds", "worst_rounds"]

Floats = NDArray[np.float64]

_LARGEST = 50  # 2**-n is still more than the rounding error of a sum


def worst_rounds(n: int, f: int, *, sees_coins: bool = False) -> Floats:
    """Return the mean number of rounds until all decide, against the worst schedule in layers.

    Parameters
    ----------
    n, f
        Parties, and how many of them are not waited for; n > 2f.
    sees_coins
        Whether the adversary sees each coin of a round before it chooses what the next party hears; else it
        chooses for all before any falls.

    Returns
    -------
    (n + 1,) array
        By the number of parties that put in 1.

    Raises
    ------
    InputError
        Unless n > 2f >= 0, and n <= 50: beyond, what tells good choices from bad is lost in rounding.

    Examples
    --------
    >>> worst_rounds(5, 2).round(6).tolist()
    [1.0, 17.0, 17.0, 17.0, 17.0, 1.0]
    """
    _check(n, f)
    if n > _LARGEST:
        raise InputError(
            f"n={n}: worst cases are told apart from others up to n={_LARGEST}; use n <= {_LARGEST}"
        )
    majority = _majority(n)
    # where somebody can be kept from hearing of a majority; elsewhere all propose it, and all decide
    kept = np.array([2 * (max(ones, n - ones) - f) <= n for ones in range(n + 1)])
    rounds, policy = np.ones(n + 1), np.zeros((n + 1, n + 1))
    while True:
        for ones in np.flatnonzero(kept):
            if sees_coins:
                policy[ones] = _turned(n, majority[ones], rounds)
            else:
                choices = _chosen(n, majority[ones])
                policy[ones] = choices[np.argmax(choices @ rounds)]
        one_more = policy @ ~kept
        better = _mean(policy * kept, np.where(kept, one_more, 1.0), 1 + one_more)
        if np.all(better <= rounds * (1 + 1e-12)):
            return better
        rounds = better


def best_rounds(n: int) -> Floats:
    """Return the mean number of rounds when everybody hears whatever ends it soonest.

    One, unless the inputs are split in halves, when all have to toss coins.

    Returns
    -------
    (n + 1,) array
        By the number of parties that put in 1.

    Examples
    --------
    >>> best_rounds(4).round(6).tolist()
    [1.0, 1.0, 2.6, 1.0, 1.0]
    """
    _check(n, 0)
    rounds = np.ones(n + 1)
    if n % 2 == 0:
        rounds[n // 2] += 1 / (1 - binom.pmf(n // 2, n, 0.5))
    return rounds


def random_rounds(n: int, f: int) -> Floats:
    """Return the mean number of rounds when everybody hears n - f messages drawn anew in each phase.

    All sets of n - f parties are equally likely, whether one is among them oneself or not.

    Returns
    -------
    (n + 1,) array
        By the number of parties that put in 1.

    Raises
    ------
    InputError
        Unless n > 2f >= 0.

    Examples
    --------
    With inputs drawn by coins as well:

    >>> round(float(binom.pmf(range(6), 5, 0.5) @ random_rounds(5, 2)), 4)
    3.319
    """
    _check(n, f)
    heard, counts = n - f, np.arange(n + 1)
    # by the number of proposals: what a party hears of them
    adopts = np.asarray(hypergeom.sf(0, n, counts, heard))
    all_decide = np.asarray(hypergeom.sf(f, n, counts, heard)) ** n
    step, ends, rounds = np.zeros((n + 1, n + 1)), np.zeros(n + 1), np.ones(n + 1)
    for ones, value in enumerate(_majority(n)):
        proposes = 0.0 if value is None else hypergeom.sf(n // 2, n, max(ones, n - ones), heard)
        proposals = np.asarray(binom.pmf(counts, n, proposes))
        ends[ones] = proposals[f + 1 :].sum()
        rounds[ones] += proposals[f + 1 :] @ (1 - all_decide[f + 1 :])
        adopted = proposals[: f + 1] @ binom.pmf(counts, n, adopts[: f + 1, None])
        step[ones] = adopted @ _chosen(n, value or 0)
    return _mean(step, ends, rounds)


def _check(n: int, f: int) -> None:
    if not n > 2 * f >= 0:
        raise InputError(f"n={n}, f={f}: Ben-Or needs n > 2f >= 0; use n >= {2 * max(f, 0) + 1}")


def _majority(n: int) -> list[int | None]:
    """Return, by the number of ones, what most hold; None for a tie."""
    return [None if 2 * ones == n else int(2 * ones > n) for ones in range(n + 1)]


def _chosen(n: int, value: int | None) -> Floats:
    """Return by the number of parties that adopt a value, the others tossing coins, how many ones come of it."""
    adopters = np.arange(1 if value is None else n + 1)[:, None]
    return np.asarray(binom.pmf(np.arange(n + 1) - adopters * (value or 0), n - adopters, 0.5))


def _turned(n: int, value: int | None, worth: Floats) -> Floats:
    """Return how many ones come of it if each party in turn adopts or tosses a coin, whichever is worth more."""
    left: Floats = np.eye(n + 1)  # by the number of ones so far; nobody is left
    for _ in range(n):
        tossed = (left[:-1] + left[1:]) / 2
        adopted = tossed if value is None else left[value : value + len(tossed)]
        left = np.where((adopted @ worth > tossed @ worth)[:, None], adopted, tossed)
    outcome: Floats = left[0]
    return outcome


def _mean(step: Floats, ends: Floats, cost: Floats) -> Floats:
    """Return the mean cost of a Markov chain from each of its states until it ends.

    By elimination without a subtraction [4]_: where it hardly ever ends, 1 minus something near 1 loses all digits.

    Parameters
    ----------
    step : (m, m) array
        Probabilities from state to state.
    ends : (m,) array
        Probabilities to end.
    cost : (m,) array
        What a step from each state costs.
    """
    step, ends, cost, leaves = step.copy(), ends.copy(), cost.copy(), ends.copy()
    for last in range(len(ends) - 1, -1, -1):
        leaves[last] = ends[last] + step[last, :last].sum()
        visits = step[:last, last] / leaves[last]
        step[:last, :last] += np.outer(visits, step[last, :last])
        ends[:last] += visits * ends[last]
        cost[:last] += visits * cost[last]
    mean = cost / leaves
    for state in range(1, len(mean)):
        mean[state] += step[state, :state] @ mean[:state] / leaves[state]
    return mean
