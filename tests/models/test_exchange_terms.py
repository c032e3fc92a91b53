"""What liars claim, say and sign when they meet others; what comes of the honest is in the tests of exchanges."""

from math import inf, log, nan
from typing import Any

import numpy as np
import pytest
from accord.agents.conducts import conducts
from accord.agents.exchanges import exchanges
from accord.models import exchange_terms as module
from accord.models.exchange_terms import Encounters, Met, Terms
from accord.models.meetings import Meetings
from accord.models.networks.built import build
from accord.models.networks.topologies import topologies
from numpy.typing import NDArray

HELD = np.array([[9, 1, 1, 4], [1, 4, 1, 4]])  # marginal rates 1/9, 4, 1, 1


def told(conduct: str, traitors: list[int], rule: str = "barter", network: str = "complete(n=4)") -> Terms:
    chosen, luck = exchanges.choose(rule), np.random.default_rng(1)
    meetings = Meetings(build(topologies.choose(network), luck))
    return Terms(
        chosen,
        conducts.choose(conduct),
        np.array(traitors, dtype=np.intp),
        meetings,
        HELD * 2**20,
        chosen.exponents(4, luck),
    )


def met(terms: Terms, *pairs: tuple[int, int], held: NDArray[Any] = HELD) -> Met:
    first, second = np.array(pairs).T
    step = Encounters(first, second, terms.hull(held * 2**20))
    step.whims = np.full((4, len(pairs)), 0.5)
    return terms.meet(held * 2**20, step, slice(None), 1)


def test_the_honest_play_by_their_own_tastes() -> None:
    terms = told("misreport", [])
    assert terms.odds.tolist() == [1] * 4
    assert terms.rates(HELD) == pytest.approx([1 / 9, 4, 1, 1])
    assert terms.hull(HELD) == pytest.approx((1 / 9, 4))
    assert told("misreport", [0, 1]).hull(HELD) == (1, 1)


def test_liars_claim_a_rate_and_have_the_taste_that_explains_it() -> None:
    # the price of Walras is 10/15: who would pay more than that buys, and claims to be ready to pay less
    assert told("misreport(factor=1.5)", [1, 2]).odds == pytest.approx([1, 1 / 1.5, 1 / 1.5, 1])


def test_one_who_insists_is_paid_its_price() -> None:
    assert met(told("stubborn(value=2)", [0]), (0, 1), (2, 0), (2, 3)).price == pytest.approx([2, 2, 1])


def test_what_liars_say_by_chance_is_their_own_luck_and_within_the_first_rates_of_the_honest() -> None:
    step = Encounters(np.array([0, 1]), np.array([1, 0]), (0.5, 0.6))
    step.whims = np.array([[0.5, 0.5], [0.5, 0.5], [0.25, 0.9], [0.9, 0.75]])
    price = told("random", [0]).meet(HELD * 2**20, step, slice(None), 1).price
    assert price == pytest.approx([1 + 0.25 * 3, 1 + 0.75 * 3])


def test_two_who_insist_meet_between_their_prices() -> None:
    price = met(told("stubborn", [0, 1]), (0, 1)).price
    assert np.log(price) == pytest.approx((log(1 / 9) + log(4)) / 2)


@pytest.mark.parametrize("value", [0.0, -1.0, inf])
def test_who_names_no_price_that_could_be_paid_has_spoken(value: float) -> None:
    terms = told("stubborn", [0])
    terms._opening[0] = value
    met_ = met(terms, (0, 1))
    assert met_.price == 0
    assert not met_.moved.any()


def test_who_says_nothing_signs_nothing() -> None:
    for rule in ("barter", "coin"):
        met_ = met(told("silent", [0], rule), (0, 1), (2, 3), held=HELD if rule == "barter" else HELD[:1])
        assert np.isnan(met_.price).tolist() == [True, False]
        assert not met_.moved[:, 0].any()


def test_nobody_signs_what_it_would_regret() -> None:
    terms = told("stubborn(value=0.05)", [0])  # it sold at less than its rate, 1/9
    assert not met(terms, (0, 1)).moved.any()
    assert met(told("stubborn(value=0.5)", [0]), (0, 1)).moved.any()


def test_only_who_has_to_give_breaks_its_word() -> None:
    terms = told("breach", [0], "coin")
    breaks = met(terms, (0, 1), (1, 0), (2, 3), held=HELD[:1]).breaks
    assert breaks.tolist() == [[True, False, False], [False, False, False]]
    assert met(told("breach", [0]), (0, 1), (1, 0)).breaks.tolist() == [[True, False], [False, True]]


def test_nothing_is_left_where_all_who_meet_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    alike, terms = np.full((2, 4), 2**20), told("misreport", [])
    assert terms.nothing_left(alike, 1e-6, 1)
    assert not terms.nothing_left(HELD * 2**20, 1e-6, 1)
    breaching = told("breach", [0, 1, 3])  # what is sure to be broken is no deal
    assert breaching.nothing_left(HELD * 2**20, 1e-6, 1)
    assert terms.nothing_left(HELD * 2**20, 4, 1)  # all rates are as good as equal, if that is all one asks
    monkeypatch.setattr(module, "_MOST_LINKS", 1)
    assert not terms.nothing_left(alike, 1e-6, 1)  # nobody looked


def test_encounters_know_what_was_signed_and_kept() -> None:
    step = Encounters(np.array([0, 2, 1]), np.array([1, 3, 2]))
    assert not step.signed.any()
    step.moved[:], step.broken[:] = [5, 0, -1], [False, False, True]
    assert (step.signed.tolist(), step.kept.tolist()) == ([True, False, True], [True, False, False])
    assert step.parties_of(step.signed).tolist() == [0, 1, 1, 2]
    assert step.hull == pytest.approx((nan, nan), nan_ok=True)
