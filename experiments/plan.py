"""Plans: a sweep in full, checked before anything runs."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pickle import dumps
from typing import Annotated, Any, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import PydanticUserError, TypeAdapter
from pydantic.fields import FieldInfo

from ..agents.errors import InputError, UnknownNameError
from ..agents.parameters import Parameters, name_of, parse
from ..models.agreement import AgreementModel
from ..models.records import Detail
from ..models.seeds import Seed
from .block import Block, Job
from .design import Design, check_distinct, grid, label
from .loading import address, load_model
from .provenance import accord_code, user_code, versions
from .schema import schema
from .shards import Layout

__all__ = ["Plan"]

_MOST_RUNS = 100_000_000
_TOGETHER = 64  # replicates that a model advances side by side at most
_DECISIVE = ("accord", "python", "mesa", "numpy", "scipy", "networkx")  # versions that numbers may depend on


@dataclass(frozen=True)
class Plan:
    """What a sweep does: a model, a design, replicates, a seed and what to record.

    Parameters
    ----------
    model : type[AgreementModel]
    design : Design
        With levels that are finished objects where the scenario has parts.
    replicates : int
        Runs at each point; replicate r has the same luck at every point.
    seed : int
    record : tuple of str
        Of "steps", "parties", "trajectories".
    """

    model: type[AgreementModel]
    design: Design
    replicates: int
    seed: int
    record: tuple[str, ...]

    @classmethod
    def of(
        cls,
        model: Any,
        factors: Mapping[str, Any] | Design,
        replicates: int,
        seed: int,
        record: Iterable[str],
        where: str | None = None,
    ) -> Self:
        """Return the plan for what a user gave, every point of it validated.

        Raises
        ------
        InputError
            One line that names the factor or the point, the rule it breaks and a way out.
        """
        kind = load_model(model)
        if not isinstance(replicates, int | np.integer) or isinstance(replicates, bool) or replicates < 1:
            raise InputError(f"replicates={replicates!r} must be a whole number of at least 1")
        if seed is None:
            raise InputError(
                "seed=None: a sweep must be repeatable; give a non-negative integer, such as seed=0"
            )
        if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or seed < 0:
            raise InputError(f"seed={seed!r} must be a non-negative integer, such as seed=1")
        if not isinstance(factors, Mapping | Design):
            raise InputError(
                f"factors={factors!r}: give a dict of levels by factor, such as {{'traitors': [0, 1]}}"
            )
        details = _details(record)
        if isinstance(factors, Design) and where is not None:
            raise InputError(
                f"where={where!r}: a finished design says itself which points it has; give it there"
            )
        design = factors if isinstance(factors, Design) else grid(factors, where=where)
        design = replace(design, levels=_finished(kind, design))
        if len(design) * int(replicates) > _MOST_RUNS:
            raise InputError(
                f"{len(design)} points by {replicates} replicates are more than {_MOST_RUNS} runs; sweep in parts"
            )
        plan = cls(kind, design, int(replicates), Seed.of(seed).number, details)
        plan._check_columns()
        plan._check_points()
        return plan

    @property
    def job(self) -> Job:
        """What all of the plan's blocks have in common."""
        return Job(self.model, self.record)

    @property
    def layout(self) -> Layout:
        """How the frames are laid out."""
        labels = {factor: tuple(map(_written, each)) for factor, each in self.design.levels.items()}
        columns = schema(self.model, self.design.levels)
        return Layout(replace(self.design, levels=labels), self.replicates, self.seed, columns)

    def blocks(self, done: NDArray[np.bool_], workers: int) -> Iterator[Block]:
        """Yield what is missing, in order.

        Parameters
        ----------
        done : (total,)
            Which runs are finished.
        workers
            Among how many the blocks are shared out; more of them get smaller blocks.
        """
        share = -(-int((~done).sum()) // (4 * workers)) if workers > 1 else _TOGETHER
        size = max(min(share, _TOGETHER), 1) if self.job.side_by_side else 1
        for point in range(len(self.design)):
            first = point * self.replicates
            missing = np.flatnonzero(~done[first : first + self.replicates])
            values = self.design.point(point) if len(missing) else {}
            for start in range(0, len(missing), size):
                chosen = missing[start : start + size].tolist()
                yield Block(
                    values,
                    tuple(first + replicate for replicate in chosen),
                    tuple(Seed(self.seed, replicate) for replicate in chosen),
                )

    def identity(self) -> dict[str, Any]:
        """Return everything that the results depend on, as plain JSON values.

        Two sweeps with equal identities give equal results; a folder holds those of one identity.
        """
        levels = self.design.levels
        parts = [type(each) for values in levels.values() for each in values]
        return {
            "model": name_of(self.model),
            "factors": {factor: [_exactly(each) for each in values] for factor, values in levels.items()},
            "side_by_side": self.design.side_by_side,
            "where": self.design.where,
            "replicates": self.replicates,
            "seed": self.seed,
            "record": list(self.record),
            "code": {"accord": accord_code(), "model": user_code([self.model, self.model.Scenario, *parts])},
            "versions": {name: each for name, each in versions().items() if name in _DECISIVE},
        }

    def description(self) -> dict[str, Any]:
        """Return what a reader of the folder needs to know, as plain JSON values."""
        layout = self.layout
        return {
            "model": address(self.model),
            "factors": {factor: list(each) for factor, each in layout.design.levels.items()},
            "side_by_side": self.design.side_by_side,
            "where": self.design.where,
            "replicates": self.replicates,
            "seed": self.seed,
            "record": list(self.record),
            "runs": layout.total,
            "scenario": _json_schema(self.model),
            "columns": {
                frame: {name: [each.dtype, each.unit, each.meaning] for name, each in columns.items()}
                for frame, columns in layout.columns.items()
            },
        }

    def _check_columns(self) -> None:
        taken = schema(self.model)["runs"]
        clash = next((factor for factor in self.design.levels if factor in taken), None)
        if clash is not None:
            raise InputError(
                f"factor {clash!r} has the name of a column of the results; rename that field or outcome"
            )

    def _check_points(self) -> None:
        """Construct every point's scenario, all of them before anything runs."""
        first, wrong = "", 0
        for number in range(len(self.design)):
            values = self.design.point(number)
            try:
                self.model.Scenario(**values)
            except InputError as error:
                told = ", ".join(f"{factor}={label(each)}" for factor, each in values.items())
                first, wrong = first or f"{error} (at the point {told})", wrong + 1
        if wrong:
            raise InputError(
                first + (f"; {wrong - 1} more of {len(self.design)} points fail too" if wrong > 1 else "")
            )


def _details(record: Iterable[str]) -> tuple[str, ...]:
    if not isinstance(record, Iterable):
        raise InputError(
            f"record={record!r}: give names among {', '.join(Detail)}, such as record=('steps',)"
        )
    asked = [record] if isinstance(record, str) else list(record)
    for each in asked:
        if each not in list(Detail):
            raise UnknownNameError("detail to record", each, [str(known) for known in Detail])
    return tuple(str(each) for each in Detail if each in asked)


def _finished(model: type[AgreementModel], design: Design) -> dict[str, tuple[Any, ...]]:
    """Return the levels with parts (a network, a rule) made once, instead of at every point anew."""
    fields = model.Scenario.model_fields
    finished = {}
    for factor, levels in design.levels.items():
        part = factor.partition(".")[0]
        if part not in fields:
            raise UnknownNameError(f"factor of {name_of(model)}", factor, fields)
        parameter = factor.partition(".")[2]
        if parameter and any(parameter in _given(each) for each in design.levels.get(part, ())):
            raise InputError(f"{factor} is given twice, the other time in a level of {part}; give it once")
        if part == factor:
            levels = tuple(_part(fields[factor], each) for each in levels)
            if not design.side_by_side:
                check_distinct(factor, levels)
        finished[factor] = levels
    return finished


def _given(level: Any) -> Mapping[str, Any]:
    """Return the parameters that the text or mapping of a part names."""
    if isinstance(level, str):
        with suppress(InputError):  # the path of a file
            return parse(level)[2]
    return level if isinstance(level, Mapping) else {}


def _part(field: FieldInfo, level: Any) -> Any:
    """Return the part that a text, a mapping or a graph stands for; any other level as it is."""
    if level is None or isinstance(level, bool | int | float | Parameters):
        return level
    kind: Any = Annotated[field.annotation, field.title, *field.metadata]
    try:
        made = TypeAdapter(kind).validate_python(level)
    except (ValueError, PydanticUserError):  # the scenario says it better
        return level
    return made if isinstance(made, Parameters) else level


def _written(level: Any) -> Any:
    """Return a level as it can be read again from the manifest."""
    return [_written(each) for each in level] if isinstance(level, list | tuple) else label(level)


def _exactly(level: Any) -> Any:
    if isinstance(level, Parameters):
        return level.canonical()
    if level is None or isinstance(level, bool | int | float | str):
        return level
    if isinstance(level, list | tuple):
        return [_exactly(each) for each in level]
    if isinstance(level, Mapping):
        return {str(key): _exactly(each) for key, each in level.items()}
    return f"{label(level)} #{sha256(dumps(level)).hexdigest()[:16]}"  # an object of the user's own


def _json_schema(model: type[AgreementModel]) -> Any:
    try:
        return model.Scenario.model_json_schema()
    except Exception:  # a field of the user's own that JSON has no words for
        return {
            name: {"description": field.description} for name, field in model.Scenario.model_fields.items()
        }
