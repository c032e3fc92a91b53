"""Trouble: what is told of an error on a page, which never shows a traceback."""

from ...agents.errors import InputError

__all__ = ["told"]


def told(error: Exception) -> str:
    """Return what is wrong, in a line: bad input in its own words, a defect by its kind.

    >>> told(InputError("traitors=9: use less")), told(KeyError("node"))
    ('traitors=9: use less', "KeyError: 'node'")
    """
    return str(error) if isinstance(error, InputError) else f"{type(error).__name__}: {error}"
