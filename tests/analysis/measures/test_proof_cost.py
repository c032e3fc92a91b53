"""The cost of proofs: counted beside theory, and lies that were caught or not."""

from typing import Any

import pandas as pd
from accord.analysis.measures.proof_cost import proof_cost


def run(keys: int, hashes: float, most: float, lies: int, **more: Any) -> dict[str, Any]:
    return {
        "keys": keys, "conduct": "corrupting", "protocol": "merkle-disk", "covered": True, "claims": lies + 5,
        "rejected": lies, "lies": lies, "accepted_false": 0, "hashes": hashes, "hashes_max": most,
        "hashes_read": 2 * hashes, "proof_bytes": 32 * (hashes - 1), **more,
    }  # fmt: skip


RUNS = pd.DataFrame([run(8, 4, 4, 3), run(8, 4, 4, 4), run(100, 7.9, 8, 5)])


def test_counted_beside_theory() -> None:
    table = proof_cost(RUNS)
    assert table[["keys", "runs", "hashes", "mean_path", "longest", "lies", "claims"]].round(
        2
    ).to_numpy().tolist() == [
        [8, 2, 4, 3, 3, 7, 17],
        [100, 1, 7.9, 6.88, 7, 5, 10],
    ]
    assert table["hashes_read"].tolist() == [8, 15.8]
    told = proof_cost.answer(table)
    assert "Clients caught all 12 lies that reached them." in told
    assert "one of 100 blocks took at most 8 hashes to verify, and 220.8 bytes" in told
    assert "at 2 of 2 points" in told
    digest = proof_cost.digest(table)
    assert digest[["keys", "theory", "most", "most_in_theory"]].round(2).to_numpy().tolist() == [
        [8, 4, 4, 4],
        [100, 7.88, 8, 8],
    ]


def test_what_was_believed_is_told_and_what_must_not_be_loudly() -> None:
    cut = run(8, 4, 4, 3, accepted_false=2, covered=False, protocol="merkle-disk(bits=2)")
    told = proof_cost.answer(proof_cost(pd.DataFrame([run(8, 4, 4, 3), cut])))
    assert "Clients caught 4 of 6 lies that reached them." in told
    broken = proof_cost(pd.DataFrame([run(8, 4, 4, 3, accepted_false=1)]))
    assert broken["broken"].tolist() == [1]
    assert "**1 lie was believed although no hash was cut**" in proof_cost.answer(broken)
