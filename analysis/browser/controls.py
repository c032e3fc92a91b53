"""Controls: what can be set on a page, from a Scenario alone.

A control is a field of the scenario, or of a part that one of its fields has chosen (`network.n`). Label, bounds,
choices and help are the field's own; so is the judgement on what somebody types.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...agents.errors import UnknownNameError
from ...agents.parameters import Parameters, name_of, read, written
from ...models.scenario import Scenario

__all__ = ["Control", "changed", "controls"]


@dataclass(frozen=True)
class Control:
    """One thing that can be set.

    Parameters
    ----------
    path
        The field's name, dotted if it is a part's ("network.n").
    kind
        "part" (of a catalogue), "choice" (of a few words), "switch", "whole", "number" or "text".
    value
        What it is set to, as text; of a part its name alone.
    help
        What it means, in which unit, and within which bounds.
    choices
        What a part or choice can be.
    """

    path: str
    kind: str
    value: str
    help: str
    choices: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The field's name in words."""
        return self.path.rpartition(".")[2].replace("_", " ")

    @property
    def owner(self) -> str:
        """The field whose part it belongs to; empty for the scenario's own."""
        return self.path.rpartition(".")[0]


def controls(scenario: Scenario) -> list[Control]:
    """Return what can be set, in the scenario's order, each part followed by its own parameters, limits last.

    >>> from accord.models import Averaging
    >>> [each.path for each in controls(Averaging.Scenario(network="ring"))][:3]
    ['network', 'network.n', 'rule']
    """
    return sorted(_controls(scenario, ""), key=lambda each: each.path in Scenario.model_fields)


def changed(scenario: Scenario, edits: Mapping[str, str]) -> Any:
    """Return a scenario with some controls set to what was typed.

    Raises
    ------
    InputError
        With one line that names the field, the value and the rule that it breaks.
    """
    fields = type(scenario).model_fields
    unknown = next((path for path in edits if path.partition(".")[0] not in fields), None)
    if unknown is not None:
        raise UnknownNameError(f"{name_of(type(scenario))} parameter", unknown, fields)
    given = {field: getattr(scenario, field) for field in fields}
    return type(scenario)(**given | {path: read(text) for path, text in edits.items()})


def _controls(owner: Parameters, prefix: str) -> Iterator[Control]:
    schema = type(owner).model_json_schema()
    for field, told in schema.get("properties", {}).items():
        value = getattr(owner, field)
        kind, choices = _kind(told, schema)
        text = name_of(type(value)) if isinstance(value, Parameters) and kind == "part" else written(value)
        yield Control(prefix + field, kind, text, _help(told), choices)
        if isinstance(value, Parameters) and kind == "part" and not prefix:
            yield from _controls(value, f"{field}.")


def _kind(told: Mapping[str, Any], schema: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Return what kind of control a field's JSON schema asks for, and what can be chosen."""
    if "examples" in told:
        return "part", tuple(told["examples"])
    forms = [each for each in told.get("anyOf", [told]) if each.get("type") != "null"]
    if len(forms) == 1:
        (form,) = forms
        empty = ("None",) if forms != told.get("anyOf", forms) else ()
        if "enum" in form:
            return "choice", (*map(str, form["enum"]), *empty)
        if not empty and form.get("type") in _KINDS:
            return _KINDS[form["type"]], ()
    return "text", ()


_KINDS = {"boolean": "switch", "integer": "whole", "number": "number"}
_BOUNDS = {
    "minimum": "at least",
    "exclusiveMinimum": "greater than",
    "maximum": "at most",
    "exclusiveMaximum": "less than",
}


def _help(told: Mapping[str, Any]) -> str:
    """Return a field's meaning and its bounds."""
    forms = told.get("anyOf", [told])
    bounds = [f"{words} {form[key]}" for form in forms for key, words in _BOUNDS.items() if key in form]
    if any(form.get("type") == "null" for form in forms):
        bounds.append("or none")
    meaning = str(told.get("description", "")).rstrip(".")
    return f"{meaning} ({', '.join(bounds)})" if bounds else meaning
