"""What it costs a client to check claims about blocks by their hashes, and how many lies it catches.

**Measures.** By number of blocks and what servers did: the mean number of hashes that it took to verify a claim that
was believed, the length of its path, and the hashes that a read took with all claims that were rejected, with bootstrap
intervals; beside it the mean over all blocks and the most that theory allows. How many lies reached the clients, and
how many were believed.
**Reads.** `keys`, `conduct`, `traitors`, `covered`, `claims`, `lies`, `accepted_false`, `hashes`, `hashes_max`,
`hashes_read`, `proof_bytes`.
"""

from pandas import DataFrame

from ..frames import finished
from ..labels import number, plural
from ..scenarios import described
from ..summary import summarise, varying
from ..theory.merkle import longest_path, mean_path
from . import measure

__all__ = ["proof_cost"]

_FACTORS = ("conduct", "traitors", "network", "channel", "protocol", "reads", "liars", "client_conduct")
_COUNTS = ("claims", "lies", "believed")


def _answer(table: DataFrame) -> str:
    lies, believed, broken = (int(table[each].sum()) for each in ("lies", "believed", "broken"))
    caught = f"all {lies:,}" if not believed else f"{lies - believed:,} of {lies:,}"
    text = f"Clients caught {caught} lies that reached them"
    if broken:
        text += f"; **{plural(broken, 'lie')} {'was' if broken == 1 else 'were'} believed although no hash was cut**"
    text += "."
    last = table[table["keys"] == table["keys"].max()].iloc[0]
    most, path = number(last["hashes_max"]), number(last["proof_bytes"])
    within = (table["hashes_max"] <= table["longest"] + 1).sum()
    return (
        f"{text} A claim about one of {int(last['keys']):,} blocks took at most {most} hashes to verify, and {path} "
        f"bytes of path in the mean; at {within} of {plural(len(table), 'point')} the most was no more than "
        "ceil(log2 B) + 1."
    )


def _digest(table: DataFrame) -> DataFrame:
    """Return a row for each number of blocks, whatever servers did."""
    grouped = table.groupby("keys")
    whole = grouped[["runs", *_COUNTS]].sum()
    return whole.join(
        grouped.agg(
            hashes=("hashes", "mean"),
            theory=("mean_path", lambda paths: paths.iloc[0] + 1),
            most=("hashes_max", "max"),
            most_in_theory=("longest", lambda paths: paths.iloc[0] + 1),
            proof_bytes=("proof_bytes", "mean"),
        )
    ).reset_index()


@measure(
    needs=("covered", *_COUNTS[:2], "accepted_false", "hashes", "hashes_max", "hashes_read", "proof_bytes"),
    answer=_answer,
    digest=_digest,
)
def proof_cost(runs: DataFrame) -> DataFrame:
    """Hashes and bytes that it takes to check a claim about one of so many blocks, and lies that were caught.

    Returns
    -------
    DataFrame
        `keys`, the number of blocks B, and what else was varied; `runs`, `failed`; the means of `hashes` and
        `proof_bytes` of a claim that was believed, and of `hashes_read`, which a read took in all, with intervals;
        `hashes_max`; `mean_path` and `longest`, what paths have in theory; and how many `claims` were checked, how many
        of them were `lies`, how many lies were `believed`, and of these how many in runs that a guarantee covers,
        `broken`.
    """
    runs = described(runs)
    by = varying(runs, _FACTORS, "keys")
    table = summarise(
        runs,
        by,
        means=("hashes", "proof_bytes", "hashes_read"),
    )
    runs = finished(runs).assign(
        believed=lambda frame: frame["accepted_false"],
        broken=lambda frame: frame["accepted_false"].where(frame["covered"].astype(bool), 0),
    )
    grouped = runs.groupby(by, sort=False, dropna=False)
    counts = grouped[[*_COUNTS, "broken"]].sum().join(grouped["hashes_max"].max())
    theory = {"mean_path": mean_path, "longest": longest_path}
    return table.merge(counts.reset_index(), on=by, how="left").assign(
        **{name: table["keys"].map(lambda keys, path=path: path(int(keys))) for name, path in theory.items()}
    )
