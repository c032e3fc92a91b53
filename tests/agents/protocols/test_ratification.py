"""Ratification by certificates."""

from itertools import product
from typing import Any

import pytest
from accord.agents.errors import InputError
from accord.agents.keys import Keys
from accord.agents.machine import Accuse, Decide, Seat, Send
from accord.agents.protocols.ratification import Ratification, _Certificate, _Proposal, _signed, _Vote
from accord.models import Generals

ALL = Keys(tuple(range(7)), b"run")


def party(node: int = 1, n: int = 4, f: int = 1, **thresholds: Any):  # type: ignore[no-untyped-def]
    machine = Ratification(**thresholds).machine(Seat(node, n, f, 1, Keys((node,), b"run")))
    return machine, machine.start()[0]


def vote(signer: int, value: Any = 1) -> _Vote:
    return _Vote(value, _signed(signer, value, ALL))


def certificate(*signers: int, value: Any = 1) -> _Certificate:
    return _Certificate(value, tuple(_signed(signer, value, ALL) for signer in signers))


# A table of plays: what one party of n = 4, f = 1 does, message by message


def test_the_proposer_sends_its_value_to_all_and_others_wait() -> None:
    assert Ratification().machine(Seat(0, 4, 1, 1)).start()[1] == (Send((0, 1, 2, 3), _Proposal(1)),)
    assert Ratification().machine(Seat(1, 4, 1, 1)).start()[1] == ()


def test_a_party_votes_once_and_only_for_the_proposer() -> None:
    machine, state = party()
    assert machine.receive(state, 2, _Proposal(1)) == (state, ())
    state, effects = machine.receive(state, 0, _Proposal(5))
    assert effects == (Send((0,), vote(1, 5)),)
    assert machine.receive(state, 0, _Proposal(1)) == (state, ())


def test_three_votes_make_a_certificate() -> None:
    machine, state = party(node=0)
    said = []
    # nobody's counts twice, nor for another value, nor in another's name
    wrong = [vote(2, 0), _Vote(1, vote(3, 0).signature), _Vote(1, vote(6).signature), _Vote(1, None)]  # type: ignore[arg-type]
    for message in [vote(3), vote(3), *wrong, vote(1), vote(0), vote(2)]:
        state, effects = machine.receive(state, 3, message)
        said.append(tuple(effects))
    whole = certificate(0, 1, 3)
    assert said == [(), *((),) * 6, (Send((1, 2, 3), whole), Decide(1)), ()]
    assert str(whole) == "certificate(1, 0:1:3)"


def test_a_signature_of_what_only_looks_alike_spoils_no_certificate() -> None:
    machine, state = party(node=0)
    for message in (vote(3, 1.0), vote(3, True), vote(0), vote(1), vote(2)):
        state, effects = machine.receive(state, message.signature.signer, message)
    assert effects == (Send((1, 2, 3), certificate(0, 1, 2)), Decide(1))
    assert certificate(0, 1, 2).is_genuine(ALL, 4, 3)


def test_others_count_no_votes() -> None:
    machine, state = party(node=2)
    for signer in (0, 1, 3):
        assert machine.receive(state, signer, vote(signer)) == (state, ())


def test_who_sees_a_certificate_ratifies_and_passes_it_on_once() -> None:
    machine, state = party()
    whole = certificate(0, 2, 3)
    state, effects = machine.receive(state, 3, whole)
    assert effects == (Send((0, 2, 3), whole), Decide(1))
    assert machine.receive(state, 2, certificate(1, 2, 3)) == (state, ())


@pytest.mark.parametrize(
    "false",
    [
        certificate(0, 1),
        certificate(0, 1, 1),
        certificate(0, 1, 4),
        certificate(1, 0, 2),
        certificate(0, 1, 2).saying(0),
        _Certificate(1, (*certificate(0, 1).signatures, vote(2, 0).signature)),
        _Certificate(10**5000, certificate(0, 1, 2).signatures),
        _Certificate(1, None),  # type: ignore[arg-type]
        _Certificate(1, (1, 2, 3)),  # type: ignore[arg-type]
    ],
)
def test_a_false_certificate_counts_for_nothing(false: _Certificate) -> None:
    machine, state = party()
    assert machine.receive(state, 0, false) == (state, ())


def test_two_certificates_convict_who_signed_both_once() -> None:
    machine, state = party()
    state, _ = machine.receive(state, 0, certificate(0, 1, 3))
    state, effects = machine.receive(state, 0, certificate(0, 2, 3, value=5))
    assert effects == (Accuse(0, "it voted for 1 and 5"), Accuse(3, "it voted for 1 and 5"))
    assert machine.receive(state, 0, certificate(0, 1, 2, value=6)) == (state, ())


# Known answers: quorums ceil((n + f + 1) / 2)


@pytest.mark.parametrize(("n", "f", "quorum"), [(4, 1, 3), (7, 2, 5), (10, 3, 7)])
def test_quorums(n: int, f: int, quorum: int) -> None:
    assert Ratification().needed(n, f) == quorum
    assert Ratification(quorum=quorum - 1).unproven(n, f) == (
        f"proven with quorum={quorum} or more, and it is {quorum - 1}"
    )
    assert not Ratification(quorum="unanimity").unproven(n, f)
    assert Ratification(quorum="majority").unproven(10, 3)


def test_any_two_quorums_share_an_honest_party_and_one_can_be_had() -> None:
    for n, f in product(range(1, 40), range(13)):
        quorum = Ratification().needed(n, f)
        assert 2 * quorum - n > f >= 2 * (quorum - 1) - n
        assert (quorum <= n - f) == (n >= Ratification().least(f))


def test_two_thirds_are_safe_from_any_liars_fewer_than_a_third() -> None:
    for n in range(1, 60):
        two_thirds, most = Ratification(quorum="two-thirds"), (n - 1) // 3
        assert not two_thirds.unproven(n, most)
        assert two_thirds.needed(n, most) <= n - most
        assert two_thirds.needed(n, most) == Ratification().needed(n, most) or n % 3 != 1


def test_more_votes_than_parties_are_refused() -> None:
    with pytest.raises(InputError, match="4 parties have no 5 votes; use quorum <= 4"):
        Generals(network="complete(n=4)", protocol="ratification(quorum=5)", rng=1)


# Known answers: (n - 1)(n + 2) messages in three delays: n - 1 proposals, n - 1 votes, n(n - 1) certificates


@pytest.mark.parametrize("n", [4, 7, 16])
def test_messages(n: int) -> None:
    f = (n - 1) // 3
    row = Generals(network=f"complete(n={n})", protocol="ratification", f=f, rng=1).run().outcome()
    assert row["messages"] == (n - 1) * (n + 2)
    assert row["own_messages"] == 2
    assert row["last_decision"] == 3


@pytest.mark.parametrize(("n", "f"), [(4, 1), (7, 2), (9, 2), (10, 3)])
def test_one_vote_less_is_one_too_few(n: int, f: int) -> None:
    def played(quorum: int) -> Generals:
        given: dict[str, Any] = {"network": f"complete(n={n})", "traitors": f, "placement": "first"}
        protocol = f"ratification(quorum={quorum})"
        return Generals(protocol=protocol, conduct="colluding", rng=1, **given).run()

    quorum = Ratification().needed(n, f)
    assert played(quorum - 1).verdict.violated == ("agreement",)
    assert not played(quorum).verdict.violated
    assert played(quorum - 1).outcome()["accusations"] > 0
