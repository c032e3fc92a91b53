"""Tables: who hears what, who knows what, and how far apart they are."""

from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

import numpy as np
import pytest
from accord.agents.bargaining import Act, View
from accord.agents.outcomes import Integer, Space
from accord.agents.profile import Profile
from accord.agents.tactics import Tactic
from accord.models.bargain import Bargain
from accord.models.deal import Deal, Ending
from accord.models.table import Table

SEEN: list[View] = []


class Watching(Tactic):
    """Asks for outcome 0, and remembers what it saw."""

    def bid(self, view: View) -> int:
        SEEN.append(view)
        return 0

    def respond(self, view: View, offer: int | None) -> Act:
        return self.bid(view)


@pytest.fixture
def seated() -> Callable[..., Table]:
    """Return a maker of tables for as many as there are profiles."""
    SEEN.clear()

    def make(*utilities: Sequence[float], reservation: float = 0.0, **settings: Any) -> Table:
        profiles = [Profile(each, reservation) for each in utilities]
        bargain = Bargain(Space([Integer("number", 0, len(profiles[0]) - 1)]), profiles)
        given = {"deadline": 10, "informed": False, "luck": lambda: 0.5} | settings
        return Table(range(len(profiles)), bargain, [Watching()] * len(profiles), **given)

    return make


def test_offers_are_heard_by_all_others(seated: Callable[..., Table]) -> None:
    table = seated([0, 1], [0, 1], [0, 1])
    table.offered(0, 0, 1)
    table.offered(1, 2, 0)
    assert table.offers == [(0, 0, 1), (1, 2, 0)]
    assert table.mine == [[1], [], [0]]
    assert table.heard == [[0], [1, 0], [1]]


def test_what_a_party_sees(seated: Callable[..., Table]) -> None:
    luck = count(1)
    table = seated([0, 1], [2, 3], [4, 5], luck=lambda: next(luck) / 10)
    table.offered(0, 0, 1)
    table.respond(1, 1, 4)
    table.respond(1, 1, 4)
    (view, again) = SEEN
    assert view == (table.space, table.profiles[1], 4, 10, [], [1], 0.1, ())
    assert again.luck == 0.2  # new each time


def test_who_is_informed_knows_all_others_the_next_first(seated: Callable[..., Table]) -> None:
    table = seated([0, 1], [2, 3], [4, 5], informed=True)
    for seat in table.seats:
        table.respond(seat, None, 0)
    first, second, third = table.profiles
    assert [view.rivals for view in SEEN] == [(second, third), (third, first), (first, second)]


@pytest.mark.parametrize(
    ("number", "luck", "ending"),
    [
        (8, 0.3, None),
        (9, 0.3, Ending.DEADLINE),  # the tenth round was the last
        (8, 0.2, Ending.BROKEN_OFF),
        (9, 0.2, Ending.DEADLINE),
    ],
)
def test_whether_there_is_another_round(
    seated: Callable[..., Table], number: int, luck: float, ending: Ending | None
) -> None:
    table = seated([0, 1], [1, 0], break_off=0.25, luck=lambda: luck)
    assert table.goes_on(number) is (ending is None)
    assert table.ending is ending


def test_without_a_deadline_there_always_is(seated: Callable[..., Table]) -> None:
    assert seated([0, 1], [1, 0], deadline=None).goes_on(10**9)


def test_how_far_apart_they_are(seated: Callable[..., Table]) -> None:
    # utilities 0, 1, 2, 3 and 3, 2, 1, 0; reservation value .5
    table = seated([0, 1, 2, 3], [3, 2, 1, 0], reservation=0.5)
    assert table.apart().tolist() == [2.5]  # each asks for 3 and is offered nothing better than no deal
    table.offered(0, 0, 3)  # the first asks for 3, the second is offered 0
    table.offered(1, 1, 1)  # the second asks for 2, the first is offered 1
    table.offered(2, 0, 2)
    assert table.apart().tolist() == [2.5, (2.5 + 3) / 2, (2 + 2) / 2, (1 + 1) / 2]
    assert table.closed(Ending.AGREED, 2, 2) == Deal((0, 1), 2, 2, Ending.AGREED)
    assert table.apart().tolist() == [2.5, 2.75, 2, 0]


def test_two_offers_a_round_count_as_one_step(seated: Callable[..., Table]) -> None:
    table = seated([0, 1, 2, 3], [3, 2, 1, 0])
    for number, offers in enumerate([(3, 0), (2, 0)]):
        for seat, outcome in enumerate(offers):
            table.offered(number, seat, outcome)
    assert table.apart().tolist() == [3, 3, (2 + 2) / 2]


def test_where_nobody_spoke_they_are_as_far_apart_as_they_came(seated: Callable[..., Table]) -> None:
    table = seated([0, 1], [1, 0])
    table.closed(Ending.LEFT, 0)
    assert table.apart().tolist() == [1]


def test_what_a_party_asked_for_and_had_round_by_round(seated: Callable[..., Table]) -> None:
    table = seated([0, 2, 4], [5, 3, 1], reservation=0.5)
    table.offered(0, 0, 2)
    table.offered(1, 1, 0)
    table.offered(2, 0, 1)
    table.closed(Ending.AGREED, 2, 1)
    rounds = np.arange(4)
    first, second = (table.history(seat, rounds) for seat in table.seats)
    assert first["offer"].tolist() == [-1, 2, 2, 1]
    assert second["offer"].tolist() == [-1, -1, 0, 0]
    assert first["asked"].tolist()[1:] == [4, 4, 2]
    assert first["conceded"].tolist()[1:] == [1, 1, 3]
    assert np.isnan(first["asked"][0])
    assert first["utility"].tolist() == [0.5, 0.5, 0.5, 2]  # there is a deal once the round is over
    table.closed(Ending.BREACHED, 2, 1)
    assert table.agreed is None
    assert table.history(0, rounds)["utility"].tolist() == [0.5] * 4
