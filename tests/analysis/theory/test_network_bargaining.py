"""What theory gives to each place: the two institutions disagree on the same network."""

import numpy as np
import pytest
from accord.analysis.theory.network_bargaining import balanced_outcome, replacement_payoffs


def test_the_stem_under_either_institution() -> None:
    # Manea 2011, doi:10.1257/aer.101.5.2042; Kleinberg and Tardos 2008, doi:10.1145/1374376.1374417
    stem = [(0, 1), (1, 2), (1, 3), (2, 3)]
    assert replacement_payoffs(stem).tolist() == [1 / 2] * 4
    assert balanced_outcome(stem) == pytest.approx([1 / 4, 3 / 4, 1 / 2, 1 / 2])


def test_impatience_costs_and_worth_scales() -> None:
    assert (replacement_payoffs("path(n=3)", 0.9) < replacement_payoffs("path(n=3)")).all()
    twice = [(0, 1, 2.0), (1, 2, 2.0)]
    assert replacement_payoffs(twice) == pytest.approx(2 * replacement_payoffs("path(n=3)"))


def test_where_nothing_is_stable_nothing_is_said() -> None:
    assert np.isnan(balanced_outcome("ring(n=3)")).all()
