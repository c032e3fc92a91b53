"""The figure of efficiency: a line a number of issues."""

import pandas as pd
import pytest
from accord.analysis.figures.efficiency import efficiency
from matplotlib.figure import Figure


def test_lines_by_issues() -> None:
    runs = pd.DataFrame(
        {"tactic": "micro", "domain": domain, "opposition": opposition, "efficiency": value}
        for domain, opposition, value in [
            ("random(opposition=0.5)", 0.5, 0.8),
            ("random(opposition=0.1)", 0.1, 0.9),
            ("random(opposition=0.1)", 0.1, 1.0),
            ("random(issues=5)", 0.3, 0.7),
            ("random(issues=5, opposition=0.6)", 0.6, float("nan")),
            ("pie", 0.7, 1.0),
        ]
    )
    ax = efficiency(runs, ax=Figure().add_subplot())
    drawn = {line.get_label(): line.get_ydata().tolist() for line in ax.lines}
    assert drawn == {"Other domains": [1.0], "3 issues": pytest.approx([0.95, 0.8]), "5 issues": [0.7]}
