import numpy as np
import pytest
from accord.models.inequality import gini, lorenz, top_share
from hypothesis import given, settings
from hypothesis import strategies as st

held = st.lists(st.integers(0, 1000), min_size=1, max_size=30).filter(any)


def test_known_answers() -> None:
    assert gini([0, 1 / 3, 2 / 3]) == pytest.approx(4 / 9)
    assert gini([0, 0, 0, 5]) == 0.75
    assert np.isnan(gini([0, 0]))
    assert lorenz([2, 1, 1]).tolist() == [0, 0.25, 0.5, 1]
    assert top_share([0] * 9 + [1]) == 1
    assert top_share([1] * 20) == pytest.approx(0.1)
    assert top_share([1, 1, 2], part=0.5) == pytest.approx(0.625)  # all of the last, half of the one before


@given(held)
@settings(deadline=None, max_examples=50)
def test_gini_is_half_the_mean_difference_by_the_mean_and_twice_the_area_above_lorenz(
    values: list[int],
) -> None:
    array = np.array(values, dtype=float)
    apart = np.abs(array[:, None] - array).mean()
    assert gini(values) == pytest.approx(apart / (2 * array.mean()))
    curve = lorenz(values)
    area = (curve[1:] + curve[:-1]).mean() / 2
    assert gini(values) == pytest.approx(1 - 2 * area)
    assert gini(values) == gini(values[::-1]) == pytest.approx(gini(3 * array))
