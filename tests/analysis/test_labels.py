"""Words for people."""

import math

import pytest
from accord.analysis.labels import heading, level_labels, number, panel_title, share, spelled_out


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


def test_what_varies_is_printed_where_it_has_its_default_too() -> None:
    channel = "exponential(mean=5.0) + loss(p=0.3)"
    assert list(
        spelled_out([channel, f"{channel} + stabilisation", f"{channel} + stabilisation(at=0.5)"]).values()
    ) == [
        "exponential(mean=5) + loss(p=0.3)",
        "exponential(mean=5) + loss(p=0.3) + stabilisation(at=30)",
        "exponential(mean=5) + loss(p=0.3) + stabilisation(at=0.5)",
    ]
    labels = level_labels(["harary(n=12)", "harary(k=2, n=12)", "bracha", "bracha(deliver=1)"])
    assert list(labels.values()) == [
        "Harary (k=3, n=12)",
        "Harary (k=2, n=12)",
        "Bracha",
        "Bracha (deliver=1)",
    ]


@pytest.mark.parametrize("text", ["mine", "a + (b", "data-1.0.csv", "x=3", "ring(9)", "a; b(x=1), c"])
def test_what_nobody_knows_stays_as_it_is(text: str) -> None:
    assert spelled_out([text, "mine(x=2)"])[text] == text


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
