"""What the proposer keeps of a dollar that a quota divides, against the formulas.

**Measures.** By who proposes, quota, patience and number of members, the share of runs in which the first proposal
passed, and the means of what its proposer kept, of what each got whose vote it counted on, of how many got something
and of welfare, with bootstrap intervals; beside it the proposer's share in theory, and how many runs had just that.
**Reads.** `recognition`, `quota`, `discount`, `nodes`, `needed`, `round`, `proposer_share`, `partner_share`,
`coalition`, `welfare` and how members were set to play.
"""

from pandas import DataFrame, Series

from ..deal_predictions import proposer_share_of
from ..labels import level_labels, number, plural
from ..scenarios import described, number_of_parties
from ..summary import summarise, varying
from . import measure

__all__ = ["proposer_share"]

_FACTORS = ("network", "break_off", "deadline", "generosity", "demand", "tremble")
_ROUNDING = 1e-9
_POINT = ("recognition", "quota", "discount")


def _answer(table: DataFrame) -> str:
    runs = table["runs"].sum()
    passed = round((table["at_once"] * table["runs"]).sum())
    text = f"The first proposal passed in {passed:,} of {plural(int(runs), 'run')}."
    known = table[table["theory"].notna() & (table["runs"] > 0)]
    if known.empty:
        return text
    exact, held = round((known["exact"] * known["runs"]).sum()), int(known["runs"].sum())
    text += f" The proposer's share was exactly that of theory in {exact:,} of {plural(held, 'run')}."
    most = known[known["nodes"] == known["nodes"].max()]
    patient = most[most["discount"] == most["discount"].max()]
    labels = level_labels(patient["quota"])
    told = "; ".join(
        f"{row.recognition}, {labels[row.quota].lower()} {number(row.proposer_share)}"
        for row in patient.itertuples()
    )
    n, discount = most["nodes"].iloc[0], number(patient["discount"].iloc[0])
    return f"{text} With n={n} and d={discount} it kept, by who proposes and what is needed: {told}."


def _digest(table: DataFrame) -> DataFrame:
    """Return the rows of the greatest number of members."""
    most: DataFrame = table[table["nodes"] == table["nodes"].max()].reset_index(drop=True)
    return most


@measure(
    needs=("nodes", "needed", "round", "proposer_share", "partner_share", "coalition", "welfare"),
    answer=_answer,
    digest=_digest,
)
def proposer_share(runs: DataFrame) -> DataFrame:
    """Mean share of a dollar that its proposer keeps, and with how many it shares, against theory.

    At once: the share of runs in which the first proposal passed. Exact: that of runs in which the proposer's share was
    that of theory, but for rounding. Shares and coalitions are of proposals that passed, and partners those whose votes
    the proposer counted on.

    Returns
    -------
    DataFrame
        `recognition`, `quota`, `discount` and what else was varied, `nodes` and the votes `needed`; `runs`, `failed`;
        the shares `at_once` and `exact` and the means of `proposer_share`, `partner_share`, `coalition` and `welfare`,
        with intervals; and the proposer's share in `theory`, missing where there is none.
    """
    runs = described(runs)
    runs = runs.assign(nodes=number_of_parties(runs), needed=_needed(runs))
    runs = runs.assign(theory=[proposer_share_of(run) for run in runs.to_dict("records")])
    runs = runs.assign(network=runs["network"].str.partition("(")[0])
    by = [*varying(runs, _FACTORS, *_POINT), "nodes", "needed"]
    table = summarise(
        runs,
        by,
        shares={
            "at_once": runs["round"] == 0,
            "exact": (runs["proposer_share"] - runs["theory"]).abs() < _ROUNDING,
        },
        means=("proposer_share", "partner_share", "coalition", "welfare"),
    )
    return table.merge(runs[[*by, "theory"]].drop_duplicates(), on=by)


def _needed(runs: DataFrame) -> "Series[int]":
    """Return the votes that passed a proposal; runs that failed do not say so, but others with their quota do."""
    told = runs["needed"].fillna(runs.groupby(["network", "quota"])["needed"].transform("first"))
    return told.fillna(0).astype(int)
