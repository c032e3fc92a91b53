"""What every figure promises: Axes with labels and a key, on little and on much; missing columns named."""

from contextlib import suppress
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest
from accord import Result
from accord.agents.errors import InputError
from accord.analysis.figures import Figure, figures
from accord.analysis.frames import finished
from accord.analysis.scenarios import beside_runs, described
from accord.analysis.style import save
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Page

PANELS: dict[str | None, set[str]] = {
    "network": {"Complete", "Petersen"},
    "rule": {"Linear", "W-MSR", "Median"},
    "protocol": {"Ben-Or", "Bracha"},
    "nodes": {"n = 6", "n = 7"},
    "traitors": {"0 traitors", "1 traitor"},
    "cost": {"Messages per command", "Rounds to the answer", "Bytes per command"},
    "quantity": {"Latency", "Throughput", "Reigns"},
    "quota": {"Majority", "Unanimity"},
    "deadline": {"10 rounds", "20 rounds"},
    "matching": {"Replacement", "Leaving"},
    "trader": {"Zero intelligence", "Truthful"},
    "who": {"All", "Honest", "Liars"},
    "tactic": {"Time-dependent", "Equilibrium", "MiCRO"},
    "liars": {
        f"{conduct} liars, {who}"
        for conduct in ("Silent", "Colluding")
        for who in ("honest proposer", "one of whom proposes")
    },
    "setting": {
        "0 traitors,\nLinear, ring",
        "1 traitor,\nLinear, ring",
        "1 traitor,\nW-MSR, ring",
        "1 traitor,\nW-MSR, complete",
    },
    None: set(),
}
LEDGERS = {"HotStuff", "PBFT"}


@pytest.fixture(params=list(figures))
def figure(request: pytest.FixtureRequest) -> Figure:
    return figures[request.param]


@pytest.fixture
def ax() -> Axes:
    return Page(layout="constrained").add_subplot()


@pytest.fixture
def own(
    figure: Figure, result: Result, agreements: Result, matchings: Result, sweeps: tuple[Result, ...]
) -> Result:
    """Runs of the model that the figure is for."""
    if figure is figures["power-network"]:
        return matchings
    suited = (each for each in sweeps if set(figure.needs) <= columns_of(figure, each))
    return next(suited, agreements if "protocol" in figure.needs else result)


def columns_of(figure: Figure, result: Result) -> set[str]:
    beside = set() if figure.frame == "runs" else {*getattr(result, figure.frame), "conduct", "endowment"}
    return {*result.runs.columns, *beside}


def frame_of(figure: Figure, result: Result, runs: int) -> pd.DataFrame:
    some = finished(result.runs).iloc[:runs]
    return described(some) if figure.frame == "runs" else beside_runs(result, figure.frame, some)


@pytest.mark.parametrize("runs", [1, 24])
def test_draws_little_and_much(figure: Figure, own: Result, ax: Axes, runs: int, tmp_path: Path) -> None:
    frame = frame_of(figure, own, runs)
    before, settings = frame.copy(), dict(mpl.rcParams)
    assert figure(frame, ax=ax) is ax
    pd.testing.assert_frame_equal(frame, before)
    assert dict(mpl.rcParams) == settings
    for path in save(ax, tmp_path / "figure"):
        assert path.stat().st_size > 3000
    explained = [ax.get_legend() is not None, len(ax.get_figure().axes) > 1]  # a legend or a colour bar
    assert any(explained)
    if ax.axison:
        assert ax.get_xlabel()


def test_draws_with_only_the_columns_that_it_needs(figure: Figure, own: Result, ax: Axes) -> None:
    drawn = figure in (figures["opinion-network"], figures["power-network"])
    more = ["step", "seed", "replicate", "network"] if drawn else []
    assert figure(frame_of(figure, own, 1)[[*figure.needs, *more]], ax=ax) is ax


def test_makes_axes_of_its_own(figure: Figure, own: Result) -> None:
    from matplotlib import pyplot as plt

    drawn = figure(frame_of(figure, own, 3))
    assert drawn.figure.number in plt.get_fignums()
    plt.close(drawn.figure)


def test_a_page_has_a_panel_for_each_case(
    figure: Figure, own: Result, ledgers: Result, tmp_path: Path
) -> None:
    page = figure.page(own)
    titles = {ax.get_title() for ax in page.axes} - {""}
    assert titles == (LEDGERS if own is ledgers and figure.columns == "protocol" else PANELS[figure.columns])
    one, two = (save(drawn, tmp_path / name) for drawn, name in ((page, "one"), (figure.page(own), "two")))
    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(one, two, strict=True))


def test_tells_of_another_models_runs_or_draws_them(figure: Figure, sweeps: tuple[Result, ...]) -> None:
    for other in sweeps:
        with suppress(InputError):  # anything else is a defect
            figure.page(other)


def test_names_the_column_that_is_missing(figure: Figure, own: Result, ax: Axes) -> None:
    frame = frame_of(figure, own, 1)
    for column in figure.needs:
        with pytest.raises(InputError, match=f"'{column}'"):
            figure(frame.drop(columns=column), ax=ax)
    with pytest.raises(InputError, match="rows"):
        figure(frame[:0], ax=ax)


def test_has_a_caption(figure: Figure) -> None:
    assert figure.caption.endswith(".")
    assert "\n" not in figure.caption
