"""Which tactic does best against which, and which pairs are in equilibrium.

**Measures.** Of each pair of tactics: what one gets against the other, with a bootstrap interval over replicates;
whether no other tactic gets more, and how certain that is; whether the two are best responses to each other, a pure
equilibrium of the empirical game.
**Reads.** `tactic`, `rivals`, `domain`, `utility`, `rival_utility`, `deals`, `tables` and `replicate`.
"""

import numpy as np
from pandas import DataFrame

from ..encounters import encounters, payoffs
from ..frames import finished
from ..intervals import bootstrap
from ..labels import level_labels
from . import measure

__all__ = ["best_responses"]


def _answer(table: DataFrame) -> str:
    labels = level_labels(table["entry"])
    found = [
        f"{labels[entry]} against {'itself' if entry == opponent else labels[opponent]}"
        for entry, opponent in dict.fromkeys(
            tuple(sorted(pair, key=list(labels).index))
            for pair in table.loc[table["equilibrium"], ["entry", "opponent"]].itertuples(
                index=False, name=None
            )
        )
    ]
    if not found:
        return "No two tactics are best responses to each other: the empirical game has no equilibrium in pure tactics."
    return f"Best responses to each other, and so equilibria of the empirical game: {'; '.join(found)}."


def _digest(table: DataFrame) -> DataFrame:
    """Return the best responses to each tactic."""
    return table[table["best"]].drop(columns="best").sort_values("opponent", kind="stable")


@measure(
    needs=("tactic", "rivals", "utility", "rival_utility", "deals", "tables"), answer=_answer, digest=_digest
)
def best_responses(runs: DataFrame) -> DataFrame:
    """Mean utility of each tactic against each, on both sides and over all domains, and which does best against which.

    Returns
    -------
    DataFrame
        `entry` and `opponent`; the `runs` in which they met, once for each side that the entry took, and how many
        `failed`; its `utility`, with its interval; the share of tables that `agreed`; whether it is a `best` response,
        `certain` in which share of resamples of the replicates; and whether the two are in `equilibrium`.
    """
    met = encounters(runs)
    game = payoffs(met)
    pairs = [(entry, opponent) for entry in game.entries for opponent in game.entries]
    by, ended = ["entry", "opponent"], finished(met)
    counts = met.groupby(by).size().reindex(pairs, fill_value=0).to_numpy()
    done = ended.groupby(by).size().reindex(pairs, fill_value=0).to_numpy()
    values = game.samples.reshape(len(game.samples), -1)
    intervals = np.array([bootstrap(each[~np.isnan(each)]) for each in values.T])
    table = DataFrame(pairs, columns=by).assign(
        runs=done,
        failed=counts - done,
        utility=game.mean.ravel(),
        utility_low=intervals[:, 0],
        utility_high=intervals[:, 1],
        agreed=ended.groupby(by)["agreed"].mean().reindex(pairs).to_numpy(),
        best=game.best.ravel(),
        certain=game.certainty.ravel(),
        equilibrium=game.equilibria.ravel(),
    )
    return table[counts > 0].reset_index(drop=True)
