"""The journal: finished runs, appended to one file the moment they arrive.

Each entry is its length, a checksum and a packet's payload, handed to the operating system in one write:
whoever is killed afterwards loses nothing. A tail that a kill or a full disk cut short is left out when
reading and cut off before more is appended.
"""

import os
import struct
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

__all__ = ["Journal", "read_journal"]

_HEAD = struct.Struct("<4sQI")
_MARK = b"acc1"


class Journal:
    """A journal that is open for appending.

    Attributes
    ----------
    size : int
        Bytes of whole entries.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = sum(_HEAD.size + len(each) for each in read_journal(path))
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
        os.ftruncate(self._file, self.size)

    def append(self, payload: bytes) -> None:
        """Append one entry; if that fails, the journal is as it was."""
        entry = memoryview(_HEAD.pack(_MARK, len(payload), crc32(payload)) + payload)
        os.lseek(self._file, self.size, os.SEEK_SET)
        try:
            written = 0
            while written < len(entry):
                written += os.write(self._file, entry[written:])
        except OSError:
            os.ftruncate(self._file, self.size)
            raise
        self.size += len(entry)

    def close(self) -> None:
        """Close the file, if it is open; what was appended stays."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def read_journal(path: Path) -> Iterator[bytes]:
    """Yield the payloads of whole entries, up to the first that is cut short or damaged."""
    if not path.exists():
        return
    with path.open("rb") as file:
        while len(head := file.read(_HEAD.size)) == _HEAD.size:
            mark, length, checksum = _HEAD.unpack(head)
            if mark != _MARK:
                return
            payload = file.read(length)
            if len(payload) < length or crc32(payload) != checksum:
                return
            yield payload
