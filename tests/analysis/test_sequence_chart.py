"""Sequence charts: what is drawn is what happened."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from accord.agents.errors import InputError
from accord.analysis.sequence_chart import Line, SequenceChart
from accord.models import Averaging, Generals, Servers
from accord.models.schedule import Schedule
from accord.models.shrinking import shrink
from accord.models.simulation import START, TIMER, Choice
from matplotlib.transforms import Bbox

HOW = "arrows stand where messages arrive; messages to oneself are not drawn"


def chart(
    *lines: Line, parties: tuple[int, ...] = (0, 1, 2), traitors: tuple[int, ...] = ()
) -> SequenceChart:
    return SequenceChart(lines, parties, traitors)


def drawn(*lines: Line, width: int = 60, **settings: Any) -> list[str]:
    return chart(*lines, **settings).text(width=width).splitlines()


@pytest.fixture(scope="module")
def split() -> Any:
    settings = {
        "network": "complete(n=4)",
        "protocol": "bracha(echo=2, amplify=2, deliver=2)",
        "traitors": 1,
        "f": 1,
        "conduct": "equivocating",
        "placement": "first",
        "channel": "uniform",
    }
    runs = (Generals(**settings, rng=seed).run() for seed in range(99))
    shrunk = (shrink(model).replay(model) for model in runs if model.verdict.violated)
    return next(each for each in shrunk if len(each.schedule) == 11)


# What is told


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


# In a terminal: pictures that a person can check


def test_arrows_go_from_sender_to_receivers() -> None:
    assert drawn(
        Line(0, "start", (0, 1, 2), "start"),
        Line(1, "message", (1,), "vote(1)", 0),
        Line(1, "message", (2,), "vote(1)", 0),
        Line(1, "message", (1, 2), "vote(1)", 0),
        Line(2, "message", (0, 2), "no()", 1),
        Line(2, "message", (0,), "no()", 2),
    ) == [
        "  time      party 0      party 1      party 2",
        "     0         ○            ○            ○  start",
        "     1         ├─ vote(1) ─▶│            │",
        "               ├─ vote(1) ──┼───────────▶│",
        "               ├─ vote(1) ─▶┼───────────▶│",
        "     2         │◀───────────●── no() ───▶│",
        "               │◀───────────┼─── no() ───┤",
        "",
        "  ○ start   ● sends to both sides",
    ]


def test_traitors_decisions_timers_and_losses_are_marked() -> None:
    assert drawn(
        Line(0.5, "timer", (0, 1), "timer 1"),
        Line(1, "lost", (0,), "ok()", 1),
        Line(1.25, "decision", (0,), "decides 1"),
        Line(1.25, "gap", (), "7 lines left out"),
        parties=(0, 1),
        traitors=(1,),
    ) == [
        "  time       party 0       traitor 1",
        "  0.50          ◷              ◷  timer 1",
        "  1.00          │✕─── ok() ────┤",
        "  1.25          ◆ decides 1    ┊",
        "                ⋮              ⋮  7 lines left out",
        "",
        "  ◷ timer   ◆ decides   ✕ never arrives, drawn when sent   ┊",
        "  traitor",
    ]


def test_where_there_is_no_room_texts_stand_aside() -> None:
    rows = drawn(
        Line(0, "message", (1,), "a-very-long-message(1)", 0),
        Line(0, "decision", (1,), "decides 1"),
        parties=tuple(range(12)),
        traitors=(1,),
        width=70,
    )
    assert rows[0].split() == ["time", "0", "1*", *map(str, range(2, 12))]
    assert rows[1].endswith("│  0: a-very-long-message(1)")
    assert "◆ 1" in rows[2]
    assert rows[-1] == "  ◆ decides   ┊* traitor"


def test_a_terminal_without_lines_gets_letters() -> None:
    text = chart(Line(1, "message", (0, 2), "no()", 1), traitors=(2,)).text(60, encoding="ascii")
    assert text.splitlines()[1] == "     1         |<----------+-- no() -->:"
    assert text.isascii()


def test_no_row_is_wider_than_the_terminal() -> None:
    long = Line(2.0, "message", (1,), "chain(1, s0, s1, s2, s3, s4, s5, s6, s7, s8, s9)", 0)
    for told in (
        SequenceChart.of(Generals(network="complete(n=4)", rng=1).run()),
        chart(long, parties=tuple(range(7))),
    ):
        for width in (60, 80, 120):
            assert max(map(len, told.text(width).splitlines())) <= width


def test_every_mark_is_explained(split: Any) -> None:
    text = SequenceChart.of(split).text()
    for sign, told in (("○", "start"), ("◆", "decides"), ("┊", "traitor")):
        assert f"{sign} {told}" in text
    assert HOW in text


# In print


def test_figures_are_as_wide_as_a_column_or_up_to_a_page(split: Any) -> None:
    from accord.analysis.style import COLUMN, PAGE

    narrow = SequenceChart.of(split).figure()
    assert narrow.get_figwidth() == COLUMN
    wide = SequenceChart.of(Generals(network="complete(n=13)", rng=1).run()).cut(45).figure()
    assert wide.get_figwidth() == PAGE
    assert wide.get_figheight() < 9.7  # fits a page


LONG = Line(2.0, "message", (1,), "chain(1, s0, s1, s2, s3, s4, s5)", 0)
BOTH = Line(1.0, "message", (0, 1, 3), "proposal(1, None)", 2)
LOST = Line(1.0, "lost", (0, 1, 3), "proposal(1, None)", 2)
LAST = Line(2.0, "decision", (12,), "decides 1")
CROWD = chart(LONG, BOTH, LOST, BOTH, LAST, parties=tuple(range(13)), traitors=(1,))


def test_texts_of_a_figure_stay_on_it(split: Any) -> None:
    for told in (SequenceChart.of(split), CROWD):
        figure = told.figure()
        figure.draw_without_rendering()
        width, height = figure.get_size_inches() * figure.dpi
        legend = figure.axes[0].get_legend()
        assert legend is not None
        for text in (*figure.axes[0].texts, *legend.get_texts()):
            box = text.get_window_extent()
            assert box.x0 >= 0, text
            assert box.x1 <= width, text
            assert box.y0 >= 0, text
            assert box.y1 <= height, text


def test_texts_of_a_figure_hide_no_mark_and_no_text(split: Any) -> None:
    for told in (SequenceChart.of(split), CROWD):
        figure = told.figure()
        figure.draw_without_rendering()
        (ax,) = figure.axes
        inch, size = figure.dpi, 4 * figure.dpi / 72
        marks = [
            Bbox.from_bounds(x * inch - size / 2, (y + figure.get_figheight()) * inch - size / 2, size, size)
            for line in ax.lines
            if line.get_marker() not in ("None", "")
            for x, y in zip(*line.get_data(), strict=True)
        ]
        boxes = [text.get_window_extent() for text in ax.texts if text.get_text()]
        assert marks
        for at, box in enumerate(boxes):
            assert not any(box.overlaps(other) for other in (*marks, *boxes[at + 1 :])), ax.texts[at]


def test_a_figure_explains_its_marks_its_axis_and_its_verdict(split: Any) -> None:
    (ax,) = SequenceChart.of(split).figure().axes
    legend = ax.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == ["start", "decides", "traitor"]
    texts = [text.get_text() for text in ax.texts]
    assert "time\n(rounds)" in texts
    assert texts[0].startswith("Agreement violated at step ")
    legend = CROWD.figure().axes[0].get_legend()
    assert legend is not None
    assert legend.get_texts()[1].get_text() == "never arrives, drawn when sent"


def test_files_are_cut_only_where_they_are_very_long(tmp_path: Path) -> None:
    lines = [Line(float(time), "message", (1,), f"note({time})", 0) for time in range(402)]
    short = chart(*lines[:100], parties=(0, 1)).save(tmp_path / "short.svg").read_text()
    assert "<!-- note(50) -->" in short
    assert "left out" not in short
    long = chart(*lines, parties=(0, 1)).save(tmp_path / "long.svg").read_text()
    assert "3 lines left out" in long


@pytest.mark.parametrize("suffix", [".svg", ".pdf", ".png"])
def test_equal_charts_make_equal_files(split: Any, tmp_path: Path, suffix: str) -> None:
    told = SequenceChart.of(split)
    first, second = (told.save(tmp_path / name / f"chart{suffix}") for name in "ab")
    assert first.read_bytes() == second.read_bytes()
    assert first.stat().st_size > 1000


def test_other_endings_are_refused(split: Any, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a chart is written as \.svg, \.pdf, \.png; use chart\.svg"):
        SequenceChart.of(split).save(tmp_path / "chart.jpeg")
