"""What holds for every entry of every catalogue: found by its file, named by it, documented, reproducible."""

import inspect
import pickle
from typing import Any

import pytest
from accord.agents.acceptances import acceptances
from accord.agents.catalogue import Catalogue
from accord.agents.conducts import conducts
from accord.agents.errors import UnknownNameError
from accord.agents.exchanges import exchanges
from accord.agents.parameters import Parameters, name_of
from accord.agents.preferences import preferences
from accord.agents.protocols import protocols
from accord.agents.rules import rules
from accord.agents.tactics import tactics
from accord.agents.traders import traders
from accord.models.cases import cases
from accord.models.channels import channels
from accord.models.domains import domains
from accord.models.endowments import endowments
from accord.models.institutions import institutions
from accord.models.matchings import matchings
from accord.models.networks.schemes import schemes
from accord.models.networks.topologies import topologies
from accord.models.openings import openings
from accord.models.placements import placements
from accord.models.procedures import procedures
from accord.models.schedulers import schedulers
from accord.models.valuations import valuations

# default parameters do not suffice for these: they take something that only the user has
NEED_PARAMETERS: dict[str, dict[str, Any]] = {
    "case given": {"units": [[0.01, 2, 0, 0, 100]], "demand": 50},
    "endowment given": {"amounts": [1.0]},
    "opening given": {"values": [0.0, 1.0]},
    "placement given": {"nodes": [0]},
    "weight scheme constant": {"alpha": 0.1},
    "utility function additive": {"values": [[0.0, 1.0]]},
    "utility function constraints": {"cuboids": [[1.0, [[0, 2], None]]]},
    "utility function table": {"utilities": [0.0, 1.0]},
}
PARTS: list[Catalogue[type[Parameters]]] = [
    *(rules, protocols, conducts, channels, schedulers),
    *(topologies, schemes, openings, placements),
    *(preferences, domains, cases, matchings),
    *(tactics, acceptances, procedures),
    *(exchanges, endowments),
    *(preferences, domains, valuations),
    *(traders, institutions),
]
ENTRIES = [(catalogue, name) for catalogue in PARTS for name in catalogue]
# a network, a bargain or schedules of the user's own has no text form that makes it again from nothing
BUILT = [
    (catalogue, name)
    for catalogue, name in ENTRIES
    if not (catalogue.noun in ("network", "domain") and name in ("file", "given"))
    and (catalogue.noun, name) != ("case", "file")
    if not (catalogue.noun in ("network", "domain", "valuation") and name in ("file", "given"))
]


def made(catalogue: Catalogue[type[Parameters]], name: str) -> Parameters:
    part: Parameters = catalogue[name](**NEED_PARAMETERS.get(f"{catalogue.noun} {name}", {}))
    return part


def each(entries: list[tuple[Catalogue[type[Parameters]], str]]) -> Any:
    return pytest.mark.parametrize(("catalogue", "name"), entries, ids=[f"{c.noun}:{n}" for c, n in entries])


@each(ENTRIES)
def test_a_file_holds_one_public_object_named_after_it(
    catalogue: Catalogue[type[Parameters]], name: str
) -> None:
    assert name_of(catalogue[name]) == name


@each(ENTRIES)
def test_file_class_and_parameters_are_documented(catalogue: Catalogue[type[Parameters]], name: str) -> None:
    entry = catalogue[name]
    module = inspect.getmodule(entry)
    assert module is not None
    assert module.__doc__
    assert "**" in module.__doc__, "headings such as **Rule.** and **Names.**"
    assert entry.__doc__
    assert all(field.description for field in entry.model_fields.values())


@each(BUILT)
def test_text_form_and_pickle_give_it_back(catalogue: Catalogue[type[Parameters]], name: str) -> None:
    part = made(catalogue, name)
    assert catalogue.choose(str(part)) == part
    assert pickle.loads(pickle.dumps(part)) == part
    assert part.canonical()["name"] == name
    assert hash(part) == hash(made(catalogue, name))


@each(BUILT)
def test_parameters_are_frozen_and_unknown_ones_refused(
    catalogue: Catalogue[type[Parameters]], name: str
) -> None:
    part = made(catalogue, name)
    with pytest.raises(UnknownNameError, match="no_such_thing"):
        part.but(no_such_thing=1)
    with pytest.raises(ValueError, match="no_such_thing"):
        catalogue.choose({"name": name, "no_such_thing": 1})
    for field in type(part).model_fields:
        with pytest.raises(ValueError, match="frozen"):
            setattr(part, field, None)


def test_an_unknown_name_is_told_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="unknown rule 'liner': did you mean 'linear'"):
        rules.choose("liner")
