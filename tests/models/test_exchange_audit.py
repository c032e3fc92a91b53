"""The audit judges steps that are written here by hand."""

from typing import Any

import numpy as np
import pytest
from accord.agents.conducts import conducts
from accord.agents.exchanges import exchanges
from accord.models.exchange_audit import PROPERTIES, Audit
from accord.models.exchange_terms import Encounters, Terms
from accord.models.meetings import Meetings
from accord.models.networks.built import build
from accord.models.networks.topologies import topologies
from accord.models.verdict import Judgement
from numpy.typing import NDArray

START = np.array([[400, 100, 100, 100], [100, 400, 100, 100]])
TRADED = np.array([[250, 250, 100, 100], [250, 250, 100, 100]])


def audit(
    start: Any = START,
    rule: str = "barter",
    network: Any = "path(n=4)",
    traitors: Any = (),
    conduct: str = "breach",
) -> Audit:
    chosen, luck = exchanges.choose(rule), np.random.default_rng(1)
    meetings = Meetings(build(topologies.choose(network), luck))
    who = np.array(traitors, dtype=np.intp)
    terms = Terms(chosen, conducts.choose(conduct), who, meetings, start, chosen.exponents(4, luck))
    return Audit(terms, 1e-6, start)


def deal(first: int, second: int, broken: bool = False) -> Encounters:
    step = Encounters(np.array([first]), np.array([second]))
    step.moved[:], step.broken[:] = 1, broken
    return step


def judgement(books: Audit, name: str) -> Judgement:
    return dict(zip((each.name for each in PROPERTIES), books.judged(), strict=True))[name]


def after(units: NDArray[Any], step: Encounters, **parameters: Any) -> Audit:
    books = audit(**parameters)
    books.note(units, step, 1)
    return books


def test_all_is_well() -> None:
    books = after(TRADED, deal(0, 1))
    assert [each.status for each in books.judged()] == ["held"] * 5
    assert not any(each.vacuous for each in books.judged())
    assert books.apart == pytest.approx([np.log(16), 0])
    assert (books.kept, books.breached, books.settled) == ([1], 0, "prices agree")


def test_who_deals_with_a_stranger_is_a_witness() -> None:
    found = judgement(after(TRADED, deal(0, 2)), "validity")
    assert (found.status, found.step, found.witnesses) == ("violated", 1, (0, 2))
    assert judgement(after(START, deal(0, 2, broken=True)), "validity").status == "violated"


def test_what_was_made_or_lost_is_seen() -> None:
    for change in (1, -1):
        units = TRADED.copy()
        units[0, 3] += change
        assert judgement(after(units, deal(0, 1)), "conservation").status == "violated"
    owing = np.array([[5, -1, 0, 0]])
    found = judgement(after(owing, deal(1, 0), start=np.array([[4, 0, 0, 0]]), rule="coin"), "conservation")
    assert found.witnesses == (1,)


def test_who_is_worse_off_is_a_witness_unless_it_lies() -> None:
    robbed = np.array([[400, 100, 150, 50], [100, 400, 100, 100]])
    found = judgement(after(robbed, deal(2, 3)), "rationality")
    assert (found.status, found.witnesses) == ("violated", (3,))
    assert judgement(after(robbed, deal(2, 3), traitors=[3]), "rationality").status == "held"


def test_the_first_violation_counts() -> None:
    books = audit()
    books.note(TRADED, deal(0, 2), 1)
    books.note(TRADED, deal(1, 3), 2)
    assert judgement(books, "validity").step == 1


def test_while_something_is_left_it_goes_on() -> None:
    books = after(START, Encounters(np.array([2]), np.array([3])))
    assert not books.settled
    assert judgement(books, "agreement").reason == "cut off while rates differ by the factor 16"
    assert judgement(books, "termination").status == "inconclusive"
    assert all(each.vacuous for each in books.judged())


def test_where_the_honest_agree_they_may_still_gain_by_a_liar() -> None:
    alike = np.array([[400, 100, 100, 100], [100, 100, 100, 100]])
    for conduct, settled in (("misreport", False), ("silent", True)):
        books = after(alike, deal(2, 3), start=alike, traitors=[0], conduct=conduct)
        assert books.apart[-1] == 0
        assert bool(books.settled) == settled


def test_what_was_signed_and_not_kept_is_no_exchange() -> None:
    books = after(START, deal(0, 1, broken=True), traitors=[1])
    assert (books.kept, books.breached) == ([0], 1)
    assert not judgement(books, "validity").vacuous
    assert judgement(books, "conservation").vacuous
    assert not books.settled
    books.note(START, Encounters(np.array([2]), np.array([3])), 2)  # all that is left is sure to be broken
    assert books.settled == "nothing is left that two could both gain by"
    found = judgement(books, "agreement")
    assert (found.status, found.step) == ("violated", 2)
    assert found.reason.endswith("but rates differ by the factor 4")


def test_who_cannot_reach_each_other_need_not_agree() -> None:
    two = {"name": "given", "network": [(0, 1), (2, 3)], "connected": "any"}
    alike = np.array([[4, 4, 1, 1], [1, 1, 4, 4]])
    assert audit(alike, network=two).apart == [0.0]
    assert audit(alike).apart == pytest.approx([np.log(16)])


def test_money_owes_nothing_but_to_be_conserved() -> None:
    coins = np.array([[1, 1, 1, 1]])
    books = after(np.array([[0, 2, 1, 1]]), deal(0, 1), start=coins, rule="coin")
    assert [each.status for each in books.judged()] == [
        "inconclusive",
        "held",
        "inconclusive",
        "held",
        "inconclusive",
    ]
    assert np.isnan(books.apart).all()
