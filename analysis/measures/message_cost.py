"""What a decision costs in messages, against the formulas.

**Measures.** In runs without traitors in which everybody decided, the mean number of messages sent to others, by
protocol, number of parties and number of traitors that it was set up for, with a bootstrap interval; beside it the
exact count for equal inputs and messages that take a round, and the share of runs that sent just as many.
**Reads.** `protocol`, `nodes`, `f`, `traitors`, `undecided`, `messages`, `bytes`.
"""

import numpy as np
from pandas import DataFrame, Series

from ..frames import require
from ..labels import level_labels, plural
from ..scenarios import described, number_of_parties
from ..summary import summarise, varying
from ..theory.cost import messages
from . import measure

__all__ = ["message_cost"]

_SETTLED = 0.5  # exponents that differ by less are the same power's
_FACTORS = ("initial", "channel", "scheduler", "pace")


def _answer(table: DataFrame) -> str:
    known = table[table["formula"].notna()]
    labels = level_labels(table["protocol"])
    n = table["nodes"].max()
    most = table[table["nodes"] == n].sort_values("messages")
    told = "; ".join(f"{labels[row.protocol]} {row.messages:,.0f}" for row in most.itertuples())
    exact, runs = round((known["exact"] * known["runs"]).sum()), int(known["runs"].sum())
    return (
        f"Without traitors, the messages counted were exactly those of the formula in {exact:,} of "
        f"{plural(runs, 'run')}. With n={n}, set up for the traitors given in the table, a decision took: {told}."
    )


def _digest(table: DataFrame) -> DataFrame:
    """Return a row for each protocol: the cost at the ends, and how it grows at the upper one."""
    by = [each for each in table.columns[: table.columns.get_loc("runs")] if each not in ("nodes", "f")]
    rows = []
    for point, part in table.groupby(by, sort=False):
        part = part.sort_values("nodes")
        first, last = part.iloc[0], part.iloc[-1]
        rows.append(
            {
                **dict(zip(by, point, strict=True)),
                "runs": part["runs"].sum(),
                "exact": (part["exact"] * part["runs"]).sum() / part["runs"].sum(),
                "smallest_n": first["nodes"],
                "messages_at_smallest_n": first["messages"],
                "largest_n": last["nodes"],
                "messages_at_largest_n": last["messages"],
                "growth_exponent": _growth(part.groupby("nodes")["messages"].mean()),
            }
        )
    return DataFrame(rows)


def _growth(messages: Series) -> float:
    """Return the slope at the upper end of a log-log plot, of messages by ascending n; NaN where it has not settled."""
    slopes = np.diff(np.log(messages)) / np.diff(np.log(messages.index))
    settled = len(slopes) > 1 and abs(slopes[-1] - slopes[-2]) < _SETTLED
    return float(slopes[-1]) if settled else np.nan


@measure(needs=("protocol", "nodes", "undecided", "messages", "bytes"), answer=_answer, digest=_digest)
def message_cost(runs: DataFrame) -> DataFrame:
    """Messages that a decision takes without traitors, those to oneself left out, against the formula.

    Exact: the share of runs that sent as many as the formula says. Growth exponent: that of n by which messages grow
    between the two greatest numbers of parties; blank unless it is within a half of that between the two before, as of
    exponential growth it never is.

    Returns
    -------
    DataFrame
        `protocol` and what else was varied, `nodes` and `f`; `runs`, `failed`; the share `exact` and the means of
        `messages` and `bytes`, with intervals; and the `formula`'s count, missing where there is none.
    """
    runs = described(runs)
    runs = runs[(runs["traitors"] == 0) & ((runs["undecided"] == 0) | runs["undecided"].isna())]
    require(runs, ("f",), "measure message-cost, of runs without traitors in which all decided,")
    runs = runs.assign(f=runs["f"].fillna(0).astype(int), nodes=number_of_parties(runs))
    formula = runs[["protocol", "nodes", "f"]].apply(lambda row: _formula(*row), axis=1).astype(float)
    runs = runs.assign(formula=formula)
    by = [*varying(runs, _FACTORS, "protocol"), "nodes", "f"]
    table = summarise(
        runs,
        by,
        shares={"exact": runs["messages"] == runs["formula"]},
        means=("messages", "bytes"),
    )
    return table.merge(runs[[*by, "formula"]].drop_duplicates(), on=by)


def _formula(protocol: str, n: int, f: int) -> float:
    count = messages(protocol, n, f) if n else None
    return np.nan if count is None else count
