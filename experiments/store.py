"""The folder that holds a sweep: a manifest, a journal, and Parquet shards.

Only one process writes, and what it has written stays whole whatever happens next. Finished runs go to
the journal at once; every so often, and at the end, the journal becomes a shard: steps and parties first,
runs last. A shard counts once its runs are there, and then its journal is void; so no run is ever there twice.
"""

import errno
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import numpy as np

from ..agents.errors import InputError
from ..models.records import Column
from .design import Design
from .journal import Journal
from .packet import Packet
from .plan import Plan
from .provenance import command, git, versions
from .shards import FRAMES, Layout, atomically, read_statuses, write_shards

__all__ = ["StorageError", "Store", "read_manifest"]

MANIFEST = "manifest.json"
_FORMAT = 1
_SHARD_BYTES = 16 * 2**20
_SHARD_RUNS = 20_000


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

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.folder = folder
        self._layout = plan.layout
        with self._writing():
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = _locked(folder)
        try:
            self._manifest = _claimed(folder, plan)
            self.done = np.zeros(self._layout.total, dtype=bool)
            self.counts: dict[str, int] = {}
            runs, statuses = read_statuses(folder, self._layout)
            self._count(runs, statuses)
            self._session = {
                "started": _now(), "finished": None, "found": int(self.done.sum()), **command(), "git": git(), "versions": versions()
            }
            self._manifest["sessions"].append(self._session)
            with self._writing():
                self._write_manifest()
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
                self._write_manifest()
        finally:
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

    def _write_manifest(self) -> None:
        text = json.dumps(self._manifest, indent=1, default=str)
        atomically(self.folder / MANIFEST, lambda file: file.write(text.encode()))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Tell what went wrong while writing, in one line."""
        try:
            yield
        except OSError as error:
            if isinstance(error, StorageError):
                raise
            kept = f"; the {int(self.done.sum())} runs that it holds are safe" if hasattr(self, "done") else ""
            raise StorageError(f"{self.folder}: {_trouble(error)}{kept}") from error


def read_manifest(folder: Path) -> tuple[dict[str, Any], Layout]:
    """Return a folder's manifest and the layout of its frames.

    Raises
    ------
    InputError
        If the folder does not hold the results of a sweep.
    """
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        plan = manifest["plan"]
        number = manifest["format"]
        if number == _FORMAT:
            columns = {
                frame: {name: Column(*each) for name, each in named.items()}
                for frame, named in plan["columns"].items()
            }
            levels = {factor: tuple(each) for factor, each in plan["factors"].items()}
            design = Design(levels, plan["side_by_side"])
            return manifest, Layout(design, plan["replicates"], plan["seed"], columns)
    except FileNotFoundError:
        raise InputError(f"{folder} holds no results: it has no {MANIFEST}; give the folder of a sweep") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path} cannot be read ({type(error).__name__}: {error}); is it a sweep's?") from error
    raise InputError(f"{path} has format {number}, this accord reads {_FORMAT}; read it with the accord that wrote it")


def _claimed(folder: Path, plan: Plan) -> dict[str, Any]:
    """Return the manifest of a folder that is empty or holds this very sweep."""
    identity = json.loads(json.dumps(plan.identity()))
    if (folder / MANIFEST).exists():
        manifest, _ = read_manifest(folder)
        difference = _difference(manifest["identity"], identity)
        if difference:
            raise InputError(
                f"{folder} holds another sweep: {difference}; give another folder as out, or delete this one"
            )
        return manifest
    strangers = [each.name for each in folder.iterdir() if each.name != ".lock" and not each.name.endswith(".tmp")]
    if strangers:
        raise InputError(
            f"{folder} is not empty and holds no sweep ({sorted(strangers)[0]} is there); give another folder as out"
        )
    return {"format": _FORMAT, "identity": identity, "plan": plan.description(), "sessions": [], "counts": {}}


def _difference(there: Any, here: Any, name: str = "") -> str:
    """Return the first difference between two identities in words; nothing if they are equal."""
    if isinstance(there, Mapping) and isinstance(here, Mapping):
        for key in dict.fromkeys([*here, *there]):
            inner = f"{name}.{key}" if name else key
            if key not in there or key not in here:
                return f"{inner} is given only {'here' if key in here else 'there'}"
            if told := _difference(there[key], here[key], inner):
                return told
        return "" if list(there) == list(here) or not name.startswith("factors") else "the factors' order differs"
    if there == here and type(there) is type(here):
        return ""
    if name.startswith("code."):
        return "the code of accord has changed" if name == "code.accord" else "the code of the model has changed"
    return f"{name} is {_short(there)} there and {_short(here)} here"


def _short(value: Any) -> str:
    if isinstance(value, Mapping) and "name" in value:
        value = value["name"]
    if isinstance(value, list):
        return f"[{', '.join(map(_short, value))}]" if len(value) <= 8 else f"{len(value)} levels"
    return str(value)


def _locked(folder: Path) -> Any:
    from filelock import FileLock, Timeout

    lock = FileLock(folder / ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise InputError(f"another process is writing to {folder}; wait for it, or give another folder as out") from None
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
