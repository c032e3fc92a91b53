"""Single text, played by hand, and against what Klein et al. (2003) found of those who climb and those who anneal."""

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from accord.agents.outcomes import Integer, Space
from accord.agents.preferences.constraints import Constraints
from accord.agents.profile import Profile
from accord.agents.tactics.stubborn import Stubborn
from accord.models import Negotiation
from accord.models.bargain import Bargain
from accord.models.deal import Deal, Ending
from accord.models.table import Table
from numpy.typing import NDArray

Played = Callable[..., Table]
CLIMBER = Stubborn()  # every tactic but annealing votes for what is worth no less
SQUARE = Space([Integer("a", 0, 1), Integer("b", 0, 1)])  # outcome 2 a + b


def lucks(*values: float) -> Callable[[], float]:
    """Return the draws one by one: the first text; then each round's issue, value, and one for each vote."""
    return iter(values).__next__


def test_a_change_needs_all_votes(played: Played) -> None:
    # both like b = 1, only the first likes a = 1: from (0, 0) to (0, 1), and (1, 1) is refused
    luck = lucks(0.0, *(0.5, 0.0, 0, 0), *(0.0, 0.0, 0, 0))
    table = played(
        "single-text",
        *(CLIMBER, CLIMBER),
        utilities=[[0, 1, 2, 3], [2, 3, 0, 1]],
        space=SQUARE,
        luck=luck,
        deadline=2,
    )
    assert table.offers == [(0, -1, 1), (1, -1, 3)]  # the mediator's
    assert table.deal == Deal((10, 11), 1, 1, Ending.AGREED)
    assert table.heard == [[1, 3], [1, 3]]
    assert table.mine == [[], []]


def test_the_mediator_stops_when_nothing_suits_all(played: Played) -> None:
    table = played("single-text(patience=7)", CLIMBER, CLIMBER, deadline=None)
    # utilities are opposed, and no change suits both
    assert (len(table.offers), table.ending) == (7, Ending.AGREED)


def test_patience_begins_anew_with_each_change_that_is_made(played: Played) -> None:
    # refused: a = 1; made: b = 1; refused twice: b = 0
    luck = lucks(0.0, *(0.0, 0.0, 0, 0), *(0.5, 0.0, 0, 0), *(0.5, 0.0, 0, 0) * 2)
    likes = [[0, 1, 2, 3], [2, 3, 0, 1]]
    table = played("single-text(patience=2)", CLIMBER, CLIMBER, utilities=likes, space=SQUARE, luck=luck)
    assert [offer.outcome for offer in table.offers] == [2, 1, 0, 0]
    assert table.deal == Deal((10, 11), 1, 3, Ending.AGREED)


def test_the_last_vote_is_about_the_reservation(played: Played) -> None:
    table = played("single-text(patience=3)", CLIMBER, CLIMBER, reservation=2.5)
    assert table.deal == Deal((10, 11), None, 2, Ending.STUCK)


def test_when_chance_breaks_off_there_is_no_vote(played: Played) -> None:
    table = played("single-text", CLIMBER, CLIMBER, luck=lambda: 0.0, break_off=0.1)
    assert table.deal == Deal((10, 11), None, 0, Ending.BROKEN_OFF)


def test_a_change_is_of_one_issue_to_another_value_drawn_alike(played: Played) -> None:
    space = Space([Integer("a", 0, 2), Integer("fixed", 0, 0), Integer("b", 0, 3)])
    flat = [[0.0] * space.size] * 2  # everything is as good as anything: every change is made
    table = played("single-text", CLIMBER, CLIMBER, utilities=flat, space=space, deadline=4001)
    path = np.array([space.levels(offer.outcome) for offer in table.offers])
    moved = np.diff(path, axis=0) != 0
    assert (moved.sum(axis=1) == 1).all()
    # 4000 changes: half of a; each step within a ring of 3 by 1 or 2 alike; sd 32
    assert moved.sum(axis=0).tolist() == [pytest.approx(2000, abs=128), 0, pytest.approx(2000, abs=128)]
    steps = np.bincount(np.diff(path[:, 0])[moved[:, 0]] % 3, minlength=3)
    assert steps[1] == pytest.approx(steps[2], abs=180)


def test_where_there_is_nothing_to_change_the_text_stands(played: Played) -> None:
    assert played("single-text(patience=2)", CLIMBER, CLIMBER, utilities=[[1], [1]]).deal.outcome == 0  # type: ignore[union-attr]


# What becomes of climbers and annealers ---------------------------------------------------------------


@cache
def rugged(seed: int) -> Bargain:
    """Return a bargain over 6 issues of 5 values; each party likes 60 hyper-cuboids in 2 to 4 of them."""
    rng, space = np.random.default_rng(seed), Space([Integer(name, 0, 4) for name in "abcdef"])

    def cuboid() -> tuple[float, list[list[int] | None]]:
        bounded, lows = (
            rng.choice(6, size=rng.integers(2, 5), replace=False),
            rng.integers(0, 4, size=6).tolist(),
        )
        return float(len(bounded)), [[low, low + 1] if k in bounded else None for k, low in enumerate(lows)]

    def profile() -> Profile:
        worth = Constraints(cuboids=[cuboid() for _ in range(60)])(space).ravel()
        return Profile(worth / worth.max())

    return Bargain(space, [profile(), profile()])


@cache
def got(first: str, second: str) -> NDArray[np.float64]:
    """Return what two get of 30 rugged bargains, (30, 2)."""
    found = []
    for seed in range(30):
        model = Negotiation(
            domain=rugged(seed),
            procedure="single-text(patience=500)",
            tactic=first,
            rivals=second,
            rng=seed,
            deadline=500,
        ).run()
        found.append(model.tables[0].bargain.utilities[model.deals[0].outcome])
    return np.array(found)


def exceeds(more: NDArray[np.float64], less: NDArray[np.float64]) -> bool:
    """Return whether the mean of paired draws is greater, by 2.5 standard errors (p = 0.006)."""
    ahead = more - less
    return bool(ahead.mean() > 2.5 * ahead.std(ddof=1) / len(ahead) ** 0.5)


def test_annealers_leave_optima_in_which_climbers_are_caught() -> None:
    both = [got(each, each).sum(axis=1) for each in ("annealing", "stubborn")]
    assert exceeds(*both)


def test_whether_to_anneal_is_a_prisoners_dilemma() -> None:
    # means: tempted .90, rewarded .84, punished .76, sucker .62
    first, second = got("stubborn", "annealing"), got("annealing", "stubborn")
    tempted, sucker = np.append(first[:, 0], second[:, 1]), np.append(first[:, 1], second[:, 0])
    rewarded, punished = got("annealing", "annealing").T.ravel(), got("stubborn", "stubborn").T.ravel()
    assert exceeds(tempted, rewarded)
    assert exceeds(rewarded, punished)
    assert exceeds(punished, sucker)
