"""The figure of false accepts: shares with intervals, and the laws."""

import numpy as np
import pandas as pd
import pytest
from accord.agents.errors import InputError
from accord.analysis.figures.false_accepts import false_accepts
from accord.analysis.theory.merkle import false_accept
from matplotlib.figure import Figure


def runs(cut: str, bits: int, believed: int, of: int, keys: int = 64) -> list[dict[str, object]]:
    row = {"protocol": f"merkle-disk(bits={bits}, cut={cut})", "keys": keys, "lies": 1, "hashes": 7.0}
    return [{**row, "accepted_false": int(number < believed)} for number in range(of)]


def test_shares_intervals_and_laws() -> None:
    frame = pd.DataFrame(
        runs("root", 2, 5, 20)
        + runs("root", 6, 0, 20)
        + runs("every-level", 2, 17, 20)
        + runs("every-level", 6, 2, 20)
    )
    ax = false_accepts(frame, ax=Figure(layout="constrained").add_subplot())
    dots = [line for line in ax.lines if line.get_linestyle() == "None"]
    laws = [line for line in ax.lines if line.get_linestyle() == "--" and len(line.get_xdata())]
    assert dots[0].get_ydata()[0] == 0.25
    assert np.isnan(dots[0].get_ydata()[1])  # none was believed: the interval alone
    assert dots[1].get_ydata().tolist() == [0.85, 0.1]
    assert laws[0].get_ydata() == pytest.approx([2**-2, 2**-6])
    assert laws[1].get_ydata() == pytest.approx([false_accept(2, 7), false_accept(6, 7)])
    assert ax.get_yscale() == "log"
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        "Root alone",
        "All, 64 blocks",
        "Law",
    ]


def test_other_runs_are_refused() -> None:
    frame = pd.DataFrame(runs("root", 2, 1, 3)).assign(protocol="merkle-disk")
    with pytest.raises(InputError, match="runs with one lie and hashes cut"):
        false_accepts(frame, ax=Figure().add_subplot())
