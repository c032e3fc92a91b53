"""What theory says about deals, and where it says nothing."""

import numpy as np
import pytest
from accord.analysis.deal_predictions import Forecast, division_of, market_of, proposer_share_of, ratified_of
from accord.models import Market

LEGISLATURE = {"recognition": "random", "discount": 0.8, "nodes": 5, "needed": 3}


@pytest.mark.parametrize(
    ("settings", "share"),
    [
        ({}, 0.68),
        ({"deadline": "none", "network": "complete(n=5)", "generosity": 1.0}, 0.68),
        ({"break_off": 0.25}, 0.76),  # 0.8 * 0.75 = 0.6
        ({"recognition": "rotating"}, 1),
        ({"recognition": "rotating", "needed": 5, "discount": 1.0}, 0.2),
        ({"recognition": "fixed", "needed": 5}, 1),
    ],
)
def test_the_first_proposers_share(settings: dict[str, object], share: float) -> None:
    assert proposer_share_of({**LEGISLATURE, **settings}) == pytest.approx(share, abs=1e-12)


@pytest.mark.parametrize(
    "settings",
    [
        {"deadline": 9},
        {"network": "ring(n=5)"},
        {"generosity": 2},
        {"demand": 0.5},
        {"tremble": 0.1},
        {"needed": 0},
    ],
)
def test_no_share_where_theory_is_silent(settings: dict[str, object]) -> None:
    assert np.isnan(proposer_share_of({**LEGISLATURE, **settings}))


def test_division_of_a_pie() -> None:
    found = division_of("pie(steps=100, discount=[0.5, 0.5])", np.nan)
    assert found is not None
    assert found.discounts == (0.5, 0.5)
    assert found.share == pytest.approx(2 / 3)
    assert found.error == pytest.approx(0.01 / 0.75)
    assert division_of("pie", 3) == ((1.0, 1.0), 1.0, 0.03)
    assert division_of("pie", np.nan) is None
    assert division_of("my-own", 3) is None


TREATY: dict[str, object] = {
    "protocol": "ratification(quorum=two-thirds)",
    "domain": "random(parties=10, issues=1, reservation=0.25)",
    "draft": "selfish",
    "conduct": "silent",
    "traitors": 2,
    "nodes": 10,
    "needed": 7,
    "traitor_nodes": "4 7",
}


@pytest.mark.parametrize(
    ("settings", "share"),
    [
        ({"traitors": 0, "traitor_nodes": ""}, 0.7296591),  # 1 + Bin(9, 0.7) >= 7
        ({}, 0.3294173),  # 1 + Bin(7, 0.7) >= 7
        ({"conduct": "forging"}, 0.8739640),  # 3 + Bin(7, 0.7) >= 7
        ({"conduct": "colluding"}, 0.7296591),
        ({"domain": "random(parties=10, issues=1)"}, 1),
    ],
)
def test_the_share_of_treaties_ratified(settings: dict[str, object], share: float) -> None:
    assert ratified_of({**TREATY, **settings}) == pytest.approx(share, abs=1e-7)


@pytest.mark.parametrize(
    "settings",
    [
        {"draft": "passable"},
        {"conduct": "random"},
        {"traitor_nodes": "0 1"},
        {"protocol": "bracha"},
        {"needed": 0},
        {"domain": "random(parties=10, issues=2)"},
        {"domain": "random(parties=2, issues=1, reservation=[0.1, 0.2])"},
        {"domain": "pie"},
        {"domain": "their own"},
    ],
)
def test_no_share_of_treaties_where_theory_is_silent(settings: dict[str, object]) -> None:
    assert np.isnan(ratified_of({**TREATY, **settings}))


CDA, CALL = "continuous-double-auction", "call-auction"
FREE = "zero-intelligence(constrained=false)"


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ((CDA, FREE, "gode-sunder(market=2)"), Forecast(efficiency=0.9)),
        ((CDA, "zero-intelligence", "cliff(kind=excess-supply)"), Forecast(price=260)),
        ((CALL, "truthful", "smith"), Forecast(1, 2)),
        (("call-auction(k=1)", "truthful", "gode-sunder(market=5)"), Forecast(1, 131)),
        ((CALL, "zero-intelligence", "smith"), Forecast()),
        ((CDA, "truthful", "smith"), Forecast()),
        ((CDA, FREE, "uniform"), Forecast()),
        ((CDA, FREE, "given('mine#0123')"), Forecast()),
    ],
)
def test_what_markets_come_to(settings: tuple[str, str, str], expected: Forecast) -> None:
    institution, trader, valuation = settings
    row = {"institution": institution, "trader": trader, "valuation": valuation}
    assert market_of(row) == pytest.approx(expected, nan_ok=True)
    for more in ({"traitors": 1}, {"sellers": "zip"}, {"network": "karate"}):
        assert market_of({**row, **more}) == pytest.approx(Forecast(), nan_ok=True)


def test_a_market_of_truthful_traders_is_as_predicted() -> None:
    model = Market(
        institution=CALL, trader="truthful", valuation="gode-sunder(market=4)", periods=1, rng=1
    ).run()
    outcome = model.outcome()
    row = {"institution": CALL, "trader": "truthful", "valuation": "gode-sunder(market=4)"}
    assert (outcome["efficiency"], outcome["price"]) == market_of(row)
