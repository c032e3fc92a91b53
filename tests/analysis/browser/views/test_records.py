"""Records: whatever a model writes down in every step, also one that nobody here has heard of."""

from typing import Any

import numpy as np
from accord.analysis.browser.address import Address
from accord.analysis.browser.playback import Playback
from accord.analysis.browser.views.records import records
from accord.models import Averaging
from accord.models.catalogue import models
from accord.models.records import Column


class Tomorrow(Averaging):
    """A model with columns of its own."""

    def step_columns(self) -> dict[str, Any]:
        """Return columns in three units, one of which nobody has declared, and one that is no number."""
        told = {
            "heat": [1.5, np.nan],
            "cold": [0.5, 0.25],
            "votes": [3, 4],
            "mood": ["a", "b"],
            "strange": [1.0, 2.0],
        }
        return {
            **super().step_columns(),
            **{name: np.array(each)[: self.clock + 1] for name, each in told.items()},
        }


Tomorrow.step_outcomes = {
    **Averaging.step_outcomes,
    "heat": Column("float64", "K", "how hot it is"),
    "cold": Column("float64", "K", "how cold it is"),
    "votes": Column("int64", "votes", "votes that were cast; 0 before"),
}


def drawn(kind: Any, step: int = 0, **settings: str) -> Any:
    return records(Playback(kind, Address("some", settings, seed=1, step=step)))


def test_a_model_of_tomorrow_gets_its_curves() -> None:
    chart = drawn(Tomorrow, 1)
    assert [each["name"] for each in chart["yAxis"]] == [
        "Range, Mean (opinion)",
        "Heat, Cold (K)",
        "Votes that were cast (votes)",
        "Strange",
    ]
    heat, cold, votes, _ = chart["series"][2:]
    assert [point["value"] for point in heat["data"]] == [[0, 1.5], [1, None]]
    assert heat["yAxisIndex"] == cold["yAxisIndex"] != votes["yAxisIndex"]
    assert heat["color"] != cold["color"]
    assert [point["step"] for point in votes["data"]] == [0, 1]
    assert chart["legend"]["data"] == ["Range", "Mean", "Heat", "Cold"]  # where one panel has several


def test_columns_are_told_as_they_were_recorded() -> None:
    model = Averaging(rng=1)
    for _ in range(5):
        model.step()
    chart = drawn(models["averaging"], 5)
    shown = {each["name"]: [point["value"][1] for point in each["data"]] for each in chart["series"]}
    assert np.allclose(shown["Range"], model.step_columns()["range"], rtol=1e-5)
    assert np.allclose(shown["Mean"], model.step_columns()["mean"], rtol=1e-5)


def test_disagreement_is_left_to_its_own_view() -> None:
    for name, kind in models.items():
        assert records.fits(kind(rng=1))
        assert "Disagreement" not in {each["name"] for each in drawn(kind)["series"]}, name
