"""Where parties meet, and what happens: scenarios, networks and the models themselves.

``accord.models.Averaging`` and its like are looked up in the catalogue when first asked for, so that importing
networks, or listing names, does not load Mesa.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .agreement import AgreementModel as AgreementModel
    from .catalogue import models as models
    from .catalogue.averaging import Averaging as Averaging
    from .catalogue.disks import Disks as Disks
    from .catalogue.dispatch import Dispatch as Dispatch
    from .catalogue.exchange import Exchange as Exchange
    from .catalogue.generals import Generals as Generals
    from .catalogue.legislature import Legislature as Legislature
    from .catalogue.market import Market as Market
    from .catalogue.matching import Matching as Matching
    from .catalogue.negotiation import Negotiation as Negotiation
    from .catalogue.registers import Registers as Registers
    from .catalogue.servers import Servers as Servers
    from .catalogue.treaty import Treaty as Treaty
    from .scenario import Scenario as Scenario


def __getattr__(name: str) -> Any:
    if name == "models":
        from .catalogue import models

        return models
    if name in ("AgreementModel", "Scenario"):
        from . import agreement, scenario

        return getattr(agreement if name == "AgreementModel" else scenario, name)
    if name[:1].isupper():
        from .catalogue import models

        by_class = {"".join(map(str.capitalize, each.split("-"))): each for each in models}
        if name in by_class:
            return models[by_class[name]]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
