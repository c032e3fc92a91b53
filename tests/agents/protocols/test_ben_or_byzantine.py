"""Ben-Or's consensus among liars."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from accord.agents.conducts import Conduct
from accord.agents.machine import Message
from accord.agents.protocols.ben_or import _Proposal, _Report
from accord.agents.protocols.ben_or_byzantine import BenOrByzantine
from accord.models import Generals


def lies(seed: int) -> dict[int, Callable[[int, int], Message]]:
    """Return what party 0, a traitor, says in a stage to a party: anything."""
    rng = np.random.default_rng([seed, 1])

    def lie(stage: int, to: int) -> Message:
        r, said = stage // 2 + 1, int(rng.integers(3))
        return _Proposal(r, (0, 1, None)[said]) if stage % 2 else _Report(r, said % 2)

    return {0: lie}


def test_thresholds() -> None:
    for f in range(9):
        for n in range(5 * f + 1, 5 * f + 8):
            propose, adopt, decide = BenOrByzantine().thresholds(n, f)
            assert 2 * propose - n > f  # two sets that propose share an honest party
            assert propose <= n - 2 * f  # and honest parties of one mind are heard to be
            assert decide - 2 * f >= adopt > f  # who decides has all others adopt
        assert not BenOrByzantine().thresholds(5 * f, f)[0] <= 3 * f


@pytest.mark.parametrize(("n", "f"), [(6, 1), (11, 2)])
@pytest.mark.parametrize("conduct", ["equivocating", "silent", None])
@pytest.mark.parametrize("channel", ["constant", "uniform(high=9)"])
def test_it_holds_at_the_bound(n: int, f: int, conduct: str | None, channel: str, two_faced: Conduct) -> None:
    for seed in range(15):
        model = Generals(
            network=f"complete(n={n})",
            protocol="ben-or-byzantine",
            traitors=f,
            conduct=conduct or two_faced,
            channel=channel,
            rng=seed,
        ).run()
        assert not model.verdict.violated
        assert model.verdict.termination == "held"


@pytest.mark.parametrize("value", [0, 1])
def test_one_value_of_all_honest_is_decided_in_round_one(value: int, two_faced: Conduct) -> None:
    for seed in range(10):
        model = Generals(
            network="complete(n=6)",
            protocol="ben-or-byzantine",
            initial=f"bits(p={value})",
            traitors=1,
            conduct=two_faced,
            channel="uniform(high=9)",
            rng=seed,
        ).run()
        assert model.outcome()["rounds"] == 1
        assert model.outcome()["value"] == value
        assert model.outcome()["honest_messages"] == 4 * 5 * 5


def broken(play: Callable[..., Any], draw: Callable[..., Any], n: int, seeds: int, **mutant: int) -> bool:
    """Return whether random lies under random schedules break it."""
    for seed in range(seeds):
        inputs = np.random.default_rng([seed, 2]).integers(2, size=n).tolist()
        if play(BenOrByzantine(**mutant), inputs, 1, **draw(n, seed), lies=lies(seed), stages=40).is_broken:
            return True
    return False


def test_random_lies_break_nothing_at_the_bound(
    in_layers: Callable[..., Any], at_random: Callable[..., Any]
) -> None:
    assert not broken(in_layers, at_random, 6, 300)


def test_one_party_fewer_is_too_few(in_layers: Callable[..., Any], at_random: Callable[..., Any]) -> None:
    assert broken(in_layers, at_random, 5, 300)


@pytest.mark.parametrize("mutant", [{"propose": 3}, {"propose": 5}, {"adopt": 3}, {"decide": 3}])
def test_mutants_are_broken(
    mutant: dict[str, int], in_layers: Callable[..., Any], at_random: Callable[..., Any]
) -> None:
    assert broken(in_layers, at_random, 6, 2000, **mutant)


@pytest.mark.parametrize(("mutant", "ends"), [({}, True), ({"adopt": 1}, False)])
def test_where_f_proposals_are_adopted_no_coin_is_tossed_ever_after(
    mutant: dict[str, int], ends: bool, in_layers: Callable[..., Any]
) -> None:
    # three hold 1 and two 0; the traitor keeps both sides as they are, whatever they hear of each other
    inputs = [0, 1, 1, 1, 0, 0]
    zeros = (4, 5)

    def lie(stage: int, to: int) -> Message:
        side = 0 if to in zeros else 1
        return _Proposal(stage // 2 + 1, side) if stage % 2 else _Report(stage // 2 + 1, 0)

    rng = np.random.default_rng(1)
    play = in_layers(
        BenOrByzantine(**mutant),
        inputs,
        1,
        order=lambda stage, to: range(6),
        coin=lambda: int(rng.integers(2)),
        lies={0: lie},
        stages=200,
    )
    assert bool(play.flips) == ends
    assert (len(play.decisions) == 5) == ends


@pytest.mark.parametrize("mutant", ["propose=3", "propose=5", "adopt=3", "decide=2", "decide=5"])
def test_monitors_catch_mutants(mutant: str, two_faced: Conduct) -> None:
    assert any(
        Generals(
            network="complete(n=6)",
            protocol=f"ben-or-byzantine({mutant})",
            traitors=1,
            conduct=two_faced,
            placement="first",
            channel="uniform(high=5)",
            max_events=20_000,
            rng=seed,
        )
        .run()
        .verdict.violated
        for seed in range(300)
    )
