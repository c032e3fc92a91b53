"""What a command costs a ledger, against the formulas.

**Measures.** In runs without traitors in which everybody was answered, what one command more takes: messages to others,
bytes and the time from the request to the answer, by protocol and number of servers. It is the difference between the
runs of a replicate with the fewest and the most commands, which share their luck, by the commands that one had more; so
what is paid once, such as an election, drops out. (Where all had as many, it is all that a run took, by command.)
Beside it stand the exact counts for one client and messages that take a round.
**Reads.** `protocol`, `nodes`, `f`, `traitors`, `commands`, `asked`, `answered`, `messages`, `bytes`, `latency`.
"""

import numpy as np
from pandas import DataFrame

from ..frames import require
from ..labels import level_labels, plural
from ..scenarios import described, number_of_parties
from ..summary import summarise, varying
from ..theory.cost import delays, messages
from . import measure

__all__ = ["command_cost"]

_FACTORS = ("clients", "pause", "channel", "scheduler", "pace")
_TAKEN = {"messages": "messages", "bytes": "bytes", "delays": "waited"}


def _answer(table: DataFrame) -> str:
    known = table[table["formula"].notna()]
    labels = level_labels(table["protocol"])
    n = table["nodes"].max()
    told = [
        f"{labels[row.protocol]} {row.messages:,.0f} messages, {row.delays:g} message delays"
        for row in table[table["nodes"] == n].sort_values("messages").itertuples()
    ]
    exact, runs = round((known["exact"] * known["runs"]).sum()), int(known["runs"].sum())
    return (
        f"Without traitors, one command more took exactly what the formulas say in {exact:,} of "
        f"{plural(runs, 'run')}. With n={n}: {'; '.join(told)}."
    )


@measure(
    needs=("protocol", "nodes", "asked", "answered", "latency", "messages", "bytes", "replicate"),
    answer=_answer,
)
def command_cost(runs: DataFrame) -> DataFrame:
    """Cost of one command more without traitors, by number of servers, against the formulas.

    Formulas are those of a protocol with its defaults. Exact: the share of runs, or pairs of them that differ in the
    number of commands, that took as many messages and as long.

    Returns
    -------
    DataFrame
        `protocol` and what else was varied, `nodes` and `f`; `runs` and `failed` (where the number of commands was
        varied, pairs of them), the share `exact`, and the means of `messages`, `bytes` and `delays` (rounds from the
        command to its answer), with intervals; the `formula` for messages and `formula_delays`, missing where there is
        none.
    """
    runs = described(runs)
    runs = runs[(runs["traitors"] == 0) & ((runs["answered"] == runs["asked"]) | runs["answered"].isna())]
    require(runs, ("f",), "measure command-cost, of runs without traitors in which all were answered,")
    runs = runs.assign(
        f=runs["f"].fillna(0).astype(int),
        nodes=number_of_parties(runs),
        waited=runs["latency"] * runs["answered"],
    )
    by = [*varying(runs, _FACTORS, "protocol"), "nodes", "f"]
    more = _more(runs, [*by, "replicate"])
    family = more["protocol"].str.partition("(")[0]
    points = [*zip(family, more["nodes"], more["f"], strict=True)]
    more["formula"] = [_or_nan(messages(*each)) for each in points]
    more["formula_delays"] = [_or_nan(delays(*each)) for each in points]
    exact = np.isclose(more["messages"], more["formula"]) & np.isclose(more["waited"], more["formula_delays"])
    table = summarise(more.assign(exact=exact), by, shares={"exact": "exact"}, means=_TAKEN)
    return table.merge(more[[*by, "formula", "formula_delays"]].drop_duplicates(), on=by)


def _more(runs: DataFrame, alike: list[str]) -> DataFrame:
    """Return what each command took by which the longest of runs that are alike outdoes the shortest, if it does."""
    ordered = runs.sort_values("commands", kind="stable")
    first, last = (
        ordered[~ordered.duplicated(alike, keep=end)].set_index(alike) for end in ("first", "last")
    )
    last = last.loc[first.index]
    counted = ["asked", *_TAKEN.values()]
    before = first[counted].astype(float).where(first["commands"] < last["commands"], 0.0)
    more = last[counted].astype(float) - before
    more = more.div(more["asked"], axis="index").reset_index()
    return more.assign(status=np.where(more["asked"].notna(), "ok", "failed"))


def _or_nan(count: int | None) -> float:
    return np.nan if count is None else count
