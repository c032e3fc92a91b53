"""Site: what a server shows, and where in it the user's own things are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ...agents.errors import UnknownNameError
from ...agents.parameters import name_of
from ...experiments.loading import load_model
from ...experiments.manifest import read_manifest
from ...models.agreement import AgreementModel
from ...models.catalogue import models

__all__ = ["SITE", "Site"]


@dataclass
class Site:
    """What a server shows.

    Parameters
    ----------
    models
        By name, as they stand in addresses: those of the catalogue, and perhaps one of the user's own.
    results
        The folder of results that may be read, if any.
    """

    models: Mapping[str, type[AgreementModel]] = field(default_factory=lambda: models)
    results: Path | None = None

    @classmethod
    def of(cls, model: str | None, results: Path | None = None) -> "Site":
        """Return the site of all models, one that is named as `load_model` reads it among them.

        Raises
        ------
        InputError
            If there is no such model, or the folder holds no results.
        """
        if results is not None:
            read_manifest(results)
        if model is None or model in models:
            return cls(results=results)
        own = load_model(model)
        return cls({**models, name_of(own): own}, results)

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
