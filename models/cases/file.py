"""Units from the user's own file.

**Case.** A TOML file with the demand, in MW, and a table for each unit, whose cost of P megawatts between low and high
is a P^2 + b P + c an hour; c is 0 if left out::

    demand = 850

    [units.coal]
    a = 0.001562
    b = 7.92
    c = 561
    low = 150
    high = 600

**Limits.** 1 MiB.
**Names.** Unit data, generator data, cost curves.

Examples
--------
>>> File("my units.toml")
Traceback (most recent call last):
...
accord.agents.errors.InputError: file: my units.toml: there is no such file; check the path, ...
"""

import tomllib
from collections.abc import Mapping
from typing import Any, Final, Self

import numpy as np
from pydantic import Field, model_validator

from ...agents.errors import InputError, UnknownNameError
from .. import files
from ..economic_dispatch import Units
from . import Case

__all__ = ["File"]

_LIMITS: Final = {".toml": (2**20, "fewer units")}
_KEYS: Final = ("a", "b", "c", "low", "high")


class File(Case):
    """The units of a user's own file."""

    path: str = Field(description="where the file is")

    @model_validator(mode="after")
    def _can_be_read(self) -> Self:
        self.build()
        return self

    def build(self, rng: np.random.Generator | None = None) -> Units:
        """Return the units, in the file's order."""
        file = files.checked_path(self.path, _LIMITS)
        try:
            told = tomllib.loads(file.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            files.point_at_byte(file)
        except tomllib.TOMLDecodeError as error:
            raise InputError(f"{file}: not TOML: {error}") from None
        _known(str(file), told, ("demand", "units"))
        units = told.get("units", {})
        if not isinstance(units, Mapping):
            raise InputError(
                f"{file}: units={units!r:.40} is no table; write [units.name] and its numbers below"
            )
        rows = [_row(f"{file}: units.{name}", given) for name, given in units.items()]
        return Units.of(rows, _number(str(file), told, "demand"), str(file))

    def canonical(self) -> dict[str, Any]:
        """Return every parameter, and the checksum of what the file holds now."""
        return {**super().canonical(), "sha256": files.digest(files.checked_path(self.path, _LIMITS))}


def _row(where: str, given: Any) -> tuple[float, ...]:
    if not isinstance(given, Mapping):
        raise InputError(f"{where}={given!r:.40} is no unit; give it a, b, low and high")
    _known(where, given, _KEYS)
    return tuple(_number(where, {"c": 0, **given}, key) for key in _KEYS)


def _number(where: str, given: Mapping[str, Any], key: str) -> float:
    if key not in given:
        raise InputError(f"{where}: {key} is missing; write {key} = ...")
    value = given[key]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError(f"{where}: {key}={value!r:.40} is no number; write it without quotes")
    return float(value)


def _known(where: str, given: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    for key in given:
        if key not in keys:
            raise InputError(f"{where}: {UnknownNameError('key', key, keys)}")
