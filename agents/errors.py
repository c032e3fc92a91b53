"""What accord says when its user asks for something that cannot be.

Our own bad input raises an `InputError` before anything runs: one line that names the field, the
value, the rule and a way out. A party's misbehaviour is never an exception; it is recorded.
"""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

__all__ = ["InputError", "UnknownNameError"]

_BOUNDS = {"ge": "at least", "gt": "greater than", "le": "at most", "lt": "less than"}
_FORM = re.compile(r"int|float|str|bool|none|constrained-\w+|[\w-]+\[.*\]")
"""What pydantic calls the forms that a field can have if it can have several."""
_LENGTHS = {"min_length": "at least", "max_length": "at most"}


class InputError(ValueError):
    """Bad input, told in one line with a way out."""

    @classmethod
    def from_validation(cls, error: ValidationError, owner: str, known: Iterable[str] = ()) -> "InputError":
        """Return the one-line form of pydantic's report about `owner`, whose fields are `known`."""
        known = sorted(known)
        told = _likeliest([dict(each) for each in error.errors()])
        return cls("; ".join(_sentence(owner, known, each) for each in told))


class UnknownNameError(InputError, KeyError):
    """A name that a catalogue, a study or a scenario does not have.

    Parameters
    ----------
    noun
        What was looked for, in the singular ("rule").
    name
        What was asked for.
    known
        The names there are.
    """

    def __init__(self, noun: str, name: object, known: Iterable[str]) -> None:
        known = sorted(known)
        near = get_close_matches(str(name), known, n=1)
        hint = f"did you mean {near[0]!r}? " if near else ""
        super().__init__(f"unknown {noun} {str(name)!r}: {hint}known: {', '.join(known) or 'none'}")

    def __str__(self) -> str:  # KeyError would show the message in quotes
        return str(self.args[0])

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle as the plain message, which is all that a worker process has to send home."""
        return (InputError, self.args)


def _likeliest(errors: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the errors less those of forms that were not meant: which one was has the fewest, furthest inside."""
    forms: dict[tuple[Any, Any], list[int]] = {}
    for each in errors:
        if len(each["loc"]) > 1 and _FORM.fullmatch(str(each["loc"][1])):
            forms.setdefault(each["loc"][:2], []).append(len(each["loc"]))
    meant: dict[Any, Any] = {}
    for field, form in sorted(forms, key=lambda each: (len(forms[each]), -max(forms[each]))):
        meant.setdefault(field, form)
    return [
        {**each, "loc": [part for part in each["loc"] if not _FORM.fullmatch(str(part))]}
        for each in errors
        if each["loc"][:2] not in forms or meant[each["loc"][0]] == each["loc"][1]
    ]


def _sentence(owner: str, known: list[str], told: dict[str, Any]) -> str:
    field = ".".join(str(part) for part in told["loc"])
    rule, given = told.get("ctx") or {}, told.get("input")
    if told["type"] == "extra_forbidden":
        return str(UnknownNameError(f"{owner} parameter", field, known))
    if told["type"] == "missing":
        return f"{owner}: {field} is missing; give {field}=..."
    if isinstance(rule.get("error"), Exception):
        return f"{owner}: {rule['error']}" if not field else f"{owner}: {field}: {rule['error']}"
    for bound, words in _BOUNDS.items():
        if bound in rule:
            return f"{owner}: {field}={given!r} must be {words} {rule[bound]}"
    for bound, words in _LENGTHS.items():
        if bound in rule:
            return f"{owner}: {field} has {rule.get('actual_length')} entries and must have {words} {rule[bound]}"
    message = told["msg"]
    return f"{owner}: {field}={given!r}: {message[:1].lower()}{message[1:]}"
