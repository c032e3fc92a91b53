"""All or nothing."""

from collections.abc import Callable

import numpy as np
import pytest
from accord.agents.bargaining import Answer, View
from accord.agents.tactics.stubborn import Stubborn


@pytest.mark.parametrize(
    ("seen", "offer", "answer"),
    [
        ({}, None, 10),
        ({"round": 10, "heard": [9]}, 9, 10),
        ({"round": 1}, 10, Answer.ACCEPT),
        ({"reservation": 2.0}, None, Answer.LEAVE),
    ],
)
def test_plays(see: Callable[..., View], seen: dict[str, float], offer: int | None, answer: object) -> None:
    assert Stubborn().respond(see(**seen), offer) == answer


def test_it_plans_nothing_else(see: Callable[..., View]) -> None:
    assert Stubborn().plan(see().profile, np.linspace(0, 1, 4)).tolist() == [10] * 4


def test_what_it_takes_is_its_conditions(see: Callable[..., View]) -> None:
    assert Stubborn(accept="time(after=0.5)").respond(see(round=5), 0) is Answer.ACCEPT
