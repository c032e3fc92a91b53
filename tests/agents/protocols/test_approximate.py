"""Approximate agreement in rounds."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from accord.agents.conducts import Conduct
from accord.agents.errors import InputError
from accord.agents.lockstep import Said
from accord.agents.machine import Decide, Seat, Send
from accord.agents.protocols.approximate import Approximate
from accord.models import Generals
from hypothesis import given, settings
from hypothesis import strategies as st

SIZES = [(4, 1), (5, 1), (7, 1), (7, 2), (9, 2), (10, 3), (13, 3)]


def averaged(n: int, f: int) -> int:
    return (n - 2 * f - 1) // f + 1


# A table of plays: what one party makes of what it hears in a round


@pytest.mark.parametrize(
    ("n", "f", "heard", "mean"),
    [
        (4, 1, [0, 1, 2, 9], 1.5),
        (4, 1, [5, 5, 5, -1e200], 5),
        (7, 2, [0, 1, 2, 3, 4, 5, 6], 3),  # of 2, 3, 4 the first and the third
        (9, 2, [0, 1, 2, 3, 4, 5, 6, 7, 8], 4),
        (10, 2, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], (2 + 4 + 6) / 3),
        (7, 1, [0, 1, 2, 3, 4, 5, 60], 3),
        (3, 0, [1, 2, 9], 4),
        (4, 1, [3, 4, 5, None], 3.5),  # silence is 0
        (4, 1, [3, 4, 5, "x"], 3.5),  # as is what is no number
        (4, 1, [3, 4, 5, float("nan")], 3.5),
        (4, 1, [3, 4, 5, float("inf")], 3.5),
        (4, 1, [3, 4, 5, 10**400], 3.5),
        (2, 1, [3, 4], 0.25),  # nothing is left: it stays where it is
        (3, 3, [3, 4, 5], 0.25),
    ],
)
def test_a_round(n: int, f: int, heard: list[Any], mean: float) -> None:
    machine = Approximate(rounds=1).machine(Seat(0, n, f, 0.25))
    state, effects = machine.start()
    assert effects[0] == Send(tuple(range(n)), Said(1, 0.25))
    for sender, value in enumerate(heard):
        if value is not None:
            state, _ = machine.receive(state, sender, Said(1, value))
    assert machine.timeout(state, 1)[1] == (Decide(pytest.approx(mean), 1),)


# Known answers: c = floor((n - 2f - 1)/f) + 1 values are averaged, and the range shrinks to 1/c


@pytest.mark.parametrize(
    ("n", "f", "spread", "epsilon", "rounds"),
    [
        (4, 1, 1, 1 / 8, 3),
        (4, 1, 1, 1 / 8 - 1e-9, 4),
        (7, 1, 125, 1, 3),  # c = 5
        (13, 3, 81, 1, 4),  # c = 3
        (7, 2, 1, 0.01, 7),
        (4, 1, 1, 2, 1),
        (4, 0, 1e9, 1e-9, 1),  # all hear the same
        (3, 1, 1, 0.01, 7),  # below the bound as at it
    ],
)
def test_rounds(n: int, f: int, spread: float, epsilon: float, rounds: int) -> None:
    protocol = Approximate(spread=spread, epsilon=epsilon)
    assert protocol.machine(Seat(0, n, f)).rounds == rounds  # type: ignore[attr-defined]
    assert protocol.tolerance == epsilon


@pytest.mark.parametrize(("n", "f"), SIZES)
def test_the_worst_case_shrinks_the_range_to_exactly_one_in_c(
    n: int, f: int, in_rounds: Callable[..., Any]
) -> None:
    # f honest parties at 0 and the others at 1; the traitors say -9 to one half and 9 to the other
    inputs = [0.0] * f + [1.0] * (n - f)
    traitors = tuple(range(n - f, n))
    play = in_rounds(Approximate(rounds=1), inputs, f, traitors, lambda r, k, to: -9 if to % 2 else 9)
    assert np.ptp(play.values) == pytest.approx(1 / averaged(n, f))


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_never_less_and_never_out_of_the_range_of_the_honest(data: st.DataObject) -> None:
    n, f = data.draw(st.sampled_from(SIZES))
    protocol = Approximate(rounds=1)
    numbers = st.floats(-10, 10)
    honest = data.draw(st.lists(numbers, min_size=n - f, max_size=n - f))
    decided = []
    for node in range(n - f):
        machine = protocol.machine(Seat(node, n, f, honest[node]))
        state, _ = machine.start()
        lies = data.draw(
            st.lists(st.none() | numbers | st.sampled_from([1e18, -1e18, 1e300]), min_size=f, max_size=f)
        )
        for sender, value in enumerate([*honest, *lies]):
            if value is not None:
                state, _ = machine.receive(state, sender, Said(1, value))
        decided.append(machine.timeout(state, 1)[1][0].value)  # type: ignore[union-attr]
    assert min(honest) - 1e-12 <= min(decided)
    assert max(decided) <= max(honest) + 1e-12
    assert np.ptp(decided) <= np.ptp(honest) / averaged(n, f) + 1e-12


@pytest.mark.parametrize(("n", "f"), [(2, 0), *SIZES])
@pytest.mark.parametrize("channel", ["constant", "uniform(high=1)"])
def test_cost(n: int, f: int, channel: str) -> None:
    model = Generals(network=f"complete(n={n})", protocol="approximate", f=f, channel=channel, rng=1).run()
    outcome = model.outcome()
    rounds = Approximate().machine(Seat(0, n, f)).rounds  # type: ignore[attr-defined]
    assert outcome["rounds"] == outcome["last_decision"] == rounds
    assert outcome["messages"] == rounds * n * (n - 1)


@pytest.mark.parametrize("conduct", ["silent", "equivocating", None])
@pytest.mark.parametrize(("n", "f"), [(4, 1), (7, 2), (11, 2)])
def test_traitors_break_nothing_at_the_bound(n: int, f: int, conduct: str | None, two_faced: Conduct) -> None:
    for seed in range(10):
        model = Generals(
            network=f"complete(n={n})",
            protocol="approximate",
            initial="uniform",
            traitors=f,
            conduct=conduct or two_faced,
            rng=seed,
        ).run()
        assert not model.verdict.violated
        assert model.verdict.validity == "held"


@pytest.mark.parametrize(
    ("n", "protocol", "violated"),
    [
        (3, "approximate", "agreement"),
        (4, "approximate(trim=0)", "validity"),
        (4, "approximate(rounds=2)", "agreement"),
        (4, "approximate(spread=0.1)", "agreement"),  # the inputs are not as near as was promised
    ],
)
def test_the_monitors_catch_it_below_the_bound_and_mutated(
    n: int, protocol: str, violated: str, two_faced: Conduct
) -> None:
    seen = {
        name
        for seed in range(10)
        for name in Generals(
            network=f"complete(n={n})",
            protocol=protocol,
            initial="given(values=[0, 0.4, 0.4, 0.6])" if violated == "validity" else "bits",
            traitors=1,
            conduct=two_faced,
            placement="first",
            allow_below_bound=True,
            rng=seed,
        )
        .run()
        .verdict.violated
    }
    assert violated in seen


def test_a_third_of_traitors_is_one_too_many() -> None:
    for f in (1, 2, 5):
        # of 3f + 1 each keeps two that are f apart, of 3f but one, and that may be anybody's
        assert averaged(3 * f + 1, f) == 2
        assert averaged(3 * f, f) == 1


def test_too_much_trimming_is_safe_and_does_not_come_closer(in_rounds: Callable[..., Any]) -> None:
    play = in_rounds(Approximate(rounds=9, trim=2), [0.0, 0.5, 1.0, 1.0], 1, (3,))
    assert play.values == [0.0, 0.5, 1.0]


def test_alphabet_goes_out_of_the_range() -> None:
    said = {message.value for message in Approximate().alphabet(Seat(0, 4, 1), (0, 1))}  # type: ignore[attr-defined]
    assert said == {-1, 0, 1, 2}


@pytest.mark.parametrize(
    "wrong", [{"epsilon": 0}, {"spread": -1}, {"rounds": 0}, {"trim": -1}, {"epsilon": 1e999}]
)
def test_bad_parameters_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(InputError, match=next(iter(wrong))):
        Approximate(**wrong)
