"""Parameters and their text form."""

import pytest
from accord.agents.errors import InputError
from accord.agents.parameters import Parameters, also_checked, name_of, parse
from accord.models import Averaging
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field


class SmallWorld(Parameters):
    n: int = Field(description="size")
    p: float = Field(0.1, description="chance")
    labels: tuple[str, ...] = Field((), description="names")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ring", ("ring", [], {})),
        (" ring ( ) ", ("ring", [], {})),
        ("ring(20)", ("ring", [20], {})),
        ("given(nodes=[0, 33])", ("given", [], {"nodes": [0, 33]})),
        ("file(path='a, b(1).csv', weighted=True)", ("file", [], {"path": "a, b(1).csv", "weighted": True})),
        ("worst(of=given(nodes=[1, 2]), draws=3)", ("worst", [], {"of": "given(nodes=[1, 2])", "draws": 3})),
        ("x(a=none, b=false, c=-1e-3)", ("x", [], {"a": None, "b": False, "c": -0.001})),
    ],
)
def test_parse(text: str, expected: tuple[str, list[object], dict[str, object]]) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    "text", ["", "ring(", "ring)", "ring(n=1))", "ring(a,,b)", "ring(n=1, 2)", "ring(n=1, n=2)", "a b", "'"]
)
def test_what_cannot_be_read_is_said(text: str) -> None:
    with pytest.raises(InputError, match="cannot read"):
        parse(text)


def test_positional_values_fill_fields_in_order() -> None:
    assert SmallWorld(5, 0.2) == SmallWorld(n=5, p=0.2)
    with pytest.raises(InputError, match="n is given twice"):
        SmallWorld(5, n=5)
    with pytest.raises(InputError, match="takes at most 3 parameters"):
        SmallWorld(1, 2, 3, 4)


def test_text_shows_what_differs_from_the_defaults() -> None:
    assert str(SmallWorld(5)) == "small-world(n=5)"
    assert str(SmallWorld(5, p=0.5, labels=("a b", "c"))) == "small-world(n=5, p=0.5, labels=['a b', c])"


def test_but_validates_anew() -> None:
    assert SmallWorld(5).but(p=0.7) == SmallWorld(5, 0.7)
    with pytest.raises(InputError, match="unknown small-world parameter 'q'"):
        SmallWorld(5).but(q=1)
    with pytest.raises(InputError, match="n='x'"):
        SmallWorld(5).but(n="x")


def test_canonical_tells_everything() -> None:
    assert SmallWorld(5).canonical() == {"name": "small-world", "n": 5, "p": 0.1, "labels": []}


def test_names_in_kebab_case() -> None:
    assert name_of(SmallWorld) == "small-world"
    assert name_of(type("WMSRRule", (), {})) == "wmsr-rule"


@settings(deadline=None, max_examples=400)
@given(
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("C",)), max_size=8), max_size=3),
)
def test_text_form_round_trips(n: int, p: float, labels: list[str]) -> None:
    made = SmallWorld(n, p=p, labels=tuple(labels))
    name, values, named = parse(str(made))
    assert name == "small-world"
    assert SmallWorld(*values, **named) == made


def test_what_is_made_can_be_held_to_one_more_rule() -> None:
    assert Averaging.Scenario(network="ring(n=11)")  # that it was made before is no excuse

    def small(made: Parameters) -> None:
        if getattr(made, "n", 0) > 10:
            raise InputError(f"{made} is too large")

    with also_checked(small):
        assert Averaging.Scenario(network="ring(n=10)")
        for network in ("ring(n=11)", {"name": "ring", "n": 11}):
            with pytest.raises(InputError, match=r"ring\(n=11\) is too large"):
                Averaging.Scenario(network=network)
        with pytest.raises(InputError, match=r"ring\(n=11\) is too large"):
            Averaging.Scenario(**{"network": "ring", "network.n": 11})
    assert Averaging.Scenario(network="ring(n=11)")
