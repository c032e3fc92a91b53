"""The report: says what was asked, what was done and what came out, and survives whatever is wrong."""

from pathlib import Path

import pandas as pd
import pytest
from accord import Result, Study, sweep
from accord.analysis.figures import figures
from accord.analysis.measures import measures
from accord.analysis.report import fitting, markdown, write_report
from accord.experiments.studies import studies


def study(**more: object) -> Study:
    return Study(name="mine", question="Who agrees?", model="averaging", factors={}, **more)


@pytest.fixture(scope="module")
def report(result: Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    main = studies["traitors"]
    return write_report(
        result, study(measures=main.measures, figures=main.figures), tmp_path_factory.mktemp("report") / "new"
    )


def test_answers_in_numbers(report: Path) -> None:
    text = report.read_text(encoding="utf-8")
    assert text.startswith("# Who agrees?\n")
    for sentence in (
        "conserved the average in 6 of 6 runs",
        "the spectral rate was met in 6 of 6 runs",
        "captured linear averaging in 12 of 12 runs",
        "W-MSR in 12 of 12 runs",
        "Petersen 0 (random), 0 (highest degree) [1-robust, guaranteed 0]",
    ):
        assert sentence in text
    assert "Not available" not in text
    assert "72 runs (72 ok)" in text
    assert "| network | `complete(n=6)`, `petersen` |" in text
    assert "With python" in text


def test_writes_every_table_and_figure(report: Path) -> None:
    for name in studies["traitors"].measures:
        assert name in measures
        assert len(pd.read_csv(report.parent / "tables" / f"{name}.csv"))
    for name in studies["traitors"].figures:
        assert name in figures
        for ending in ("png", "pdf"):
            assert (report.parent / "figures" / f"{name}.{ending}").stat().st_size > 3000
        assert f"![{name.replace('-', ' ').capitalize()}](figures/{name}.png)" in report.read_text(
            encoding="utf-8"
        )


def test_is_the_same_when_written_again(report: Path, result: Result, tmp_path: Path) -> None:
    main = studies["traitors"]
    again = write_report(result, study(measures=main.measures, figures=main.figures), tmp_path)
    assert again.read_bytes() == report.read_bytes()


def test_a_study_that_names_nothing_still_has_a_report(result: Result, tmp_path: Path) -> None:
    text = write_report(result, study(), tmp_path).read_text(encoding="utf-8")
    assert "No measure was asked for." in text
    assert "`tolerance`" in text
    assert "`tolerance-map`" in text
    assert "`threshold`" not in text
    assert "`phase-diagram`" not in text
    assert "## Figures" not in text
    assert "## How to reproduce" in text


def test_what_fits_depends_on_what_was_run(agreements: Result) -> None:
    fit = fitting(agreements)
    assert {"connectivity", "threshold", "message-cost"} <= set(fit["measure"])
    assert {"connectivity-threshold", "phase-diagram"} <= set(fit["figure"])
    assert not {"tolerance", "capture"} & set(fit["measure"])
    assert not {"disagreement", "trajectories"} & set(fit["figure"])


def test_levels_are_spelled_out(tmp_path: Path) -> None:
    found = sweep("averaging", {"network": ["ring(n=5)", "ring"], "tolerance": 1.0, "max_steps": 2})
    text = write_report(found, study(measures=("tolerance",)), tmp_path).read_text(encoding="utf-8")
    assert "| network | `ring(n=5)`, `ring(n=20)` |" in text
    assert "| tolerance | `1` |" in text
    assert "| linear | ring(n=20) |" in text


def test_levels_that_are_lists_are_told(tmp_path: Path) -> None:
    factors = {"domain": "pie(steps=4)", "domain.discount": [[0.9, 0.8], [0.5, 0.5]], "tactic": "stubborn"}
    text = write_report(sweep("negotiation", factors), study(), tmp_path).read_text(encoding="utf-8")
    assert "| domain.discount | `[0.9, 0.8]`, `[0.5, 0.5]` |" in text


def test_figures_that_were_drawn_before_are_told(result: Result, tmp_path: Path) -> None:
    write_report(result, study(figures=("tolerance-map",)), tmp_path)
    text = write_report(result, study(figures=("disagreement",)), tmp_path).read_text(encoding="utf-8")
    assert "Drawn before, and left as they were: [tolerance-map](figures/tolerance-map.png)." in text
    again = write_report(result, study(figures=("disagreement", "tolerance-map")), tmp_path)
    assert "Drawn before" not in again.read_text(encoding="utf-8")


def test_one_that_fails_does_not_cost_the_rest(
    result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(figures["tolerance-map"], "_paint", broken)
    names = {"measures": ("no-such", "validity"), "figures": ("tolerance-map", "disagreement", "heat-map")}
    text = write_report(result, study(**names), tmp_path).read_text(encoding="utf-8")
    assert "*Not available: unknown measure 'no-such'" in text
    assert "ZeroDivisionError: a bug" in text
    assert "*Not available: unknown figure 'heat-map'" in text
    assert "![Disagreement]" in text
    assert "W-MSR in 12 of 12 runs" in text


def test_frames_that_were_not_recorded_are_told(tmp_path: Path) -> None:
    found = sweep("averaging", {"network": "petersen"}, record=())
    names = {"measures": ("contraction", "conservation"), "figures": ("disagreement", "opinion-network")}
    text = write_report(found, study(**names), tmp_path).read_text(encoding="utf-8")
    assert (
        text.count("*Not available: steps were not recorded; sweep with record=('steps',) to have them.*")
        == 2
    )
    assert "![Opinion network]" in text  # made again


def test_failed_runs_are_told(tmp_path: Path) -> None:
    factors = {"network": "erdos-renyi(n=12, p=0.05)", "traitors": [0, 1]}
    found = sweep("averaging", factors, replicates=2, out=tmp_path / "sweep")
    assert set(found.runs["status"]) == {"failed"}
    names = {
        "measures": ("tolerance", "capture"),
        "figures": ("tolerance-map", "disagreement", "trajectories"),
    }
    text = write_report(found, study(**names), tmp_path).read_text(encoding="utf-8")
    assert "**4 runs did not finish.**" in text
    assert "failed, the first is run 0: InputError" in text
    assert text.count("*Not available: figure") == 3
    assert "by a defect" not in text


def test_tables_have_intervals_in_brackets_and_end_somewhere() -> None:
    table = pd.DataFrame({"a|b": ["x|y"], "mean": [0.123456], "mean_low": [0.1], "mean_high": [float("nan")]})
    assert markdown(table)[2] == "| x/y | 0.1235 |"
    assert len(markdown(pd.DataFrame({"n": range(100)}))) == 42
