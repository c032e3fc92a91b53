"""A market from the user's file, and what is told where it cannot be read."""

import pickle
from pathlib import Path

import pytest
from accord.agents.errors import InputError
from accord.models.schedules import equilibrium
from accord.models.valuations import valuations
from accord.models.valuations.file import File

GOOD = "trader,side,value\nann,buyer,8\nbob, Seller ,3\nann,buyer,5\n\ncid,seller,4.5\neve,buyer,6\n"


@pytest.fixture
def written(tmp_path: Path):  # type: ignore[no-untyped-def]
    def write(text: str | bytes, name: str = "market.csv") -> str:
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(file)

    return write


def test_a_path_is_enough(written) -> None:  # type: ignore[no-untyped-def]
    path = written(GOOD)
    for choice in (path, Path(path), f"file('{path}')", {"name": "file", "path": path}):
        schedules = valuations.choose(choice).build()
        assert schedules.values == ((8, 5), (6,))
        assert schedules.costs == ((3,), (4.5,))
        assert schedules.labels == ("ann", "eve", "bob", "cid")
        assert (schedules.low, schedules.high) == (0, 16)
    assert equilibrium(schedules).surplus == 6.5


def test_columns_stand_in_any_order_and_prices_can_be_bounded(written) -> None:  # type: ignore[no-untyped-def]
    path = written("\ufeffvalue, Side,trader\n8,buyer,ann\n3,seller,bob\n")
    valuation = File(path, low=1, high=9)
    assert (valuation.build().low, valuation.build().high) == (1, 9)
    assert valuations.choose(str(valuation)) == valuation
    assert pickle.loads(pickle.dumps(valuation)) == valuation


def test_what_the_file_holds_is_part_of_what_it_is(written) -> None:  # type: ignore[no-untyped-def]
    valuation = File(written(GOOD))
    before = valuation.canonical()
    written(GOOD.replace("4.5", "4.75"))
    assert valuation.canonical() != before
    assert valuation.build().costs[1] == (4.75,)


HEADER = "trader,side,value\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the file is empty"),
        ("\n", "line 1: the first line is empty; it must name the columns trader,side,value"),
        ("ann,buyer,8\n", "line 1: the first line is ann,buyer,8; it must name the columns"),
        ("trader,side,value,value\n", "each once and no others"),
        ("trader,side,value,date\n", "each once and no others"),
        (HEADER, "there is no buyer; a market needs one of each side"),
        (HEADER + "ann,buyer,8\n", "there is no seller"),
        (HEADER + "ann,buyer,8\nbob,seller,\n", "line 3: the value is missing; give it, or leave the line"),
        (HEADER + ",buyer,8\n", "line 2: the trader is missing"),
        (HEADER + "ann,buyer\n", "line 2: 2 entries where the header has 3"),
        (HEADER + "ann,broker,8\n", "line 2: unknown side 'broker'; write buyer or seller"),
        (HEADER + "ann,buyer,eight\n", "line 2: the value 'eight' is not a number"),
        (HEADER + "ann,buyer,nan\n", "line 2: the value is nan; use a finite number from 0"),
        (HEADER + "ann,buyer,1e999\n", "line 2: the value is 1e999; use a finite number from 0"),
        (HEADER + "ann,buyer,-1\n", "line 2: the value is -1; use a finite number from 0"),
        (HEADER + "ann,buyer,8\nann,seller,3\n", "line 3: 'ann' was a buyer before; give each side another"),
        (HEADER + 'ann,"buyer,8\n', "unexpected end of data"),
        (HEADER.encode() + b"\xe4nn,buyer,8\n", "line 2: byte 1 is not UTF-8 text"),
    ],
)
def test_what_cannot_be_names_file_and_line(written, text: str | bytes, told: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError) as error:
        File(written(text))
    assert told in str(error.value)
    assert "market.csv" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_path_that_is_none_and_prices_that_cannot_be(written) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError, match="no such file"):
        valuations.choose("somewhere/else.csv")
    with pytest.raises(InputError, match=r"unknown kind of file '.xls'; known: .csv"):
        File("mine.xls")
    with pytest.raises(InputError, match=r"buyer 1 has a unit at 8, outside the prices that can be named"):
        File(written(GOOD), high=7)
