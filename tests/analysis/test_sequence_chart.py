"""Sequence charts: what is drawn is what happened."""

from itertools import pairwise
from typing import Any

import pytest
from accord.agents.errors import InputError
from accord.analysis.sequence_chart import Line, SequenceChart
from accord.models import Averaging, Generals, Servers
from accord.models.schedule import Schedule
from accord.models.simulation import START, TIMER, Choice

HOW = "arrows stand where messages arrive; messages to oneself are not drawn"


def chart(
    *lines: Line, parties: tuple[int, ...] = (0, 1, 2), traitors: tuple[int, ...] = ()
) -> SequenceChart:
    return SequenceChart(lines, parties, traitors)


def test_every_event_between_parties_has_a_place(split: Any) -> None:
    told = SequenceChart.of(split)
    events = sum(len(line.parties) for line in told.lines if line.kind != "decision")
    assert events == len(split.schedule)
    decided = {party: line.text for line in told.lines if line.kind == "decision" for party in line.parties}
    made = {node: f"decides {each[0].value}" for node, each in enumerate(split.simulation.decisions) if each}
    assert decided == made
    assert told.traitors == (0,)
    assert [line.time for line in told.lines] == sorted(line.time for line in told.lines)


def test_those_who_take_no_part_are_left_out_and_named(split: Any) -> None:
    told = SequenceChart.of(split)
    (idle,) = set(range(4)) - set(told.parties)
    assert told.notes[:2] == (HOW, f"party {idle} takes no part")
    assert "still under way" in told.notes[2]


def test_a_broadcast_is_one_arrow() -> None:
    told = SequenceChart.of(Generals(network="complete(n=4)", rng=1).run())
    assert told.lines[0] == Line(0.0, "start", (0, 1, 2, 3), "start")
    assert told.lines[1].kind == "message"
    assert told.lines[1].parties == (1, 2, 3)
    assert told.lines[1].sender == 0
    assert sum(len(line.parties) for line in told.lines if line.kind == "message") == 27  # (n-1)(2n+1)
    assert told.notes == (HOW,)


def test_what_arrives_twice_is_told_twice() -> None:
    model = Generals(network="complete(n=4)", channel="duplication(p=1)", rng=1).run()
    told = SequenceChart.of(model)
    arrived = sum(len(line.parties) for line in told.lines if line.kind == "message")
    assert arrived == 2 * model.outcome()["messages"]


def test_lost_messages_are_crossed_where_they_were_sent() -> None:
    model = Generals(network="complete(n=4)", channel="loss(p=0.3)", rng=1).run()
    told = SequenceChart.of(model)
    arrived = sum(len(line.parties) for line in told.lines if line.kind == "message")
    lost = sum(len(line.parties) for line in told.lines if line.kind == "lost")
    assert lost > 0
    assert arrived + lost == model.outcome()["messages"]
    assert told.notes == (HOW,)


def test_timers_are_told_by_name() -> None:
    model = Generals(network="complete(n=5)", protocol="phase-king", initial="bits", traitors=1, rng=1).run()
    choices = Schedule.of(model).choices
    told = SequenceChart.of(model)
    names = [line.text for line in told.lines if line.kind == "timer"]
    first = next(each for each in choices if isinstance(each, Choice) and each.sender == TIMER)
    assert names[0] == f"timer {first.what}"
    assert any(line.kind == "start" for line in told.lines)
    assert START not in {line.sender for line in told.lines}


def test_what_servers_enter_and_clients_are_answered_is_told_where_it_happens() -> None:
    model = Servers(network="complete(n=3)", clients=1, commands=2, pause=3, rng=1)
    lines = SequenceChart.of(model.run()).lines
    entered = [(line.parties, line.text) for line in lines if line.kind == "entry"]
    for node in range(3):
        told = [text for parties, text in entered if node in parties]
        assert told == [f"enters {each}" for each in model.ledger(node) if each is not None]
    answers = [(line.time, line.parties, line.text) for line in lines if line.kind == "answer"]
    ends = [(end[0], (3,), f"{command} is {end[2]}") for command, end in model.simulation.returned.items()]
    assert answers == ends
    for before, line in pairwise(lines):
        assert line.kind != "answer" or before.text.startswith("reply(")


def test_timers_on_which_nothing_comes_are_left_out() -> None:
    model = Servers(network="complete(n=3)", clients=1, commands=2, rng=1, traced=True).run()
    lines = SequenceChart.of(model).lines
    rung = [each for each in model.simulation.trace if isinstance(each, Choice) and each.sender == TIMER]
    drawn = [line for line in lines if line.kind == "timer"]
    assert 0 < len(drawn) < len(rung) / 3
    for line, after in pairwise(lines):
        if line.kind == "timer":  # what they made somebody say arrives a round later
            said = [each for each in lines if each.sender in line.parties and each.time == line.time + 1]
            assert said or line.time + 1 > model.simulation.now, (line, after)


def test_arrivals_at_different_times_are_different_arrows() -> None:
    # ben-or waits for three parties more, so nothing else happens between the arrivals of one report
    model = Generals(
        network="complete(n=7)",
        protocol="ben-or",
        f=3,
        traitors=3,
        channel="exponential(mean=5) + loss(p=0.3)",
        max_steps=300,
        rng=0,
    ).run()
    again = Schedule.of(model).replay(model)
    arrived = {(each.time, each.node, each.sender) for each in again.script.happened if each.sender >= 0}
    arrows = [line for line in SequenceChart.of(model).lines if line.kind == "message"]
    drawn = {(line.time, party, line.sender) for line in arrows for party in line.parties}
    assert drawn == {each for each in arrived if each[1] != each[2]}


def test_the_title_tells_the_verdict(split: Any) -> None:
    judgement = split.verdict["agreement"]
    by = ", ".join(map(str, judgement.witnesses))
    assert SequenceChart.of(split).title == f"Agreement violated at step {judgement.step} by {by}"
    assert SequenceChart.of(Generals(network="complete(n=4)", rng=1).run()).title == "No property violated"


def test_a_cut_keeps_decisions() -> None:
    lines = [Line(float(time), "message", (1,), f"note({time})", 0) for time in range(100)]
    for at in (40, 41, 43):
        lines[at] = Line(float(at), "decision", (at % 2,), "decides 1")
    cut = chart(*lines).cut(12).lines
    assert cut == (
        *lines[:2],
        Line(2.0, "gap", (), "38 lines left out"),
        *lines[40:44],
        Line(44.0, "gap", (), "52 lines left out"),
        *lines[96:],
    )
    assert [line for line in chart(*lines).cut(1).lines if line.kind != "gap"] == lines[40:44]


def test_a_long_chart_is_cut_in_the_middle() -> None:
    lines = [Line(float(time), "message", (1,), f"note({time})", 0) for time in range(100)]
    cut = chart(*lines).cut(10)
    assert len(cut.lines) == 10
    assert cut.lines[:3] == tuple(lines[:3])
    assert cut.lines[3] == Line(3.0, "gap", (), "91 lines left out")
    assert cut.lines[4:] == tuple(lines[-6:])
    assert chart(*lines[:10]).cut(10).lines == tuple(lines[:10])


def test_models_without_messages_have_none() -> None:
    with pytest.raises(InputError, match="averaging has no schedule"):
        SequenceChart.of(Averaging(network="petersen", max_steps=2, rng=1).run())


def test_the_latest_lines_of_a_run_under_way_are_those_of_the_whole() -> None:
    model = Servers(network="complete(n=3)", clients=1, commands=4, rng=1, traced=True)
    whole = SequenceChart.of(Servers(network="complete(n=3)", clients=1, commands=4, rng=1).run()).lines
    while model.running:
        model.step()
        so_far = tuple(line for line in whole if line.time <= model.clock)
        latest = SequenceChart.latest(model, 8)
        assert latest.lines == so_far[-8:]
        assert set(latest.parties) <= set(range(4))
    assert len(so_far) > 16


def test_the_latest_lines_tell_how_coins_fell() -> None:
    model = Generals(network="complete(n=4)", protocol="ben-or", initial="bits", rng=3, traced=True).run()
    lines = SequenceChart.latest(model, 10_000).lines
    assert lines == SequenceChart.of(model).lines
    assert any(line.kind == "decision" for line in lines)
