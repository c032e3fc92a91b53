"""What protocols for registers have in common: quorums by default and given, and what they promise."""

from itertools import combinations
from typing import Any

import pytest
from accord.agents.errors import InputError
from accord.agents.keys import Keys
from accord.agents.machine import Seat
from accord.agents.protocols import protocols
from accord.agents.quorums import Listed, Threshold, grid
from accord.agents.register import Answer, Query, Write, Written
from accord.agents.register_protocol import Consistency, QuorumProtocol, RegisterProtocol
from accord.models import Registers

BY_QUORUMS = ["abd", "dissemination", "masking"]
each_protocol = pytest.mark.parametrize("name", BY_QUORUMS)


def test_promises_include_each_other() -> None:
    assert Consistency.SAFE < Consistency.REGULAR < Consistency.ATOMIC
    promised = {
        "abd": "atomic", "abd(repair=false)": "regular", "read-one": "regular", "read-one(repair=true)": "atomic",
        "dissemination": "atomic", "dissemination(repair=false)": "regular",
        "masking": "safe", "masking(repair=true)": "safe",
    }  # fmt: skip
    assert {name: protocols.choose(name).promise.name.lower() for name in promised} == promised


@each_protocol
def test_quorums_are_as_few_as_share_what_they_have_to(name: str) -> None:
    # by brute force: of sets of a size, any two share so many, and one is left without any f servers
    protocol: QuorumProtocol = protocols.choose(name)
    for f in range(4):
        least = None
        for n in range(1, 14):
            good = [
                size for size in range(1, n - f + 1) if max(0, 2 * size - n) >= protocol.purpose.shared(f)
            ]
            if n <= 9 and good:
                sets = list(combinations(range(n), good[0]))
                assert min(len({*one} & {*sets[-1]}) for one in sets) >= protocol.purpose.shared(f)
            least = n if good and least is None else least
            if good:
                assert protocol.system(n, f) == Threshold(n, good[0])
                protocol.system(n, f).check(f, protocol.purpose)
        assert least == protocol.least(f)


@each_protocol
def test_with_too_few_servers_it_goes_on_with_those_that_are_not_faulty(name: str) -> None:
    protocol = protocols.choose(name)
    assert protocol.system(3, 2) == Threshold(3, 1)
    assert protocol.system(2, 2) == Threshold(2, 1)


def test_the_formulas_of_the_paper() -> None:
    for n in range(1, 30):
        for b in range(n):
            for name, bears, size in [
                ("abd", n > 2 * b, n // 2 + 1),
                ("dissemination", n > 3 * b, (n + b + 1 + 1) // 2),
                ("masking", n > 4 * b, (n + 2 * b + 1 + 1) // 2),
            ]:
                if bears:
                    assert protocols.choose(name).system(n, b) == Threshold(n, size)


def test_quorums_one_by_one_replace_the_default() -> None:
    protocol = protocols.choose("abd(quorums=[[0, 1], [1, 2], [2, 0]])")
    assert isinstance(protocol.system(3, 1), Listed)
    assert protocol.unproven(3, 1) == ""
    assert protocol.system(3, 1) is protocol.system(3, 1)  # made once for all clients
    masking = protocols.choose("masking").but(quorums=grid(4, 4, 2).sets)
    assert masking.unproven(16, 1) == ""
    assert masking.unproven(16, 2).startswith("not proven with such quorums: quorums {")


SCENARIOS: list[tuple[dict[str, Any], str]] = [
    (
        {"protocol": "abd(quorums=[[0, 1], [2, 3]])"},
        r"\{0, 1\} and \{2, 3\} share 0 .* any 3 of the 4 parties",
    ),
    (
        {
            "protocol": "masking(quorums=[[0, 1, 2], [1, 2, 3]])",
            "traitors": 0,
            "f": 0,
            "network": "complete(n=5)",
        },
        None,
    ),
    (
        {"protocol": "abd(quorums=[[0, 1], [1, 2]])", "traitors": 1},
        r"every quorum has one of the parties \{1\}",
    ),
    ({"protocol": "abd(quorums=[[0, 4]])"}, r"sets\[0\] has party 4, and there are parties 0 to 3"),
    ({"protocol": "abd(quorums=[])"}, "there must be a quorum"),
    ({"protocol": "abd(quorums=[[]])"}, "a quorum of nobody meets no other"),
    ({"protocol": "abd(quorums=[[0, x]])"}, r"quorums"),
    ({"protocol": "abd", "network": "complete(n=2)", "f": 1}, r"f=1, n=2: abd needs n >= 3"),
    ({"protocol": "masking", "traitors": 1}, r"masking needs n >= 5 to bear 1 traitor; use n >= 5 or"),
    ({"protocol": "abd", "traitors": 2}, r"abd needs n >= 5 to bear 2 traitors"),
    ({"protocol": "abd(quorum=9)"}, "quorum=9, n=4: there are not so many servers; use quorum <= 4"),
    ({"protocol": "raft"}, "raft is not for this model; use one of abd, dissemination, masking, read-one"),
]


@pytest.mark.parametrize(("given", "message"), SCENARIOS)
def test_what_cannot_be_borne_is_refused_with_a_way_out(given: dict[str, Any], message: str | None) -> None:
    if message is None:
        Registers.Scenario(**{"network": "complete(n=4)", **given})
        return
    with pytest.raises(InputError, match=message) as refusal:
        Registers.Scenario(**{"network": "complete(n=4)", **given})
    assert "\n" not in str(refusal.value)


def test_on_purpose_it_is_run_and_not_covered() -> None:
    model = Registers(
        network="complete(n=4)", protocol="abd(quorums=[[0, 1], [2, 3]])", allow_below_bound=True, rng=1
    )
    uncovered = "abd is not proven with such quorums: quorums {0, 1} and {2, 3} share 0 of the parties"
    assert model.outcome()["uncovered"].startswith(uncovered)
    # what does not exist cannot be run at all
    for quorums in ("[[0, 9]]", "[]", "[[]]"):
        with pytest.raises(InputError):
            Registers(network="complete(n=4)", protocol=f"abd(quorums={quorums})", allow_below_bound=True)


def test_an_even_cluster_of_two_works_and_bears_nothing() -> None:
    for name in BY_QUORUMS:
        model = Registers(network="complete(n=2)", protocol=name, rng=1).run()
        assert model.verdict.violated == ()
        assert protocols.choose(name).system(2, 0) == Threshold(2, 2)
        assert protocols.choose(name).least(1) > 2


@pytest.mark.parametrize("name", [*BY_QUORUMS, "read-one"])
def test_a_liar_can_make_up_every_kind_of_message(name: str) -> None:
    protocol: RegisterProtocol = protocols.choose(name)
    seat = Seat(0, 6, 1, keys=Keys((0, 1), b"run"), servers=4)
    made = protocol.alphabet(seat, (0, 1))
    assert {type(each) for each in made} == {Query, Answer, Write, Written}
    for each in made:
        if isinstance(each, Write) and protocol.signed:
            assert not each.version.is_genuine(seat.keys, 4)
    # a client signs for itself
    mine = protocol.alphabet(Seat(5, 6, 1, keys=Keys((5,), b"run"), servers=4), (0, 1))
    assert (
        all(each.version.is_genuine(seat.keys, 4) for each in mine if isinstance(each, Write))
        == protocol.signed
    )
    assert protocol.alphabet(seat.but(keys=Keys()), (0,))
