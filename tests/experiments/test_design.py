"""Designs: levels as people write them, grids and pairs."""

from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from accord.agents.errors import InputError
from accord.agents.rules.w_msr import WMSR
from accord.experiments.design import Design, grid, label, levels, paired, read_levels
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ([1, 2], (1, 2)),
        (range(3), (0, 1, 2)),
        (np.array([0.5, 1.5]), (0.5, 1.5)),
        (pd.Series(["a", "b"]), ("a", "b")),
        ("karate", ("karate",)),
        (7, (7,)),
        (None, (None,)),
        ({"name": "ring", "n": 5}, ({"name": "ring", "n": 5},)),
        (WMSR(), (WMSR(),)),
        (iter("ab"), ("a", "b")),
        ("0..3", (0, 1, 2, 3)),
        ("-1..1", (-1, 0, 1)),
        ("0..0.3..0.1", (0.0, 0.1, 0.2, 0.3)),
        ({"from": 0, "to": 4, "step": 2}, (0, 2, 4)),
        ({"from": 0.0, "to": 1.0, "num": 3}, (0.0, 0.5, 1.0)),
    ],
)
def test_levels_as_people_write_them(written: object, meant: tuple[object, ...]) -> None:
    assert levels(written) == meant


def test_a_graph_or_a_matrix_is_one_level() -> None:
    for thing in (nx.path_graph(3), np.eye(3)):
        (level,) = levels(thing)
        assert level is thing


def test_levels_are_plain_numbers_not_numpys() -> None:
    assert [type(each) for each in levels(np.arange(2))] == [int, int]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("karate", ("karate",)),
        ("karate,ring(n=12, k=2)", ("karate", "ring(n=12, k=2)")),
        ("1,2.5,true,none", (1, 2.5, True, None)),
        ("0..2", (0, 1, 2)),
        ("stubborn(value=2)", ("stubborn(value=2)",)),
    ],
)
def test_levels_as_people_type_them(text: str, meant: tuple[object, ...]) -> None:
    assert read_levels(text) == meant


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ([], "f has no levels"),
        ([1, 2, 1], "f has the level 1 twice"),
        ({1, 2}, "a set has no order"),
        ("4..0", "must go upwards"),
        ("0..4..0", "greater than 0"),
        ({"from": 0}, "'from', 'to' and either"),
        ({"from": 0, "to": 1, "step": 1, "num": 2}, "either 'step' or 'num'"),
        ({"from": 0, "to": 1, "nmu": 2}, "either 'step' or 'num'"),
        ({"from": 0, "to": 1, "num": 0}, "num=0 must be"),
        ({"from": "a", "to": 1}, "needs numbers"),
    ],
)
def test_wrong_levels_are_told_in_one_line(written: object, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint) as caught:
        levels(written, "f")
    assert "\n" not in str(caught.value)


def test_one_and_one_point_nought_are_two_levels() -> None:
    assert len(levels([1, 1.0, True])) == 3


def test_named_values_are_no_levels() -> None:
    with pytest.raises(InputError, match="write values between commas"):
        read_levels("n=3")


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(1, 4), max_size=4))
def test_a_grid_holds_every_combination_once_and_the_last_factor_varies_fastest(sizes: list[int]) -> None:
    design = grid({f"f{i}": range(size) for i, size in enumerate(sizes)})
    points = [tuple(design.point(number).values()) for number in range(len(design))]
    assert points == sorted(set(points))
    assert len(points) == int(np.prod(sizes))


def test_no_factors_make_one_point() -> None:
    assert len(grid({})) == 1
    assert grid({}).point(0) == {}
    assert grid({}).places([0]) == {}


def test_a_design_of_many_points_costs_nothing() -> None:
    design = Design({f"f{i}": tuple(range(1000)) for i in range(3)})
    assert len(design) == 10**9
    assert design.point(10**9 - 1) == {"f0": 999, "f1": 999, "f2": 999}


def test_paired_factors_go_side_by_side_and_single_levels_stay() -> None:
    design = paired({"a": [1, 2, 2], "b": "x", "c": [3, 4, 5]})
    assert [tuple(design.point(i).values()) for i in range(len(design))] == [
        (1, "x", 3),
        (2, "x", 4),
        (2, "x", 5),
    ]
    assert design.places([1, 2])["b"].tolist() == [0, 0]


def test_paired_factors_must_have_equally_many_levels() -> None:
    with pytest.raises(InputError, match="a has 2, b has 3; use grid"):
        paired({"a": [1, 2], "b": [1, 2, 3]})


def test_labels() -> None:
    assert [label(each) for each in (1, 0.5, True, None, "x", WMSR(f=1), {"name": "ring", "n": 5})] == [
        1, 0.5, True, None, "x", "w-msr(f=1)", "ring(n=5)",
    ]  # fmt: skip


# Points that are left out

SIZES = {"network.n": [3, 4, 5], "traitors": range(4), "rule": ["linear", WMSR(f=1)], "f": [None, 1]}


@settings(deadline=None, max_examples=20)
@given(st.integers(1, 5), st.integers(1, 5), st.integers(-4, 4))
def test_where_keeps_what_is_true_in_the_order_of_the_grid(rows: int, columns: int, shift: int) -> None:
    whole = grid({"a": range(rows), "b": range(columns)})
    wanted = [whole.point(i) for i in range(len(whole)) if whole.point(i)["b"] <= whole.point(i)["a"] + shift]
    design = grid({"a": range(rows), "b": range(columns)}, where=f"b <= a + {shift}")
    if not wanted:
        with pytest.raises(InputError, match="leaves none of"):
            len(design)
        return
    assert [design.point(i) for i in range(len(design))] == wanted
    assert design.places(range(len(design)))["a"].tolist() == [each["a"] for each in wanted]


def test_where_reads_dotted_names_texts_and_missing_levels() -> None:
    assert len(grid(SIZES, where="traitors <= `network.n` - 2")) == (2 + 3 + 4) * 4
    assert len(grid(SIZES, where="rule == 'w-msr(f=1)' and f == 1")) == 12
    assert len(grid(SIZES, where="traitors in [0, 3] or `network.n` == 5")) == (2 * 3 + 2) * 4


def test_where_keeps_the_same_points_of_labels() -> None:
    design = grid(SIZES, where="rule == 'w-msr(f=1)'")
    labelled = Design(
        {factor: tuple(map(label, each)) for factor, each in design.levels.items()}, False, design.where
    )
    assert labelled.places(range(12)).keys() == design.places(range(12)).keys()
    assert [labelled.point(i)["traitors"] for i in range(12)] == [
        design.point(i)["traitors"] for i in range(12)
    ]


def test_where_works_side_by_side() -> None:
    levels = {"a": (1, 2, 3), "b": (7,), "c": (3, 2, 1)}
    design = Design(levels, side_by_side=True, where="a >= c")
    assert [design.point(i) for i in range(len(design))] == [
        {"a": 2, "b": 7, "c": 2},
        {"a": 3, "b": 7, "c": 1},
    ]


@pytest.mark.parametrize(
    ("where", "complaint"),
    [
        ("trators < 2", "'trators' is not defined.*they are `network.n`, traitors, rule, f"),
        ("traitors <= network.n", "cannot be read.*`network.n` - 2"),
        ("traitors <", "cannot be read .SyntaxError"),
        ("", "cannot be read"),
        ("@levels", "cannot be read"),
        ("traitors + 1", "must be true or false of each point"),
        (
            "traitors.max() > 2",
            "cannot be read.*a dot stands in numbers, in backquotes and before str, contains",
        ),
        ("traitors = 3", "must be true or false of each point"),
        ("True", "must be true or false of each point"),
        ("traitors > 9", "leaves none of 48 points"),
    ],
)
def test_a_wrong_where_is_told_in_one_line(where: str, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint) as caught:
        len(grid(SIZES, where=where))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "where",
    [
        "traitors.to_pickle({!r}) == 1",
        "traitors\n.to_pickle({!r}) == 1",
        "rule == 'a`b' or traitors.to_pickle({!r}) == 1 or rule == 'c`d'",
        'rule == "it\'s" or traitors.to_pickle({!r}) == 1',
        "rule == 'a\\'' or traitors.to_pickle({!r}) == 1 or rule == ''",
        "rule == '''a''' or traitors.to_pickle({!r}) == 1",
        "`network.n`.to_pickle({!r}) == 1",
        "f'{{traitors.to_pickle({!r})}}' == 1",
        "@traitors.to_pickle({!r}) == 1",
    ],
)
def test_where_runs_no_code(tmp_path: Path, where: str) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        len(grid(SIZES, where=where.format(str(tmp_path / "written"))))
    assert not (tmp_path / "written").exists()
    assert (
        len(grid(SIZES, where="traitors * 0.5 < 1 and abs(`network.n` - 4) < 1.5 and rule != 'x.y()'"))
        == 3 * 2 * 2 * 2
    )


def test_where_is_a_text_and_the_grid_not_endless() -> None:
    with pytest.raises(InputError, match="give an expression as a text"):
        grid(SIZES, where=True)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="more than 10000000; sweep in parts"):
        len(Design({f"f{i}": tuple(range(1000)) for i in range(3)}, where="f0 < f1"))
