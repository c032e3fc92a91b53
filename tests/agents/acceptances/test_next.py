"""AC-next after Baarslag, Hindriks and Jonker (2013): alpha u(offered) + beta >= u(planned)."""

import pytest
from accord.agents.acceptances.next import Next
from accord.agents.profile import Profile


@pytest.mark.parametrize(
    ("scale", "plus", "offered", "planned", "taken"),
    [
        (1, 0, 0.6, 0.6, True),
        (1, 0, 0.59, 0.6, False),
        (1, 0.05, 0.56, 0.6, True),
        (1, -0.05, 0.6, 0.6, False),
        (1.1, 0, 0.55, 0.6, True),
        (0.9, 0, 0.6, 0.6, False),
        (1, 1, 0.1, 0.6, False),  # below the reservation value
        (1, 0, 0.25, 0.25, True),  # not below it
    ],
)
def test_plays(
    profile: Profile, scale: float, plus: float, offered: float, planned: float, taken: bool
) -> None:
    assert Next(scale=scale, plus=plus).takes(profile, 0.5, offered, planned) == taken
