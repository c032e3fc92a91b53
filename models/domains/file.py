"""A bargain from the user's own files.

**Domain.** What the file holds, by its suffix: TOML that people write by hand (.toml; the form is shown in
`models/bargain_files.py`), or the domain of Genius (.xml) with a profile for each party. Continuous issues are
stood for by evenly spaced values.
**Limits.** 16 MiB a file; 50 million outcomes. XML with a document type is refused, and with it every kind of entity.
**Names.** Negotiation scenario, ANAC domain, preference profiles.

Examples
--------
>>> File("my flat.toml")
Traceback (most recent call last):
...
accord.agents.errors.InputError: file: my flat.toml: there is no such file; check the path, ...
"""

from typing import Any, Self

import numpy as np
from pydantic import Field, model_validator

from ...agents.errors import InputError
from ..bargain import Bargain
from ..bargain_files import checked_path, digest, read
from . import Domain

__all__ = ["File"]


class File(Domain):
    """A bargain from the user's own files."""

    path: str = Field(description="where the file is; its suffix tells the format")
    profiles: tuple[str, ...] = Field((), description="with a Genius domain: where each party's profile is")
    levels: int = Field(11, ge=2, description="evenly spaced values that stand for a continuous issue")
    rounds: int | None = Field(
        None,
        ge=1,
        description="with a Genius profile that discounts: how many rounds its discount factor is for",
    )

    @model_validator(mode="after")
    def _can_be_read(self) -> Self:
        if self.profiles and checked_path(self.path).suffix.lower() != ".xml":
            raise InputError(f"{self.path}: profiles go with a Genius domain (.xml); leave them out")
        self.build()
        return self

    def build(self, rng: np.random.Generator | None = None) -> Bargain:
        """Return the bargain; the generator is not used."""
        return read(self.path, self.profiles, levels=self.levels, rounds=self.rounds)

    def canonical(self) -> dict[str, Any]:
        """Return every parameter, and the checksums of what the files hold now."""
        return {**super().canonical(), "sha256": [digest(each) for each in (self.path, *self.profiles)]}
