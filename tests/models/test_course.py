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


def test_who_is_led_by_a_traitor_has_not_arrived() -> None:
    # the honest agree long before they are dragged out of their hull
    model = Averaging(
        network="complete(n=200)",
        traitors=1,
        conduct="stubborn(value=2)",
        tolerance=0.01,
        max_steps=5000,
        rng=1,
    ).run()
    assert model.verdict.validity == VIOLATED
    assert model.recorded().run["value"] == pytest.approx(2, abs=0.01)


def test_who_stands_still_while_lies_change_is_not_at_rest() -> None:
    model = Averaging(
        network="circulant(n=12, offsets=[1, 2])",
        rule="median",
        traitors=1,
        conduct="random",
        max_steps=200,
        rng=0,
    ).run()
    assert model.verdict.termination == INCONCLUSIVE
    assert model.clock == 200


def test_slow_is_not_at_rest() -> None:
    model = Averaging(network="ring(n=60)", tolerance=1e-4, max_steps=20_000, rng=1).run()
    assert model.verdict.agreement == HELD
    assert model.clock > 1000


def test_a_tolerance_excuses_nobody_from_the_hull() -> None:
    parameters = {
        "network": "complete(n=5)",
        "initial": "ramp",
        "traitors": 1,
        "placement": "given(nodes=[2])",
    }
    outside = Averaging(
        **parameters, conduct="stubborn(value=1.001)", tolerance=0.1, max_steps=400, rng=1
    ).run()
    assert outside.verdict.validity == VIOLATED
    inside = Averaging(**parameters, conduct="stubborn(value=1)", tolerance=0.1, max_steps=400, rng=1).run()
    assert inside.verdict.validity == HELD


def test_a_mean_that_slips_by_a_millionth_is_not_conserved() -> None:
    # the honest mean of the ramp is 1/2, and so is what the honest middle says
    parameters = {
        "network": "complete(n=5)",
        "initial": "ramp",
        "traitors": 1,
        "placement": "given(nodes=[2])",
    }
    assert Averaging(**parameters, conduct="stubborn", rng=1).run().verdict.average == HELD
    slipping = Averaging(**parameters, conduct="stubborn(value=0.500001)", rng=1).run()
    assert slipping.verdict.average == VIOLATED


def test_a_great_lie_is_no_divergence() -> None:
    model = Averaging(
        network="petersen",
        initial="ramp(1, 1)",
        traitors=1,
        conduct="stubborn(value=1e7)",
        max_steps=5000,
        rng=1,
    ).run()
    assert (model.verdict.agreement, model.verdict.termination) == (HELD, HELD)
    assert model.recorded().run["value"] == pytest.approx(1e7)


def test_silence_between_traitors_is_no_message() -> None:
    model = Averaging(
        network="ring(n=5)", traitors=2, placement="given(nodes=[0, 1])", conduct="silent", max_steps=3, rng=1
    ).run()
    assert model.recorded().run["messages"] == 3 * 6
