"""Models of a user's own, read from a file by its path."""

from pathlib import Path

import pytest
from accord.experiments.loading import load_model
from accord.models.agreement import AgreementModel

WALKS = Path(__file__).with_name("walks.py")


@pytest.fixture(scope="session")
def walks_file() -> Path:
    """The file with the models."""
    return WALKS


@pytest.fixture(scope="session")
def walk() -> type[AgreementModel]:
    """A model that runs one at a time."""
    return load_model(f"{WALKS}:Walk")


@pytest.fixture(scope="session")
def walks() -> type[AgreementModel]:
    """The same model with runs side by side."""
    return load_model(f"{WALKS}:Walks")
