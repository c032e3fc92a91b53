"""Sequence charts in print: nothing hides anything, and equal charts make equal files."""

from pathlib import Path
from typing import Any

import pytest
from accord.agents.errors import InputError
from accord.analysis.sequence_chart import Line, SequenceChart
from accord.models import Generals
from matplotlib.transforms import Bbox


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
CROWD = SequenceChart((LONG, BOTH, LOST, BOTH, LAST), tuple(range(13)), (1,))


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
    short = SequenceChart(tuple(lines[:100]), (0, 1), ()).save(tmp_path / "short.svg").read_text()
    assert "<!-- note(50) -->" in short
    assert "left out" not in short
    long = SequenceChart(tuple(lines), (0, 1), ()).save(tmp_path / "long.svg").read_text()
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
