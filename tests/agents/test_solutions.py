"""Solutions: known answers, axioms, and a plain reading of the definitions as the oracle."""

from collections.abc import Callable

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.agents.solutions import (
    egalitarian,
    kalai_smorodinsky,
    nash,
    opposition,
    pareto,
    rational,
    solve,
    utilitarian,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

Table = NDArray[np.float64]
SOLUTIONS: list[Callable[..., int | None]] = [nash, kalai_smorodinsky, egalitarian, utilitarian]


def tables(parties: tuple[int, int] = (2, 4), most: int = 6) -> st.SearchStrategy[Table]:
    def of(width: int) -> st.SearchStrategy[Table]:
        row = st.lists(st.integers(0, most), min_size=width, max_size=width)
        return st.lists(row, min_size=1, max_size=25).map(lambda rows: np.array(rows, dtype=float))

    return st.integers(*parties).flatmap(of)


def dominated(table: Table, row: Table) -> bool:
    return bool(((table >= row).all(axis=1) & (table > row).any(axis=1)).any())


# ---------------------------------------------------------------- known answers


def concave(levels: int) -> tuple[Table, Table]:
    """u1 = x, u2 = sqrt(1 - x): the example of the textbooks."""
    x = np.linspace(0, 1, levels)
    return x, np.stack([x, np.sqrt(1 - x)], axis=1)


def test_the_concave_example() -> None:
    # closed forms: Nash 2/3, Kalai-Smorodinsky = egalitarian = (sqrt 5 - 1) / 2, utilitarian 3/4
    x, table = concave(100_001)
    golden = (5**0.5 - 1) / 2
    for ask, answer in [
        (nash, 2 / 3),
        (kalai_smorodinsky, golden),
        (egalitarian, golden),
        (utilitarian, 0.75),
    ]:
        assert x[ask(table)] == pytest.approx(answer, abs=2 / 100_000)  # type: ignore[operator]
    assert table[nash(table)].prod() == pytest.approx(0.3849002, abs=1e-6)
    assert table[nash(table), 1] == pytest.approx(0.5773503, abs=1e-5)
    assert table[utilitarian(table)].sum() == pytest.approx(1.25, abs=1e-9)


def test_a_pie_of_100_with_reservations_20_and_10() -> None:
    x = np.linspace(0, 100, 1001)
    table = np.stack([x, 100 - x], axis=1)
    for ask in (nash, kalai_smorodinsky, egalitarian):
        assert table[ask(table, [20, 10])].tolist() == [55, 45]  # type: ignore[arg-type]


def test_bargaining_power_of_seven_tenths() -> None:
    x = np.linspace(0, 1, 1001)
    table = np.stack([x, 1 - x], axis=1)
    assert table[nash(table, powers=[0.7, 0.3])].tolist() == pytest.approx([0.7, 0.3])
    assert nash(table, powers=[7, 3]) == nash(table, powers=[0.7, 0.3])


def test_zeuthens_grid() -> None:
    # pie of 10 in steps of 0.1: 5.0 if both are linear, 6.7 where the other's utility is the square root
    x = np.linspace(0, 10, 101)
    assert x[nash(np.stack([x, 10 - x], axis=1))] == 5
    assert x[nash(np.stack([x, np.sqrt(10 - x)], axis=1))] == pytest.approx(6.7)


def test_opposition_as_published() -> None:
    # Nice or Die has 0.840 in the table of domains of Baarslag et al. 2013
    assert opposition([[1, 0.16], [0.16, 1], [0.299, 0.299]]) == pytest.approx(0.84)
    assert opposition([[1, 1], [0, 0]]) == 0
    x = np.linspace(0, 1, 101)
    assert opposition(np.stack([x, 1 - x], axis=1)) == pytest.approx(0.5**0.5)
    assert opposition(np.stack([x, 1 - x], axis=1) + 3, [3, 3]) == pytest.approx(0.5**0.5)
    assert opposition(np.stack([70 * x, 1 - x], axis=1)) == pytest.approx(0.5**0.5)


def test_egalitarian_depends_on_scale_and_the_others_do_not() -> None:
    x, table = concave(10_001)
    scaled = table * [1, 3]
    assert nash(scaled) == nash(table)
    assert kalai_smorodinsky(scaled) == kalai_smorodinsky(table)
    assert x[egalitarian(scaled)] > x[egalitarian(table)] + 0.1  # type: ignore[operator]
    assert x[kalai_smorodinsky(scaled)] != x[egalitarian(scaled)]  # type: ignore[index]


# ---------------------------------------------------------------- the frontier


@settings(deadline=None, max_examples=200)
@given(tables((1, 4)))
def test_the_frontier_is_what_nothing_dominates(table: Table) -> None:
    found = pareto(table)
    assert sorted(found) == [number for number, row in enumerate(table) if not dominated(table, row)]
    keys = [(*(-table[number]), number) for number in found]
    assert keys == sorted(keys)


@pytest.mark.parametrize("parties", [2, 3, 4])
@pytest.mark.parametrize("conflict", [0, 0.6], ids=["independent", "opposed"])
def test_what_is_sifted_out_is_dominated(parties: int, conflict: float) -> None:
    # many equals, on a grid, and more outcomes than are compared without sifting
    rng = np.random.default_rng(parties)
    table = rng.random((6000, parties))
    table = np.round(table - conflict * table.mean(axis=1, keepdims=True), 2)
    found = pareto(table)
    best = np.unique(table[found], axis=0)
    for row in best:  # nothing dominates what was found
        assert not dominated(table, row)
    others = np.setdiff1d(np.arange(len(table)), found)
    for row in np.unique(table[others], axis=0):  # and what was not found is dominated by it
        assert dominated(best, row)


@settings(deadline=None, max_examples=60)
@given(tables(), st.integers(0, 4))
def test_all_at_once_is_each_by_itself(table: Table, floor: int) -> None:
    point = np.full(table.shape[1], float(floor))
    whole = solve(table, point)
    assert whole.frontier.tolist() == pareto(table).tolist()
    one_by_one = (
        nash(table, point),
        kalai_smorodinsky(table, point),
        egalitarian(table, point),
        utilitarian(table),
    )
    assert whole[1:] == one_by_one


@pytest.mark.parametrize("parties", [2, 3, 5])
def test_frontiers_of_many_outcomes(parties: int) -> None:
    table = np.random.default_rng(parties).random((1500, parties))
    assert set(pareto(table)) == {k for k, row in enumerate(table) if not dominated(table, row)}


def test_a_frontier_of_everything_and_one_of_equals() -> None:
    x = np.arange(1000.0)
    assert pareto(np.stack([x, -x], axis=1)).tolist() == list(range(999, -1, -1))
    assert pareto(np.stack([x, -x, x], axis=1)).tolist() == list(range(999, -1, -1))
    for parties in (1, 2, 3):
        assert pareto(np.ones((50, parties))).tolist() == list(range(50))


def test_sums_that_rounding_makes_equal() -> None:
    # 1e16 + 1 == 1e16, and still the second dominates the first
    for row in ([1e16, 1.0], [1e16, 1.0, 0.0]):
        better = [row[0], 1.5, *row[2:]]
        assert pareto([row, better]).tolist() == [1]
        assert nash([row, better]) == 1
        assert utilitarian([row, better]) == 1


# ---------------------------------------------------------------- axioms


@settings(deadline=None, max_examples=100)
@given(tables(), st.integers(0, 5))
def test_solutions_are_efficient_and_rational(table: Table, floor: int) -> None:
    point = np.full(table.shape[1], float(floor))
    allowed = [k for k, row in enumerate(table) if (row >= point).all()]
    assert rational(table, point).tolist() == allowed
    for ask in (nash, kalai_smorodinsky, egalitarian):
        found = ask(table, point)
        if not allowed:
            assert found is None
        else:
            assert found in allowed
            assert not dominated(table, table[found])
    assert not dominated(table, table[utilitarian(table)])


@settings(deadline=None, max_examples=100)
@given(tables(), st.integers(0, 3))
def test_solutions_maximise_what_defines_them(table: Table, floor: int) -> None:
    point = np.full(table.shape[1], float(floor))
    gains = table[rational(table, point)] - point
    if len(gains):
        ideal = np.maximum(gains.max(axis=0), 1e-300)
        chosen = {ask: table[ask(table, point)] - point for ask in (nash, kalai_smorodinsky, egalitarian)}
        assert chosen[nash].prod() == gains.prod(axis=1).max()
        assert (chosen[kalai_smorodinsky] / ideal).min() == pytest.approx((gains / ideal).min(axis=1).max())
        assert chosen[egalitarian].min() == gains.min(axis=1).max()
    assert table[utilitarian(table)].sum() == table.sum(axis=1).max()


@settings(deadline=None, max_examples=100)
@given(tables(), st.data())
def test_nash_and_kalai_smorodinsky_do_not_see_scales(table: Table, data: st.DataObject) -> None:
    parties = table.shape[1]
    numbers = st.lists(st.floats(0.01, 100), min_size=parties, max_size=parties)
    scale, shift = np.array(data.draw(numbers)), np.array(data.draw(numbers))
    point = np.ones(parties)
    for ask in (nash, kalai_smorodinsky):
        # in the shifted table 1 - shift + shift may be 1 - 1e-16 and cost somebody rationality: scale alone is exact
        assert ask(table * scale, point * scale) == ask(table, point)
        assert ask((table * 4 + 32), (point * 4 + 32)) == ask(table, point)
    best = table.max(axis=0)
    if best.min() > 0:
        assert opposition(table * scale) == pytest.approx(opposition(table))
        moved = opposition(table * scale + shift, shift)
        assert moved == pytest.approx(opposition(table), abs=1e-6)


@settings(deadline=None, max_examples=100)
@given(tables(), st.randoms(use_true_random=False))
def test_results_do_not_depend_on_numbers(table: Table, random: object) -> None:
    order = np.arange(len(table))
    random.shuffle(order)  # type: ignore[attr-defined]
    assert sorted(order[pareto(table[order])]) == sorted(pareto(table))
    for ask in SOLUTIONS:
        one, other = ask(table), ask(table[order])
        assert one is not None
        assert other is not None
        # where two are still tied they give the parties the same amounts, perhaps to others
        if ask in (egalitarian, utilitarian):
            assert sorted(table[order][other]) == sorted(table[one])
        else:
            shares = table / np.maximum(table.max(axis=0), 1)
            assert sorted(shares[order][other]) == pytest.approx(sorted(shares[one]))


@settings(deadline=None, max_examples=100)
@given(tables())
def test_parties_are_treated_alike(table: Table) -> None:
    turned = table[:, ::-1]
    assert sorted(pareto(turned)) == sorted(pareto(table))
    shares = table / np.maximum(table.max(axis=0), 1)
    for ask in SOLUTIONS:
        amounts = table if ask in (egalitarian, utilitarian) else shares
        assert sorted(amounts[ask(turned)]) == pytest.approx(sorted(amounts[ask(table)]))  # type: ignore[index]
    if table.max(axis=0).min() > 0:
        assert opposition(turned) == pytest.approx(opposition(table))


@settings(deadline=None, max_examples=60)
@given(tables((2, 2)))
def test_a_symmetric_problem_has_a_symmetric_solution_if_it_can(table: Table) -> None:
    both = np.concatenate([table, table[:, ::-1], [[7.0, 7.0]]])  # (7, 7) is better for both than all
    for ask in SOLUTIONS:
        assert ask(both) == len(both) - 1


# ---------------------------------------------------------------- ties and results that are none


def test_ties_go_to_the_worst_off_then_to_the_first() -> None:
    assert utilitarian([[4, 0], [1, 3], [2, 2], [2, 2]]) == 2
    assert nash([[4, 1], [2, 2], [1, 4]]) == 1
    assert egalitarian([[2, 2, 5], [2, 4, 3], [2, 3, 4]]) == 1
    assert nash([[0, 3], [3, 0]]) == 0
    assert nash([[0, 1], [0, 5]]) == 1, "nobody can gain, and still the second is better"
    x = np.linspace(0, 1, 100)  # no outcome in the middle: two are as good, up to rounding
    table = np.stack([x, 1 - x], axis=1)
    assert [ask(table) for ask in SOLUTIONS] == [49] * 4


def test_what_a_tie_hides_is_still_dominated() -> None:
    # better by less than what counts as a tie, and better
    for extra in (0.0, 1.0):
        table = [[2, 2 + extra], [2, (2 + extra) * (1 + 1e-14)], [2, 2 + extra]]
        assert [ask(table) for ask in SOLUTIONS] == [1] * 4


def test_no_zone_of_agreement_is_a_result() -> None:
    table = [[1, 0], [0, 1]]
    assert rational(table, [1, 1]).tolist() == []
    assert [ask(table, [1, 1]) for ask in (nash, kalai_smorodinsky, egalitarian)] == [None] * 3
    assert nash(table, [0, 0]) == 0


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda: pareto([]), "at least one of either"),
        (lambda: pareto([1, 2]), r"shape \(2,\)"),
        (lambda: pareto([[1, float("nan")]]), "outcome 0 for party 1 is nan"),
        (lambda: nash([[1, float("inf")]]), "outcome 0 for party 1 is inf"),
        (lambda: nash([[1, 2]], [1]), "2 finite numbers, one for each party"),
        (lambda: nash([[1, 2]], [1, float("nan")]), "finite numbers"),
        (lambda: nash([[1, 2]], powers=[1, 0]), "2 positive numbers"),
        (lambda: nash([[1, 2]], powers=[1]), "2 positive numbers"),
        (lambda: opposition([[1, 0], [2, 0]]), "party 1 has at most 0 from a deal and 0 without one"),
    ],
)
def test_what_cannot_be(ask: Callable[[], object], told: str) -> None:
    with pytest.raises(InputError, match=told):
        ask()
