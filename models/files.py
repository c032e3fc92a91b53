"""Files of the user's own: whether they may and can be read, and what is told where they cannot.

Every file that a scenario names goes through `checked_path`, so what it refuses is never opened.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import NoReturn

from ..agents.errors import InputError

__all__ = ["checked_path", "digest", "only_from", "point_at_byte"]

_read_before: set[Path] = set()  # absolute, but with symbolic links as they were given
_places: tuple[Path, ...] | None = None  # where files may be; None: anywhere


@contextmanager
def only_from(*folders: Path | str) -> Iterator[None]:
    """Let this process read no files, inside the block, but those in some folders and those that it read before.

    It is for servers, whose addresses anybody can write. A file that is refused is not looked at either, so that
    nobody learns whether it is there. All threads are bound by it.
    """
    global _places
    before, _places = _places, (*map(_absolute, folders), *_read_before)
    try:
        yield
    finally:
        _places = before


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
    file = _permitted(path)
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
    if _places is None:
        _read_before.add(_absolute(path))
    return file


def _permitted(path: str) -> Path:
    """Return the path of a file that may be read."""
    if "\0" in path:
        raise InputError(f"{path!r}: a path has no null characters")
    file = _at_home(path)
    if _places is not None:
        # judged by its name first: links are followed only where that is allowed
        named = [each for each in _places if _absolute(path).is_relative_to(each)]
        try:
            inside = any(file.resolve().is_relative_to(each.resolve()) for each in named)
        except (OSError, RuntimeError):  # links that go round in circles
            inside = False
        if not inside:
            raise InputError(
                f"{path}: may not be read from here; only files that were named on the command line may: "
                "accord watch MODEL --set network=FILE"
            )
    return file


def _at_home(path: Path | str) -> Path:
    try:
        return Path(path).expanduser()
    except RuntimeError:  # nobody has that name
        return Path(path)


def _absolute(path: Path | str) -> Path:
    """Return a path in full, without looking at what is there."""
    return Path(os.path.abspath(_at_home(path)))  # noqa: PTH100  # resolve() looks


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
