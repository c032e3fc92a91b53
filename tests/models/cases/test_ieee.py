"""Cases of pypower: what is read of them, and what is told where that cannot be."""

from typing import Any

import numpy as np
import pytest
from accord.agents.errors import InputError, UnknownNameError
from accord.models.cases.ieee import IEEE


def test_the_30_bus_system() -> None:
    units = IEEE("case30").build()
    assert (units.n, units.demand) == (6, pytest.approx(189.2))
    assert units.a.tolist() == [0.02, 0.0175, 0.0625, 0.00834, 0.025, 0.025]
    assert units.b.tolist() == [2, 1.75, 1, 3.25, 3, 3]
    assert units.high.tolist() == [80, 80, 50, 55, 30, 40]


def test_costs_of_reactive_power_are_left_out() -> None:
    assert IEEE("case9Q").build().n == 3


def test_units_out_of_service_and_short_curves(monkeypatch: pytest.MonkeyPatch) -> None:
    told = IEEE("case9")._read()
    told["gen"][1, 7] = 0
    told["gencost"] = np.array([[2, 0, 0, 3, 0.1, 5, 150], [2, 0, 0, 3, 0.1, 5, 150], [2, 0, 0, 2, 7, 9, 0]])
    monkeypatch.setattr(IEEE, "_read", lambda self: told)
    units = IEEE("case9").build()
    assert (units.a.tolist(), units.b.tolist(), units.c.tolist()) == ([0.1, 0], [5, 7], [150, 9])


def test_what_cannot_be() -> None:
    with pytest.raises(UnknownNameError, match="unknown case of pypower 'case31': did you mean 'case39'"):
        IEEE("case31").build()
    with pytest.raises(UnknownNameError, match="unknown case"):
        IEEE("caseformat").build()
    with pytest.raises(InputError, match="case4gs tells no costs"):
        IEEE("case4gs").build()
    with pytest.raises(InputError, match="the costs of unit 0 are not quadratic"):
        IEEE("case30pwl").build()


def test_without_pypower_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(name: str) -> Any:
        return None

    monkeypatch.setattr("accord.models.cases.ieee.find_spec", nothing)
    with pytest.raises(InputError, match=r'pip install "accord\[grid\]"'):
        IEEE().build()
