"""Site: what a server shows, and what it may read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ...agents.errors import UnknownNameError
from ...models.agreement import AgreementModel
from ...models.catalogue import models

__all__ = ["SITE", "Site"]


@dataclass
class Site:
    """What a server shows.

    Parameters
    ----------
    models
        By name, as they stand in addresses: those of the catalogue, and perhaps the user's own.
    results
        The folder of results that may be read, if any.
    """

    models: Mapping[str, type[AgreementModel]] = field(default_factory=lambda: models)
    results: Path | None = None

    def model(self, name: str) -> type[AgreementModel]:
        """Return the model of a name.

        Raises
        ------
        UnknownNameError
            With the names there are.
        """
        if name not in self.models:
            raise UnknownNameError("model", name, self.models)
        return self.models[name]


SITE = Site()
"""What this process serves."""
