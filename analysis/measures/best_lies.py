"""Which lie about its costs pays a generating unit best, and what it costs everybody.

**Measures.** Of runs in which one unit claims a multiple of its costs, by payment and liar: the multiple that gained it
most, what it gained by that beside what it would have got by the truth, by how much, and how much more than the least
all units cost then; beside it the gain in theory.
**Reads.** `traitors`, `conduct`, `placement`, `payment`, `traitor_nodes`, `traitor_gain`, `traitor_due`, `excess_cost`.
"""

from pandas import DataFrame

from ...agents.conducts import conducts
from ...agents.errors import InputError
from ..frames import finished
from ..labels import number, share
from ..scenarios import described, rebuild
from ..summary import varying
from ..theory.dispatch import lie
from . import measure

__all__ = ["best_lies"]

_FACTORS = ("case", "network", "rule", "weights", "leader", "feedback")
_NEEDS = ("traitor_gain", "traitor_due", "excess_cost")


def _answer(table: DataFrame) -> str:
    told = []
    for payment, part in table[table["runs"] > 0].groupby("payment", sort=False):
        lies = part[part["factor"] != 1]
        way = "VCG" if payment == "vcg" else f"a {payment} price"
        text = f"Paid by {way}, a lie pays for {len(lies)} of {len(part)}"
        if len(lies):
            factors = " to ".join(
                number(each) for each in sorted({lies["factor"].min(), lies["factor"].max()})
            )
            text += (
                f": {factors} times the truth, for {share(lies['more'].min())} to {share(lies['more'].max())} more, "
                f"while all together cost up to {share(lies['excess_cost'].max())} more than the least"
            )
        told.append(f"{text}.")
    return " ".join(told)


@measure(needs=("traitors", "conduct", *_NEEDS), answer=_answer)
def best_lies(runs: DataFrame) -> DataFrame:
    """Multiple of its costs that it pays a unit best to claim, all others being honest, by payment.

    Truth: what it gains if it does not lie. More: what the lie adds, as a share of that. Theory: what the lie gains at
    the optimum for what is claimed.

    Returns
    -------
    DataFrame
        `payment`, `placement` and what else was varied; `runs`, `failed`; and of the best lie its `factor`, the
        mean `gain`, the `truth`, how much `more` it is, the `excess_cost` of all, and the gain in `theory`.

    Raises
    ------
    InputError
        If in no run a single unit misreports its costs.
    """
    runs = described(runs)
    runs = runs[(runs["traitors"] == 1) & runs["conduct"].str.startswith("misreport")]
    if runs.empty:
        raise InputError(
            "measure best-lies needs runs in which one unit misreports its costs, and the frame has none; "
            "sweep traitors=1 with conduct='misreport(factor=...)'"
        )
    runs = runs.assign(factor=[conducts.choose(each).factor for each in runs["conduct"]])
    by = varying(runs, _FACTORS, "payment", "placement")
    rows = []
    for key, part in runs.groupby(by, sort=False, dropna=False):
        done = finished(part)
        row = {**dict(zip(by, key, strict=True)), "runs": len(done), "failed": len(part) - len(done)}
        rows.append({**row, **_best(done)} if len(done) else row)
    return DataFrame(rows)


def _best(runs: DataFrame) -> dict[str, float]:
    """Return the best lie of one liar."""
    means = runs.groupby("factor")[list(_NEEDS)].mean()
    place = int(means["traitor_gain"].to_numpy().argmax())
    factor, (gain, truth, excess) = float(means.index[place]), means.iloc[place]
    some = runs[runs["factor"] == factor].to_dict("records")
    models = [rebuild(row) for row in some]
    theory = [lie(each.units, int(each.traitors[0]), factor, each.scenario.payment).gain for each in models]
    return {
        "factor": factor,
        "gain": gain,
        "truth": truth,
        "more": gain / truth - 1,
        "excess_cost": excess,
        "theory": sum(theory) / len(theory),
    }
