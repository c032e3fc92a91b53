"""Which deals a quorum ratifies, by how many lie and how: what is lost, what is forced through, and what conflicts.

**Measures.** By number of parties, protocol, conduct, kind of proposer and number of traitors, the shares of runs in
which one deal was ratified and in which two were; in which a deal that enough countries wanted was ratified by
nobody (blocked), and one that too few wanted was (forced), with Wilson intervals; the means of what an honest country
and a traitor gained, and of what they would have gained if nobody lied, with bootstrap intervals; and in theory the
share ratified, and how many liars the quorum is safe from and can be had without.
**Reads.** `protocol`, `traitors`, `conduct`, `nodes`, `needed`, `approvals`, `deals`, `traitor_nodes`, `honest_gain`,
`honest_due`, `traitor_gain`, `traitor_due`, and what deals were about.
"""

from pandas import DataFrame

from ..deal_predictions import ratified_of
from ..labels import level_labels, number, plural, share
from ..summary import summarise, varying
from ..theory.ratification import most_borne, most_safe
from ..treaties import treaties
from . import measure

__all__ = ["ratification"]

_POINT = ("nodes", "protocol", "needed", "conduct", "proposer", "traitors")
_ROUNDING = 1e-9
_FACTORS = ("draft", "domain", "channel", "scheduler", "f")


def _answer(table: DataFrame) -> str:
    lying = table[(table["proposer"] == "traitor") & (table["runs"] > 0)]
    told = []
    for part, when in (
        (lying[lying["traitors"] <= lying["safe"]], "as long as any two quorums share an honest party"),
        (lying[lying["traitors"] > lying["safe"]], "where they need not"),
    ):
        runs, split = int(part["runs"].sum()), round((part["conflict"] * part["runs"]).sum())
        if runs:
            told.append(
                f"Lying proposers got two deals ratified in {split:,} of {plural(runs, 'run')} {when}."
            )
    known = table[table["theory"].notna() & (table["runs"] > 0)]
    if len(known):
        low, high = known["ratified_low"] - _ROUNDING, known["ratified_high"] + _ROUNDING
        held = int(known["theory"].between(low, high).sum())
        told.append(
            f"The share ratified in theory was within the interval at {held} of {plural(len(known), 'point')}."
        )
    return " ".join([*told, *_worst(table), *_gained(table)]) or "Nobody lied, and no theory is known."


def _worst(table: DataFrame) -> list[str]:
    """Return what liars did most where an honest party proposed: hold up deals, and force them through."""
    honest = table[(table["proposer"] == "honest") & (table["traitors"] > 0) & (table["runs"] > 0)]
    told = []
    for column, done in (("blocked", "held up a deal that enough wanted"), ("forced", "forced one through")):
        if len(honest) and honest[column].max() > 0:
            row = honest.sort_values(column, ascending=False, kind="stable").iloc[0]
            liars = f"{row['traitors']} {level_labels(honest['conduct'])[row['conduct']].lower()}"
            told.append(
                f"Of {row['nodes']} parties, {liars} ones {done} in {share(row[column])} of runs, "
                f"{row['needed']} votes being needed."
            )
    return told


def _gained(table: DataFrame) -> list[str]:
    """Return at how many points lying paid, and where most."""
    more = (table["traitor_gain"] - table["traitor_due"]).dropna().sort_values(kind="stable")
    if more.empty:
        return []
    paid = f"Liars gained more than if nobody lied at {int((more > _ROUNDING).sum())} of {plural(len(more), 'point')}"
    best = table.loc[more.index[-1]]
    if more.iloc[-1] <= _ROUNDING:
        return [f"{paid}."]
    gains = f"{number(best['traitor_gain'])} instead of {number(best['traitor_due'])}"
    return [f"{paid}, at most {gains} ({best['conduct']}, {best['needed']} of {best['nodes']} votes)."]


def _digest(table: DataFrame) -> DataFrame:
    """Return the rows of the least number of parties, with what the honest gained as the only mean."""
    rows = table["nodes"] == table["nodes"].min()
    left_out = ("honest_due", "traitor_gain", "traitor_due")
    digest: DataFrame = table.loc[rows, [each for each in table.columns if not each.startswith(left_out)]]
    return digest.reset_index(drop=True)


@measure(
    needs=(
        "needed",
        "approvals",
        "deals",
        "traitor_nodes",
        "honest_gain",
        "honest_due",
        "traitor_gain",
        "traitor_due",
    ),
    answer=_answer,
    digest=_digest,
)
def ratification(runs: DataFrame) -> DataFrame:
    """Shares of treaties ratified, in conflict, blocked and forced through, and what they were worth, by who lied.

    Blocked: as many approved of the draft as votes are needed, and nobody ratified anything. Forced: something was
    ratified though too few approved of the draft. Gains are by true preferences, and those due what there would have
    been if nobody lied; two deals ratified are worth nothing.

    Returns
    -------
    DataFrame
        `nodes`, `protocol`, votes `needed`, `conduct`, `proposer` (honest or traitor), `traitors` and what else was
        varied; `runs`, `failed`; the shares `ratified`, `conflict`, `blocked` and `forced`, and the means of
        `honest_gain`, `honest_due`, `traitor_gain` and `traitor_due`, with intervals; `theory`, the share ratified
        where it is known; `safe` and `live`, the greatest numbers of liars who cannot bring about a conflict, and
        cannot keep all others from ratifying.
    """
    runs = treaties(runs)
    runs = runs.assign(theory=[ratified_of(run) for run in runs.to_dict("records")])
    by = varying(runs, _FACTORS, *_POINT)
    enough = runs["approvals"] >= runs["needed"]
    table = summarise(
        runs,
        by,
        shares={
            "ratified": runs["deals"] == 1,
            "conflict": runs["deals"] > 1,
            "blocked": enough & (runs["deals"] == 0),
            "forced": ~enough & (runs["deals"] > 0),
        },
        means=("honest_gain", "honest_due", "traitor_gain", "traitor_due"),
    )
    table = table.merge(runs[[*by, "theory"]].drop_duplicates(by), on=by)
    limits = [
        (most_safe(n, q), most_borne(n, q)) for n, q in zip(table["nodes"], table["needed"], strict=True)
    ]
    return table.assign(safe=[safe for safe, _ in limits], live=[live for _, live in limits])
