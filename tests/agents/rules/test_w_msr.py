"""W-MSR on plays that can be followed by hand; LeBlanc et al. (2013), section III."""

import numpy as np
import pytest
from accord.agents.rules.linear import Linear
from accord.agents.rules.w_msr import WMSR
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

FOUR = [0.2] * 4


@pytest.mark.parametrize(
    ("f", "own", "heard", "expected"),
    [
        (0, 0.0, [1.0, 2.0, 3.0, 4.0], 2.0),  # nothing trimmed: the weighted mean
        (1, 0.0, [1.0, 2.0, 3.0, 4.0], 1.2),  # all above: one removed, none below
        (1, 2.5, [1.0, 2.0, 3.0, 4.0], 2.5),  # one at either end
        (2, 2.5, [1.0, 2.0, 3.0, 4.0], 2.5),  # all four removed: stays
        (3, 2.5, [1.0, 2.0, 3.0, 4.0], 2.5),  # never more than there are on that side
        (1, 1.0, [1.0, 1.0, 1.0, 9.0], 1.0),  # equals of one's own are never removed
        (1, 0.0, [np.nan, 1.0, 2.0, np.nan], 0.2),  # the silent are not heard
    ],
)
def test_plays(f: int, own: float, heard: list[float], expected: float) -> None:
    assert WMSR(f=f)(own, heard, FOUR) == pytest.approx(expected, abs=1e-15)


def test_faces_the_scenarios_traitors_unless_told() -> None:
    assert WMSR().facing(3).f == 3
    assert WMSR(f=1).facing(3).f == 1


finite = st.floats(-1e3, 1e3, allow_nan=False)


@settings(deadline=None, max_examples=200)
@given(finite, hnp.arrays(float, st.integers(1, 9), elements=finite))
def test_with_f_zero_it_is_linear_averaging(own: float, heard: np.ndarray) -> None:
    weights = np.full(len(heard), 1 / (len(heard) + 1))
    assert WMSR(f=0)(own, heard, weights) == pytest.approx(Linear()(own, heard, weights), abs=1e-9)


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_f_liars_cannot_lead_out_of_the_honest_hull(data: st.DataObject) -> None:
    f = data.draw(st.integers(0, 3))
    honest = data.draw(hnp.arrays(float, st.integers(1, 6), elements=st.floats(0, 1)))
    lies = data.draw(hnp.arrays(float, f, elements=st.floats(-1e6, 1e6) | st.just(np.nan)))
    own = data.draw(st.sampled_from(list(honest)))
    heard = np.concatenate([honest, lies])
    after = WMSR(f=f)(own, heard, np.full(len(heard), 1 / (len(heard) + 1)))
    assert honest.min() - 1e-12 <= after <= honest.max() + 1e-12
