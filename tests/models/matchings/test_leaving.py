"""Leaving: messages between neighbours come to rest at the known outcomes, or say that they are none."""

import numpy as np
import pytest
from accord.models import Matching
from accord.models.links import Links
from accord.models.matchings.leaving import Leaving
from accord.models.networks import network

# Kleinberg and Tardos 2008, doi:10.1145/1374376.1374417; Kanoria and others, arXiv:1004.2079
KNOWN = [
    ("path(n=3)", [0, 1, 0]),
    ("path(n=4)", [1 / 3, 2 / 3, 2 / 3, 1 / 3]),
    ([(0, 1), (1, 2), (1, 3), (2, 3)], [1 / 4, 3 / 4, 1 / 2, 1 / 2]),
    ([(0, 1, 4.0), (1, 2, 3.0)], [1 / 2, 7 / 2, 0]),
    ([(0, 1, 6.0), (1, 2, 4.0), (2, 3, 6.0)], [8 / 3, 10 / 3, 10 / 3, 8 / 3]),
]


@pytest.mark.parametrize(("choice", "gains"), KNOWN)
def test_known_outcomes(choice: object, gains: list[float]) -> None:
    model = Matching(network=choice, matching="leaving", rng=1).run()
    assert model.gains() == pytest.approx(gains, abs=1e-5)
    assert not model.verdict.violated


def test_the_first_messages_by_hand() -> None:
    # A - B - C: first everybody offers half; then B tells A that it could get 1/2 from C, and offers A (1 - 1/2) / 2
    links = Links.of(network("path(n=3)"))
    play = Leaving(damping=0.5).begin(links, np.random.default_rng(0))
    said = []
    for _ in range(3):
        play.round(lambda own: said.append(own) or own)
    assert said[0].tolist() == [0, 0, 0, 0]
    assert said[1].tolist() == [0, 0.25, 0.25, 0]  # half of the way to 1/2
    # A offers B 1 - 0 - (1 - 0 - .25) / 2 = .625, so C hears .25 + (.625 - .25) / 2
    assert said[2].tolist() == [0, 0.4375, 0.4375, 0]


def test_equal_ties_leave_everybody_hoping_and_the_verdict_says_so() -> None:
    model = Matching(network="complete-bipartite(a=2, b=3)", matching="leaving", rng=1).run()
    assert model.opinions == pytest.approx(
        1 / 2
    )  # all ask for half of five halves, and two deals can be made
    assert sorted(model.gains()) == pytest.approx([0, 1 / 2, 1 / 2, 1 / 2, 1 / 2], abs=1e-5)
    assert "stability" in model.verdict.violated
    assert model.recorded().run["odd_cycle"] == ""  # it is not for lack of a stable outcome
    assert model.dues() == pytest.approx([1, 1, 0, 0, 0])


def test_small_differences_break_ties() -> None:
    worths = 1 + 0.01 * np.random.default_rng(0).random(6)
    edges = [(one, 2 + other, float(worths[3 * one + other])) for one in range(2) for other in range(3)]
    model = Matching(network=edges, matching="leaving", max_steps=20_000, rng=1).run()
    assert model.gains() == pytest.approx([1, 1, 0, 0, 0], abs=0.02)
    assert not model.verdict.violated
    assert model.clock > 500


def test_it_ends_no_later_for_a_larger_network() -> None:
    # Kanoria and others: the rounds to some tolerance are bounded whatever the size
    loose = "leaving(tolerance=1e-4)"
    few, many = (Matching(network=f"path(n={n})", matching=loose, rng=1).run().clock for n in (300, 900))
    assert few == many > 1000


def test_a_pair_that_did_not_speak_signs_nothing() -> None:
    links = Links.of(network("path(n=3)"))
    play = Leaving().begin(links, np.random.default_rng(0))
    while not play.over:
        signed = play.round(lambda own: np.where(np.arange(4) == 0, np.nan, own))
        play.book(signed, signed.shares)
    assert play.gains == pytest.approx([0, 1 / 2, 1 / 2], abs=1e-5)
    alone = Matching(
        network="path(n=2)", matching="leaving", traitors=1, conduct="silent", placement="first", rng=1
    ).run()
    assert not alone.deals
