"""How many rounds a randomised consensus takes, between the best and the worst that any schedule can make of it.

**Measures.** In runs without traitors, the mean of the last round in which a party decided, with a bootstrap interval;
of Ben-Or's protocol beside it the exact means under the kindest schedule, where chance says who hears whom, and under
the strongest adversary, averaged over inputs.
**Reads.** `protocol`, `nodes`, `f`, `scheduler`, `initial`, `traitors`, `rounds`, `undecided` and the verdict.
"""

from pandas import DataFrame

from ..frames import require
from ..labels import level_labels, number, plural
from ..predictions import ben_or_rounds
from ..scenarios import described, number_of_parties
from ..summary import summarise, varying
from ..verdicts import JUDGED, is_unsafe
from . import measure

__all__ = ["rounds"]

_FACTORS = ("initial", "channel", "pace")


def _answer(table: DataFrame) -> str:
    runs = int(table["runs"].sum())
    decided, unsafe = (round((table[each] * table["runs"]).sum()) for each in ("decided", "unsafe"))
    text = f"All decided in {decided:,} of {plural(runs, 'run')}"
    text += f"; **{plural(unsafe, 'run')} violated safety**." if unsafe else ", and none violated safety."
    known = table[table["worst"].notna() & table["rounds"].notna()]
    if known.empty:
        return text
    outside = known[~known["within"]]
    if outside.empty:
        every = f"all {len(known)} points" if len(known) > 1 else "the only point"
        text += f" At {every} the mean number of rounds lay between the best and the exact worst case."
    else:
        first = outside.iloc[0]
        text += (
            f" **The mean number of rounds lay outside the best and the exact worst case** at {len(outside)} of "
            f"{plural(len(known), 'point')}, first at n={first['nodes']}, f={first['f']}, "
            f"scheduler {first['scheduler']}."
        )
    most = known[known["rounds"] == known["rounds"].max()].iloc[0]
    same = known[(known["nodes"] == most["nodes"]) & (known["f"] == most["f"])]
    labels = level_labels(same["scheduler"])
    told = "; ".join(
        f"{labels[scheduler].lower()} {number(mean)}"
        for scheduler, mean in zip(same["scheduler"], same["rounds"], strict=True)
    )
    return (
        f"{text} Most were needed with n={most['nodes']}, f={most['f']}: in the mean {told}; at best "
        f"{number(most['best'])}, by chance {number(most['chance'])}, at worst {number(most['worst'])}."
    )


@measure(needs=("protocol", "nodes", "rounds", "undecided", *JUDGED), answer=_answer)
def rounds(runs: DataFrame) -> DataFrame:
    """Mean number of rounds until the last party decided, without traitors, and the exact means that bound it.

    Best: everybody hears what ends it soonest. Chance: everybody hears n - f messages drawn anew in each phase. Worst:
    an adversary chooses who hears whom before the round's coins fall; worst seeing coins: it sees each coin before it
    goes on. Runs that had not decided when they were cut off enter no mean.

    Returns
    -------
    DataFrame
        `protocol`, `nodes`, `f`, `scheduler` and what else was varied; `runs`, `failed`; the shares `decided` and
        `unsafe` and the mean of `rounds`, with intervals; `best`, `chance`, `worst` and `worst_seeing_coins`, missing
        where they are not known; and whether the interval of the mean has a part `within` the first and the last.
    """
    runs = described(runs)
    runs = runs[runs["traitors"] == 0]
    require(runs, ("f", "scheduler"), "measure rounds, of runs without traitors,")
    runs = runs.assign(f=runs["f"].fillna(0).astype(int), nodes=number_of_parties(runs))
    by = [*varying(runs, _FACTORS, "protocol"), "nodes", "f", "scheduler"]
    undecided = runs["undecided"].gt(0).fillna(False).astype(bool)
    table = summarise(
        runs,
        by,
        shares={"decided": runs["termination"] == "held", "unsafe": is_unsafe(runs)},
        means={"rounds": runs["rounds"].mask(undecided)},
    )
    initial = runs.drop_duplicates(by)["initial"]
    points = zip(table["protocol"], table["nodes"], table["f"], initial, strict=True)
    theory = DataFrame([ben_or_rounds(*point) for point in points])
    table = table.assign(**theory)
    low, high = (table[f"rounds_{end}"].fillna(table["rounds"]) for end in ("low", "high"))
    return table.assign(within=(high >= table["best"] - 1e-9) & (low <= table["worst_seeing_coins"] + 1e-9))
