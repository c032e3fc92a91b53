"""What holds for every tactic, every acceptance condition and every procedure, whatever the bargain."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from accord.agents.acceptances import acceptances
from accord.agents.bargaining import Answer, View
from accord.agents.outcomes import Integer, Space
from accord.agents.parameters import name_of
from accord.agents.profile import Profile
from accord.agents.tactics import Tactic, tactics
from accord.models.bargain import Bargain
from accord.models.deal import Ending
from accord.models.procedures import procedures
from accord.models.table import Table
from hypothesis import given, settings
from hypothesis import strategies as st

CONDITIONS = [*acceptances, "next(scale=0.9, plus=0.05)", "constant(level=0)", "time(after=0.5)"]
TACTICS: list[Tactic] = [
    *(tactics.choose(name) for name in tactics),
    *(tactics.choose({"name": "tit-for-tat", "kind": kind, "lag": 2}) for kind in ("relative", "averaged")),
    *(tactics.choose({"name": "time-dependent", "beta": beta}) for beta in (0.5, 1, 3)),
    tactics.choose("time-dependent(beta=1, k=0.1, form=exponential)"),
    tactics.choose("time-dependent(beta=1, trade_off=0.3)"),
    *(tactics.choose("time-dependent(beta=2)").but(accept=accept) for accept in CONDITIONS),
    tactics.choose("stubborn(accept=combined(after=0.5))"),
]
PLANNED = [tactic for tactic in TACTICS if tactic.plan(Profile([0.0, 1.0]), np.array([0.5])) is not None]

some = st.sampled_from(TACTICS)
# to whom outcomes are no prices, in an order
nameless = st.sampled_from([each for each in TACTICS if name_of(type(each)) != "chatterjee-samuelson"])
planned = st.sampled_from(PLANNED)
deadlines = st.integers(1, 12)
FOR_TWO = ("monotonic-concession", "sealed-offers")
VALUES = [0.0, 0.1, 0.25, 0.3, 0.5, 0.6, 0.75, 0.9, 1.0]


@st.composite
def bargains(draw: st.DrawFn, parties: int = 2, *, ties: bool = True, low: float = 0.0) -> Bargain:
    """Return a small bargain; nobody, or somebody, or everybody may find nothing acceptable."""
    size = draw(st.integers(1, 8))
    profiles = []
    for _ in range(parties):
        values = st.sampled_from([low, *VALUES])
        utilities = draw(st.lists(values, min_size=size, max_size=size, unique=not ties))
        reservation = draw(st.sampled_from([low, 0.0, 0.0, 0.25, 0.5, 1.0, 1.5]))
        discount = draw(st.sampled_from([1.0, 0.9, 0.5]))
        profiles.append(Profile(utilities, reservation, discount))
    return Bargain(Space([Integer("number", 0, size - 1)]), profiles)


def table(
    bargain: Bargain, using: Sequence[Tactic], deadline: int | None, seed: int = 0, **more: Any
) -> Table:
    luck = np.random.default_rng(seed).random
    nodes = range(len(using))
    return Table(nodes, bargain, using, deadline=deadline, informed=True, luck=luck, **more)


def play(procedure: str, sat: Table) -> Table:
    for _ in procedures.choose(procedure).rounds(sat):
        pass
    return sat


def rational(sat: Table) -> bool:
    """Whether nobody offered or got less than its reservation value."""
    own = [(offer.party, offer.outcome) for offer in sat.offers if offer.party >= 0]
    if sat.deal is not None and sat.deal.outcome is not None:
        own += [(seat, sat.deal.outcome) for seat in sat.seats]
    return all(sat.worth(seat, outcome) >= sat.profiles[seat].reservation for seat, outcome in own)


# Acceptance conditions --------------------------------------------------------------------------------


@pytest.mark.parametrize("condition", CONDITIONS)
@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(*[st.sampled_from(VALUES)] * 3), min_size=1), st.sampled_from([0.0, 0.3, 2.0]))
def test_many_offers_are_answered_as_each_alone_and_none_below_the_reservation(
    condition: str, asked: list[tuple[float, float, float]], reservation: float
) -> None:
    profile, accept = Profile([0.0, 1.0], reservation), acceptances.choose(condition)
    times, offered, planned = np.array(asked).T
    taken = accept.takes(profile, times, offered, planned)
    assert taken.tolist() == [bool(accept.takes(profile, *each)) for each in asked]
    assert not taken[offered < reservation].any()


# Tactics ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tactic", TACTICS, ids=str)
@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_every_act_is_an_acceptable_outcome_or_an_answer(tactic: Tactic, data: st.DataObject) -> None:
    bargain = data.draw(bargains(low=-1.0))
    profile, rival = bargain.profiles
    number = st.integers(0, bargain.space.size - 1)
    mine = data.draw(st.lists(st.sampled_from(profile.acceptable.tolist() or [0]), max_size=4))
    heard, deadline = data.draw(st.lists(number, max_size=4)), data.draw(deadlines | st.none())
    view = View(
        bargain.space,
        profile,
        data.draw(st.integers(0, deadline or 20)),
        deadline,
        mine,
        heard,
        data.draw(st.floats(0, 1, exclude_max=True)),
        (rival,),
    )
    offer = heard[-1] if heard else None
    act = tactic.respond(view, offer)
    assert act == tactic.respond(view, offer)  # pure
    if act is Answer.ACCEPT:
        assert offer is not None
        assert profile.utilities[offer] >= profile.reservation
    elif act is Answer.LEAVE:
        assert not profile.acceptable.size
    else:
        assert isinstance(act, int)
        assert 0 <= act < bargain.space.size
        assert profile.utilities[act] >= profile.reservation


@settings(deadline=None, max_examples=100)
@given(bargains(low=-1.0), planned, deadlines)
def test_a_plan_is_what_it_bids_round_by_round(bargain: Bargain, tactic: Tactic, deadline: int) -> None:
    profile = bargain.profiles[0]
    if profile.acceptable.size:
        plan = tactic.plan(profile, np.arange(deadline + 1) / deadline)
        bids = [tactic.bid(View(bargain.space, profile, number, deadline)) for number in range(deadline + 1)]
        assert plan is not None
        assert plan.tolist() == bids


@settings(deadline=None, max_examples=100)
@given(bargains(low=-1.0), planned, deadlines)
def test_who_plans_never_asks_for_more_than_before(bargain: Bargain, tactic: Tactic, deadline: int) -> None:
    profile = bargain.profiles[0]
    plan = tactic.plan(profile, np.arange(deadline + 1) / deadline)
    assert plan is not None
    assert (np.diff(profile.utilities[plan]) <= 0).all()


# Procedures -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("procedure", list(procedures))
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_a_table_is_closed_in_time_and_at_nobodys_cost(procedure: str, data: st.DataObject) -> None:
    parties = 2 if procedure in FOR_TWO else data.draw(st.integers(2, 4))
    using = [data.draw(some) for _ in range(parties)]
    deadline, bargain = data.draw(deadlines), data.draw(bargains(parties, low=-1.0))
    more = {"break_off": data.draw(st.sampled_from([0.0, 0.3]))}
    sat = play(procedure, table(bargain, using, deadline, data.draw(st.integers(0, 99)), **more))
    assert sat.deal is not None
    assert (sat.deal.ending is Ending.AGREED) == (sat.deal.outcome is not None)
    assert 0 <= sat.deal.round < deadline
    numbers = [offer.round for offer in sat.offers]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(len(set(numbers))))
    assert not numbers or sat.deal.round - numbers[-1] in (0, 1)  # 1: somebody left instead of offering
    assert all(0 <= offer.outcome < bargain.space.size for offer in sat.offers)
    assert rational(sat)


@settings(deadline=None, max_examples=300)
@given(bargains(low=-1.0), planned, planned, deadlines)
def test_playing_at_once_is_playing_round_by_round(
    bargain: Bargain, one: Tactic, other: Tactic, deadline: int
) -> None:
    at_once = table(bargain, (one, other), deadline)
    settled = procedures.choose("alternating-offers").settle(at_once)
    slowly = play("alternating-offers", table(bargain, (one, other), deadline))
    assert settled == (all(profile.acceptable.size for profile in bargain.profiles))
    if settled:
        assert at_once.offers == slowly.offers
        assert at_once.deal == slowly.deal
        assert (at_once.mine, at_once.heard) == (slowly.mine, slowly.heard)


@pytest.mark.parametrize("why", ["no deadline", "chance", "three parties", "a tactic that listens"])
def test_what_cannot_be_known_in_advance_is_not_settled(why: str) -> None:
    boulware = tactics.choose("time-dependent")
    using = {"three parties": [boulware] * 3, "a tactic that listens": [boulware, tactics.choose("micro")]}
    parties = using.get(why, [boulware] * 2)
    bargain = Bargain(Space([Integer("number", 0, 1)]), [Profile([0.0, 1.0])] * len(parties))
    more = {"break_off": 0.5} if why == "chance" else {}
    sat = table(bargain, parties, None if why == "no deadline" else 5, **more)
    assert not procedures.choose("alternating-offers").settle(sat)
    assert (sat.deal, sat.offers) == (None, [])


@pytest.mark.parametrize("procedure", ["alternating-offers", "monotonic-concession"])
@settings(deadline=None, max_examples=150)
@given(bargains(ties=False), nameless, nameless, deadlines, st.randoms(use_true_random=False))
def test_names_of_outcomes_do_not_matter(
    procedure: str, bargain: Bargain, one: Tactic, other: Tactic, deadline: int, shuffled: Any
) -> None:
    names = list(range(bargain.space.size))
    shuffled.shuffle(names)  # outcome k is now called names[k]
    renamed = Bargain(
        bargain.space,
        [
            Profile(each.utilities[np.argsort(names)], each.reservation, each.discount)
            for each in bargain.profiles
        ],
    )
    before = play(procedure, table(bargain, (one, other), deadline))
    after = play(procedure, table(renamed, (one, other), deadline))
    assert [names[offer.outcome] for offer in before.offers] == [offer.outcome for offer in after.offers]
    assert before.ending == after.ending
