"""AC-combi after Baarslag, Hindriks and Jonker (2013): AC-next, or t >= T and u(offered) >= alpha."""

import pytest
from accord.agents.acceptances.combined import Combined
from accord.agents.profile import Profile


@pytest.mark.parametrize(
    ("time", "offered", "planned", "taken"),
    [
        (0.0, 0.6, 0.6, True),  # as good as its own, at any time
        (0.9, 0.4, 0.4, True),
        (0.8, 0.6, 0.7, False),  # not late yet
        (0.9, 0.625, 0.7, True),  # late, and half-way from .25 to 1
        (0.9, 0.62, 0.7, False),
        (1.0, 0.1, 0.1, False),  # below the reservation value
    ],
)
def test_plays(profile: Profile, time: float, offered: float, planned: float, taken: bool) -> None:
    assert Combined(after=0.9, level=0.5).takes(profile, time, offered, planned) == taken


def test_unless_told_it_takes_anything_acceptable_at_last(profile: Profile) -> None:
    assert Combined().takes(profile, 0.99, 0.25, 1.0)
    assert not Combined().takes(profile, 0.98, 0.9, 1.0)
