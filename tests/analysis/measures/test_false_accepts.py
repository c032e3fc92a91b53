"""False blocks that are believed: counted beside the laws."""

from typing import Any

import pandas as pd
import pytest
from accord.agents.errors import InputError
from accord.analysis.measures.false_accepts import false_accepts


def runs(protocol: str, believed: int, of: int, keys: int = 64, **more: Any) -> list[dict[str, Any]]:
    row = {"protocol": protocol, "keys": keys, "claims": 1, "lies": 1, "hashes": 7.0, **more}
    return [{**row, "accepted_false": int(number < believed)} for number in range(of)]


ROOT, ALL = "merkle-disk(bits=4, cut=root)", "merkle-disk(bits=4)"


def test_counted_beside_the_laws() -> None:
    table = false_accepts(pd.DataFrame(runs(ROOT, 6, 100) + runs(ALL, 36, 100) + runs(ALL, 9, 10, keys=4096)))
    assert table[["cut", "keys", "bits", "runs", "believed"]].to_numpy().tolist() == [
        ["root", 64, 4, 100, 0.06],
        ["every-level", 64, 4, 100, 0.36],
        ["every-level", 4096, 4, 10, 0.9],
    ]
    assert table["law"].round(4).tolist() == [0.0625, 0.3635, 0.3635]  # by the hashes that were made
    assert table["within"].tolist() == [True, True, False]
    told = false_accepts.answer(table)
    assert "within the 95 % interval at 2 of 3 points" in told
    assert "With every hash cut to 4 bits, 64 blocks: 0.36 were believed, the law says 0.363" in told
    assert "one comparison alone would let through 0.0625" in told
    assert "every hash" not in false_accepts.answer(table[:1])


def test_runs_of_other_kinds_are_left_out_or_refused() -> None:
    others = runs("merkle-disk", 0, 5) + runs(ALL, 0, 5, lies=3) + runs("my-own", 0, 5)
    assert false_accepts(pd.DataFrame(others + runs(ROOT, 1, 10)))["runs"].tolist() == [10]
    with pytest.raises(InputError, match="runs with one lie and hashes cut"):
        false_accepts(pd.DataFrame(others))
