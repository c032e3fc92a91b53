"""Catalogues: every file in a folder holds one public object, and the folder is its own register.

Adding a rule, a topology or a study is adding a file. The name that people type is the file's name
with hyphens (``w_msr.py`` is ``w-msr``); the object is the one that the file's ``__all__`` names.
Names are read from the folder without importing anything, so listing and completing them is fast.
"""

import os
from collections.abc import Container, Iterator, Mapping
from functools import cached_property
from importlib import import_module
from pathlib import Path, PurePath
from typing import Any, Generic, TypeVar

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

from .errors import InputError, UnknownNameError
from .parameters import Parameters, check_again, parse, split

__all__ = ["Catalogue", "FileCatalogue"]

T = TypeVar("T")
_SHARED = 1_000  # choices that are kept; a server may be asked for any number of them


class Catalogue(Mapping[str, T], Generic[T]):
    """The public objects of a folder's files, by name.

    Parameters
    ----------
    package
        The folder's import name, usually ``__name__`` of its ``__init__.py``.
    noun
        What one entry is called ("rule").

    Examples
    --------
    >>> from accord.agents.rules import rules
    >>> "w-msr" in rules, rules.choose("w-msr(f=2)")
    (True, <w-msr(f=2)>)
    """

    def __init__(self, package: str, noun: str) -> None:
        self.package = package
        self.noun = noun
        self._chosen: dict[str, Any] = {}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all entries, read from the folder once."""
        folders = import_module(self.package).__path__
        files = (file for folder in folders for file in Path(folder).glob("[a-z]*.py"))
        return tuple(sorted(file.stem.replace("_", "-") for file in files))

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def __getitem__(self, name: str) -> T:
        """Import the entry's file and return its public object.

        Raises
        ------
        UnknownNameError
            With the names there are and the nearest one.
        """
        if name not in self:
            raise UnknownNameError(self.noun, name, self)
        module = import_module(f"{self.package}.{name.replace('-', '_')}")
        (public,) = module.__all__
        entry: T = getattr(module, public)
        return entry

    def choose(self, choice: Any) -> Any:
        """Return the object that a choice stands for.

        Parameters
        ----------
        choice
            A finished object, which is returned as it is; a text (``"ring"``, ``"ring(n=20)"``); or a
            mapping with the key ``name`` and the parameters. Of some nouns several can be joined:
            ``"exponential(mean=2) + loss(p=0.1)"``.
        """
        if isinstance(choice, Parameters):
            return choice
        if isinstance(choice, str):
            if choice not in self._chosen:  # what it stands for is frozen, so it can be shared
                if len(self._chosen) >= _SHARED:
                    self._chosen.clear()
                self._chosen[choice] = self._joined([self._read(part) for part in split(choice, "+")])
            check_again(self._chosen[choice])
            return self._chosen[choice]
        if isinstance(choice, Mapping) and isinstance(choice.get("name"), str):
            named = {str(key): value for key, value in choice.items() if key != "name"}
            return self._made(choice["name"], **named)
        raise InputError(
            f"{choice!r} is not a {self.noun}: give its name, name(key=value, ...), "
            "a mapping with 'name', or the object itself"
        )

    def _read(self, text: str) -> Any:
        name, values, named = parse(text)
        return self._made(name, *values, **named)

    def _joined(self, parts: list[Any]) -> Any:
        whole, *others = parts
        for part in others:
            if not hasattr(whole, "__add__"):
                raise InputError(f"'{whole} + {part}': a {self.noun} cannot be joined to another; choose one")
            whole += part
        return whole

    def _made(self, name: str, /, *values: Any, **named: Any) -> Any:
        entry: Any = self[name]
        return entry(*values, **named)

    def option(self, default: str, description: str) -> Any:
        """Return the field of a scenario that holds one entry, typed as what its default text stands for."""
        return Field(default, description=description)

    @property
    def choice(self) -> tuple[BeforeValidator, PlainSerializer, WithJsonSchema]:
        """Annotations of such a field: ``rule: Annotated[Rule, *rules.choice] = rules.option("linear", ...)``."""
        return (
            BeforeValidator(self.choose),
            PlainSerializer(lambda chosen: chosen.canonical()),
            WithJsonSchema({"type": "string", "title": self.noun, "examples": list(self)}),
        )

    @property
    def choice_or_none(self) -> tuple[BeforeValidator, PlainSerializer, WithJsonSchema]:
        """The same for a field that may be empty: None, in text ``none``."""
        return (
            BeforeValidator(lambda choice: None if _is_none(choice) else self.choose(choice)),
            PlainSerializer(lambda chosen: None if chosen is None else chosen.canonical()),
            WithJsonSchema({"type": "string", "title": self.noun, "examples": ["none", *self]}),
        )


class FileCatalogue(Catalogue[T]):
    """A catalogue that also knows a path to a user's own file, and perhaps what was made in Python, when it sees one.

    Parameters
    ----------
    package, noun
        As of every catalogue.
    suffixes
        Of the files that are known by them, in lower case; others are known by the separators in their paths.
    given
        The parameter of the entry `given`; none: what was made in Python is refused.
    made
        Of what type that is; whatever no other catalogue takes, unless one is named.
    """

    def __init__(
        self,
        package: str,
        noun: str,
        suffixes: Container[str],
        given: str | None = None,
        made: type = object,
    ) -> None:
        super().__init__(package, noun)
        self._suffixes, self._given, self._type = suffixes, given, made

    def choose(self, choice: Any) -> Any:
        """Return the object that a choice stands for: one of every catalogue, a path, or what `given` takes."""
        if isinstance(choice, os.PathLike) or (isinstance(choice, str) and self._is_path(choice)):
            return super().choose({"name": "file", "path": os.fspath(choice)})
        usual = isinstance(choice, str | Mapping | Parameters) or not isinstance(choice, self._type)
        if usual or self._given is None:
            return super().choose(choice)
        return super().choose({"name": "given", self._given: choice})

    def _is_path(self, text: str) -> bool:
        looks_so = PurePath(text).suffix.lower() in self._suffixes or any(each in text for each in "/\\")
        return looks_so and text.partition("(")[0].strip() not in self


def _is_none(choice: Any) -> bool:
    return choice is None or (isinstance(choice, str) and choice.lower() == "none")
