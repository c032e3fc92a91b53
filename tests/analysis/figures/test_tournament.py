"""The tournament's figure: ranked rows, a column of means, best responses framed."""

import pandas as pd
from accord.analysis.figures.tournament import tournament
from accord.analysis.style import VERMILION
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

DILEMMA = {
    ("random", "random"): 3.0,
    ("random", "micro"): 0.0,
    ("micro", "random"): 5.0,
    ("micro", "micro"): 1.0,
}


def test_ranked_and_framed() -> None:
    runs = pd.DataFrame(
        {
            "tactic": one, "rivals": two, "utility": DILEMMA[one, two], "rival_utility": DILEMMA[two, one],
            "deals": 1, "tables": 1,
        }
        for one, two in DILEMMA
    )  # fmt: skip
    ax = tournament(runs, ax=Figure(layout="constrained").add_subplot())
    assert [each.get_text() for each in ax.get_yticklabels()] == ["MiCRO  1", "Random  2"]
    numbers = [float(each.get_text()) for each in ax.texts]
    assert numbers == [3, 1, 5, 1.5, 0, 3]
    frames = [each for each in ax.patches if isinstance(each, Rectangle)]
    assert [(int(each.get_x()), int(each.get_y())) for each in frames] == [(2, 0), (3, 0)]
    assert [each.get_edgecolor() == to_rgba(VERMILION) for each in frames] == [True, False]
