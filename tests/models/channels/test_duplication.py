"""Independent duplicates."""

from typing import Any

import pytest
from accord.agents.errors import InputError
from accord.models import Generals
from accord.models.channels.duplication import Duplication
from scipy.stats import binomtest


def test_a_share_arrives_twice(sent: Any) -> None:
    copies = [len(arrivals) for arrivals in sent("duplication(p=0.3)", 2000)]
    assert set(copies) == {1, 2}
    assert binomtest(copies.count(2), 2000, 0.3).pvalue > 1e-3


def test_copies_part_before_a_delay_and_stay_together_after_it(sent: Any) -> None:
    (first, second), *_ = sent("duplication(p=1) + exponential")
    assert first != second
    (first, second), *_ = sent("exponential + duplication(p=1)")
    assert first == second


def test_votes_count_once() -> None:
    model = Generals(network="complete(n=4)", f=1, channel="duplication(p=1)", rng=1).run()
    assert model.outcome()["messages"] == 27  # as without: what messengers double was sent once
    assert model.verdict.violated == ()


def test_bad_input() -> None:
    with pytest.raises(InputError, match=r"duplication: p=-0.1 must be at least 0"):
        Duplication(p=-0.1)
