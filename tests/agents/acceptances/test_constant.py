"""AC-const after Baarslag, Hindriks and Jonker (2013): u(offered) >= alpha."""

import pytest
from accord.agents.acceptances.constant import Constant
from accord.agents.errors import InputError
from accord.agents.profile import Profile


@pytest.mark.parametrize(
    ("level", "offered", "taken"),
    [
        (0.5, 0.625, True),  # half-way from .25 to 1
        (0.5, 0.62, False),
        (0, 0.25, True),
        (0, 0.24, False),
        (1, 0.99, False),
        (1, 1.0, True),
    ],
)
@pytest.mark.parametrize(("time", "planned"), [(0.0, 0.25), (1.0, 1.0)])
def test_plays(
    profile: Profile, level: float, offered: float, taken: bool, time: float, planned: float
) -> None:
    assert Constant(level=level).takes(profile, time, offered, planned) == taken


def test_what_cannot_be() -> None:
    with pytest.raises(InputError, match=r"level=1\.5 must be at most 1"):
        Constant(level=1.5)
