"""Files of the user's own: whether they can be read, and what is told where they cannot."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NoReturn

from ..agents.errors import InputError

__all__ = ["checked_path", "digest", "point_at_byte"]


def checked_path(path: str, limits: Mapping[str, tuple[int, str]]) -> Path:
    """Return the path of a file that is there, can be read, has a known suffix and is not too large.

    Parameters
    ----------
    path
        Where it is.
    limits
        The known suffixes, each with the bytes that are read of such a file, and what to use in place of a larger one.

    Raises
    ------
    InputError
        With the path and a way out.
    """
    file = Path(path).expanduser()
    if file.suffix.lower() not in limits:
        raise InputError(
            f"{path}: unknown kind of file {file.suffix or '(no suffix)'!r}; known: {', '.join(sorted(limits))}"
        )
    try:
        if file.is_dir():
            raise InputError(f"{path}: this is a folder; name a file in it")
        if not file.exists():
            raise InputError(f"{path}: there is no such file; check the path, or give it in full")
        if not file.is_file():
            raise InputError(f"{path}: this is not a regular file; copy its content into one")
        with file.open("rb"):
            size = file.stat().st_size
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check its permissions") from None
    if size == 0:
        raise InputError(f"{path}: the file is empty")
    limit, instead = limits[file.suffix.lower()]
    if size > limit:
        raise InputError(
            f"{path}: {size:.2g} bytes are more than the {limit:.2g} read from this format; use {instead}"
        )
    return file


def digest(file: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal digits."""
    state = file.stat()
    return _digest(file, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=64)
def _digest(file: Path, _changed: int, _size: int) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def point_at_byte(file: Path) -> NoReturn:
    """Raise the first line that is not UTF-8."""
    with file.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            try:
                line.decode()
            except UnicodeDecodeError as error:
                raise InputError(
                    f"{file}, line {number}: byte {error.start + 1} is not UTF-8 text; save the file as UTF-8"
                ) from None
    raise InputError(f"{file}: not UTF-8 text; save the file as UTF-8")
