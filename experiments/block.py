"""Blocks: the unit of work of a sweep, one point of the design with some of its replicates."""

import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from ..models.agreement import AgreementModel
from ..models.seeds import Seed
from .packet import Outcome, Packet, RunStatus

__all__ = ["Block", "Job", "perform"]

_LONGEST = 20_000  # characters of a traceback that are kept; a deep recursion writes megabytes


@dataclass(frozen=True)
class Job:
    """What all blocks of a sweep have in common."""

    model: type[AgreementModel]
    record: tuple[str, ...]

    @property
    def side_by_side(self) -> bool:
        """Whether the model advances many runs at once; if not, a block is one run."""
        loop = vars(AgreementModel)["run_many"]
        return (
            next(vars(kind)["run_many"] for kind in self.model.__mro__ if "run_many" in vars(kind))
            is not loop
        )


@dataclass(frozen=True)
class Block:
    """One point with some of its replicates.

    Parameters
    ----------
    values
        The factors' values at the point.
    runs
        The runs' numbers in the sweep.
    seeds
        Their seeds, in the same order.
    """

    values: Mapping[str, Any]
    runs: tuple[int, ...]
    seeds: tuple[Seed, ...]

    def split(self) -> list["Block"]:
        """Return one block for each run."""
        return [Block(self.values, (run,), (seed,)) for run, seed in zip(self.runs, self.seeds, strict=True)]


def perform(job: Job, block: Block) -> Packet | None:
    """Run a block.

    Returns
    -------
    Packet or None
        None if one run of several failed, and nobody knows which: split the block and perform each run by
        itself. A single run that fails is packed as such.
    """
    start = perf_counter()
    try:
        scenario = job.model.Scenario(**block.values)
        records = job.model.run_many(scenario, block.seeds, job.record)
        seconds = (perf_counter() - start) / len(block.runs)
        return Packet.of(
            [
                Outcome(run, RunStatus.OK, seconds, record)
                for run, record in zip(block.runs, records, strict=True)
            ]
        )
    except (Exception, SystemExit) as error:  # a model that exits must not end the sweep
        if len(block.runs) > 1:
            return None
        told = "".join(traceback.format_exception(error))
        return Packet.of(
            [
                Outcome(
                    block.runs[0],
                    RunStatus.FAILED,
                    perf_counter() - start,
                    error=one_line(error),
                    traceback=told if len(told) <= _LONGEST else f"{told[:1000]}\n...\n{told[-_LONGEST:]}",
                )
            ]
        )


def one_line(error: BaseException) -> str:
    """Return an exception's kind and message in one line."""
    message = " ".join(str(error).split())
    return f"{type(error).__name__}: {message[:500]}" if message else type(error).__name__
