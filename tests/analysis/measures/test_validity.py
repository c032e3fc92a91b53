"""Validity: W-MSR keeps everybody in the hull, linear averaging nobody."""

from accord import Result
from accord.analysis.measures.validity import validity


def test_by_rule(result: Result) -> None:
    table = validity(result.runs).set_index("rule")
    assert table.loc["linear", "valid"].tolist() == [0, 0]
    assert table.loc["w-msr", "valid"].tolist() == [1, 1]
    assert table["runs"].tolist() == [6] * 6  # runs without traitors do not count
    assert "W-MSR in 12 of 12 runs" in validity.answer(validity(result.runs))
