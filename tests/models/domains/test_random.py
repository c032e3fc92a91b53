"""Random domains: opposed as wanted, and otherwise as the draws are."""

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.agents.solutions import opposition
from accord.models.domains.random import Random
from hypothesis import given, settings
from hypothesis import strategies as st


@settings(deadline=None, max_examples=60)
@given(
    st.integers(1, 4),
    st.integers(2, 6),
    st.integers(2, 4),
    st.floats(0, 0.7),
    st.integers(0, 1000),
)
def test_any_opposition_that_two_can_have_is_hit(
    issues: int, levels: int, parties: int, wanted: float, seed: int
) -> None:
    if issues * (levels - 1) < 3:  # one issue of two levels has nothing between agreement and opposition
        issues, levels = 2, 3
    bargain = Random(issues, levels, parties, opposition=wanted).build(np.random.default_rng(seed))
    assert opposition(bargain.utilities) == pytest.approx(wanted, abs=1e-3)
    assert bargain.utilities.min(axis=0) == pytest.approx([0] * parties, abs=1e-12)
    assert bargain.utilities.max(axis=0) == pytest.approx([1] * parties)


def test_the_ends() -> None:
    same = Random(opposition=0).build(np.random.default_rng(1)).utilities
    assert same.max(axis=0) == pytest.approx(same[same.sum(axis=1).argmax()], abs=2e-3)
    opposed = Random(opposition=0.5**0.5).build(np.random.default_rng(1)).utilities
    assert opposed.sum(axis=1) == pytest.approx(np.ones(1000), abs=0.05)


def test_where_no_opposition_is_wanted_the_draws_are_kept() -> None:
    # weights uniform on the simplex of 3 have the mean 1/3 and the variance 1/18; an issue's best level is worth its
    # weight. 400 domains of 2 parties: 800 weights, whose mean lies within 5 standard errors
    rng = np.random.default_rng(3)
    firsts = []
    for _ in range(400):
        table = Random(issues=3, levels=4).build(rng).utilities.reshape(4, 4, 4, 2)
        firsts.extend((table[:, 0, 0].max(axis=0) - table[:, 0, 0].min(axis=0)).tolist())
    assert np.mean(firsts) == pytest.approx(1 / 3, abs=5 * (1 / 18 / 800) ** 0.5)


def test_the_seed_decides() -> None:
    domain = Random(issues=2, opposition=0.3)
    one = domain.build(np.random.default_rng(1))
    assert domain.build(np.random.default_rng(1)).digest == one.digest
    assert domain.build(np.random.default_rng(2)).digest != one.digest
    assert domain.is_random


def test_reservations_and_discounts_go_to_the_parties() -> None:
    bargain = Random(parties=3, reservation=[0.1, 0.2, 0.3], discount=0.9).build(np.random.default_rng(1))
    assert bargain.disagreement.tolist() == [0.1, 0.2, 0.3]
    assert [profile.discount for profile in bargain.profiles] == [0.9] * 3


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"opposition": 0.8}, r"opposition=0.8 is more than 2 parties .* can reach, 0.7071"),
        ({"opposition": -0.1}, "at least 0"),
        ({"issues": 1, "levels": 2, "opposition": 0.3}, "no opposition of 0.3 in 100 draws; .*more levels"),
        ({"issues": 20, "levels": 10}, "about 1e20 outcomes"),
        ({"issues": 10**9}, "issues=1000000000 must be at most 25"),
        (
            {"parties": 10**9},
            "1,000 outcomes for 1,000,000,000 parties are more than the 200,000,000 utilities",
        ),
        ({"parties": 1}, "at least 2"),
        ({"levels": 1}, "at least 2"),
        ({"reservation": [0.1]}, "reservation has 1 entries for 2 parties"),
    ],
)
def test_what_cannot_be(parameters: dict[str, object], told: str) -> None:
    with pytest.raises(InputError, match=told):
        Random(**parameters).build(np.random.default_rng(1))
