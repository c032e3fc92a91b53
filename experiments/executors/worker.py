"""A worker process: reads blocks from its standard input and writes packets to its standard output.

It is started by `accord.experiments.executors.processes` and never by hand. It does not import the user's
script; classes that were defined in a script or notebook arrive by value.
"""

import os
import pickle
import signal
import sys
import threading
import traceback
from queue import SimpleQueue
from typing import Any, BinaryIO

__all__ = ["main"]


def main() -> None:
    """Work until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    source, sink = _pipes()
    try:
        sys.path[:] = pickle.load(source)
        job = pickle.load(source)
        from ..block import perform
    except BaseException as error:
        _send(sink, f"{type(error).__name__}: {error}")
        raise SystemExit(1) from None
    blocks: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_listen, args=(source, blocks), daemon=True).start()
    _send(sink, None)
    while True:
        _send(sink, perform(job, blocks.get()))


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Take the standard streams for messages, so that a model's prints and inputs cannot disturb them."""
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return source, sink


def _listen(source: BinaryIO, blocks: "SimpleQueue[Any]") -> None:
    """Pass blocks on; when the parent has gone, however it went, end at once, even in the midst of a run."""
    try:
        while True:
            blocks.put(pickle.load(source))
    except EOFError:
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


def _send(sink: BinaryIO, message: Any) -> None:
    pickle.dump(message, sink, protocol=pickle.HIGHEST_PROTOCOL)
    sink.flush()
