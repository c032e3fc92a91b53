"""Sequence charts in letters: pictures that a person can check."""

from typing import Any

from accord.analysis.sequence_chart import Line, SequenceChart
from accord.models import Generals


def chart(
    *lines: Line, parties: tuple[int, ...] = (0, 1, 2), traitors: tuple[int, ...] = ()
) -> SequenceChart:
    return SequenceChart(lines, parties, traitors)


def drawn(*lines: Line, width: int = 60, **settings: Any) -> list[str]:
    return chart(*lines, **settings).text(width=width).splitlines()


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
    assert "arrows stand where messages arrive; messages to oneself are not drawn" in text
