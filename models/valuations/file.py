"""A market from a file of the user's own: who would buy or sell, and what each unit is worth to them.

**Valuation.** A table (.csv) whose first line names the columns trader, side and value, in any order. Each further line
is one unit: who it is, "buyer" or "seller", and what the unit is worth to the buyer or costs the seller. A trader with
several units has several lines, and is on one side. Traders keep the order in which they come, buyers first.
**Limits.** 16 MiB a file.
**Names.** Induced values, order data.

Examples
--------
>>> File("my market.csv")
Traceback (most recent call last):
...
accord.agents.errors.InputError: file: my market.csv: there is no such file; check the path, ...
"""

import csv
from collections.abc import Iterator
from math import isfinite
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from pydantic import Field, model_validator

from ...agents.errors import InputError
from .. import files
from ..schedules import Schedules
from . import Valuation

__all__ = ["File"]

_LIMITS: Final = {".csv": (16 * 2**20, "a part of it")}
_COLUMNS: Final = ("trader", "side", "value")
_SIDES: Final = ("buyer", "seller")


class File(Valuation):
    """A market from a file of the user's own."""

    path: str = Field(description="where the file is, a .csv")
    low: float = Field(0.0, ge=0, description="least price that can be named")
    high: float | None = Field(
        None, description="greatest price that can be named; none: twice the greatest amount in the file"
    )

    @model_validator(mode="after")
    def _can_be_read(self) -> Self:
        self.build()
        return self

    def build(self, rng: np.random.Generator | None = None) -> Schedules:
        """Return the schedules; the generator is not used."""
        file = files.checked_path(self.path, _LIMITS)
        sides: dict[str, dict[str, list[float]]] = {side: {} for side in _SIDES}
        try:
            for line, (trader, side, amount) in _units(file):
                other = _SIDES[side == "buyer"]
                if trader in sides[other]:
                    raise _fault(file, line, f"{trader!r} was a {other} before; give each side another name")
                sides[side].setdefault(trader, []).append(amount)
        except UnicodeDecodeError:
            files.point_at_byte(file)
        buyers, sellers = sides.values()
        for side, traders in sides.items():
            if not traders:
                raise InputError(f"{self.path}: there is no {side}; a market needs one of each side")
        values, costs = (tuple(map(tuple, traders.values())) for traders in (buyers, sellers))
        most = max(max(units) for units in (*values, *costs)) or 1.0
        high = 2 * most if self.high is None else self.high
        return Schedules(values, costs, self.low, high, str(self), (*buyers, *sellers))

    def canonical(self) -> dict[str, Any]:
        """Return every parameter, and the checksum of what the file holds now."""
        return {**super().canonical(), "sha256": files.digest(files.checked_path(self.path, _LIMITS))}


def _units(file: Path) -> Iterator[tuple[int, tuple[str, str, float]]]:
    """Go through a file's units: trader, side and amount, each with its line."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.reader(stream, skipinitialspace=True, strict=True)
        try:
            header = [column.strip().lower() for column in next(rows, [])]
            if sorted(header) != sorted(_COLUMNS):
                raise _fault(
                    file,
                    1,
                    f"the first line is {','.join(header) or 'empty'}; it must name the columns "
                    f"{','.join(_COLUMNS)}, each once and no others",
                )
            for row in rows:
                if any(entry.strip() for entry in row):
                    yield rows.line_num, _unit(file, rows.line_num, header, row)
        except csv.Error as error:
            raise _fault(file, rows.line_num, str(error)) from None


def _unit(file: Path, line: int, header: list[str], row: list[str]) -> tuple[str, str, float]:
    if len(row) != len(header):
        raise _fault(file, line, f"{len(row)} entries where the header has {len(header)}")
    told = dict(zip(header, map(str.strip, row), strict=True))
    for column in _COLUMNS:
        if not told[column]:
            raise _fault(file, line, f"the {column} is missing; give it, or leave the line out")
    side = told["side"].lower()
    if side not in _SIDES:
        raise _fault(file, line, f"unknown side {told['side']!r}; write {' or '.join(_SIDES)}")
    try:
        amount = float(told["value"])
    except ValueError:
        raise _fault(file, line, f"the value {told['value']!r} is not a number") from None
    if not (isfinite(amount) and amount >= 0):
        raise _fault(file, line, f"the value is {told['value']}; use a finite number from 0")
    return told["trader"], side, amount


def _fault(file: Path, line: int, what: str) -> InputError:
    return InputError(f"{file}, line {line}: {what}")
