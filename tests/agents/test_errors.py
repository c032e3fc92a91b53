"""Errors: one line, with the field, the value, the rule and a way out; and they survive a process border."""

import pickle

import pytest
from accord.agents.errors import InputError, UnknownNameError
from accord.agents.parameters import Parameters
from pydantic import Field, model_validator


class Thing(Parameters):
    n: int = Field(3, ge=3, le=9, description="size")
    kind: str = Field("a", description="kind")
    parts: tuple[int, ...] = Field((), max_length=2, description="parts")
    sizes: float | tuple[float, ...] = Field(1.0, description="one size, or several")

    @model_validator(mode="after")
    def _no_b(self) -> "Thing":
        if self.kind == "b":
            raise InputError("kind b is sold out; take a")
        return self


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"n": 2}, "thing: n=2 must be at least 3"),
        ({"n": 10}, "thing: n=10 must be at most 9"),
        ({"m": 2}, "unknown thing parameter 'm': known: kind, n, parts, sizes"),
        ({"kin": "a"}, "unknown thing parameter 'kin': did you mean 'kind'? known: kind, n, parts, sizes"),
        (
            {"n": "many"},
            "thing: n='many': input should be a valid integer, unable to parse string as an integer",
        ),
        ({"kind": "b"}, "thing: kind b is sold out; take a"),
        (
            {"sizes": (1, "x")},
            "thing: sizes.1='x': input should be a valid number, unable to parse string as a number",
        ),
        (
            {"sizes": "big"},
            "thing: sizes='big': input should be a valid number, unable to parse string as a number",
        ),
        ({"parts": (1, 2, 3)}, "thing: parts has 3 entries and must have at most 2"),
        (
            {"n": 2, "parts": (1, 2, 3)},
            "thing: n=2 must be at least 3; thing: parts has 3 entries and must have at most 2",
        ),
    ],
)
def test_one_line(parameters: dict[str, object], message: str) -> None:
    with pytest.raises(InputError) as caught:
        Thing(**parameters)
    assert str(caught.value) == message


def test_an_unknown_name_is_a_value_and_a_key_error_and_can_travel() -> None:
    error = UnknownNameError("rule", "medan", ["median", "linear"])
    assert isinstance(error, ValueError)
    assert isinstance(error, KeyError)
    assert str(error) == "unknown rule 'medan': did you mean 'median'? known: linear, median"
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
