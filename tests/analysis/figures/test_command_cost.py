"""The figure of what a command costs: marks are counted, dashes the formulas."""

import pandas as pd
import pytest
from accord.analysis.figures.command_cost import command_cost
from accord.analysis.theory.cost import messages
from matplotlib.figure import Figure

RUNS = pd.DataFrame(
    [
        {"protocol": protocol, "network": f"complete(n={n})", "nodes": n, "f": 1, "traitors": 0, "commands": asked,
         "asked": asked, "answered": asked, "latency": 5.0, "messages": asked * messages(protocol, n, 1) + 7,
         "bytes": 100 * asked, "replicate": 0, "covered": True, "entries": asked}
        for protocol in ("raft", "pbft")
        for n in (4, 16)
        for asked in (1, 3)
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("cost", "counted", "formulas"),
    [
        (None, [[8, 32], [29, 497]], [[8, 32], [29, 497]]),
        ("rounds_to_the_answer", [[5, 5], [5, 5]], [[4, 4], [5, 5]]),
        ("bytes_per_command", [[100, 100], [100, 100]], []),
    ],
)
def test_marks_and_dashes(cost: str | None, counted: object, formulas: object) -> None:
    runs = RUNS if cost is None else RUNS.assign(cost=cost)
    ax = command_cost(runs, ax=Figure(layout="constrained").add_subplot())
    marks, dashes = (
        [line.get_ydata().tolist() for line in ax.lines if (line.get_linestyle() == "--") is dashed]
        for dashed in (False, True)
    )
    assert (marks, dashes) == (counted, formulas)
    assert ax.get_yscale() == ("linear" if cost == "rounds_to_the_answer" else "log")
    assert ax.get_xticks().tolist() == [4, 16]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["Raft", "PBFT", "Formula"]
    assert ax.get_ylabel() == ("Messages per command" if cost is None else "")
