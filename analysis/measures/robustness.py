"""How many traitors a network bears under W-MSR: what is guaranteed, and what happened.

**Measures.** For each network its r-robustness and the number of traitors that W-MSR is proven to bear on it;
beside these, the number that it bore in every run, and the share of runs beyond the guarantee that stayed
valid and yet ended in disagreement, as happens where the network is not robust enough.
**Reads.** `rule`, `network`, `placement`, `traitors`, `conduct`, `agreement`, `validity`, `seed` and
`replicate`.
**Cost.** Robustness is hard to decide: at most three draws of a random network are looked at, for two seconds
each; what is undecided then is left blank.
"""

from collections.abc import Sequence

import numpy as np
from pandas import DataFrame

from ...agents.errors import InputError
from ...agents.rules import rules
from ...models.networks.network import Network
from ..frames import finished, require
from ..labels import level_labels, plural
from ..scenarios import Row, described, rebuild
from ..summary import summarise, varying
from ..theory.robustness import r_robustness, tolerated_traitors
from . import measure

__all__ = ["robustness"]

_FACTORS = ("rule", "placement", "conduct", "weights")
_DRAWS = 3
_SECONDS = 2.0
# who tells all neighbours the same is borne in larger numbers
_SAME_TO_ALL = ("stubborn", "extreme", "drift")


def _answer(table: DataFrame) -> str:
    labels = level_labels(table["network"])
    told = [f"{labels[network]} {_told(part)}" for network, part in table.groupby("network", sort=False)]
    text = f"Traitors that W-MSR bore in every run, by network: {'; '.join(told)}."
    runs = int(table["beyond"].sum())
    shares = table[["split", "unfinished"]].fillna(0).mul(table["beyond"], axis=0)
    split, unfinished = (round(each) for each in shares.sum())
    if split:
        text += (
            f" Of {runs} runs with more traitors than are guaranteed to be borne, {split} stayed valid and "
            "ended in disagreement: their honest parties froze apart, each hearing too few others for any to "
            "be left after trimming. That is how W-MSR fails where a network is not robust enough."
        )
    if unfinished:
        text += f" {plural(unfinished, 'run')} still approached agreement at the step limit."
    return text


def _told(network: DataFrame) -> str:
    """Return what a network bore, by placement where there are several, and what was guaranteed."""
    bore = [
        f"{row['bore']:.0f} ({row['placement'].replace('-', ' ')})"
        if "placement" in network.columns
        else f"{row['bore']:.0f}"
        for row in network.to_dict("records")
    ]
    r, guaranteed = network["r_robustness"].iloc[0], network["guaranteed"].iloc[0]
    known = "robustness undecided" if np.isnan(r) else f"{r:.0f}-robust, guaranteed {guaranteed:.0f}"
    return f"{', '.join(bore)} [{known}]"


@measure(needs=("seed", "replicate", "agreement", "validity"), answer=_answer)
def robustness(runs: DataFrame) -> DataFrame:
    """For each network, the traitors that W-MSR is guaranteed to bear and those that it bore.

    Returns
    -------
    DataFrame
        `network` and what else was varied, then `runs`, `failed`; `r_robustness` and `guaranteed`, the least
        over the draws looked at, missing where undecided; `bore`, the largest F such that all runs with at
        most F traitors agreed and stayed valid; `first_failure`, the smallest number with which some did not;
        `beyond`, how many runs had more traitors than guaranteed (all, where it is undecided), and of these
        the shares `split`, which stayed valid and ended in disagreement, and `unfinished`, which were still
        approaching agreement at the step limit.
    """
    runs = described(runs)
    require(runs, ("rule",), "measure robustness")
    runs = runs[runs["rule"].str.startswith("w-msr") & (runs["traitors"] > 0)]
    if runs.empty:
        raise InputError(
            "measure robustness needs runs with traitors under the rule w-msr, and the frame has none; "
            "sweep traitors=1 or more with rule=w-msr"
        )
    by = varying(runs, _FACTORS, "network")
    table = summarise(runs, by)
    proven = {
        key: _proven(part.to_dict("records"))
        for key, part in runs.groupby(["network", "conduct"], sort=False)
    }
    more = []
    for _, part in runs.groupby(by, sort=False):
        r, most = proven[part["network"].iloc[0], part["conduct"].iloc[0]]
        more.append(_borne(part, r, _guaranteed(part["rule"].iloc[0], most)))
    return table.assign(**DataFrame(more))


def _proven(rows: Sequence[Row]) -> tuple[float, float]:
    """Return the least r-robustness and guaranteed number of traitors over some draws; NaN if undecided."""
    networks: dict[int, Network] = {}
    for row in rows:
        if len(networks) == _DRAWS:
            break
        if row["replicate"] not in networks:
            model = rebuild(row)
            networks[row["replicate"]] = model.network
            if not model.scenario.network.is_random:
                break
    equivocating = not str(rows[0]["conduct"]).startswith(_SAME_TO_ALL)
    least = np.array([np.inf, np.inf])
    for network in networks.values():
        try:
            found = (
                r_robustness(network, time_limit=_SECONDS),
                tolerated_traitors(network, equivocating=equivocating, time_limit=_SECONDS),
            )
        except TimeoutError:
            return np.nan, np.nan
        least = np.minimum(least, found)
    return float(least[0]), float(least[1])


def _guaranteed(rule: str, most: float) -> float:
    """Return the traitors that a rule bears where W-MSR with f = F is proven to bear up to `most`."""
    f = rules.choose(rule).f
    if f is None or np.isnan(most):  # it knows how many to fear
        return most
    return float(f) if f <= most else 0.0


def _borne(runs: DataFrame, r: float, guaranteed: float) -> dict[str, float]:
    ended = finished(runs)
    fine = (ended["agreement"] == "held") & (ended["validity"] == "held")
    failures = ended.loc[~fine, "traitors"]
    first_failure = failures.min() if len(failures) else np.nan
    counts = ended["traitors"][ended["traitors"] < (first_failure if len(failures) else np.inf)]
    beyond = ended[ended["traitors"] > (0 if np.isnan(guaranteed) else guaranteed)]
    split = (beyond["validity"] == "held") & (beyond["agreement"] == "violated")
    unfinished = beyond["agreement"] == "inconclusive"
    return {
        "r_robustness": r,
        "guaranteed": guaranteed,
        "bore": counts.max() if len(counts) else 0,
        "first_failure": first_failure,
        "beyond": len(beyond),
        "split": split.mean() if len(beyond) else np.nan,
        "unfinished": unfinished.mean() if len(beyond) else np.nan,
    }
