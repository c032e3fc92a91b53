"""Alternating offers, played by hand: Rubinstein (1982) for two, Aydogan et al. (2017) for more."""

from collections.abc import Callable, Mapping

import numpy as np
import pytest
from accord.agents.bargaining import Answer
from accord.agents.tactics.stubborn import Stubborn
from accord.models.deal import Deal, Ending
from accord.models.table import Table

Played = Callable[..., Table]
YES, OUT = Answer.ACCEPT, Answer.LEAVE

TRANSCRIPTS = {
    # scripts by seat: what it does in the round in which its own offer would stand; offers: round, seat, outcome
    "taken at once": ([{0: 3}, {1: YES}], [(0, 0, 3)], 3, 0, Ending.AGREED),
    "a counter-offer is taken": ([{0: 3, 2: YES}, {1: 1}], [(0, 0, 3), (1, 1, 1)], 1, 1, Ending.AGREED),
    "the answerer leaves": ([{0: 3}, {1: OUT}], [(0, 0, 3)], None, 0, Ending.LEFT),
    "the first leaves, unheard": ([{0: OUT}, {}], [], None, 0, Ending.LEFT),
    "leaves in its turn": ([{0: 3, 2: OUT}, {1: 1}], [(0, 0, 3), (1, 1, 1)], None, 1, Ending.LEFT),
    "all three": ([{0: 3}, {1: YES}, {1: YES}], [(0, 0, 3)], 3, 0, Ending.AGREED),
    "who refuses first offers next": (
        [{0: 3, 2: YES}, {1: 2}, {2: YES}],  # the third is not asked about the first offer
        [(0, 0, 3), (1, 1, 2)],
        *(2, 1, Ending.AGREED),
    ),
    "two agree, the third does not": (
        [{0: 3, 2: YES}, {1: YES, 2: YES}, {1: 1}],
        [(0, 0, 3), (1, 2, 1)],
        *(1, 1, Ending.AGREED),
    ),
    "those after the proposer are asked first": (
        [{0: 3, 3: OUT}, {1: 2}, {2: 4}],
        [(0, 0, 3), (1, 1, 2), (2, 2, 4)],
        *(None, 2, Ending.LEFT),
    ),
    "the third leaves": ([{0: 3}, {1: YES}, {1: OUT}], [(0, 0, 3)], None, 0, Ending.LEFT),
}


@pytest.mark.parametrize(
    ("scripts", "offers", "outcome", "number", "ending"), TRANSCRIPTS.values(), ids=TRANSCRIPTS.keys()
)
def test_transcripts(
    played: Played,
    scripts: list[Mapping[int, object]],
    offers: list[tuple[int, int, int]],
    outcome: int | None,
    number: int,
    ending: Ending,
) -> None:
    table = played("alternating-offers", *scripts)
    assert table.offers == offers
    assert table.deal == Deal(tuple(range(10, 10 + len(scripts))), outcome, number, ending)


@pytest.mark.parametrize(("deadline", "offers"), [(1, [3]), (2, [3, 1]), (3, [3, 1, 2])])
def test_there_are_as_many_offers_as_rounds_before_the_deadline(
    played: Played, deadline: int, offers: list[int]
) -> None:
    table = played("alternating-offers", {0: 3, 2: 2}, {1: 1, 3: 1}, deadline=deadline)
    assert [offer.outcome for offer in table.offers] == offers
    assert table.deal == Deal((10, 11), None, deadline - 1, Ending.DEADLINE)


def test_the_last_offer_can_be_taken(played: Played) -> None:
    assert played("alternating-offers", {0: 3}, {1: YES}, deadline=1).ending is Ending.AGREED
    assert played("alternating-offers", {0: 3, 2: YES}, {1: 1}, deadline=2).ending is Ending.AGREED


def test_chance_breaks_off_after_a_round_but_undoes_no_deal(played: Played) -> None:
    table = played("alternating-offers", {0: 3}, {1: 1}, break_off=0.5, luck=lambda: 0.49)
    assert table.deal == Deal((10, 11), None, 0, Ending.BROKEN_OFF)
    assert played("alternating-offers", {0: 3}, {1: YES}, break_off=0.5, luck=lambda: 0.0).ending == "agreed"
    table = played("alternating-offers", {0: 3}, {1: 1}, break_off=0.5, luck=lambda: 0.0, deadline=1)
    assert table.ending is Ending.DEADLINE  # it was over anyway


def test_breaking_off_is_geometric(played: Played) -> None:
    # mean 1/p = 5 rounds, sd sqrt(1 - p)/p = 4.47; 400 tables: four standard errors are 0.89
    luck, tough = np.random.default_rng(1).random, Stubborn()
    ended = [
        played("alternating-offers", tough, tough, luck=luck, break_off=0.2, deadline=None).deal
        for _ in range(400)
    ]
    assert {deal.ending for deal in ended if deal} == {Ending.BROKEN_OFF}
    assert np.mean([deal.round + 1 for deal in ended if deal]) == pytest.approx(5, abs=0.89)
