"""One server and one browser for all tests of a process."""

from collections.abc import Iterator
from typing import Any

import pytest

from .visitor import Visitor, browsing, missing, serving


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Return where a server listens that was started as a user would."""
    if reason := missing():
        pytest.skip(reason)
    with serving() as (where, _):
        yield where


@pytest.fixture(scope="session")
def browser(address: str) -> Iterator[Any]:
    with browsing() as running:
        yield running


@pytest.fixture(scope="session")
def tab(browser: Any, address: str) -> Iterator[Visitor]:
    visitor = Visitor(browser, address)
    yield visitor
    visitor.close()


@pytest.fixture
def visitor(tab: Visitor) -> Iterator[Visitor]:
    """Return the tab that all tests share; none of them may leave anything on its console."""
    tab.troubles.clear()
    yield tab
    assert not tab.troubles


@pytest.fixture
def another(browser: Any, address: str) -> Iterator[Visitor]:
    """Return a tab of somebody else."""
    visitor = Visitor(browser, address)
    yield visitor
    visitor.close()
    assert not visitor.troubles
