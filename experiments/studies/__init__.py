"""Named studies, one a file: a question, the design that answers it, its measures and its figures."""

from typing import TYPE_CHECKING

from ...agents.catalogue import Catalogue

if TYPE_CHECKING:
    from ..study import Study

__all__ = ["studies"]

studies: "Catalogue[Study]" = Catalogue(__name__, "study")
