"""Which runs are made: designs, sweeps and studies, and the folders that hold their results."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .result import Result as Result
    from .run_file import read_run as read_run
    from .run_file import write_run as write_run
    from .study import Study as Study
    from .study import read_study as read_study
    from .sweeps import resume as resume
    from .sweeps import sweep as sweep

# looked up when first used: naming a study must not load pandas and Mesa
_HOMES = {"Result": "result", "Study": "study", "read_study": "study", "resume": "sweeps", "sweep": "sweeps"}
_HOMES |= {"read_run": "run_file", "write_run": "run_file"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
