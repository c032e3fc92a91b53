"""Every example in a docstring is run, under the module's real name."""

import doctest
import pkgutil
from importlib import import_module

import pytest

ROOMS = ("agents", "models", "experiments", "analysis")
MODULES = ["accord"] + [
    module.name
    for room in ROOMS
    for module in pkgutil.walk_packages(import_module(f"accord.{room}").__path__, f"accord.{room}.")
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    failed, _ = doctest.testmod(import_module(name), optionflags=flags)
    assert not failed, f"{failed} examples of {name} failed; the report stands above"
