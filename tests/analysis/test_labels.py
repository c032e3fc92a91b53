"""Words for people."""

import math

import pytest
from accord.analysis.labels import heading, level_labels, number, panel_title, share


def test_names_alone_where_they_tell_levels_apart() -> None:
    assert level_labels(["barabasi-albert(n=60)", "les-miserables", 3]) == {
        "barabasi-albert(n=60)": "Barabási-Albert",
        "les-miserables": "Les Misérables",
        3: "3",
    }
    assert list(level_labels(["ring(n=9)", "ring(n=12)", "ring(n=9)"]).values()) == [
        "Ring (n=9)",
        "Ring (n=12)",
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (1e-12, "1e-12"),
        (math.inf, "inf"),
        (None, ""),
        (True, "True"),
        (1234567.0, "1.235e+06"),
        (-2.5, "-2.5"),
    ],
)
def test_number(value: object, text: str) -> None:
    assert number(value) == text


def test_titles_and_headings() -> None:
    assert panel_title("traitors", "2") == "2 traitors"
    assert panel_title("rule", "W-MSR") == "W-MSR"
    assert heading("tolerance-map") == "Tolerance map"
    assert share(math.nan) == ""
