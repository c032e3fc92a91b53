"""Result: what a sweep made, as pandas DataFrames read from its folder when they are asked for."""

import json
import weakref
from collections.abc import Iterable, Mapping
from copy import copy
from functools import cached_property
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from ..agents.errors import InputError
from ..models.agreement import AgreementModel
from ..models.records import Column, Detail
from ..models.seeds import Seed
from .design import Design
from .loading import load_model
from .manifest import difference, read_manifest
from .plan import Plan
from .shards import read_frame, read_statuses

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Result"]


class Result:
    """The results of a sweep.

    Parameters
    ----------
    folder
        The folder that holds them.

    Attributes
    ----------
    runs : DataFrame
        A row a run: its number `run`, a column for each factor, `replicate`, `seed`, `status`, then the
        verdict and the model's outcomes, and `seconds`, `error` and `traceback`.
    steps : DataFrame
        A row a run and step; ``result.steps.merge(result.runs, on="run")`` puts the factors beside them.
    parties : DataFrame
        A row a run, recorded step and party.
    manifest : dict
        What was done, when, by which code in which versions.

    See Also
    --------
    accord.experiments.schema.schema : what each column means.
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        self.manifest, self._layout = read_manifest(self.folder)
        self._plan: Plan | None = None
        self._whole: Result | None = None  # of which this is a part: these runs
        self._kept = np.zeros(0, dtype=np.int64)

    @classmethod
    def open(cls, folder: Path | str) -> Self:
        """Return the results in a folder, finished or not.

        Raises
        ------
        InputError
            If the folder holds no sweep.
        """
        return cls(folder)

    @classmethod
    def _of(cls, folder: Path, plan: Plan, *, temporary: bool = False) -> Self:
        result = cls(folder)
        result._plan = plan
        if temporary:
            weakref.finalize(result, rmtree, folder, ignore_errors=True)
        return result

    def only(self, runs: Iterable[int]) -> Self:
        """Return some of the runs as a result of their own, numbered as before: what takes a result takes it too.

        >>> from accord import sweep
        >>> result = sweep("averaging", {"network": "petersen", "traitors": [0, 1]}, replicates=3)
        >>> result.only(result.runs.query("traitors == 1")["run"])
        <Result of averaging: 3 of 6 runs (3 ok) in ...>
        """
        part = copy(self)
        for frame in ("runs", "steps", "parties", "counts"):
            part.__dict__.pop(frame, None)
        part._whole, part._kept = self, np.fromiter(runs, dtype=np.int64)
        return part

    @cached_property
    def runs(self) -> "pd.DataFrame":
        """The frame of runs, by run."""
        return self._read("runs")

    @cached_property
    def steps(self) -> "pd.DataFrame":
        """The frame of steps, by run and step."""
        return self._recorded("steps", {Detail.STEPS})

    @cached_property
    def parties(self) -> "pd.DataFrame":
        """The frame of parties, by run, step and party."""
        return self._recorded("parties", {Detail.PARTIES, Detail.TRAJECTORIES})

    @property
    def failed(self) -> "pd.DataFrame":
        """The rows of runs that failed, crashed or were killed at the time limit."""
        return self.runs[self.runs["status"] != "ok"]

    @cached_property
    def counts(self) -> dict[str, int]:
        """Number of runs by status, and how many are `missing`."""
        if self._whole is None:
            statuses = read_statuses(self.folder, self._layout)[1]
            missing = self._layout.total - len(statuses)
        else:
            statuses, missing = self.runs["status"].tolist(), 0
        counts = {status: statuses.count(status) for status in dict.fromkeys(sorted(statuses, key=_rank))}
        return counts | ({"missing": missing} if missing else {})

    @property
    def design(self) -> Design:
        """The points that were tried, in labels; ``design.point(run // replicates)`` is what a run was set to."""
        return self._layout.design

    @property
    def replicates(self) -> int:
        """Number of runs at each point."""
        return self._layout.replicates

    @property
    def factors(self) -> dict[str, tuple[Any, ...]]:
        """The factors and their levels, as they are labelled in `runs`."""
        return dict(self._layout.design.levels)

    @property
    def columns(self) -> Mapping[str, Mapping[str, Column]]:
        """Dtype, unit and meaning of each column, by frame."""
        return self._layout.columns

    def replay(self, run: int, model: type[AgreementModel] | None = None) -> AgreementModel:
        """Make a run again and return its model, finished, to be looked at from within.

        Parameters
        ----------
        run
            A number in the column `run`.
        model
            The model's class; needed only if it was defined in a script or notebook that has ended.

        Raises
        ------
        InputError
            If there is no such run, its model cannot be found, or code or files have changed since.
        """
        if (
            not isinstance(run, int | np.integer)
            or isinstance(run, bool)
            or not 0 <= run < self._layout.total
        ):
            raise InputError(
                f"run={run!r}: the runs of this sweep are numbered 0 to {self._layout.total - 1}"
            )
        told = self.manifest["plan"]
        plan = self._plan
        if plan is None or model is not None:
            layout = self._layout
            kind = load_model(model or told["model"])
            try:
                plan = Plan.of(kind, layout.design, layout.replicates, layout.seed, told["record"])
            except InputError as error:
                raise InputError(
                    f"run {run} cannot be made again from its folder alone: {error}; "
                    "if a part is your own, replay or shrink from the Result that sweep() returned"
                ) from None
        changed = difference(self.manifest["identity"], json.loads(json.dumps(plan.identity())))
        if changed:
            raise InputError(f"run {run} cannot be made again as it was: {changed}")
        point, replicate = divmod(int(run), self._layout.replicates)
        scenario = plan.model.Scenario(**plan.design.point(point))
        return plan.model(scenario, rng=Seed(self._layout.seed, replicate), record=told["record"]).run()

    def shrink(
        self, run: int, violated: str | None = None, model: type[AgreementModel] | None = None
    ) -> AgreementModel:
        """Make a run again with a schedule in which a property is violated all the same, and nothing can be left out.

        Parameters
        ----------
        run
            A number in the column `run`.
        violated
            The property; by default the first that the run violated.
        model
            As in `replay`.

        Returns
        -------
        AgreementModel
            Finished; its `schedule` tells what happened.

        Raises
        ------
        InputError
            As in `replay`, or if the run violated nothing, or no messages are sent in the model.
        """
        from ..models.shrinking import shrink

        found = self.replay(run, model)
        return shrink(found, violated).replay(found)

    def __repr__(self) -> str:
        counts = ", ".join(f"{number} {status}" for status, number in self.counts.items())
        name = self.manifest["identity"]["model"]
        some = "" if self._whole is None else f"{len(self.runs)} of "
        return f"<Result of {name}: {some}{self._layout.total} runs ({counts}) in {self.folder}>"

    def _recorded(self, frame: str, details: set[Detail]) -> "pd.DataFrame":
        if not details & set(self.manifest["plan"]["record"]):
            raise InputError(
                f"{frame} were not recorded; sweep with record=({min(details).value!r},) to have them"
            )
        return self._read(frame)

    def _read(self, frame: str) -> "pd.DataFrame":
        if self._whole is None:
            return read_frame(self.folder, frame, self._layout)
        whole: pd.DataFrame = getattr(self._whole, frame)
        return whole[whole["run"].isin(self._kept)].reset_index(drop=True)


def _rank(status: str) -> tuple[bool, str]:
    return status != "ok", status
