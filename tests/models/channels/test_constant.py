"""Every message takes the same time."""

from typing import Any

import pytest
from accord.agents.errors import InputError
from accord.models.channels.constant import Constant


def test_the_delay_is_added(sent: Any) -> None:
    assert sent("constant(delay=2.5)", 3, now=4.0) == [(6.5,)] * 3
    assert sent("constant(delay=1) + constant(delay=2)", now=4.0) == [(7.0,)]
    assert sent("constant(delay=0)", now=4.0) == [(4.0,)]


def test_bad_input() -> None:
    with pytest.raises(InputError, match=r"constant: delay=-1 must be at least 0"):
        Constant(delay=-1)
