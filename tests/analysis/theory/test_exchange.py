import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.analysis.theory.exchange import contract_curve, efficient_rate, marginal_rates, walras_allocation


def test_on_the_contract_curve_both_have_the_same_rate() -> None:
    held = np.linspace(0.1, 0.9, 9)
    mine = np.stack((held, contract_curve(held, 0.3, 0.6, 1.0, 2.0)), axis=1)
    theirs = [1.0, 2.0] - mine
    assert marginal_rates(mine, np.full(9, 0.3)) == pytest.approx(marginal_rates(theirs, np.full(9, 0.6)))


def test_with_one_exponent_the_rate_is_that_of_walras() -> None:
    holdings, a = np.array([[1.0, 5.0], [4.0, 2.0], [2.0, 2.0]]), np.full(3, 0.3)
    after = walras_allocation(holdings, a)
    assert marginal_rates(after, a) == pytest.approx(np.full(3, efficient_rate(0.3, 7, 9)))


@pytest.mark.parametrize("wrong", [(0.0, 1, 1), (1.0, 1, 1), (0.5, 0, 1), (0.5, 1, np.inf)])
def test_bounds(wrong: tuple[float, float, float]) -> None:
    with pytest.raises(InputError, match="an exponent is in"):
        efficient_rate(*wrong)
