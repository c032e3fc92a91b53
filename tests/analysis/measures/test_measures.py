"""What every measure promises: frames in, a frame out; failed runs counted, missing columns named."""

import subprocess
import sys
from contextlib import suppress

import pandas as pd
import pytest
from accord import Result
from accord.agents.errors import InputError
from accord.analysis.measures import Measure, measures

# what a run that failed does not have
MISSING = {
    *("agreement", "validity", "integrity", "termination", "steps", "average", "mean_error", "final_mean"),
    *("nodes", "covered", "connectivity", "undecided", "rounds", "last_decision", "messages", "bytes"),
    *("asked", "answered", "latency", "latency_max", "throughput", "reigns"),
    *("linearizability", "durability"),
    *(
        "authenticity",
        "claims",
        "lies",
        "accepted_false",
        "hashes",
        "hashes_max",
        "hashes_read",
        "proof_bytes",
    ),
    *("consistency", "durability", "answered_reads", "wrong_reads", "blank_reads"),
    *("needed", "round", "proposer_share", "partner_share", "coalition", "welfare", "rationality"),
    *("deals", "tables", "round", "offers", "opposition", "zone", "utility", "rival_utility", "welfare"),
    "odd_cycle",
    *("mean_wealth", "gini", "top_share", "broke", "traitor_wealth"),
    *("efficiency", "nash_product", "share", "frontier_distance", "nash_distance"),
    *("balance", "optimality", "mismatch", "excess_cost", "price_range"),
    *("trades", "surplus", "price", "equilibrium_price", "alpha", "profit_dispersion", "shouts_made"),
    *("honest_gain", "honest_due", "traitor_gain", "traitor_due", "breached", "caught", "caught_by"),
    *("kalai_smorodinsky_distance", "egalitarian_distance", "utilitarian_distance"),
    *("approvals", "traitor_nodes"),
}


@pytest.fixture(params=list(measures))
def measure(request: pytest.FixtureRequest) -> Measure:
    return measures[request.param]


@pytest.fixture
def own(measure: Measure, sweeps: tuple[Result, ...]) -> Result:
    """Runs of the model that the measure is for."""
    return next(each for each in sweeps if set(measure.needs) <= set(each.runs.columns))


def test_gives_a_table_with_counts_and_its_words(measure: Measure, own: Result) -> None:
    runs = own.runs.copy()
    before = runs.copy()
    table = measure.of(own, runs)
    assert {"runs", "failed"} <= set(table.columns)
    assert (table["runs"] > 0).all()
    assert (table["failed"] == 0).all()
    assert measure.caption.endswith(".")
    assert measure.answer(table).endswith(".")
    assert len(measure.digest(table))
    pd.testing.assert_frame_equal(runs, before)


def test_counts_failed_runs(measure: Measure, own: Result) -> None:
    runs = own.runs.copy()
    lost = runs.index[runs["replicate"] == 0]
    runs.loc[lost, "status"] = "timeout"
    runs.loc[lost, sorted(MISSING & set(runs.columns))] = None
    table, whole = measure.of(own, runs), measure.of(own)
    assert (table["runs"] + table["failed"] == whole["runs"]).all()
    assert (2 * table["failed"] == table["runs"]).all()
    assert measure.answer(table)


def test_names_the_column_that_is_missing(measure: Measure, own: Result) -> None:
    for column in measure.needs:
        with pytest.raises(InputError, match=f"'{column}'"):
            measure.of(own, own.runs.drop(columns=column))
    for frame, needs in (("steps", measure.needs_steps), ("parties", measure.needs_parties)):
        for column in needs:
            with pytest.raises(InputError, match=f"'{column}'"):
                measure(own.runs, getattr(own, frame).drop(columns=column))
    with pytest.raises(InputError, match="rows"):
        measure.of(own, own.runs[:0])


def test_tells_of_another_models_runs_or_measures_them(measure: Measure, sweeps: tuple[Result, ...]) -> None:
    for other in sweeps:
        with suppress(InputError):  # anything else is a defect
            measure.of(other)


@pytest.mark.parametrize("name", ["capture", "conservation", "contraction", "robustness", "validity"])
def test_says_if_no_run_is_of_its_kind(name: str, result: Result) -> None:
    other = result.runs[result.runs["rule"] == "median"].assign(traitors=0)
    with pytest.raises(InputError, match="sweep traitors="):
        measures[name](other, result.steps)


def test_a_table_of_runs_without_traitors_is_one_too(result: Result) -> None:
    assert "traitors" in measures["tolerance"](result.runs[result.runs["traitors"] == 0])


def test_names_come_without_pandas() -> None:
    code = (
        "import sys; from accord.analysis.measures import measures; "
        "from accord.analysis.figures import figures; list(measures), list(figures); "
        "print({'pandas', 'matplotlib', 'mesa', 'scipy', 'numpy', 'seaborn'} & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"
