"""The average: conserved by symmetric weights, and by nothing else."""

import pandas as pd
from accord import Result, sweep
from accord.analysis.measures.conservation import conservation


def test_linear_averaging_conserves_it(result: Result) -> None:
    table = conservation(result.runs)
    assert table["network"].tolist() == ["complete(n=6)", "petersen"]
    assert table["runs"].tolist() == [3, 3]  # rows of the other placement are the same runs
    assert table["conserved"].tolist() == [1, 1]
    assert (table["greatest_departure"] <= 1e-14).all()
    assert "in 6 of 6 runs" in conservation.answer(table)


def test_departures_are_relative_to_the_opinions_size() -> None:
    runs = pd.DataFrame({"average": ["held", "violated"], "mean_error": [4e-12, 8e-9]})
    table = conservation(runs.assign(initial_low=-2000.0, initial_high=2000.0))
    assert table["greatest_departure"].tolist() == [2e-12]
    assert table["conserved"].tolist() == [0.5]


def test_weights_that_promise_nothing_are_not_asked() -> None:
    runs = sweep("averaging", {"network": "star(n=5)", "weights": ["uniform", "metropolis"]}).runs
    assert conservation(runs)["runs"].tolist() == [1]
