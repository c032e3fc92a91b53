"""Parameters: what can be set on a rule, a conduct, a topology or a whole scenario.

One frozen, validated, documented object is the command line's option, the browser's control, the
docs' table, a sweep's level and part of a run's key. Its text form can be typed in a shell and read
in a column of a frame: ``w-msr(f=2)``, ``watts-strogatz(n=100, k=4, p=0.1)``.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, ValidationError

from .errors import InputError, UnknownNameError

__all__ = ["Parameters", "also_checked", "check_again", "name_of", "parse", "read", "split", "written"]

_BARE = re.compile(r"[A-Za-z_][\w./-]*\Z")
_WORDS = {"true": True, "false": False, "none": None}
_CALL = re.compile(r"\s*([A-Za-z0-9_][\w.-]*)\s*(?:\((.*)\))?\s*\Z", re.DOTALL)

_checks: list[Callable[["Parameters"], None]] = []


@contextmanager
def also_checked(check: Callable[["Parameters"], None]) -> Iterator[None]:
    """Hold everything that is made inside the block to one more rule: `check` raises an InputError.

    Parts are held to it before the scenario that has them looks at them. All threads are bound by it.
    """
    _checks.append(check)
    try:
        yield
    finally:
        _checks.remove(check)


def check_again(made: "Parameters") -> None:
    """Hold something that was made before, perhaps outside of the block, to the rules of `also_checked`."""
    for check in _checks:
        check(made)


class Parameters(BaseModel):
    """Base of everything that has parameters. Frozen, hashable; unknown parameters are refused.

    Positional values fill the fields in their order, so ``Ring(20)`` is ``Ring(n=20)``.

    Raises
    ------
    InputError
        With one line that names the field, the value and the rule that it breaks.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, arbitrary_types_allowed=True, allow_inf_nan=False
    )

    if not TYPE_CHECKING:  # type checkers see the signature that pydantic makes of the fields

        def __init__(self, /, *values: Any, **parameters: Any) -> None:
            fields = tuple(type(self).model_fields)
            name = name_of(type(self))
            if len(values) > len(fields):
                raise InputError(
                    f"{name} takes at most {len(fields)} parameters "
                    f"({', '.join(fields) or 'none'}), {len(values)} given"
                )
            for field, value in zip(fields, values, strict=False):
                if field in parameters:
                    raise InputError(f"{name}: {field} is given twice; give it once")
                parameters[field] = value
            try:
                super().__init__(**parameters)
            except ValidationError as error:
                raise InputError.from_validation(error, name, fields) from None
            check_again(self)

    def __str__(self) -> str:
        """Return the text form, with the parameters that differ from their defaults."""
        settings = ", ".join(
            f"{field}={written(getattr(self, field))}"
            for field, info in type(self).model_fields.items()
            # compared as text: a default may itself be given as text ("linear")
            if info.is_required()
            or str(getattr(self, field)) != str(info.get_default(call_default_factory=True))
        )
        return f"{name_of(type(self))}({settings})" if settings else name_of(type(self))

    def __repr__(self) -> str:
        return f"<{self}>"

    def but(self, **changes: Any) -> Any:
        """Return a copy with some parameters changed, validated anew."""
        given = {field: getattr(self, field) for field in type(self).model_fields}
        unknown = next((field for field in changes if field not in given), None)
        if unknown is not None:
            raise UnknownNameError(f"{name_of(type(self))} parameter", unknown, given)
        return type(self)(**{**given, **changes})

    def canonical(self) -> dict[str, Any]:
        """Return name and every parameter as plain JSON values: what the object is, in full."""
        return {"name": name_of(type(self)), **self.model_dump(mode="json")}


def name_of(kind: type) -> str:
    """Return the name that people type for a class: its file's name, or its own in kebab case.

    The one public object of a catalogue file goes by the file's name; a class made in a notebook
    goes by its own.

    >>> class MyRule: ...
    >>> name_of(MyRule)
    'my-rule'
    """
    module = sys.modules.get(kind.__module__)
    if getattr(module, "__all__", None) == [kind.__name__]:
        return kind.__module__.rpartition(".")[2].replace("_", "-")
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", kind.__name__).lower()


def parse(text: str) -> tuple[str, list[Any], dict[str, Any]]:
    """Return name, positional and named parameters of a text form.

    Words need no quotes; nested forms stay text for whoever reads them next.

    >>> parse("watts-strogatz(100, k=4, p=0.1)")
    ('watts-strogatz', [100], {'k': 4, 'p': 0.1})
    >>> parse("worst(of=highest-degree, draws=[1, 2])")
    ('worst', [], {'of': 'highest-degree', 'draws': [1, 2]})

    Raises
    ------
    InputError
        If the text is not ``name`` or ``name(value, key=value, ...)``.
    """
    match = _CALL.match(text)
    if match is None:
        raise InputError(f"cannot read {text!r}: write name or name(key=value, ...)")
    name, inside = match.groups()
    values: list[Any] = []
    named: dict[str, Any] = {}
    for part in split(inside or "", ",", text) if inside else ():
        key, equals, value = part.partition("=")
        if equals and key.strip().isidentifier():
            if key.strip() in named:
                raise InputError(f"cannot read {text!r}: {key.strip()} is given twice; give it once")
            named[key.strip()] = read(value.strip())
        elif named:
            raise InputError(f"cannot read {text!r}: {part.strip()!r} follows a named value; name it too")
        else:
            values.append(read(part.strip()))
    return name, values, named


def split(inside: str, separator: str, whole: str | None = None) -> list[str]:
    """Return the parts between separators that stand in no bracket and no quotes.

    >>> split("exponential(mean=2) + loss(p=1e-1)", "+")
    ['exponential(mean=2) ', ' loss(p=1e-1)']

    Raises
    ------
    InputError
        If a bracket or a quote is left open, or a part is empty.
    """
    whole = inside if whole is None else whole
    depth, quote, part, parts, escaped = 0, "", "", [], False
    for char in inside:
        if quote:
            quote = "" if char == quote and not escaped else quote
            escaped = char == "\\" and not escaped
        elif char in "'\"":
            quote = char
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
        if depth < 0:
            break
        if char == separator and depth == 0 and not quote:
            parts.append(part)
            part = ""
        else:
            part += char
    if depth or quote:
        raise InputError(f"cannot read {whole!r}: a bracket or quote is left open")
    if part.strip() or separator != ",":  # a comma may stand at the end
        parts.append(part)
    if not all(each.strip() for each in parts):
        between = "between two commas" if separator == "," else f"on one side of {separator!r}"
        raise InputError(f"cannot read {whole!r}: nothing stands {between}")
    return parts


def read(text: str) -> Any:
    """Return the value that a text form stands for; what stands for nothing else is text.

    >>> read("2"), read("none"), read("[ring, 0.5]"), read("ring(n=12)")
    (2, None, ['ring', 0.5], 'ring(n=12)')

    Raises
    ------
    InputError
        If a bracket or a quote is left open.
    """
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if text[:1] == "[" and text[-1:] == "]":
        return [read(part.strip()) for part in split(text[1:-1], ",", text)]
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text


def written(value: Any) -> str:
    """Return a value's text form, which `read` reads.

    >>> written(None), written([1, "two words"])
    ('None', "[1, 'two words']")
    """
    if isinstance(value, str):
        return value if _BARE.match(value) and value.lower() not in _WORDS else repr(value)
    if isinstance(value, tuple | list):
        return "[" + ", ".join(written(each) for each in value) + "]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key!r}: {written(each)}" for key, each in value.items()) + "}"
    return str(value)
