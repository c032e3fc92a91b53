"""Sweeps: every point of a design, replicated, into a folder of frames."""

from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

from ..agents.errors import InputError
from ..agents.parameters import name_of
from ..models.records import Detail
from .design import Design
from .executors.in_process import in_process
from .executors.processes import processes
from .manifest import read_manifest
from .plan import Plan
from .progress import bar
from .result import Result
from .shards import read_statuses
from .store import Store

__all__ = ["resume", "run_plan", "sweep"]


def sweep(
    model: Any,
    factors: Mapping[str, Any] | Design,
    *,
    where: str | None = None,
    replicates: int = 1,
    seed: int = 0,
    workers: int = 1,
    out: Path | str | None = None,
    record: Iterable[str] = (Detail.STEPS,),
    time_limit: float | None = None,
    progress: bool | None = None,
) -> Result:
    """Run a model at every point of a design.

    Calling it again with the same arguments and folder runs only what is missing: after Ctrl-C or a kill, at
    most the runs under way are lost. Results are the same whatever the number of workers and interruptions.
    A run that fails, hangs or takes its process down becomes a row that says so; it counts as done.

    Parameters
    ----------
    model
        The name of a model, a class (your own as well), or "file.py:Class".
    factors
        Levels by scenario field, or by dotted name ("network.n"): lists, ranges, arrays, or single values.
        All combinations are run; `accord.experiments.design.paired` puts levels side by side instead.
    where
        Keeps only the points for which it is true: an expression on the factors as `DataFrame.query` reads it,
        with dotted names in backquotes, such as "traitors <= `network.n` - 2".
    replicates
        Runs at each point. The same replicate has the same luck at every point (common random numbers).
    seed
        A non-negative integer.
    workers
        Processes to share the runs among; 1 runs them in this one.
    out
        Folder for the results; None for a temporary one, which goes when the result does.
    record
        What to keep beyond a row a run: "steps" (a row a step), "parties" (a row a party, first and last),
        "trajectories" (a row a party and step).
    time_limit
        Seconds after which a run is killed; needs worker processes, so even ``workers=1`` uses one.
    progress
        Show a bar; None shows it if standard error is a terminal.

    Returns
    -------
    Result

    Raises
    ------
    InputError
        Before anything runs: an unknown name, a level that the scenario refuses, a folder with another sweep.
    StorageError
        If the folder cannot be written to; what was written stays.

    Examples
    --------
    >>> result = sweep("averaging", {"network": ["petersen", "ring(n=8)"], "traitors": range(2)}, seed=1)
    >>> result.runs[["network", "traitors", "status", "agreement"]]
         network  traitors status agreement
    0   petersen         0     ok      held
    1   petersen         1     ok      held
    2  ring(n=8)         0     ok      held
    3  ring(n=8)         1     ok      held
    """
    plan = Plan.of(model, factors, replicates, seed, record, where)
    return run_plan(plan, workers=workers, out=out, time_limit=time_limit, progress=progress)


def run_plan(
    plan: Plan,
    *,
    workers: int,
    out: Path | str | None,
    time_limit: float | None,
    progress: bool | None,
    study: Mapping[str, Any] | None = None,
) -> Result:
    """Run what a plan says; `study` is what the manifest tells of the study that it belongs to."""
    if not isinstance(workers, int) or isinstance(workers, bool) or workers < 1:
        raise InputError(f"workers={workers!r} must be a whole number of at least 1")
    if time_limit is not None and (not isinstance(time_limit, int | float) or not time_limit > 0):
        raise InputError(f"time_limit={time_limit!r} must be a number of seconds greater than 0, or None")
    if out is not None:
        _run_into(Path(out), plan, workers, time_limit, progress, study)
        return Result._of(Path(out), plan)
    folder = Path(mkdtemp(prefix="accord-"))
    try:
        _run_into(folder, plan, workers, time_limit, progress, study)
        return Result._of(folder, plan, temporary=True)
    except BaseException as error:
        rmtree(folder, ignore_errors=True)
        if isinstance(error, KeyboardInterrupt):
            raise KeyboardInterrupt("stopped; nothing is kept, for no folder was given as out") from None
        raise


def _run_into(
    folder: Path,
    plan: Plan,
    workers: int,
    time_limit: float | None,
    progress: bool | None,
    study: Mapping[str, Any] | None,
) -> None:
    try:
        with Store(folder, plan, study) as store:
            found, total = int(store.done.sum()), store.done.size
            workers = min(workers, max(total - found, 1))
            blocks = plan.blocks(store.done.copy(), workers)
            if workers == 1 and time_limit is None:
                packets = in_process(plan.job, blocks)
            else:
                packets = processes(plan.job, blocks, workers=workers, time_limit=time_limit)
            with closing(packets), bar(name_of(plan.model), total, found, progress) as show:
                for packet in packets:
                    store.append(packet)
                    show(store.counts)
    except KeyboardInterrupt:
        # what the folder holds is the truth, wherever the interrupt struck
        kept = len(read_statuses(folder, plan.layout)[0])
        raise KeyboardInterrupt(
            f"stopped after {kept} of {plan.layout.total} runs; the same call goes on from {folder}"
        ) from None


def resume(
    folder: Path | str, *, workers: int = 1, time_limit: float | None = None, progress: bool | None = None
) -> Result:
    """Go on with the sweep in a folder, as its manifest describes it.

    Raises
    ------
    InputError
        If the folder holds no sweep, its model cannot be found, or the code has changed since.
    """
    manifest, layout = read_manifest(Path(folder))
    plan = manifest["plan"]
    return sweep(
        plan["model"],
        layout.design,
        replicates=layout.replicates,
        seed=layout.seed,
        workers=workers,
        out=folder,
        record=plan["record"],
        time_limit=time_limit,
        progress=progress,
    )
