"""When a delaying traitor speaks, play by play."""

from collections.abc import Callable

import pytest
from accord.agents.conducts import conducts
from accord.agents.protocols import Faults


@pytest.mark.parametrize(
    ("conduct", "times"),
    [
        ("delaying", "1 2 3"),
        ("delaying(by=0.25)", "0.25 1.25 2.25"),
        ("delaying(by=2)", "2 3 4"),
        ("delaying(by=0)", "0 1 2"),
        ("delaying + delaying(by=2)", "3 4 5"),  # each has timers of its own
    ],
)
def test_plays(chatter: Callable, transcript: Callable, conduct: str, times: str) -> None:
    assert transcript(conduct, chatter()) == [
        f"{now}: word(0, {number}) -> 1 2 3 4" for number, now in enumerate(times.split())
    ]


def test_it_comes_too_late_and_does_not_lie() -> None:
    assert conducts.choose("delaying").faults is Faults.OMISSION
    assert conducts.choose("delaying + corrupting").faults is Faults.BYZANTINE
