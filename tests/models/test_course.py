"""When runs end, and how they are judged, on the smallest networks that show it."""

from typing import Any

import numpy as np
import pytest
from accord.models import Averaging
from accord.models.verdict import Status

HELD, VIOLATED, INCONCLUSIVE = Status.HELD, Status.VIOLATED, Status.INCONCLUSIVE


def verdicts(**parameters: Any) -> tuple[Status, ...]:
    model = Averaging(**{"rng": 1, **parameters}).run()
    return tuple(judgement.status for judgement in model.verdict.values())


def test_honest_averaging_holds_everything() -> None:
    assert verdicts(network="petersen") == (HELD, HELD, HELD, HELD)


def test_it_ends_when_all_agree_and_nobody_moves_any_more() -> None:
    # on four parties W = J averages in one step, and the next shows that all are at rest
    model = Averaging(network="complete(n=4)", weights="metropolis", rng=1).run()
    assert model.clock == 2


def test_a_limit_that_cuts_a_run_off_convicts_nobody() -> None:
    assert verdicts(network="ring(n=30)", max_steps=20) == (INCONCLUSIVE, HELD, HELD, INCONCLUSIVE)


def test_two_camps_that_answer_each_other_never_rest() -> None:
    # complete bipartite with 1/dmax: W has the eigenvalue -1 and opinions flip for ever
    status = verdicts(
        network="complete-bipartite(3, 3)",
        weights="max-degree(plus_one=False)",
        initial="given(values=[0, 0, 0, 1, 1, 1])",
        max_steps=60,
    )
    assert status == (VIOLATED, HELD, HELD, VIOLATED)


def test_an_unstable_step_diverges_and_is_told_apart() -> None:
    model = Averaging(network="petersen", weights="constant(alpha=0.5, allow_unstable=True)", rng=1).run()
    assert model.verdict["termination"].reason == "opinions diverged"
    assert (model.verdict.agreement, model.verdict.validity) == (VIOLATED, VIOLATED)
    assert model.clock < 100


def test_one_stubborn_traitor_captures_averaging() -> None:
    model = Averaging(
        network="petersen", traitors=1, conduct="stubborn(value=2)", tolerance=1e-9, max_steps=5000, rng=1
    ).run()
    assert tuple(j.status for j in model.verdict.values()) == (HELD, VIOLATED, VIOLATED, HELD)
    assert model.recorded().run["value"] == pytest.approx(2, abs=1e-7)
    assert model.verdict["validity"].witnesses[0] not in model.traitors


def test_two_stubborn_traitors_hold_the_others_apart() -> None:
    model = Averaging(
        network="ring(n=6)", traitors=2, placement="given(nodes=[0, 3])", max_steps=5000, rng=1
    ).run()
    agreement = model.verdict["agreement"]
    assert agreement.status == VIOLATED
    assert model.verdict.termination == HELD
    one, two = agreement.witnesses
    honest = np.delete(model.opinions, model.traitors)
    assert model.opinions[two] - model.opinions[one] == np.ptp(honest)
    # on a path between two fixed ends averaging settles on a straight line
    low, high = model.opinions[one], model.opinions[two]
    assert high - low == pytest.approx(
        abs(np.subtract(*model._course._settings[0].opinions[[0, 3]])) / 3, abs=1e-6
    )


def test_what_was_never_tested_is_vacuous() -> None:
    model = Averaging(network="petersen", initial="ramp(low=1, high=1)", rng=1).run()
    assert all(judgement.vacuous for judgement in model.verdict.values())
    honest_liar = Averaging(
        network="petersen", traitors=1, conduct="drift(rate=0)", initial="ramp(1, 1)", rng=1
    ).run()
    assert honest_liar.verdict["validity"].vacuous


def test_noise_keeps_averaging_from_rest_and_no_rest_is_owed() -> None:
    model = Averaging(network="petersen", traitors=1, conduct="random", max_steps=300, rng=1).run()
    assert model.verdict.agreement == VIOLATED
    assert model.verdict.termination == INCONCLUSIVE
    assert "no rest is owed" in model.verdict["termination"].reason


def test_rules_that_conserve_no_average_are_not_judged_by_it() -> None:
    assert verdicts(network="complete(n=5)", rule="median")[2] == INCONCLUSIVE


def test_messages_are_counted_silence_is_not() -> None:
    loud = Averaging(network="ring(n=5)", max_steps=7, rng=1).run().recorded().run
    assert (loud["messages"], loud["bytes"]) == (7 * 10, 7 * 80)
    quiet = (
        Averaging(network="ring(n=5)", traitors=1, conduct="silent", max_steps=7, rng=1).run().recorded().run
    )
    assert quiet["messages"] == 7 * (10 - 2)


def test_steps_and_parties_are_recorded_when_asked_for() -> None:
    model = Averaging(
        network="florentine-families", traitors=1, record=["trajectories"], max_steps=9, rng=1
    ).run()
    record = model.recorded()
    assert not record.steps
    parties = record.parties
    assert set(parties) == {"step", "party", "label", "role", "opinion"}
    assert len(parties["step"]) == 15 * (model.clock + 1)
    assert "Medici" in parties["label"]
    assert (parties["role"] == "traitor").sum() == model.clock + 1
    ends = (
        Averaging(network="florentine-families", traitors=1, record=["parties"], max_steps=9, rng=1)
        .run()
        .recorded()
    )
    assert sorted(set(ends.parties["step"])) == [0, 9]
    assert np.array_equal(ends.parties["opinion"][15:], parties["opinion"][-15:])
