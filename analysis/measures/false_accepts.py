"""How often a false block is believed where hashes are cut to k bits, against the laws.

**Measures.** Of runs in which one lie reached a client, by which hashes were cut, number of blocks and bits: the share
in which it was believed, with Wilson's interval, beside the law: 2^-k if the root alone was cut, else
1 - (1 - 2^-k)^(d + 1) for a path of d hashes, averaged over the paths that were met.
**Reads.** `protocol`, `keys`, `lies`, `accepted_false`, `hashes`.
"""

from pandas import DataFrame

from ...agents.errors import InputError
from ..labels import plural
from ..predictions import cut_of, false_accepts_of
from ..scenarios import described
from ..summary import summarise
from . import measure

__all__ = ["false_accepts"]


def _answer(table: DataFrame) -> str:
    within, points = int(table["within"].sum()), plural(len(table), "point")
    far = table.iloc[(table["law"] / 2.0 ** -table["bits"]).argmax()]
    text = f"The law lies within the 95 % interval at {within} of {points}."
    if far["law"] > 1.5 * 2.0 ** -far["bits"]:
        text += (
            f" With every hash cut to {far['bits']} bits, {plural(far['keys'], 'block')}: {far['believed']:.3g} were "
            f"believed, the law says {far['law']:.3g}, and one comparison alone would let through "
            f"{2.0 ** -far['bits']:.3g}."
        )
    return text


@measure(needs=("protocol", "keys", "lies", "accepted_false", "hashes"), answer=_answer)
def false_accepts(runs: DataFrame) -> DataFrame:
    """Share of false blocks with genuine paths that were believed, of runs with one lie and hashes cut short.

    Returns
    -------
    DataFrame
        `cut` (root or every-level), `keys` (blocks), `bits`; `runs`, `failed`; the share `believed` with its interval;
        the `law`'s; and whether that is `within` the interval.
    """
    runs = described(runs)
    cuts = runs["protocol"].map(cut_of)
    told = cuts.notna() & ((runs["lies"] == 1) | runs["lies"].isna())
    if not told.any():
        raise InputError(
            "measure false-accepts needs runs with one lie and hashes cut; sweep protocol.bits=4..10"
        )
    runs, cuts = runs[told], cuts[told]
    runs = runs.assign(cut=[cut.level for cut in cuts], bits=[cut.bits for cut in cuts])
    runs = runs.assign(law=[false_accepts_of(*each) for each in zip(cuts, runs["hashes"], strict=True)])
    by = ["cut", "keys", "bits"]
    table = summarise(runs, by, shares={"believed": runs["accepted_false"] == 1})
    table = table.merge(runs.groupby(by, sort=False)["law"].mean().reset_index(), on=by)
    return table.assign(within=table["law"].between(table["believed_low"], table["believed_high"]))
