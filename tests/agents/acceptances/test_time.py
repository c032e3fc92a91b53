"""AC-time after Baarslag, Hindriks and Jonker (2013): t >= T."""

import pytest
from accord.agents.acceptances.time import Time
from accord.agents.profile import Profile


@pytest.mark.parametrize(
    ("after", "time", "offered", "taken"),
    [
        (0.9, 0.9, 0.25, True),
        (0.9, 0.89, 1.0, False),
        (0.9, 1.0, 0.24, False),  # below the reservation value
        (0.0, 0.0, 0.3, True),
        (1.0, 1.0, 0.3, True),
    ],
)
@pytest.mark.parametrize("planned", [0.25, 1.0])
def test_plays(
    profile: Profile, after: float, time: float, offered: float, taken: bool, planned: float
) -> None:
    assert Time(after=after).takes(profile, time, offered, planned) == taken
