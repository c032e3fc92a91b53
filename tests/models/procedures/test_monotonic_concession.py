"""Monotonic concession, played by hand after Rosenschein and Zlotkin (1994) and Endriss (2006)."""

from collections.abc import Callable, Mapping

import numpy as np
import pytest
from accord.agents.bargaining import Answer
from accord.agents.errors import InputError
from accord.agents.tactics.random import Random
from accord.models import Negotiation
from accord.models.deal import Deal, Ending
from accord.models.table import Table

Played = Callable[..., Table]


@pytest.mark.parametrize(
    ("first", "second", "offers", "outcome", "number", "ending"),
    [
        # outcome k is worth k to the first and 4 - k to the second
        ([4, 3, 3], [0, 0, 1], [4, 0, 3, 0, 3, 1], None, 3, Ending.STUCK),  # the fourth round is as the third
        ([4, 2], [0, 2], [4, 0, 2, 2], 2, 1, Ending.AGREED),
        ([4, 2], [0, 0], [4, 0, 2, 0], None, 2, Ending.STUCK),
        ([4, 0], [0, 0], [4, 0, 0, 0], 0, 1, Ending.AGREED),  # one gives in
        ([4], [0], [4, 0], None, 1, Ending.STUCK),
        ([4, 3, 4, 2], [0, 1, 0, 2], [4, 0, 3, 1], None, 2, Ending.STUCK),  # who asks for more stands still
        ([3], [3], [3, 3], 3, 0, Ending.AGREED),
        ([4, Answer.LEAVE], [0, 1], [4, 0], None, 1, Ending.LEFT),
    ],
)
def test_transcripts(
    played: Played,
    first: list[int],
    second: list[int],
    offers: list[int],
    outcome: int | None,
    number: int,
    ending: Ending,
) -> None:
    def script(acts: list[int]) -> Mapping[int, int]:
        return dict(enumerate(acts)) | dict.fromkeys(range(len(acts), 9), acts[-1])

    table = played("monotonic-concession", script(first), script(second))
    said = [offer.outcome for offer in table.offers]
    assert said[: len(offers)] == offers
    assert said[len(offers) :] in ([], offers[-2:])  # to stand still is to say it again
    assert [offer.party for offer in table.offers] == [0, 1] * (len(said) // 2)
    assert table.deal == Deal((10, 11), outcome, number, ending)


@pytest.mark.parametrize(("luck", "outcome"), [(0.49, 3), (0.5, 1)])
def test_of_two_offers_that_suit_both_chance_takes_one(played: Played, luck: float, outcome: int) -> None:
    # each offers the other more than that asks for: the second's is first in the draw
    table = played("monotonic-concession", {0: 1}, {0: 3}, luck=lambda: luck)
    assert table.deal == Deal((10, 11), outcome, 0, Ending.AGREED)


def test_the_deadline_comes_first_of_all(played: Played) -> None:
    table = played("monotonic-concession", {0: 4, 1: 3}, {0: 0, 1: 0}, deadline=2)
    assert table.deal == Deal((10, 11), None, 1, Ending.DEADLINE)


def test_an_offer_that_is_worth_the_same_is_no_concession(played: Played) -> None:
    table = played(
        "monotonic-concession", {0: 0, 1: 1}, {0: 2, 1: 2}, utilities=[[2, 2, 0], [0, 0, 2]], deadline=None
    )
    assert [offer.outcome for offer in table.offers] == [0, 2, 0, 2]
    assert table.deal == Deal((10, 11), None, 1, Ending.STUCK)


def test_it_ends_after_as_many_rounds_as_there_are_outcomes(played: Played) -> None:
    # also where many are worth the same, and whatever is offered
    rng = np.random.default_rng(1)
    for size in (1, 2, 5, 9):
        for _ in range(50):
            utilities = rng.integers(0, 4, size=(2, size)).tolist()
            table = played(
                "monotonic-concession",
                *(Random(), Random()),
                utilities=utilities,
                luck=rng.random,
                deadline=None,
            )
            assert table.deal.round + 1 <= size  # type: ignore[union-attr]


def test_nobody_ever_asks_for_more(played: Played) -> None:
    rng = np.random.default_rng(2)
    for _ in range(50):
        table = played("monotonic-concession", Random(), Random(), size=12, luck=rng.random, deadline=None)
        for seat in table.seats:
            assert (np.diff([table.worth(seat, outcome) for outcome in table.mine[seat]]) <= 0).all()


def test_it_is_for_two() -> None:
    with pytest.raises(
        InputError, match="is for two parties, and 3 sit at the table; use alternating-offers"
    ):
        Negotiation(
            network="complete(n=3)", domain="random(parties=3)", procedure="monotonic-concession"
        ).run()
