"""A bound from some time on."""

from typing import Any

import pytest
from accord.agents.errors import InputError
from accord.models.channels.stabilisation import Stabilisation


@pytest.mark.parametrize(("now", "latest"), [(0.0, 32.0), (29.9, 32.0), (30.0, 32.0), (31.5, 33.5)])
def test_what_was_lost_or_late_arrives_by_the_bound(sent: Any, now: float, latest: float) -> None:
    for before in ("loss(p=1)", "constant(delay=99)"):
        assert sent(f"{before} + stabilisation(at=30, bound=2)", now=now) == [(latest,)]


def test_what_is_quick_is_left_alone(sent: Any) -> None:
    assert sent("constant(delay=1) + stabilisation(at=30, bound=2)", now=3.0) == [(4.0,)]
    assert sent("duplication(p=1) + stabilisation(at=30, bound=2)", now=3.0) == [(4.0, 4.0)]


def test_bad_input() -> None:
    with pytest.raises(InputError, match=r"stabilisation: bound=-1 must be at least 0"):
        Stabilisation(bound=-1)
    with pytest.raises(InputError, match=r"stabilisation: at=-1 must be at least 0"):
        Stabilisation(at=-1)
