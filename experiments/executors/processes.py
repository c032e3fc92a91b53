"""Run blocks in worker processes, which can be killed at a time limit and may die without harm.

The workers are plain processes spoken to over pipes. They never import the main module, so a script needs
no ``if __name__ == "__main__"`` and a notebook works as well.
"""

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from importlib.machinery import PathFinder
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any

import cloudpickle

from ...agents.errors import InputError
from ..block import Block, Job
from ..packet import Outcome, Packet, RunStatus

__all__ = ["processes"]

_PROGRAM = "from accord.experiments.executors.worker import main; main()"
_THREADS = ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM", "BLIS")
_PATIENCE = 1.0  # seconds between looks at the clock; Windows cannot be interrupted while it waits


def processes(
    job: Job, blocks: Iterable[Block], *, workers: int, time_limit: float | None
) -> Generator[Packet, None, None]:
    """Yield the packets of blocks as they are finished, in whatever order.

    A block that fails, outlasts the time limit or takes its worker down is done again run by run, so that
    only the culprit is marked.

    Parameters
    ----------
    workers
        Number of processes.
    time_limit
        Seconds that a run may take before it is killed; None for as long as it likes.

    Raises
    ------
    InputError
        If a worker cannot load the model.
    """
    pool = _Pool(job, iter(blocks), workers, time_limit)
    try:
        yield from pool.packets()
    except KeyboardInterrupt:
        yield from pool.arrived()
        raise
    finally:
        pool.close()


class _Pool:
    """The workers, the blocks that wait and the messages that arrive."""

    def __init__(self, job: Job, blocks: Iterator[Block], workers: int, time_limit: float | None) -> None:
        self._hello = _hello(job)
        self._blocks = blocks
        self._size = workers
        self._time_limit = time_limit
        self._again: deque[Block] = deque()
        self._events: SimpleQueue[tuple[_Worker, Any]] = SimpleQueue()
        self._workers: list[_Worker] = []

    def packets(self) -> Iterator[Packet]:
        """Yield packets until every block is done."""
        waiting = self._next()
        while waiting is not None or any(each.block for each in self._workers):
            while waiting is not None and len(self._workers) < self._size:
                self._workers.append(_Worker(self._hello, self._events))
            for worker in self._workers:
                if waiting is not None and worker.ready and worker.block is None and not worker.late:
                    worker.start(waiting, self._time_limit)
                    waiting = self._next()
            event = self._wait()
            if event is not None:
                packet = self._handle(*event)
                waiting = waiting or self._next()
                if packet is not None:
                    yield packet

    def arrived(self) -> Iterator[Packet]:
        """Yield the packets that have arrived and were not looked at."""
        with suppress(Empty):
            while True:
                worker, message = self._events.get_nowait()
                if isinstance(message, Packet) and worker.block is not None:
                    worker.block = None
                    yield message

    def close(self) -> None:
        """End all workers."""
        for worker in self._workers:
            worker.kill()
        for worker in self._workers:
            worker.bury()

    def _next(self) -> Block | None:
        return self._again.popleft() if self._again else next(self._blocks, None)

    def _wait(self) -> "tuple[_Worker, Any] | None":
        """Return the next message; None if there is none yet. Kill whoever is over time."""
        now = monotonic()
        deadlines = [each.deadline for each in self._workers if each.deadline is not None]
        try:
            return self._events.get(timeout=max(min([_PATIENCE, *(each - now for each in deadlines)]), 0.0))
        except Empty:
            for worker in self._workers:
                if worker.deadline is not None and worker.deadline <= monotonic():
                    worker.deadline, worker.late = None, True
                    worker.kill()
                elif worker.has_died:  # and yet its output has not ended: a child holds on to it
                    worker.kill()
            return None

    def _handle(self, worker: "_Worker", message: Any) -> Packet | None:
        if isinstance(message, _Gone):
            return self._lost(worker)
        if not worker.ready:
            if message is not None:
                raise InputError(f"a worker process cannot load the model: {message}; {_WAY_OUT}")
            worker.ready = True
            return None
        block, worker.block, worker.deadline = worker.block, None, None
        if message is None and block is not None:
            self._again.extend(block.split())
        return message  # type: ignore[no-any-return]

    def _lost(self, worker: "_Worker") -> Packet | None:
        """Return the packet of a run that took its worker down, if it was one."""
        self._workers.remove(worker)
        code = worker.bury()
        if not worker.ready:
            raise InputError(f"a worker process ended before it began ({_cause(code)}); {_WAY_OUT}")
        block = worker.block
        if block is None or len(block.runs) > 1:
            self._again.extend(block.split() if block else ())
            return None
        seconds = monotonic() - worker.started
        if worker.late:
            status, error = RunStatus.TIMEOUT, f"killed at the time limit of {self._time_limit:g} s"
        else:
            status, error = RunStatus.CRASHED, f"its process died ({_cause(code)})"
        return Packet.of([Outcome(block.runs[0], status, seconds, error=error)])


_WAY_OUT = "see its words above; a model in a file of its own, or workers=1, may help"


class _Gone:
    """What arrives when a worker's output ends."""


class _Worker:
    """One process, the block that it works on, and the thread that listens to it."""

    def __init__(self, hello: bytes, events: "SimpleQueue[tuple[_Worker, Any]]") -> None:
        self.ready = self.late = False
        self.block: Block | None = None
        self.started = 0.0
        self.deadline: float | None = None
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_environment(),
            start_new_session=True,  # Ctrl-C reaches the parent alone, and a kill the worker's children
        )
        self._thread = threading.Thread(target=self._listen, args=(events,), daemon=True)
        self._thread.start()
        self._write(hello)

    def start(self, block: Block, time_limit: float | None) -> None:
        """Have a block done."""
        self.block, self.started = block, monotonic()
        self.deadline = None if time_limit is None else self.started + time_limit
        self._write(cloudpickle.dumps(block))

    @property
    def has_died(self) -> bool:
        """Whether the process is over."""
        return self._process.poll() is not None

    def kill(self) -> None:
        """End the process and its children, whatever they are doing; children of one that has died too."""
        with suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()

    def bury(self) -> int:
        """Wait for the ended process, let go of its pipes and return its exit code."""
        code = self._process.wait()
        self._thread.join()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
        return code

    def _write(self, message: bytes) -> None:
        with suppress(OSError):  # it has died; the end of its output tells so
            self._process.stdin.write(message)  # type: ignore[union-attr]
            self._process.stdin.flush()  # type: ignore[union-attr]

    def _listen(self, events: "SimpleQueue[tuple[_Worker, Any]]") -> None:
        try:
            while True:
                events.put((self, pickle.load(self._process.stdout)))  # type: ignore[arg-type]
        except Exception:  # the end of its output, or half a message
            events.put((self, _Gone()))


def _hello(job: Job) -> bytes:
    """Return what a worker needs to know first: where modules lie, and the job."""
    module = sys.modules[job.model.__module__]
    if PathFinder.find_spec(module.__name__.partition(".")[0], _search_path()) is None:
        # a file read by its path, or by a test runner: the worker could not import it
        cloudpickle.register_pickle_by_value(module)
    try:
        return pickle.dumps(_search_path()) + bytes(cloudpickle.dumps(job))
    except Exception as error:
        raise InputError(
            f"{job.model.__name__} cannot be sent to worker processes ({error}); use workers=1, or put "
            "the model into a file of its own"
        ) from error


def _search_path() -> list[str]:
    return [entry or str(Path.cwd()) for entry in sys.path]


def _environment() -> dict[str, str]:
    one_thread = {f"{name}_NUM_THREADS": "1" for name in _THREADS}
    return {**os.environ, **one_thread, "PYTHONPATH": os.pathsep.join(_search_path())}


def _cause(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    name = signal.Signals(-code).name
    return f"{name}, perhaps for want of memory" if name == "SIGKILL" else name
