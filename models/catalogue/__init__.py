"""The models themselves, one a file; a class goes by its file's name in camel case."""

from typing import TYPE_CHECKING

from ...agents.catalogue import Catalogue

if TYPE_CHECKING:
    from ..agreement import AgreementModel

__all__ = ["models"]

models: "Catalogue[type[AgreementModel]]" = Catalogue(__name__, "model")
