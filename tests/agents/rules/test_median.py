"""The median rule on plays that can be followed by hand."""

import numpy as np
import pytest
from accord.agents.rules.median import Median


@pytest.mark.parametrize(
    ("own", "heard", "expected"),
    [
        (0.0, [1.0, 5.0], 1.0),  # odd: the middle one, own counted
        (0.0, [1.0, 2.0, 9.0], 1.5),  # even: the mean of the two middle ones
        (0.0, [np.nan, np.nan, 9.0], 4.5),  # the silent are not counted
        (7.0, [np.nan, np.nan], 7.0),  # alone
    ],
)
def test_plays(own: float, heard: list[float], expected: float) -> None:
    assert Median()(own, heard, [0.1] * len(heard)) == expected


def test_agrees_with_numpy_side_by_side() -> None:
    rng = np.random.default_rng(1)
    own, heard = rng.random((5, 3)), rng.random((4, 5, 3))
    heard[rng.random(heard.shape) < 0.3] = np.nan
    expected = np.nanmedian(np.concatenate([own[None], heard]), axis=0)
    assert np.allclose(Median()(own, heard, np.zeros_like(heard)), expected, rtol=1e-15)
