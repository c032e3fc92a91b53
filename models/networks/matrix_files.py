"""Adjacency matrices in files: numpy's .npy and .npz, and scipy's sparse .npz."""

import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np

from ...agents.errors import InputError
from .network import Network, require_room

__all__ = ["ARRAY_BYTES", "read_archive", "read_array"]

T = TypeVar("T")

ARRAY_BYTES: Final = 4 * 2**30
"""Arrays, tables and lists of more bytes are not read."""


def read_array(file: Path, _weight: str | None = None) -> Network:
    """Return the network of an adjacency matrix that numpy.save wrote; never unpickles."""
    return Network.from_adjacency(
        _opened(file, lambda: np.load(file, mmap_mode="r", allow_pickle=False)), name=str(file)
    )


def read_archive(file: Path, _weight: str | None = None) -> Network:
    """Return the network of a matrix that scipy.sparse.save_npz or numpy.savez wrote; never unpickles."""
    from scipy.sparse import load_npz

    def sizes() -> tuple[int, list[str], Any]:
        with zipfile.ZipFile(file) as archive:
            unpacked = sum(each.file_size for each in archive.infolist())
        with np.load(file, allow_pickle=False) as arrays:
            return unpacked, arrays.files, arrays["shape"] if "shape" in arrays.files else ()

    unpacked, names, shape = _opened(file, sizes)
    if unpacked > ARRAY_BYTES:
        raise InputError(
            f"{file}: {unpacked:.2g} bytes when unpacked are more than the {ARRAY_BYTES:.2g} that are read"
        )
    if "format" in names:
        require_room(str(file), max(shape, default=0), 0)
        matrix = _opened(file, lambda: _whole(load_npz(file)))
    elif len(names) == 1:
        matrix = _opened(file, lambda: _only_array(file))
    else:
        raise InputError(
            f"{file}: holds {len(names)} arrays ({', '.join(names)}); save the adjacency matrix alone"
        )
    return Network.from_adjacency(matrix, name=str(file))


def _only_array(file: Path) -> Any:
    with np.load(file, allow_pickle=False) as arrays:
        return arrays[arrays.files[0]]


def _whole(matrix: Any) -> Any:
    """Return a sparse matrix whose indices were all looked at: a wrong one would read foreign memory."""
    if hasattr(matrix, "check_format"):
        matrix.check_format(full_check=True)
    return matrix


def _opened(file: Path, load: Callable[[], T]) -> T:
    """Return what `load` makes of an array file; its complaints become one line."""
    try:
        return load()
    except (OSError, EOFError, KeyError, ValueError, TypeError, zipfile.BadZipFile, zlib.error) as error:
        raise InputError(
            f"{file}: not a proper {file.suffix} file of numbers ({' '.join(str(error).split()):.200}); "
            "write it with numpy.save or scipy.sparse.save_npz"
        ) from None
