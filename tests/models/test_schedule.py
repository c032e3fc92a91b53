"""Schedules: runs are made again from their choices, and from parts of them as the fault model allows."""

from typing import Any

import pytest
from accord.agents.errors import InputError
from accord.agents.keys import Signature
from accord.agents.machine import Decide
from accord.agents.protocols import Timing
from accord.models import Averaging, Generals
from accord.models.channels import channels
from accord.models.schedule import Promise, Schedule, spelled
from accord.models.schedulers import schedulers
from accord.models.simulation import START, TIMER, Choice, Coin

SPLIT = {  # thresholds that an equivocating sender can split
    "network": "complete(n=4)",
    "protocol": "bracha(echo=2, amplify=2, deliver=2)",
    "traitors": 1,
    "f": 1,
    "conduct": "equivocating",
    "placement": "first",
    "channel": "uniform",
}
KINGS = {"network": "complete(n=5)", "protocol": "phase-king", "initial": "bits", "traitors": 1}
FLIPS = {"network": "complete(n=4)", "protocol": "ben-or", "initial": "bits", "scheduler": "random"}


def followed(model: Any, choices: Any, **settings: Any) -> Any:
    return Schedule(tuple(choices), **settings).replay(model)


def heard(choice: Any) -> bool:
    return isinstance(choice, Choice) and choice.sender >= 0


# Exactly the same


def same(model: Any) -> None:
    schedule = Schedule.of(model)
    again = schedule.replay(model)
    assert tuple(again.simulation.trace) == schedule.choices
    assert again.script.skipped == 0
    assert again.simulation.decisions == model.simulation.decisions
    assert again.simulation.states == model.simulation.states
    assert again.simulation.sent == model.simulation.sent
    assert again.verdict == model.verdict
    assert again.outcome()["ended"] == model.outcome()["ended"]


@pytest.mark.parametrize("scheduler", schedulers)
@pytest.mark.parametrize("settings", [SPLIT, KINGS, FLIPS], ids=["bracha", "phase king", "Ben-Or"])
def test_a_run_is_made_again_from_its_choices_under_any_scheduler(
    settings: dict[str, Any], scheduler: str
) -> None:
    same(Generals(**{**settings, "scheduler": scheduler}, rng=3).run())


@pytest.mark.parametrize(
    "channel", [*channels, "duplication(p=0.5) + uniform", "loss(p=0.3) + uniform(high=3)"]
)
def test_a_run_is_made_again_from_its_choices_over_any_channel(channel: str) -> None:
    for settings in (SPLIT, KINGS):
        same(Generals(**{**settings, "channel": channel, "conduct": "replaying"}, rng=5).run())


def test_adaptive_traitors_are_corrupted_again() -> None:
    model = Generals(network="complete(n=7)", protocol="bracha", traitors=2, conduct="adaptive", rng=1).run()
    same(model)
    assert Schedule.of(model).replay(model).traitors.tolist() == model.traitors.tolist()


def test_a_run_that_was_cut_off_is_not_over_when_made_again() -> None:
    # all that is under way is a traitor's, who may yet send what the others wait for
    waiting = {
        "protocol": "bracha(deliver=4)",
        "traitors": 1,
        "placement": "last",
        "conduct": "delaying(by=100)",
    }
    model = Generals(network="complete(n=4)", **waiting, max_steps=20, rng=1).run()
    again = Schedule.of(model).replay(model)
    assert model.verdict.termination == "inconclusive"
    assert again.verdict == model.verdict


def test_a_traced_run_is_not_made_again() -> None:
    model = Generals(**SPLIT, rng=1, traced=True).run()
    assert Schedule.of(model).choices == tuple(model.simulation.trace)
    assert Schedule.of(model) == Schedule.of(Generals(**SPLIT, rng=1).run())


def test_what_parties_tell_themselves_does_not_count_as_events() -> None:
    choices = Choice(0, START, None), Choice(0, 0, "mine"), Choice(1, 0, "yours"), Coin(1, "side", 1)
    assert len(Schedule(choices)) == 2


def test_models_without_messages_have_none() -> None:
    with pytest.raises(InputError, match="averaging has no schedule, no messages are sent in it"):
        Schedule.of(Averaging(network="petersen", max_steps=2, rng=1).run())


# Parts of schedules


def test_nothing_reaches_who_has_not_started() -> None:
    model = Generals(**SPLIT, rng=1).run()
    choices = [each for each in Schedule.of(model).choices if each[:2] != (3, START)]
    again = followed(model, choices)
    assert again.simulation.states[3] is None
    assert {each.node for each in again.script.happened} == {0, 1, 2}
    assert again.script.skipped >= sum(each.node == 3 for each in choices)


def test_what_was_not_sent_does_not_arrive() -> None:
    model = Generals(**SPLIT, rng=1).run()
    choices = Schedule.of(model).choices
    again = followed(model, [each for each in choices if each[:2] != (0, START)])
    assert again.simulation.events == 3  # the other starts
    assert again.script.skipped == len(choices) - 4


def test_a_message_arrives_once_unless_the_channel_repeats_it() -> None:
    for channel, times in (("uniform", 1), ("duplication(p=0.5) + uniform", 3)):
        model = Generals(**{**SPLIT, "channel": channel}, rng=1).run()
        choices = Schedule.of(model).choices
        first = next(each for each in choices if heard(each) and each.sender != each.node)
        at = choices.index(first)
        again = followed(model, (*choices[:at], first, first, *choices[at:]))
        kept = [each[:3] for each in again.simulation.trace]
        before = [each[:3] for each in choices].count(first[:3])
        assert kept.count(first[:3]) == before + times - 1


def test_prompt_parties_hear_themselves_at_once() -> None:
    model = Generals(**SPLIT, rng=1).run()
    again = followed(model, [Choice(0, START, None)], prompt=True)
    assert [each.sender for each in again.script.happened] == [START, *[0] * (again.simulation.events - 1)]
    assert again.simulation.now == 0.0


def test_a_coin_that_is_not_listed_falls_on_the_first_value() -> None:
    model = Generals(**FLIPS, rng=3).run()
    choices = Schedule.of(model).choices
    assert {each.value for each in choices if isinstance(each, Coin)} == {0, 1}
    again = followed(model, [each for each in choices if isinstance(each, Choice)])
    assert {each.value for each in again.simulation.trace if isinstance(each, Coin)} == {0}


def test_where_a_bound_is_promised_honest_messages_hold_up_the_timers() -> None:
    # party 4 is the traitor: what it says may be left out, what the others say may not
    model = Generals(**KINGS, placement="last", conduct="equivocating", rng=1).run()
    choices = Schedule.of(model).choices
    timers = sum(each.sender == TIMER for each in choices if isinstance(each, Choice))
    silenced = followed(model, [each for each in choices if not (heard(each) and each.sender == 4)])
    assert sum(each.sender == TIMER for each in silenced.script.happened) == timers
    for node in (1, 2):  # what party 1 tells itself, and what it tells another
        honest = next(each for each in choices if heard(each) and each.sender == 1 and each.node == node)
        at = choices.index(honest)
        stuck = followed(model, (*choices[:at], *choices[at + 1 :]))
        went_off = [each.time for each in stuck.script.happened if each.sender == TIMER]
        assert max(went_off, default=0.0) <= honest.time
        assert stuck.outcome()["ended"] == "schedule-limit"
        assert stuck.verdict.termination == "inconclusive"


def test_where_messages_may_be_lost_timers_go_off_all_the_same() -> None:
    model = Generals(**KINGS, placement="last", channel="loss(p=0.1)", rng=1).run()
    choices = Schedule.of(model).choices
    deaf = followed(model, [each for each in choices if not (heard(each) and each.sender == 1 != each.node)])
    assert sum(each.sender == TIMER for each in deaf.script.happened) == sum(
        each.sender == TIMER for each in choices if isinstance(each, Choice)
    )


def test_what_is_lost_does_not_arrive_after_a_timer_that_it_should_have_preceded() -> None:
    model = Generals(**KINGS, placement="last", channel="loss(p=0.1)", rng=1).run()
    choices = list(Schedule.of(model).choices)
    early = next(each for each in choices if heard(each) and each.sender == 1 and each.node == 2)
    choices.remove(early)
    late = followed(model, [*choices, early])
    assert late.script.skipped > 0
    assert all(each.what != early.what or each.node != 2 or each.sender != 1 for each in late.script.happened)


def test_timers_of_honest_parties_go_off_in_their_order() -> None:
    model = Generals(**KINGS, placement="last", rng=1).run()
    choices = Schedule.of(model).choices
    first = next(each for each in choices if isinstance(each, Choice) and each.sender == TIMER)
    again = followed(model, [each for each in choices if each is not first])
    went_off = [each.time for each in again.script.happened if each.sender == TIMER]
    assert went_off
    assert set(went_off) == {first.time}  # party 0's is still to come, so no later one may


def test_no_timer_goes_off_before_every_honest_party_has_started() -> None:
    model = Generals(**KINGS, placement="last", rng=1).run()
    choices = Schedule.of(model).choices
    asleep = followed(model, [each for each in choices if each[:2] != (2, START)])
    assert all(each.sender != TIMER for each in asleep.script.happened)
    without_traitor = followed(model, [each for each in choices if each[:2] != (4, START)])
    assert any(each.sender == TIMER for each in without_traitor.script.happened)


def test_time_does_not_pass_a_timer_that_is_still_to_go_off() -> None:
    model = Generals(**KINGS, placement="last", conduct="equivocating", rng=1).run()
    choices = Schedule.of(model).choices
    first = next(each for each in choices if heard(each) and each.sender == 4 != each.node)
    later = [each._replace(time=99.0) if each is first else each for each in choices]
    assert tuple(followed(model, later).simulation.trace) == choices


def test_a_lasting_schedule_goes_on_with_what_is_owed() -> None:
    model = Generals(network="complete(n=4)", protocol="bracha(deliver=4)", traitors=1, rng=1).run()
    assert model.verdict.violated == ("termination",)
    again = followed(model, (), until="termination")
    assert again.outcome()["ended"] == "blocked"
    assert again.verdict.violated == ("termination",)
    assert not again.script.owed()


def test_a_run_ends_at_the_violation_that_it_goes_to() -> None:
    model = next(
        each for each in (Generals(**SPLIT, rng=seed).run() for seed in range(99)) if each.verdict.violated
    )
    again = followed(model, Schedule.of(model).choices, until="agreement")
    assert again.verdict.violated == ("agreement",)
    last = again.script.happened[-1]
    (made,) = [each for each in again.simulation.deeds[-1] if isinstance(each, Decide)]
    assert again.simulation.decisions[last.node][-1].value == made.value
    assert again.simulation.events < model.simulation.events


# Promises


@pytest.mark.parametrize(
    ("channel", "timing", "promise"),
    [
        ("constant", Timing.SYNCHRONOUS, Promise(1.0, 0.0, True, False)),
        ("constant", Timing.ASYNCHRONOUS, Promise(reliable=True)),
        ("loss(p=0.1)", Timing.SYNCHRONOUS, Promise(1.0, 0.0, False, False)),
        ("duplication(p=0.1)", Timing.EVENTUAL, Promise(1.0, 0.0, True, True)),
        ("exponential + stabilisation(at=9, bound=2)", Timing.EVENTUAL, Promise(2.0, 9.0, True, False)),
    ],
)
def test_a_network_owes_what_its_channel_promises_and_the_protocol_counts_on(
    channel: str, timing: Timing, promise: Promise
) -> None:
    assert Promise.of(channels.choose(channel), timing) == promise


def test_what_was_sent_before_stabilisation_is_due_after_it() -> None:
    promise = Promise(2.0, 9.0)
    assert (promise.due(1.0), promise.due(10.0)) == (11.0, 12.0)


# Texts


def test_equal_things_are_spelled_alike_and_different_ones_apart() -> None:
    signature = Signature(1, b"tag")
    assert spelled((frozenset({"b", "a"}), None)) == "({'a', 'b'}, None)"
    assert spelled(signature) == "Signature(1, b'tag')" != spelled(Signature(1, b"tug"))


def test_a_schedule_of_texts_is_the_same_run() -> None:
    model = Generals(**FLIPS, rng=3).run()
    choices = [
        Coin(each.node, spelled(each.key), spelled(each.value))
        if isinstance(each, Coin)
        else each._replace(what=spelled(each.what))
        for each in Schedule.of(model).choices
    ]
    again = followed(model, choices, written=True)
    assert again.simulation.trace == list(Schedule.of(model).choices)
