"""accord: agent-based models of agreement on Mesa.

Negotiators, servers and traitors on networks reach one price, deal, ledger or decision, or provably cannot.

>>> import accord
>>> model = accord.models.Averaging(network="karate", rule="linear", weights="metropolis", rng=1)
>>> model.run().verdict.agreement
<Status.HELD: 'held'>

The rooms: `accord.agents` (who acts, and how), `accord.models` (where they meet), `accord.experiments` (which runs
are made) and `accord.analysis` (what the runs say). Each is loaded when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import agents as agents
    from . import analysis as analysis
    from . import experiments as experiments
    from . import models as models
    from .experiments import Result as Result
    from .experiments import Study as Study
    from .experiments import read_study as read_study
    from .experiments import sweep as sweep

__version__ = "0.1.0"

_ROOMS = ("agents", "models", "experiments", "analysis")
_FROM_EXPERIMENTS = ("Result", "Study", "read_study", "sweep")


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return import_module(f"{__name__}.{name}")
    if name in _FROM_EXPERIMENTS:
        return getattr(import_module(f"{__name__}.experiments"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_ROOMS, *_FROM_EXPERIMENTS])
