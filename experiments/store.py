"""The folder that holds a sweep: a manifest, a journal, and Parquet shards.

Only one process writes, and what it has written stays whole whatever happens next. Finished runs go to
the journal at once; every so often, and at the end, the journal becomes a shard: steps and parties first,
runs last. A shard counts once its runs are there, and its journal is void then: no run is there twice.
"""

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import numpy as np

from ..agents.errors import InputError
from .journal import Journal
from .manifest import claimed, write_manifest
from .packet import Packet
from .plan import Plan
from .provenance import command, git, versions
from .shards import read_statuses, write_shards

__all__ = ["StorageError", "Store"]

_SHARD_BYTES = 16 * 2**20
_SHARD_RUNS = 10_000


class StorageError(InputError, OSError):
    """A folder that cannot be written to; everything that was written before stays readable."""


class Store:
    """A folder of results, open for writing.

    Attributes
    ----------
    folder : Path
    done : (total,) bool array
        Which runs are finished.
    counts : dict
        Number of finished runs by status.
    """

    def __init__(self, folder: Path, plan: Plan, study: Mapping[str, Any] | None = None) -> None:
        self.folder = folder
        self._layout = plan.layout
        with self._writing():
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = _locked(folder)
        try:
            self._manifest = claimed(folder, plan)
            if study is not None:
                self._manifest["study"] = dict(study)
            self.done = np.zeros(self._layout.total, dtype=bool)
            self.counts: dict[str, int] = {}
            runs, statuses = read_statuses(folder, self._layout)
            self._count(runs, statuses)
            self._session = {
                "started": _now(),
                "finished": None,
                "found": int(self.done.sum()),
                **command(),
                "git": git(),
                "versions": versions(),
            }
            self._manifest["sessions"].append(self._session)
            with self._writing():
                write_manifest(self.folder, self._manifest)
                self._open_journal()
        except BaseException:
            self._lock.release()
            raise

    def append(self, packet: Packet) -> None:
        """Keep finished runs; when this returns, a kill does not lose them."""
        with self._writing():
            self._journal.append(packet.payload)
            self._count(packet.runs, packet.statuses)
            self._waiting += len(packet.runs)
            if self._journal.size > _SHARD_BYTES or self._waiting >= _SHARD_RUNS:
                self._roll()

    def close(self) -> None:
        """Write what is in the journal as a shard, and the counts to the manifest."""
        try:
            with self._writing():
                if self._journal.size:
                    self._roll()
                self._journal.close()
                if not self._journal.size:
                    self._journal.path.unlink(missing_ok=True)
                self._session["finished"] = _now()
                self._manifest["counts"] = self.counts
                write_manifest(self.folder, self._manifest)
        finally:
            self._journal.close()
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if not isinstance(error, StorageError):
            self.close()
            return
        with suppress(StorageError):  # the first one has told the story
            self.close()

    def _count(self, runs: Any, statuses: Any) -> None:
        self.done[list(runs)] = True
        for status in statuses:
            self.counts[status] = self.counts.get(status, 0) + 1

    def _open_journal(self) -> None:
        """Go on with the journal of the first shard that is not there; remove those of shards that are."""
        number = 0
        while (self.folder / f"runs-{number:05}.parquet").exists():
            (self.folder / f"journal-{number:05}").unlink(missing_ok=True)
            number += 1
        self._number = number
        self._journal = Journal(self.folder / f"journal-{number:05}")
        self._waiting = 0

    def _roll(self) -> None:
        write_shards(self.folder, self._number, self._layout)
        self._journal.close()
        self._open_journal()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Tell what went wrong while writing, in one line."""
        try:
            yield
        except OSError as error:
            if isinstance(error, StorageError):
                raise
            kept = (
                f"; the {int(self.done.sum())} runs that it holds are safe" if hasattr(self, "done") else ""
            )
            raise StorageError(f"{self.folder}: {_trouble(error)}{kept}") from error


def _locked(folder: Path) -> Any:
    from filelock import FileLock, Timeout

    lock = FileLock(folder / ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise InputError(
            f"another process is writing to {folder}; wait for it, or give another folder as out"
        ) from None
    return lock


def _trouble(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full; free some space and run the same again to go on"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "cannot be written to; change its permissions or give another folder as out"
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return "a file is in the way; give another folder as out"
    return f"cannot be written to ({error.strerror or error}); give another folder as out"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
