"""What power a place in a network gives, by institution, beside centrality and theory.

**Measures.** By network and institution, the rank correlation of a party's gain with its degree, betweenness and
eigenvector centrality and with what theory gives to it, with bootstrap intervals; how unequal gains are, how far from
theory, and in how many runs some outcome was stable, so that there was a theory. Of runs on one network under several
institutions, what part of the variance of gains goes with the place alone, with the institution alone, and with both
together only. Gains that differ by less than 0.01 of the greatest count as equal: patience and luck do as much.
**Reads.** `run`, `seed`, `replicate`, `odd_cycle` and what runs were set to; of parties `gain` and `due`.
"""

from functools import lru_cache

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from pandas import DataFrame
from scipy.stats import rankdata

from ...models.inequality import gini
from ...models.networks.network import Network
from ..frames import at_the_end, finished
from ..labels import level_labels, number, share
from ..scenarios import Row, described, rebuild
from ..summary import summarise, varying
from . import measure

__all__ = ["bargaining_power"]

Values = NDArray[np.float64]

_FACTORS = ("traitors", "conduct", "placement")
_RANKS = ("degree", "betweenness", "eigenvector", "theory")
_PARTS = ("by_place", "by_institution", "by_both")
_ALIKE = 0.01


def _answer(table: DataFrame) -> str:
    labels, institutions = level_labels(table["network"]), level_labels(table["matching"])
    told, known = [], table[table["runs"] > 0]
    if "traitors" in known.columns and (known["traitors"] == 0).any():
        known = known[known["traitors"] == 0]  # whom nobody lies to, once for all conducts
    for network, rows in known.drop_duplicates(["network", "matching"]).groupby("network", sort=False):
        ranks = "; ".join(
            f"{institutions[row['matching']].lower()} "
            + ", ".join(number(round(float(row[name]), 2)) or "none" for name in _RANKS)
            for _, row in rows.iterrows()
        )
        parts = [float(rows.iloc[0][part]) for part in _PARTS]
        variance = (
            "; of the variance {} goes with the place, {} with the institution, {} with both together only"
        )
        told.append(
            f"{labels[network]}: {ranks}"
            + ("" if np.isnan(parts).any() else variance.format(*(share(round(part, 2)) for part in parts)))
        )
    return (
        "Rank correlations of gains with degree, betweenness, eigenvector centrality and theory (none where all gain "
        f"the same, or theory has no outcome). {'. '.join(told)}."
    )


@measure(
    needs=("run", "seed", "replicate", "odd_cycle"), needs_parties=("run", "gain", "due"), answer=_answer
)
def bargaining_power(runs: DataFrame, parties: DataFrame) -> DataFrame:
    """Rank correlation of what parties gain with their centrality and with theory, by network and institution.

    Missing where all gain the same. Apart: the mean distance of gains from theory. Stable: the share of runs in which
    theory has an outcome. Which part of the variance of gains goes with a party's place, with the institution, and with
    both together only, is of all institutions that a network was seen under.

    Returns
    -------
    DataFrame
        `network`, `matching` and what else was varied; `runs`, `failed`; `stable`; the rank correlations `degree`,
        `betweenness`, `eigenvector` and `theory`, `gini` and `apart`, with intervals; `by_place`, `by_institution` and
        `by_both`, missing where there was one institution.
    """
    runs = described(runs)
    by = varying(runs, _FACTORS, "network", "matching")
    last = {
        run: (each["gain"].to_numpy(dtype=float), each["due"].to_numpy(dtype=float))
        for run, each in at_the_end(parties).groupby("run")
    }
    seen = [
        _seen(row, *last[row["run"]]) if row["run"] in last else {}
        for row in finished(runs).to_dict("records")
    ]
    runs = runs.join(
        DataFrame(seen, index=finished(runs).index, columns=[*_RANKS, "gini", "apart"], dtype=float)
    )
    table = summarise(
        runs,
        by,
        shares={"stable": finished(runs)["odd_cycle"].fillna("") == ""},
        means=(*_RANKS, "gini", "apart"),
    )
    places = [each for each in by if each != "matching"]
    ended = finished(runs)
    parts = ended[ended["run"].isin(last)].groupby([*places, "replicate"], sort=False)
    split = {key: _parts([last[run][0] for run in group["run"]]) for key, group in parts}
    shared = DataFrame(
        [(*key, *part) for key, part in split.items()], columns=[*places, "replicate", *_PARTS]
    )
    means = shared.groupby(places, sort=False, dropna=False)[list(_PARTS)].mean().reset_index()
    return table.merge(means, on=places, how="left")


def _seen(row: Row, gains: Values, dues: Values) -> dict[str, float]:
    """Return a run's rank correlations, its Gini coefficient and its mean distance from theory."""
    grain = _ALIKE * max(gains.max(initial=0.0), 0.0)
    gained = rankdata(np.round(gains / grain) if grain else gains)
    centralities = _centralities(rebuild(row).network)
    ranks = {
        name: _correlation(gained, rankdata(np.round(values, 9))) for name, values in centralities.items()
    }
    return {
        **ranks,
        "theory": _correlation(gained, rankdata(np.round(dues / grain) if grain else dues)),
        "gini": gini(gains) if gains.sum() > 0 else 0.0,
        "apart": float(np.abs(gains - dues).mean()),
    }


def _correlation(one: Values, other: Values) -> float:
    if np.isnan(other).any() or np.ptp(one) == 0 or np.ptp(other) == 0:
        return np.nan
    return float(np.corrcoef(one, other)[0, 1])


def _parts(gains: list[Values]) -> tuple[float, float, float]:
    """Return which part of the variance goes with rows alone, with columns alone, and with both together only."""
    table = np.array(gains)
    total = float(((table - table.mean()) ** 2).sum())
    if len(table) < 2 or total == 0:
        return np.nan, np.nan, np.nan
    place = len(table) * float(((table.mean(axis=0) - table.mean()) ** 2).sum()) / total
    institution = table.shape[1] * float(((table.mean(axis=1) - table.mean()) ** 2).sum()) / total
    return place, institution, max(1 - place - institution, 0.0)


def _centralities(network: Network) -> dict[str, Values]:
    return _computed(network.n, network.indptr.tobytes(), network.indices.tobytes())


@lru_cache(maxsize=64)
def _computed(n: int, indptr: bytes, indices: bytes) -> dict[str, Values]:
    """Return the centralities of a network's nodes by name, each (n,): functions of its links alone."""
    graph = Network(np.frombuffer(indptr, np.int32), np.frombuffer(indices, np.int32)).to_networkx()
    _, vectors = np.linalg.eigh(nx.to_numpy_array(graph))
    return {
        "degree": np.array([degree for _, degree in graph.degree()], dtype=float),
        "betweenness": np.array(list(nx.betweenness_centrality(graph).values())),
        "eigenvector": np.abs(vectors[:, -1]),
    }
