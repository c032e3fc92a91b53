"""What members of a legislature may hope for: worked by hand, then against theory that knows no rounds."""

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.analysis.theory.legislative_bargaining import proposers_by_lot, proposers_in_turn
from accord.models.continuation import Continuation, Recognition, purchase
from accord.models.networks.network import Network
from accord.models.networks.topologies import topologies
from hypothesis import given, settings
from hypothesis import strategies as st

quotas = st.integers(2, 7).flatmap(lambda n: st.tuples(st.just(n), st.integers(1, n)))
recognitions = st.sampled_from(["random", "rotating", "fixed"])


def network(text: str) -> Network:
    return topologies.choose(text).build(np.random.default_rng(0))


def hopes(
    text: str, quota: int, discount: float, recognition: Recognition = "random", deadline: int | None = None
) -> Continuation:
    return Continuation(network(text), quota, discount, recognition, deadline)


def test_a_path_of_three_by_hand() -> None:
    # last round: who proposes takes all. Before it a leaf buys the centre for 0.3, the centre one of two leaves
    path = hopes("path(n=3)", 2, 0.9, deadline=3)
    assert path.after(2) == pytest.approx([0, 0, 0], abs=0)
    assert path.after(1) == pytest.approx([0.3, 0.3, 0.3])
    assert path.after(0) == pytest.approx([0.9 * 0.85 / 3, 0.9 * 1.3 / 3, 0.9 * 0.85 / 3])


def test_who_has_too_few_neighbours_waits() -> None:
    star = hopes("star(n=5)", 3, 0.5, deadline=2)
    assert star.after(0) == pytest.approx([0.1] * 5)
    assert star.purchase(3, star.after(0)) is None  # a leaf can talk to one, and needs two
    bought = star.purchase(0, star.after(0))
    assert bought is not None
    assert (bought.certain.tolist(), bought.alike.tolist(), bought.drawn) == ([], [1, 2, 3, 4], 2)
    # a round earlier: the centre keeps 0.8 and buys two of four leaves; if a leaf proposes all wait
    longer = hopes("star(n=5)", 3, 0.5, deadline=3)
    assert longer.after(0) == pytest.approx([0.5 * (0.8 + 0.4) / 5, *[0.5 * (0.05 + 0.4) / 5] * 4])
    last = star.purchase(3, star.after(1))  # votes that cost nothing need no talk
    assert last is not None
    assert last.drawn == 2


def test_who_would_have_to_pay_more_than_waiting_costs_waits() -> None:
    assert purchase(np.array([0.5, 0.3, 0.3, 0.9]), proposer=0, votes=2) is None
    assert purchase(np.array([0.4, 0.3, 0.3, 0.9]), proposer=0, votes=2) is not None
    assert purchase(np.array([0.4, 0.3, np.inf, np.inf]), proposer=0, votes=2) is None


@pytest.mark.parametrize(
    ("recognition", "quota", "after"),
    [
        ("random", 2, [0.3, 0.3, 0.3]),
        ("fixed", 3, [0.9, 0, 0]),
        ("rotating", 2, [0, 0.9, 0]),  # whose turn is next
        ("rotating", 3, [0.9 * each / 2.71 for each in (0.81, 1, 0.9)]),
    ],
)
def test_where_all_can_talk_and_no_round_is_the_last(
    recognition: Recognition, quota: int, after: list[float]
) -> None:
    assert hopes("complete(n=3)", quota, 0.9, recognition).after(0) == pytest.approx(after)


def test_unanimity_in_turn_without_impatience_shares_equally() -> None:
    assert hopes("complete(n=4)", 4, 1.0, "rotating").after(2) == pytest.approx([0.25] * 4)
    # with a last round everything waits for its proposer
    assert hopes("complete(n=4)", 4, 1.0, "rotating", deadline=7).after(0).tolist() == [0, 0, 1, 0]


@given(quotas, st.floats(0.05, 0.9), recognitions)
@settings(deadline=None, max_examples=60)
def test_long_deadlines_are_none(sizes: tuple[int, int], discount: float, recognition: Recognition) -> None:
    n, quota = sizes
    text = f"complete(n={n})"
    endless, long = (hopes(text, quota, discount, recognition, deadline) for deadline in (None, 600))
    for number in (0, 1, n, 2 * n + 1):
        assert long.after(number) == pytest.approx(endless.after(number), abs=1e-9)


@given(quotas, st.floats(0.05, 1), recognitions, st.integers(1, 40))
@settings(deadline=None, max_examples=60)
def test_where_all_can_talk_nobody_waits(
    sizes: tuple[int, int], discount: float, recognition: Recognition, deadline: int
) -> None:
    n, quota = sizes
    known = hopes(f"complete(n={n})", quota, discount, recognition, deadline)
    for number in range(deadline):
        prices = known.after(number)
        left = 0.0 if number == deadline - 1 else discount
        assert prices.sum() == pytest.approx(left, abs=1e-9)
        for proposer in known.proposers(number):
            bought = known.purchase(proposer, prices)
            assert bought is not None
            assert len(bought.certain) + bought.drawn == quota - 1
            assert proposer not in [*bought.certain, *bought.alike]


@given(quotas, st.floats(0.05, 1))
@settings(deadline=None, max_examples=40)
def test_what_is_left_to_the_proposer_is_what_theory_says(sizes: tuple[int, int], discount: float) -> None:
    n, quota = sizes
    for recognition, theory in (("random", proposers_by_lot), ("rotating", proposers_in_turn)):
        prices = hopes(f"complete(n={n})", quota, discount, recognition).after(0)
        paid = np.sort(prices[1:])[: quota - 1].sum()
        assert 1 - paid == pytest.approx(theory(n, quota, discount)[0], abs=1e-12)


@pytest.mark.parametrize("text", ["path(n=6)", "star(n=6)", "petersen", "karate"])
def test_settled_values_are_those_that_were_not_looked_for(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = hopes(text, 3, 0.8, deadline=150)
    monkeypatch.setattr("accord.models.continuation.np.allclose", lambda *_, **__: False)
    whole = hopes(text, 3, 0.8, deadline=150)
    for number in (0, 1, 100, 149):
        assert quick.after(number) == pytest.approx(whole.after(number), abs=1e-9)


def test_neither_a_last_round_nor_a_complete_network_is_refused() -> None:
    with pytest.raises(InputError, match=r"network=path\(n=3\), deadline=None: .* use deadline=\.\.\., or"):
        hopes("path(n=3)", 2, 0.9)
