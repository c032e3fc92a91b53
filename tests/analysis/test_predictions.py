"""What theory says about single runs."""

import numpy as np
import pytest
from accord.analysis.predictions import Rounds, ben_or_rounds, predict, stubborn_value
from accord.models import Averaging

ROW = {"network": "petersen", "seed": 3, "replicate": 1}


def test_without_traitors() -> None:
    prediction = predict({**ROW, "weights": "best-constant"})
    assert prediction is not None
    assert prediction.rate == pytest.approx(3 / 7, abs=1e-12)
    assert prediction.initial == Averaging(network="petersen", rng=3, replicate=1).disagreement


def test_with_one_value_told_for_ever() -> None:
    prediction = predict({**ROW, "traitors": 2, "conduct": "stubborn(value=2)"})
    assert prediction is not None
    assert 0.5 < prediction.rate < 1
    assert 1 < prediction.initial / np.sqrt(8) < 2  # each of eight is between 1 and 2 away


@pytest.mark.parametrize("more", [{"rule": "median"}, {"traitors": 1, "conduct": "drift"}, {"traitors": 2}])
def test_nothing_where_nothing_is_known(more: dict[str, object]) -> None:
    assert predict({**ROW, **more}) is None


def test_stubborn_value() -> None:
    model = Averaging(network="petersen", traitors=1, conduct="stubborn", rng=0)
    assert stubborn_value(model) == model.opinions[model.traitors[0]]
    assert stubborn_value(Averaging(network="petersen", traitors=2, conduct="stubborn", rng=0)) is None
    assert stubborn_value(Averaging(network="petersen", traitors=2, conduct="stubborn(value=2)", rng=0)) == 2
    assert stubborn_value(Averaging(network="petersen", rng=0)) is None


def test_ben_or_rounds_are_means_over_inputs() -> None:
    # recomputed: against the strongest adversary 5 rounds from mixed inputs with n=3, f=1
    assert ben_or_rounds("ben-or", 3, 1, "bits").worst == pytest.approx(0.75 * 5 + 0.25)
    assert ben_or_rounds("ben-or", 3, 1, "bits(p=1)") == pytest.approx(Rounds(1, 1, 1, 1))
    best, chance, worst, seeing = ben_or_rounds("ben-or", 7, 2, "bits(p=0.3)")
    assert best < chance < worst < seeing


@pytest.mark.parametrize(
    "point",
    [
        ("ben-or-byzantine", 6, 1, "bits"),
        ("ben-or", 4, 2, "bits"),
        ("ben-or", 3, 1, "ramp"),
        ("ben-or", 3, 1, "mine"),
    ],
)
def test_of_other_things_nothing_is_said(point: tuple[str, int, int, str]) -> None:
    assert np.isnan(ben_or_rounds(*point)).all()
