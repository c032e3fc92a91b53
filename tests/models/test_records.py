"""Records compare to the last bit."""

import numpy as np
from accord.models.records import Record


def record(value: float, *steps: float) -> Record:
    return Record({"value": value, "name": "x"}, {"step": np.array(steps)})


def test_equal_to_the_last_bit_and_nan_to_nan() -> None:
    assert record(np.nan, 1.0, np.nan) == record(np.nan, 1.0, np.nan)
    assert record(0.1 + 0.2) != record(0.3)
    assert record(1.0, 1.0) != record(1.0, np.nextafter(1.0, 2.0))
    assert record(1.0, 1.0) != record(1.0, 1.0, 2.0)
    assert record(1.0) != 1.0
