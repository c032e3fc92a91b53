"""Bounds of the literature: they are what the protocols claim of themselves."""

import pytest
from accord.agents.protocols import protocols
from accord.analysis.theory.bounds import LEAST_PARTIES, least_parties


@pytest.mark.parametrize("protocol", sorted(set(LEAST_PARTIES) & set(protocols)))
def test_protocols_claim_what_was_proven(protocol: str) -> None:
    claimed = protocols[protocol]()
    assert [claimed.least(f) for f in range(1, 12)] == [least_parties(protocol, f) for f in range(1, 12)]


def test_every_name_in_the_table_is_a_protocol() -> None:
    assert set(LEAST_PARTIES) <= set(protocols)


def test_known_bounds() -> None:
    # Lamport, Shostak, Pease 1982: three generals cannot bear one traitor, four can
    assert least_parties("oral-messages", 1) == 4
    assert least_parties("bracha(amplify=1)", 2) == 7
    assert least_parties("my-own", 1) is None
