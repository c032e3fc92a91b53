"""Message counts: known ones, and those of runs."""

import pytest
from accord.agents.protocols import protocols
from accord.analysis.theory.bounds import least_parties
from accord.analysis.theory.cost import DELAYS, MESSAGES, ben_or, bracha, delays, messages, oral_messages
from accord.models import Generals


def test_known_counts() -> None:
    # recomputed: OM(m) as counted by running it; Bracha with messages to oneself, 2n + 1 of them
    assert [oral_messages(*each) for each in ((3, 1), (4, 1), (5, 1), (6, 2), (7, 2))] == [4, 9, 16, 85, 156]
    assert [bracha(n) + 2 * n + 1 for n in (4, 16, 31, 64)] == [36, 528, 1953, 8256]
    assert messages("phase-king", 5, 1) == 2 * (5 * 4 + 4)
    assert messages("my-own", 4, 1) is None
    assert messages("bracha(echo=2)", 4, 1) is None
    assert delays("bracha(echo=2)", 4, 1) is None


@pytest.mark.parametrize("protocol", sorted(set(MESSAGES) & set(protocols)))
def test_runs_send_as_many_and_take_as_long(protocol: str) -> None:
    for f in (0, 1, 2):
        least = least_parties(protocol, f) or 2
        for n in (max(least, 3), least + 2):
            model = Generals(
                network=f"complete(n={n})", protocol=protocol, initial="bits(p=1)", f=f, rng=1
            ).run()
            assert model.verdict.termination == "held"
            row = model.outcome()
            assert row["messages"] == messages(protocol, n, f), (n, f)
            assert row["last_decision"] == delays(protocol, n, f), (n, f)


def test_every_name_in_the_table_is_a_protocol() -> None:
    assert set(MESSAGES) == set(DELAYS) <= set(protocols)


@pytest.mark.parametrize("protocol", ["ben-or", "ben-or-byzantine"])
def test_rounds_bound_the_messages_of_ben_or(protocol: str) -> None:
    for seed in range(10):
        row = (
            Generals(network="complete(n=6)", protocol=protocol, f=1, scheduler="random", rng=seed)
            .run()
            .outcome()
        )
        # who decides a round before the others sends a round less
        assert ben_or(6, row["rounds"] - 1) <= row["messages"] <= ben_or(6, row["rounds"])
