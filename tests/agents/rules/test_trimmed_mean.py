"""The trimmed mean against plays by hand and the contraction of Dolev et al. (1986)."""

import numpy as np
import pytest
from accord.agents.rules.trimmed_mean import TrimmedMean
from scipy import stats


@pytest.mark.parametrize(
    ("f", "own", "heard", "expected"),
    [
        (0, 0.0, [1.0, 2.0], 1.0),
        (1, 0.0, [1.0, 2.0, 3.0, 100.0], 2.0),
        (1, 0.0, [1.0, 2.0, np.nan, 100.0], 1.5),  # the silent are not counted
        (1, 0.3, [1.0], 0.3),  # nothing left: keep one's own
        (1, 0.3, [1.0, 2.0], 1.0),  # one left
    ],
)
def test_plays(f: int, own: float, heard: list[float], expected: float) -> None:
    assert TrimmedMean(f=f)(own, heard, [0.1] * len(heard)) == pytest.approx(expected, abs=1e-15)


def test_agrees_with_scipy() -> None:
    rng = np.random.default_rng(1)
    own, heard = rng.random(6), rng.random((9, 6))
    expected = stats.trim_mean(np.concatenate([own[None], heard]), 0.2, axis=0)
    assert np.allclose(TrimmedMean(f=2)(own, heard, np.zeros_like(heard)), expected, rtol=1e-14)


def test_four_parties_one_liar_halve_the_range_at_least() -> None:
    # n = 4, t = 1: the worst contraction of trim-and-average is 1/2 (Dolev et al. 1986)
    honest, rng = np.array([0.0, 0.0, 1.0]), np.random.default_rng(2)
    worst = 0.0
    for _ in range(500):
        lies = rng.choice([-9.0, 0.0, 0.5, 1.0, 9.0], size=3)
        after = [TrimmedMean(f=1)(honest[i], [*np.delete(honest, i), lies[i]], [0.1] * 3) for i in range(3)]
        worst = max(worst, np.ptp(after))
    assert worst == pytest.approx(0.5)


def test_faces_the_scenarios_traitors_unless_told() -> None:
    assert TrimmedMean().facing(3).f == 3
    assert TrimmedMean(f=1).facing(3).f == 1
