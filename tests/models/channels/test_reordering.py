"""Some messages are overtaken."""

from typing import Any

import pytest
from accord.agents.errors import InputError
from accord.models.channels.reordering import Reordering
from scipy.stats import binomtest, kstest


def test_a_share_is_late_by_a_uniform_time(sent: Any) -> None:
    delays = [arrival - 1 for (arrival,) in sent("reordering(p=0.3, extra=4)", 2000)]
    late = [delay for delay in delays if delay > 0]
    assert binomtest(len(late), 2000, 0.3).pvalue > 1e-3
    assert kstest(late, "uniform", (0, 4)).pvalue > 1e-3


def test_later_messages_overtake(sent: Any) -> None:
    (early,), (later,) = sent("reordering(p=1, extra=9)"), sent("reordering(p=0)", now=1.0)
    assert early[0] > later[0]


def test_bad_input() -> None:
    with pytest.raises(InputError, match=r"reordering: extra=-1 must be at least 0"):
        Reordering(extra=-1)
