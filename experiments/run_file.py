"""Run files: one run and its schedule as a JSON file, to be replayed from it, sent to somebody, or edited by hand.

A file names model, scenario and seed, lists the choices, one a line, and says which code and versions made it; under
any other it is refused, for there the same choices may mean something else.
"""

import json
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ..agents.errors import InputError, UnknownNameError
from ..agents.parameters import name_of
from ..models.agreement import AgreementModel
from ..models.schedule import Schedule, spelled
from ..models.seeds import Seed
from ..models.simulation import START, TIMER, Choice, Coin
from .design import label
from .loading import address, load_model
from .manifest import difference
from .plan import Plan
from .shards import atomically

__all__ = ["read_run", "write_run"]

_FORMAT = 1


def write_run(model: AgreementModel, path: Path | str) -> Path:
    """Write a run with the schedule that it follows, or else that of all that happened.

    Raises
    ------
    InputError
        If no messages are sent in the model.
    """
    schedule = getattr(model, "schedule", None) or Schedule.of(model)
    scenario = model.scenario
    head = {
        "format": _FORMAT,
        "model": address(type(model)),
        "scenario": {field: label(getattr(scenario, field)) for field in type(scenario).model_fields},
        "seed": model.seed.number,
        "replicate": model.seed.replicate,
        "verdict": {name: judgement.status.value for name, judgement in model.verdict.items()},
        "made_by": _identity(type(model), scenario, model.seed.number),
        "until": schedule.until,
        "prompt": schedule.prompt,
        "cut": schedule.cut,
    }
    choices = ",\n  ".join(json.dumps(_listed(each, schedule.written)) for each in schedule.choices)
    text = json.dumps(head, indent=1).removesuffix("\n}") + f',\n "choices": [\n  {choices}\n ]\n}}\n'
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    atomically(path, lambda file: file.write(text.encode()))
    return path


def read_run(path: Path | str, model: type[AgreementModel] | str | None = None) -> AgreementModel:
    """Return the model of a run that was written, replayed: finished, to be looked at from within.

    Of code, only accord's own and the model given are run: somebody else may have written the file.

    Parameters
    ----------
    path
        The file.
    model
        The model's class, or "file.py:Class"; needed only if it is none of accord's own.

    Raises
    ------
    InputError
        If the file is none of a run, or was made by other code or versions, or with a model that is not given.
    """
    path = Path(path)
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(told, dict) or "format" not in told:
            raise ValueError("no format is told")
        if told["format"] != _FORMAT:
            raise InputError(
                f"{path} has format {told['format']}, this accord reads {_FORMAT}; "
                "replay it with the accord that wrote it"
            )
        run = _File.model_validate(told)
    except FileNotFoundError:
        raise InputError(f"there is no file {path}; accord shrink writes run files") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise InputError(f"{path} is not a run file: {where}: {first['msg']}".replace("\n", " ")) from None
    except InputError:
        raise
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"{path} is not a run file ({error}); accord shrink writes run files") from None
    if model is None and ":" in run.model:
        raise InputError(
            f"{path} was made with {run.model}, code that is not accord's own and is not run unasked; "
            f"if you trust it, name it: model={run.model!r}, in the shell --model {run.model}"
        )
    kind: Any = load_model(model or run.model)
    scenario = kind.Scenario(**run.scenario)
    if not hasattr(kind, "simulation"):
        raise InputError(f"{path}: {name_of(kind)} has no schedule, no messages are sent in it")
    changed = difference(run.made_by, _identity(kind, scenario, run.seed))
    if changed:
        raise InputError(f"{path} cannot be replayed as it was: {changed}; shrink the run again")
    properties = [each.name for each in kind.properties]
    if run.until not in (None, *properties):
        raise UnknownNameError("property", run.until, properties)
    choices = tuple(each.choice for each in run.choices)
    schedule = Schedule(choices, run.prompt, run.until, written=True, cut=run.cut)
    found: Any = kind(scenario, rng=Seed(run.seed, run.replicate), schedule=schedule)
    beyond = max((max(each.party, each.sender or 0) for each in run.choices), default=0)
    if beyond >= found.network.n:
        raise InputError(
            f"{path} is not a run file: choices name party {beyond}, and there are {found.network.n} parties"
        )
    finished: AgreementModel = found.run()
    return finished


def _identity(model: type[AgreementModel], scenario: Any, seed: int) -> Any:
    """Return all that a run depends on beside its replicate and schedule, as plain JSON values."""
    factors = {field: [getattr(scenario, field)] for field in type(scenario).model_fields}
    return json.loads(json.dumps(Plan.of(model, factors, 1, seed, ()).identity()))


def _listed(each: Choice | Coin, written: bool) -> dict[str, Any]:
    """Return a choice as plain JSON values."""
    told = str if written else spelled
    if isinstance(each, Coin):
        return {"party": each.node, "event": "coin", "what": told(each.key), "value": told(each.value)}
    kind = {START: "start", TIMER: "timer"}.get(each.sender, "message")
    line: dict[str, Any] = {"time": each.time, "party": each.node, "event": kind}
    if kind == "message":
        line["from"] = each.sender
    if kind != "start":
        line["what"] = told(each.what)
    return line


class _Listed(BaseModel):
    """A choice as it stands in a file."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)

    time: float = Field(0.0, ge=0)
    party: int = Field(ge=0)
    event: Literal["start", "timer", "message", "coin"]
    sender: int | None = Field(None, alias="from", ge=0)
    what: str | None = None
    value: str | None = None

    @model_validator(mode="after")
    def _whole(self) -> "_Listed":
        given = {name for name in ("sender", "what", "value") if getattr(self, name) is not None}
        wanted = {"start": set(), "timer": {"what"}, "message": {"sender", "what"}, "coin": {"what", "value"}}
        if given != wanted[self.event]:
            needs = ", ".join(sorted(wanted[self.event])).replace("sender", "from") or "nothing"
            raise ValueError(f"a {self.event} has party and {needs}")
        return self

    @property
    def choice(self) -> Choice | Coin:
        if self.event == "coin":
            return Coin(self.party, self.what, self.value)
        sender = {"start": START, "timer": TIMER}.get(self.event, self.sender)
        return Choice(self.party, sender, self.what or spelled(None), self.time)  # type: ignore[arg-type]


class _File(BaseModel):
    """A run file."""

    model_config = ConfigDict(extra="forbid", strict=True)

    format: int
    model: str
    scenario: dict[str, Any]
    seed: int = Field(ge=0)
    replicate: int = Field(ge=0)
    verdict: dict[str, str]
    made_by: dict[str, Any]
    until: str | None
    prompt: bool
    cut: bool
    choices: list[_Listed]
