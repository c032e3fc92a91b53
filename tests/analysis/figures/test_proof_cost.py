"""The figure of proofs: dots are means, the dashed line is theory."""

import numpy as np
import pandas as pd
from accord.analysis.figures.proof_cost import proof_cost
from matplotlib.figure import Figure

RUNS = pd.DataFrame(
    [
        {"keys": keys, "conduct": conduct, "hashes": hashes, "hashes_read": times * hashes}
        for keys, hashes in ((2, 2.0), (2**20, 21.0))
        for conduct, times in (("silent", 1), ("corrupting", 2), ("corrupting", 4))
    ]
)


def test_dots_are_means_and_the_dashed_line_is_the_longest_path_and_one() -> None:
    ax = proof_cost(RUNS, ax=Figure(layout="constrained").add_subplot())
    silent, corrupting, claims, law = ax.lines
    assert corrupting.get_ydata().tolist() == [6, 63]
    assert silent.get_ydata().tolist() == claims.get_ydata().tolist() == [2, 21]
    assert law.get_linestyle() == "--"
    assert np.array_equal(law.get_ydata(), np.log2(law.get_xdata()) + 1)
    assert max(law.get_xdata()) == 2**20
    assert ax.get_xscale() == "log"
    told = [text.get_text() for text in ax.get_legend().get_texts()]
    assert told[:3] == ["A read, servers silent", "A read, servers corrupting", "A claim that is believed"]
    assert [ax.xaxis.get_major_formatter()(each) for each in (8, 2**10)] == ["8", "$2^{10}$"]
