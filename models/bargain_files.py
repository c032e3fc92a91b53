"""Bargains in files: TOML that people write by hand, and the XML of Genius (see `genius`).

In TOML the issues stand in one table and the parties in another, each in the order that counts:

    name = "a flat"

    [issues]
    rent = { low = 800, high = 1200, levels = 9 }   # so many evenly spaced numbers
    weeks = { low = 1, high = 4 }                   # whole numbers
    pets = ["none", "cat", "dog"]                   # no order
    floor = { ordered = ["ground", "first", "top"] }

    [parties.tenant]
    reservation = 0.3                               # utility of no deal; 0 if left out
    discount = 0.99                                 # a round; 1 if left out
    weights = { rent = 5, weeks = 1, pets = 2, floor = 2 }
    values.rent = [1, 0]                            # at the lowest and the highest, linear between
    values.weeks = [0, 0.5, 1, 0.5]                 # or one for each level
    values.pets = { none = 0, cat = 1, dog = 0.2 }  # or by name
    values.floor = [0, 1]

    [parties.landlord]
    utility = "quasi-linear(side=seller, worth=900, money=rent)"   # any other kind of preferences

Whatever is wrong becomes one line that names the file and the key.
"""

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ..agents.errors import InputError, UnknownNameError
from ..agents.outcomes import Categorical, Continuous, Integer, Issue, Ordinal, Space
from ..agents.preferences import preferences
from ..agents.preferences.additive import Additive
from ..agents.profile import Profile
from . import files, genius
from .bargain import Bargain

__all__ = ["SUFFIXES", "checked_path", "digest", "read"]

_BYTES: Final = 16 * 2**20
_LIMITS: Final = {".toml": (_BYTES, "fewer issues or levels"), ".xml": (_BYTES, "fewer issues or levels")}
SUFFIXES: Final = frozenset(_LIMITS)


def read(
    path: str, profiles: tuple[str, ...] = (), *, levels: int = 11, rounds: int | None = None
) -> Bargain:
    """Return the bargain that files hold; the suffix tells the format.

    Parameters
    ----------
    path
        A TOML file, or the domain file of Genius.
    profiles
        With a domain file: the profile of each party.
    levels
        So many evenly spaced values stand for a continuous issue.
    rounds
        With profiles that discount: how many rounds Genius' discount factor is for.

    Raises
    ------
    InputError
        If a file is missing, unreadable, empty, malformed, too large, or says what cannot be.
    """
    every = [checked_path(each) for each in (path, *profiles)]
    changed = tuple((file.stat().st_mtime_ns, file.stat().st_size) for file in every)
    return _read(tuple(every), levels, rounds, changed)


@lru_cache(maxsize=4)
def _read(every: tuple[Path, ...], levels: int, rounds: int | None, _changed: object) -> Bargain:
    file, *profiles = every
    if file.suffix.lower() == ".xml":
        return genius.read(file, profiles, levels=levels, rounds=rounds)
    return _read_toml(file, levels)


def checked_path(path: str) -> Path:
    """Return the path of a file that is there, can be read, has a known suffix and is not too large."""
    return files.checked_path(path, _LIMITS)


def digest(path: str) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal digits."""
    return files.digest(checked_path(path))


def _read_toml(file: Path, levels: int) -> Bargain:
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        files.point_at_byte(file)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{file}: not TOML: {error}") from None
    except RecursionError:
        raise InputError(f"{file}: not a bargain: brackets are nested too deeply") from None
    with _at(f"{file}"):
        _known("key", told, ("name", "issues", "parties"))
        issues = [_issue(name, given) for name, given in _table("issues", told).items()]
        space = Space(issues).gridded(levels).require_room()
        parties = _table("parties", told)
        profiles = [_profile(name, given, space) for name, given in parties.items()]
        return Bargain(space, profiles, str(told.get("name", file.stem)))


def _issue(name: str, given: Any) -> Issue:
    with _at(f"issues.{name}"):
        if isinstance(given, list):
            return Categorical(name=name, values=given)
        if not isinstance(given, Mapping):
            raise InputError(f"{given!r} is no issue; write a list of values, or {{ low = 0, high = 10 }}")
        if "ordered" in given:
            _known("key", given, ("ordered",))
            return Ordinal(name=name, values=given["ordered"])
        _known("key", given, ("low", "high", "levels"))
        low, high = (_entry(given, each) for each in ("low", "high"))
        if "levels" not in given and all(type(end) is int for end in (low, high)):
            return Integer(name=name, low=low, high=high)
        return Continuous(name=name, low=low, high=high, levels=given.get("levels"))


def _profile(name: str, given: Any, space: Space) -> Profile:
    with _at(f"parties.{name}"):
        if not isinstance(given, Mapping):
            raise InputError(f"{given!r} is no party; give it values, weights, reservation and discount")
        _known("key", given, ("values", "weights", "utility", "reservation", "discount"))
        amounts = {key: _number(key, given[key]) for key in ("reservation", "discount") if key in given}
        if ("utility" in given) == ("values" in given):
            raise InputError(
                "give it either values, with weights or without, or a utility such as 'table([1, 0])'"
            )
        return Profile(_utilities(given, space), **amounts, name=name)


def _utilities(given: Mapping[str, Any], space: Space) -> NDArray[np.float64]:
    if "utility" in given:
        with _at("utility"):
            if "weights" in given:
                raise InputError("it has weights of its own; leave weights out")
            utilities: NDArray[np.float64] = preferences.choose(given["utility"])(space)
            return utilities
    values, weights = _table("values", given), given.get("weights", dict.fromkeys(space.names, 1))
    for key, table in {"values": values, "weights": weights}.items():
        with _at(key):
            if not isinstance(table, Mapping):
                raise InputError(f"{table!r} is no table; write {{ {space.names[0]} = ... }}")
            _known("issue", table, space.names)
    with _at("values"):
        worth = [_worth(issue, _entry(values, issue.name)) for issue in space.issues]
    with _at("weights"):
        importance = [_number(name, _entry(weights, name)) for name in space.names]
    return Additive(values=worth, weights=importance)(space)


def _worth(issue: Issue, given: Any) -> list[float]:
    """Return what an issue's levels are worth, given as a list or by name."""
    with _at(issue.name):
        if isinstance(given, list):
            return [_number(f"entry {number}", each) for number, each in enumerate(given, 1)]
        if not isinstance(given, Mapping):
            raise InputError(
                f"{given!r} is neither a list of numbers nor a table by value; write one of them"
            )
        if issue.size is None or issue.size > len(given):
            missing = next(each for each in _names(issue) if each not in given)
            raise InputError(f"{missing!r} is missing; say what it is worth")
        _known("value", given, list(_names(issue)))
        return [_number(name, given[name]) for name in _names(issue)]


def _names(issue: Issue) -> Iterator[str]:
    return (str(issue.value(level)) for level in range(issue.size or 0))


def _table(key: str, given: Mapping[str, Any]) -> Mapping[str, Any]:
    table = _entry(given, key)
    if not isinstance(table, Mapping):
        raise InputError(f"{key}: {table!r} is no table; write [{key}] and a line for each")
    return table


def _entry(given: Mapping[str, Any], key: str) -> Any:
    if key not in given:
        raise InputError(f"{key} is missing; give {key} = ...")
    return given[key]


def _number(key: str, given: Any) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise InputError(f"{key}: {given!r} is not a number")
    try:
        return float(given)
    except OverflowError:
        raise InputError(f"{key}: the number is too large") from None


def _known(noun: str, given: Mapping[str, Any], known: Any) -> None:
    unknown = next((key for key in given if key not in known), None)
    if unknown is not None:
        raise UnknownNameError(noun, unknown, known)


@contextmanager
def _at(where: str) -> Iterator[None]:
    """Name where it is that something is wrong."""
    try:
        yield
    except InputError as error:
        raise InputError(f"{where}: {error}") from None
