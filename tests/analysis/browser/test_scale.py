"""Scales of colour: ends as they are told."""

from accord.analysis.browser.scale import gradient


def test_the_upper_end_stands_above_the_lower() -> None:
    scale = gradient(1, 3, dimension=2, ends=("one", "three"), slack=0.5)
    assert (scale["min"], scale["max"]) == (0.5, 3.5)
    assert scale["text"] == ["three", "one"]
    assert (scale["inRange"]["color"][0], scale["inRange"]["color"][-1]) == ("#440154", "#fde725")


def test_a_scale_is_never_empty() -> None:
    scale = gradient(2, 2, dimension=0, ends=("2", "2"))
    assert scale["min"] < scale["max"]
