"""What holds for every opinion rule, whoever wrote it."""

import numpy as np
import pytest
from accord.agents.rules import Rule, rules

RNG = np.random.default_rng(1)
D, M, R = 5, 4, 3
OWN, HEARD = RNG.random((M, R)), RNG.random((D, M, R))
WEIGHTS = np.full((D, M, 1), 1 / (D + 1))


@pytest.fixture(params=list(rules))
def rule(request: pytest.FixtureRequest) -> Rule:
    made: Rule = rules.choose(request.param).facing(1)
    return made


def test_many_side_by_side_are_many_alone(rule: Rule) -> None:
    together = rule(OWN, HEARD, WEIGHTS)
    for party in range(M):
        for run in range(R):
            alone = rule(OWN[party, run], HEARD[:, party, run], WEIGHTS[:, party, 0])
            assert together[party, run] == pytest.approx(alone, rel=1e-14)


def test_order_of_neighbours_does_not_matter(rule: Rule) -> None:
    order = RNG.permutation(D)
    assert np.allclose(rule(OWN, HEARD, WEIGHTS), rule(OWN, HEARD[order], WEIGHTS[order]), rtol=1e-14)


def test_padding_is_not_heard(rule: Rule) -> None:
    padded = np.concatenate([HEARD, np.full((3, M, R), np.nan)])
    weights = np.concatenate([WEIGHTS, np.zeros((3, M, 1))])
    assert np.allclose(rule(OWN, HEARD, WEIGHTS), rule(OWN, padded, weights), rtol=1e-14)


def test_stays_inside_the_hull_of_what_is_heard(rule: Rule) -> None:
    everything = np.concatenate([OWN[None], HEARD])
    after = rule(OWN, HEARD, WEIGHTS)
    assert (after >= everything.min(axis=0) - 1e-15).all()
    assert (after <= everything.max(axis=0) + 1e-15).all()


def test_moves_and_scales_with_the_opinions(rule: Rule) -> None:
    assert np.allclose(
        rule(3 * OWN - 7, 3 * HEARD - 7, WEIGHTS), 3 * rule(OWN, HEARD, WEIGHTS) - 7, atol=1e-12
    )


def test_alone_one_keeps_ones_opinion(rule: Rule) -> None:
    assert np.array_equal(rule(OWN, np.full_like(HEARD, np.nan), WEIGHTS), OWN)


def test_agreement_is_a_fixed_point_and_inputs_stay_untouched(rule: Rule) -> None:
    own, heard = np.full((M, R), 0.3), np.full((D, M, R), 0.3)
    assert np.allclose(rule(own, heard, WEIGHTS), 0.3, rtol=1e-15)
    before = OWN.copy(), HEARD.copy()
    rule(OWN, HEARD, WEIGHTS)
    assert np.array_equal(before[0], OWN)
    assert np.array_equal(before[1], HEARD)


def test_linear_rules_say_so(rule: Rule) -> None:
    formula = OWN + np.sum(WEIGHTS * (HEARD - OWN), axis=0)
    assert bool(np.allclose(rule(OWN, HEARD, WEIGHTS), formula)) == rule.is_linear
