"""Scenario: the frozen, validated, documented parameters of a model."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import Field

from ..agents.errors import InputError, UnknownNameError
from ..agents.parameters import Parameters, name_of, parse

__all__ = ["Scenario"]


class Scenario(Parameters):
    """What a model is set to. Each model has one; its fields are a sweep's factors.

    A part that has parameters of its own (a network, a rule) is given as a text, a mapping with `name`,
    or an object; single parameters of it can be set by dotted names, which makes them factors too:

    >>> from accord.models import Averaging
    >>> str(Averaging.Scenario(**{"network": "ring", "network.n": 12}).network)
    'ring(n=12)'
    """

    max_steps: int = Field(1000, ge=1, le=10_000_000, description="step at which a run ends at the latest")

    if not TYPE_CHECKING:

        def __init__(self, /, *values: Any, **parameters: Any) -> None:
            super().__init__(*values, **self._undotted(parameters))

    @classmethod
    def _undotted(cls, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Return the parameters with ``network.n`` merged into ``network``."""
        plain = {key: value for key, value in parameters.items() if "." not in key}
        for key, value in parameters.items():
            if "." not in key:
                continue
            part, _, parameter = key.partition(".")
            if part not in cls.model_fields:
                raise UnknownNameError(f"{name_of(cls)} parameter", part, cls.model_fields)
            chosen = plain.get(part, cls.model_fields[part].default)
            plain[part] = _merged(part, chosen, parameter, value, twice=part in parameters)
        return plain


def _merged(part: str, chosen: Any, parameter: str, value: Any, *, twice: bool) -> Any:
    """Return a part's choice with one parameter set; what the choice sets itself must not be set twice."""
    if isinstance(chosen, Parameters):
        return chosen.but(**{parameter: value})
    if isinstance(chosen, str):
        name, values, named = parse(chosen)
        if not values:
            chosen = {"name": name, **named}
    if not isinstance(chosen, Mapping):
        raise InputError(
            f"{part}.{parameter}: {part}={chosen!r} has no named parameters; write {part}='name(...)'"
        )
    if parameter in chosen and twice:
        raise InputError(f"{part}.{parameter} is given twice; give it once")
    return {**chosen, parameter: value}
