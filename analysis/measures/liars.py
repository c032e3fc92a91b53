"""Who gains and who loses by lies, and which liars are caught by what, in any model whose parties deal.

**Measures.** By conduct, number of traitors and whatever else was varied, the mean gains of the honest and of traitors
beside what theory gives to these parties if nobody lies, what all together gained as a part of it, deals that were not
kept, and the share of traitors that were caught. Where the frame has runs without traitors that are alike in all else,
luck included, the change against them, with bootstrap intervals of the differences.
**Reads.** `traitors`, `conduct` and the columns that all dealing models share.
"""

from pandas import DataFrame, Series

from ..frames import finished
from ..labels import level_labels, number, plural
from ..scenarios import described, model_of, without_traitors
from ..summary import summarise, varying
from . import measure

__all__ = ["liars"]

_GAINS = ("honest_gain", "honest_due", "traitor_gain", "traitor_due")
_LIES = ("traitors", "conduct", "placement")


def _answer(table: DataFrame) -> str:
    lied = table[(table["traitors"] > 0) & (table["runs"] > 0)]
    if lied.empty:
        return "Nobody lied in any run; sweep traitors=0..3."
    worst = lied[lied["traitors"] == lied["traitors"].max()]
    weights = worst["runs"]
    labels = level_labels(worst["conduct"])
    told = []
    for conduct, part in worst.groupby("conduct", sort=False):
        honest, liar, caught = (
            _mean(part[each], weights[part.index]) for each in ("honest_change", "traitor_change", "caught")
        )
        told.append(f"{labels[conduct].lower()} {_signed(honest)} and {_signed(liar)} ({caught:.0%} caught)")
    most = plural(int(worst["traitors"].iloc[0]), "liar")
    if worst["honest_change"].isna().all():
        return f"With {most} there are no runs without liars to compare with; sweep traitors=0 as well."
    return (
        f"With {most}, the mean gain of an honest party and of a liar changed, against nobody lying, by: "
        f"{'; '.join(told)}. By 95 % intervals of {plural(len(lied), 'combination')}, "
        f"{_sure(lied, 'traitor_change', 'liars gained')} and {_sure(lied, 'honest_change', 'the honest lost', -1)}."
    )


def _sure(table: DataFrame, change: str, told: str, sign: int = 1) -> str:
    """Return in how many rows a change has one sign, and in which it is greatest."""
    end = f"{change}_low" if sign > 0 else f"{change}_high"
    rounding = 1e-6 * table[["honest_gain", "traitor_gain"]].abs().max().max()
    sure = table[sign * table[end] > rounding]
    if sure.empty:
        return f"{told} in none"
    most = sure.iloc[(sign * sure[change]).argmax()]
    factors = [each for each in table.columns[: table.columns.get_loc("runs")] if table[each].nunique() > 1]
    labels = [level_labels(table[each])[most[each]].lower() for each in factors if each != "traitors"]
    where = ", ".join([*labels, plural(int(most["traitors"]), "liar")])
    return f"{told} in {len(sure)} (most: {where}, {_signed(most[change])})"


def _mean(values: "Series[float]", weights: "Series[int]") -> float:
    known = values.notna()
    return float((values * weights)[known].sum() / max(weights[known].sum(), 1))


def _signed(change: float) -> str:
    return f"{'+' if change > 0 else ''}{number(round(change, 3))}"


def _digest(table: DataFrame) -> DataFrame:
    """Return the rows with the most liars, without what can be told from the rest."""
    table = table[table["traitors"] == table["traitors"].max()]
    ends = [f"{each}{end}" for each in (*_GAINS, "breached", "caught") for end in ("_low", "_high")]
    return table.drop(columns=ends, errors="ignore")


@measure(needs=("conduct", "traitors", "nodes", *_GAINS, "caught"), answer=_answer, digest=_digest)
def liars(runs: DataFrame) -> DataFrame:
    """Mean gains of the honest and of liars by their true values, beside theory and against nobody lying.

    Changes are differences from the run without liars that is alike in all else: what the honest, or the liars, gained
    less what parties gained there on average, and less by how much these are due more than others. Surplus: what all
    gained, as a part of what theory gives to all; more than 1 where somebody else pays, as for power in dispatch.

    Returns
    -------
    DataFrame
        `conduct`, `traitors` and what else was varied; `runs`, `failed`; means with intervals of `honest_gain`,
        `honest_due`, `traitor_gain`, `traitor_due`, `honest_change`, `traitor_change`, of the `surplus` and of deals
        `breached`; the mean share of traitors `caught`, and what they were `caught_by`. Treaties tell neither what was
        breached nor by what anybody was caught, as it is always by a second vote.
    """
    runs = described(runs)
    fields = [each for each in model_of(runs.columns).Scenario.model_fields if each in runs.columns]
    alike = [each for each in fields if each not in _LIES]
    runs = _compared(runs, [*alike, *(each for each in ("seed", "replicate") if each in runs.columns)])
    by = varying(runs, [*alike, "placement"], "conduct", "traitors")
    changes = ("honest_change", "traitor_change")
    table = summarise(
        runs,
        by,
        means={
            **{each: each for each in (*_GAINS, *changes)},
            "surplus": "surplus_share",
            **({"breached": "breached"} if "breached" in runs.columns else {}),
            "caught": "caught_share",
        },
    )
    if "caught_by" not in runs.columns:
        return table
    ways = finished(runs).groupby(by, sort=False, dropna=False)["caught_by"].agg(_every)
    return table.merge(ways.reset_index(), on=by, how="left")


def _compared(runs: DataFrame, alike: list[str]) -> DataFrame:
    """Return runs with what all gained, and with changes against the run without traitors that is alike."""
    liars, honest = runs["traitors"], runs["nodes"] - runs["traitors"]
    gain, due = (
        honest * runs[f"honest_{each}"] + (liars * runs[f"traitor_{each}"]).fillna(0)
        for each in ("gain", "due")
    )
    usual = ["honest_gain", "honest_due"]
    without = without_traitors(finished(runs)).drop_duplicates(alike)
    beside = runs[alike].merge(without[[*alike, *usual]], on=alike, how="left").set_axis(runs.index)

    def change(kind: str) -> "Series[float]":
        more_due = (runs[f"{kind}_due"] - beside["honest_due"]).fillna(0)  # theory may say nothing
        return runs[f"{kind}_gain"] - beside["honest_gain"] - more_due

    return runs.assign(
        surplus_share=(gain / due).where(due > 0),
        caught_share=(runs["caught"] / liars).where(liars > 0),
        honest_change=change("honest"),
        traitor_change=change("traitor"),
    )


def _every(ways: "Series[str]") -> str:
    return " ".join(sorted({way for told in ways.dropna() for way in str(told).split()}))
