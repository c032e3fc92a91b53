"""Monitors judge accounts, written here by hand."""

from typing import Any

import pytest
from accord.agents.protocols import Problem
from accord.models.monitors import PROPERTIES, Account, judged
from accord.models.simulation import Decision
from accord.models.verdict import Judgement

HELD, VIOLATED, INCONCLUSIVE = "held", "violated", "inconclusive"


def account(decided: dict[int, Any], **changes: Any) -> Account:
    """Return the account of a consensus among four parties with inputs 0 1 1 1, the last one a traitor."""
    inputs = changes.pop("inputs", (0, 1, 1, 1))
    return Account(
        **{
            "problem": Problem.CONSENSUS,
            "inputs": inputs,
            "honest": (0, 1, 2),
            "decisions": [
                [Decision(time, value, None) for time, value in decided.get(node, ())]
                for node in range(len(inputs))
            ],
            "over": True,
            **changes,
        }
    )


def judgement(name: str, told: Account) -> Judgement:
    return dict(zip((each.name for each in PROPERTIES), judged(told), strict=True))[name]


ALL_ONE = {node: [(2.5, 1)] for node in range(3)}


def test_all_is_well() -> None:
    told = account(ALL_ONE, inputs=(1, 1, 1, 1))
    assert [each.status for each in judged(told)] == [HELD] * 5
    assert judgement("termination", told).step == 3  # rounds are told as the step in which they end
    assert judgement("weak_validity", told).vacuous  # there is a traitor
    assert not judgement("validity", told).vacuous


def test_two_that_decide_differently_are_the_witnesses() -> None:
    found = judgement("agreement", account({0: [(1, 1)], 2: [(2, 0)], 1: [(4, 0)]}))
    assert (found.status, found.step, found.witnesses) == (VIOLATED, 2, (2, 0))


def test_what_traitors_decide_is_nobodys_business() -> None:
    assert judgement("agreement", account({**ALL_ONE, 3: [(1, 0)]})).status == HELD


def test_agreement_of_one_is_vacuous() -> None:
    assert judgement("agreement", account({0: [(1, 1)]})).vacuous
    assert not judgement("agreement", account({0: [(1, 1)], 1: [(1, 1)]})).vacuous


def test_approximate_agreement_is_within_the_tolerance() -> None:
    near = {0: [(1, 0.50)], 1: [(1, 0.55)], 2: [(1, 0.6)]}
    told = {"problem": Problem.APPROXIMATE}
    assert judgement("agreement", account(near, tolerance=0.1, **told)).status == HELD
    assert judgement("agreement", account(near, tolerance=0.09, **told)).witnesses == (0, 2)
    assert judgement("validity", account({0: [(1, 1.2)]}, **told)).witnesses == (0,)
    assert judgement("integrity", account(near, **told)).status == HELD


@pytest.mark.parametrize(
    ("problem", "inputs", "honest", "decision", "status", "vacuous"),
    [
        (Problem.CONSENSUS, (1, 1, 1, 0), (0, 1, 2), 0, VIOLATED, False),
        (Problem.CONSENSUS, (0, 1, 1, 1), (0, 1, 2), 0, HELD, True),  # inputs differ: anything goes
        (Problem.BROADCAST, (0, 1, 1, 1), (0, 1, 2), 1, VIOLATED, False),
        (Problem.BROADCAST, (0, 1, 1, 1), (1, 2, 3), 1, HELD, True),  # the sender is a traitor
        (Problem.COMMIT, (1, 1, 0, 1), (0, 1, 2), 1, VIOLATED, False),
        (Problem.COMMIT, (1, 1, 1, 1), (0, 1, 2), 0, HELD, True),  # somebody failed: abort is fine
        (Problem.COMMIT, (1, 1, 1, 1), (0, 1, 2, 3), 0, VIOLATED, False),
        (Problem.COMMIT, (1, 1, 1, 1), (0, 1, 2, 3), 1, HELD, False),
    ],
)
def test_validity_means_what_the_problem_says(
    problem: Problem, inputs: Any, honest: Any, decision: int, status: str, vacuous: bool
) -> None:
    found = judgement(
        "validity", account({1: [(1, decision)]}, problem=problem, inputs=inputs, honest=honest)
    )
    assert (found.status, found.vacuous) == (status, vacuous)


def test_weak_validity_asks_only_when_nobody_is_a_traitor() -> None:
    wrong = {1: [(1, 0)]}
    ones = {"inputs": (1, 1, 1, 1)}
    assert judgement("weak_validity", account(wrong, **ones)).status == HELD
    assert judgement("weak_validity", account(wrong, honest=(0, 1, 2, 3), **ones)).status == VIOLATED


def test_integrity_is_once_and_something_possible() -> None:
    twice = judgement("integrity", account({**ALL_ONE, 1: [(1, 1), (3, 1)]}))
    assert (twice.status, twice.step, twice.witnesses) == (VIOLATED, 3, (1,))
    assert judgement("integrity", account({1: [(1, 7)]})).status == VIOLATED
    assert judgement("integrity", account({})).vacuous


def test_termination_is_owed_or_not() -> None:
    some = {0: [(1, 1)], 2: [(1, 1)]}
    found = judgement("termination", account(some))
    assert (found.status, found.witnesses) == (VIOLATED, (1,))
    assert judgement("termination", account(some, over=False)).status == INCONCLUSIVE
    lost = judgement("termination", account(some, not_owed="messages may be lost"))
    assert (lost.status, lost.reason) == (INCONCLUSIVE, "messages may be lost")
    assert judgement("termination", account(ALL_ONE, not_owed="messages may be lost")).status == HELD


def test_a_traitors_broadcast_may_reach_nobody_but_not_somebody() -> None:
    told = {"problem": Problem.BROADCAST, "honest": (1, 2, 3)}
    assert judgement("termination", account({}, **told)).status == HELD
    assert judgement("termination", account({}, **told)).vacuous
    assert judgement("termination", account({1: [(1, 1)]}, **told)).witnesses == (2, 3)
    assert judgement("termination", account({}, problem=Problem.BROADCAST)).status == VIOLATED


def test_the_inputs_of_those_who_fail_but_do_not_lie_bind_too() -> None:
    # 0 crashed after it had told the others of its 0
    changes = {"inputs": (0, 1, 1), "honest": (1, 2), "decisions": [[], *[[Decision(2.5, 0, None)]] * 2]}
    assert judgement("validity", account({}, **changes)).status == VIOLATED
    assert judgement("validity", account({}, **changes, truthful=range(3))).status == HELD
    sender = {**changes, "problem": Problem.BROADCAST, "inputs": (1, 0, 0)}
    assert judgement("validity", account({}, **sender)).status == HELD
    assert judgement("validity", account({}, **sender, truthful=range(3))).status == VIOLATED
