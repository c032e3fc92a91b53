"""Every column of every frame: its dtype in pandas, its unit, its meaning.

The columns that all sweeps share stand here. A model's own come from its `outcomes`, `step_outcomes`
and `party_outcomes`, its verdict's from its `properties`, the factors' from its scenario.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from ..agents.parameters import Parameters
from ..models.agreement import AgreementModel
from ..models.records import Column
from .design import label

__all__ = ["factor_dtype", "schema"]

_RUN = Column("int64", "1", "the run's number in the sweep: point times replicates plus replicate")
_BEFORE = {
    "replicate": Column("int64", "1", "repetition at the same point; equal replicates share their luck"),
    "seed": Column("int64", "1", "the sweep's seed; with the replicate it fixes every random number"),
    "status": Column("str", "1", "how the run ended: ok, failed, timeout or crashed"),
}
_RESULT = {
    "witnesses": Column("str", "1", "nodes by which violations can be seen, by property"),
    "vacuous": Column("str", "1", "properties that hold only because nothing happened"),
    "steps": Column("Int64", "steps", "steps made"),
}
_AFTER = {
    "seconds": Column(
        "float64", "s", "wall-clock time, shared evenly by runs made together; not reproducible"
    ),
    "error": Column("str", "1", "what went wrong, in one line; missing if nothing did"),
    "traceback": Column("str", "1", "where it went wrong; missing if nothing did"),
}
_STEP = Column("int64", "steps", "steps made; 0 is the state before the first")
_NULLABLE = {"int64": "Int64", "bool": "boolean", "string": "str", "object": "str"}


def schema(
    model: type[AgreementModel], factors: Mapping[str, Iterable[Any]] | Iterable[str] = ()
) -> dict[str, dict[str, Column]]:
    """Return the columns of the frames "runs", "steps" and "parties", in their order.

    Parameters
    ----------
    model
        The model that is swept.
    factors
        The design's factors, with their levels where they are known; these decide a factor's dtype.

    Notes
    -----
    A run that failed has no outcome, so outcomes that are whole numbers or flags use pandas' nullable dtypes.
    Texts are `str`: the default string dtype of the pandas at hand.
    """
    levels = dict(factors) if isinstance(factors, Mapping) else dict.fromkeys(factors, ())
    runs = {
        "run": _RUN,
        **{factor: _factor(model, factor, each) for factor, each in levels.items()},
        **_BEFORE,
        **_verdict(model),
        **_RESULT,
        **{name: _nullable(column) for name, column in model.outcomes.items()},
        **_AFTER,
    }
    return {
        "runs": runs,
        "steps": {"run": _RUN, "step": _STEP, **model.step_outcomes},
        "parties": {"run": _RUN, "step": _STEP, **model.party_outcomes},
    }


def factor_dtype(levels: Iterable[Any]) -> str:
    """Return the dtype of a factor's column: numbers stay numbers, everything else is text.

    A missing level (None) is text as well, so that it is a group like any other.

    >>> factor_dtype([1, 2]), factor_dtype([1, 0.5]), factor_dtype(["ring", 1]), factor_dtype([1, None])
    ('int64', 'float64', 'str', 'str')
    """
    kinds = {type(label(each)) for each in levels}
    for allowed, dtype in (({bool}, "bool"), ({int}, "int64"), ({int, float}, "float64")):
        if kinds and kinds <= allowed:
            return dtype
    return "str"


def _factor(model: type[AgreementModel], factor: str, levels: Iterable[Any]) -> Column:
    fields = model.Scenario.model_fields
    part, _, parameter = factor.partition(".")
    meaning = fields[part].description or "" if part in fields else ""
    if parameter:
        chosen = fields[part].default if part in fields else None
        inner = type(chosen).model_fields if isinstance(chosen, Parameters) else {}
        inner_meaning = inner[parameter].description if parameter in inner else None
        meaning = inner_meaning or f"{parameter} of {part}"
    return Column(factor_dtype(levels), "1", meaning)


def _verdict(model: type[AgreementModel]) -> dict[str, Column]:
    columns = {
        each.name: Column("str", "1", f"held, violated or inconclusive: {each.meaning}")
        for each in model.properties
    }
    steps = {
        f"{each.name}_step": Column(
            "Int64", "steps", f"step at which {each.name} came to hold or was violated"
        )
        for each in model.properties
    }
    return columns | steps


def _nullable(column: Column) -> Column:
    return Column(_NULLABLE.get(column.dtype, column.dtype), column.unit, column.meaning)
