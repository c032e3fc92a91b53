"""Study: a question, the sweep that answers it, and how the answer is measured and drawn."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field

from ..agents.errors import InputError
from ..agents.parameters import Parameters

if TYPE_CHECKING:
    from .result import Result

__all__ = ["Small", "Study", "read_study"]


class Small(Parameters):
    """What differs when a study is run at its small size, to see that it works."""

    factors: dict[str, Any] = Field({}, description="levels that replace the study's own, by factor")
    replicates: int | None = Field(None, ge=1, description="runs at each point")

    def __str__(self) -> str:
        return f"factors={self.factors}, replicates={self.replicates}"


class Study(Parameters):
    """A named, declared sweep.

    Nothing is loaded or checked beyond the fields' types until it runs, so listing studies is fast.

    Examples
    --------
    >>> study = Study(name="rings", question="How long?", model="averaging", factors={"network.n": [8, 16]})
    >>> study.but(replicates=5, factors={"weights": "metropolis"}).factors
    {'network.n': [8, 16], 'weights': 'metropolis'}
    """

    name: str = Field(description="what people type")
    question: str = Field(description="what the study answers, in one sentence")
    model: Any = Field(description="the model: its name, its class, or file.py:Class")
    factors: dict[str, Any] = Field(description="levels by scenario field, or by dotted name")
    where: str | None = Field(
        None, description="keeps only the points for which it is true, such as traitors <= `network.n` - 2"
    )
    replicates: int = Field(1, ge=1, description="runs at each point")
    seed: int = Field(0, ge=0, description="fixes every random number")
    record: tuple[str, ...] = Field(("steps",), description="of steps, parties, trajectories")
    measures: tuple[str, ...] = Field((), description="names of the measures that summarise it")
    figures: tuple[str, ...] = Field((), description="names of the figures that show it")
    small: Small = Field(Small(), description="what differs at the small size")

    def but(self, **changes: Any) -> Any:
        """Return a copy with some fields changed; of the factors, only those that are named."""
        if isinstance(changes.get("factors"), Mapping):
            changes["factors"] = {**self.factors, **changes["factors"]}
        return super().but(**changes)

    def at_small_size(self) -> "Study":
        """Return the study as it is run to see that it works.

        Raises
        ------
        InputError
            If it has no small size.
        """
        if self.small == Small():
            raise InputError(
                f"study {self.name} has no small size; give it one with [small], or run it whole"
            )
        small: Study = self.but(
            factors=self.small.factors, replicates=self.small.replicates or self.replicates
        )
        return small

    def run(
        self,
        *,
        workers: int = 1,
        out: Path | str | None = None,
        time_limit: float | None = None,
        progress: bool | None = None,
    ) -> "Result":
        """Run the study; see `accord.sweep` for the arguments and for what can go wrong."""
        from .plan import Plan
        from .sweeps import run_plan

        plan = Plan.of(self.model, self.factors, self.replicates, self.seed, self.record, self.where)
        told = self.model_dump(include={"name", "question", "measures", "figures"}, mode="json")
        return run_plan(plan, workers=workers, out=out, time_limit=time_limit, progress=progress, study=told)

    def __str__(self) -> str:
        return f"{self.name}: {self.question}"


def read_study(path: Path | str) -> Study:
    """Return the study in a TOML file.

    The keys are the fields of `Study`; `name` is the file's unless it is given. A model in a file, and files that
    levels name (a network, a bargain), are looked for beside it. Levels are lists, single values, texts such as
    "0..4", or tables with `from`, `to` and `step` or `num`; ``network.n = [10, 20]`` is a factor by its dotted name.
    `where` is a text.

    Raises
    ------
    InputError
        If there is no such file, it is not TOML, or a key is misspelt; with the file, and line where known.
    """
    import tomllib

    path = Path(path)
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"there is no study file {path}; check the path") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: not TOML: {error}") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None
    model = given.get("model")
    if isinstance(model, str) and ".py:" in model:
        given["model"] = str(path.parent.resolve() / model)
    for place in (given, given.get("small")):
        if isinstance(place, dict) and isinstance(place.get("factors"), dict):
            place["factors"] = _beside(path.parent, _dotted(place["factors"]))
    try:
        return Study(**{"name": path.stem, **given})
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def _dotted(factors: Mapping[str, Any]) -> dict[str, Any]:
    """Return factors with nested tables, as TOML reads dotted names, under dotted names again."""
    flat: dict[str, Any] = {}
    for factor, given in factors.items():
        if isinstance(given, Mapping) and not {"name", "from"} & set(given):
            flat |= {f"{factor}.{parameter}": levels for parameter, levels in given.items()}
        else:
            flat[factor] = given
    return flat


def _beside(folder: Path, levels: Any) -> Any:
    """Return levels in which names of files that are in a folder say so."""
    if isinstance(levels, Mapping):
        return {name: _beside(folder, level) for name, level in levels.items()}
    if isinstance(levels, list):
        return [_beside(folder, level) for level in levels]
    if isinstance(levels, str) and Path(levels).suffix and (folder / levels).is_file():
        return str(folder / levels)
    return levels
