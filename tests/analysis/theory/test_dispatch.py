"""Lies about costs: the best of them on the 30-bus system, and none under VCG."""

import numpy as np
import pytest
from accord.analysis.theory.dispatch import best_lie, lie
from accord.models.cases import cases
from accord.models.economic_dispatch import Units
from hypothesis import given, settings
from hypothesis import strategies as st

CASE_30 = cases.choose("ieee(case30)").build()
FACTORS = np.arange(10, 61) / 20  # 0.5 to 3 by steps of 0.05; 20 / 20 is exactly 1


# Costs of R. D. Zimmerman et al., MATPOWER, case30; optima solved independently, by bisection, on the same grid
@pytest.mark.parametrize(
    ("unit", "factor", "honest", "gain", "excess"),
    [
        (0, 1.10, 40.015, 40.945, 0.0023),
        (1, 1.10, 59.405, 61.316, 0.0026),
        (2, 1.05, 31.118, 31.188, 0.0002),
        (3, 1.05, 8.715, 10.047, 0.0011),
        (4, 1.05, 6.228, 6.259, 0.0005),
        (5, 1.05, 6.228, 6.259, 0.0005),
    ],
)
def test_a_uniform_price_invites_a_lie_and_vcg_none(
    unit: int, factor: float, honest: float, gain: float, excess: float
) -> None:
    best = best_lie(CASE_30, unit, FACTORS)
    assert best.factor == factor
    assert (lie(CASE_30, unit, 1.0).gain, best.gain) == pytest.approx((honest, gain), abs=5e-4)
    assert best.excess_cost == pytest.approx(excess, abs=5e-5)
    assert best_lie(CASE_30, unit, FACTORS, "vcg").factor == 1.0
    assert lie(CASE_30, unit, 1.0).excess_cost == pytest.approx(0, abs=1e-12)


@settings(deadline=None, max_examples=50)
@given(
    st.lists(
        st.tuples(st.floats(0.001, 1), st.floats(0, 10), st.just(0.0), st.floats(0, 5), st.floats(40, 80)),
        min_size=3,
        max_size=5,
    ),
    st.floats(0.3, 0.95),
    st.floats(0.2, 4),
)
def test_under_vcg_no_multiple_beats_the_truth(
    rows: list[tuple[float, ...]], level: float, factor: float
) -> None:
    most = sum(row[4] for row in rows) - max(row[4] for row in rows)
    least = sum(row[3] for row in rows)
    units = Units.of(rows, least + level * (most - least))
    assert lie(units, 0, factor, "vcg").gain <= lie(units, 0, 1.0, "vcg").gain + 1e-6
