"""Verdicts, bounds and promises as measures and figures read them."""

from math import inf, isnan

import pandas as pd
import pytest
from accord.analysis.verdicts import JUDGED, is_solved, is_unsafe, proven_bound, stability

HELD = dict.fromkeys(JUDGED, "held")


@pytest.mark.parametrize(
    ("judged", "unsafe", "solved"),
    [
        ({}, False, True),
        ({"agreement": "violated"}, True, False),
        ({"validity": "violated"}, True, False),
        ({"integrity": "violated"}, True, False),
        ({"termination": "violated"}, False, False),
        ({"termination": "inconclusive"}, False, False),
        ({"agreement": "inconclusive"}, False, False),
        ({"agreement": None}, False, False),  # a run that failed
    ],
)
def test_safety_and_more(judged: dict[str, str], unsafe: bool, solved: bool) -> None:
    runs = pd.DataFrame([{**HELD, **judged}])
    assert (is_unsafe(runs).item(), is_solved(runs).item()) == (unsafe, solved)


def test_bounds_are_those_proven_or_else_claimed() -> None:
    assert proven_bound("bracha", 3) == 10
    assert isnan(proven_bound("phase-king(phases=1)", 2))  # a weaker setting proves nothing
    assert proven_bound("phase-king(phases=4)", 2) == 9  # a stronger one takes nothing away
    assert isnan(proven_bound("bracha(echo=3)", 1))  # proven with four parties and not with more
    assert isnan(proven_bound("my-own(x=1)", 1))


@pytest.mark.parametrize(
    ("channel", "since", "bound"),
    [
        ("constant(delay=2)", 0, 2),
        ("exponential(mean=5) + loss(p=0.3) + stabilisation(at=30, bound=2)", 30, 2),
        ("exponential(mean=5)", inf, inf),
        ("loss(p=0.1)", inf, inf),
        ("my-own", inf, inf),
    ],
)
def test_what_channels_promise(channel: str, since: float, bound: float) -> None:
    assert stability(channel) == (since, bound)
