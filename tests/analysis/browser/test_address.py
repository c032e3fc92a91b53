import pytest
from accord.agents.errors import InputError
from accord.analysis.browser.address import Address
from accord.models.catalogue import models
from hypothesis import given, settings
from hypothesis import strategies as st

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)
numbers = st.integers(0, 10**18)


@given(
    texts, st.dictionaries(texts.filter(lambda key: key not in ("model", "seed", "replicate", "step")), texts)
)
@settings(max_examples=50)
def test_what_is_written_is_read_again(name: str, told: dict[str, str]) -> None:
    address = Address(name, told, seed=3, step=2)
    assert Address.read(str(address)) == address


@given(numbers, numbers, numbers)
@settings(max_examples=20)
def test_numbers_are_read_again(seed: int, replicate: int, step: int) -> None:
    address = Address("averaging", {}, seed, replicate, step)
    assert Address.read(str(address)) == address


@pytest.mark.parametrize("name", models)
def test_every_default_scenario_has_the_shortest_address(name: str) -> None:
    kind = models[name]
    address = Address.of(name, kind.Scenario())
    assert str(address) == f"/?model={name}"
    assert address.scenario(kind) == kind.Scenario()


def test_a_scenario_is_read_again() -> None:
    kind = models["generals"]
    scenario = kind.Scenario(
        network="complete(n=7)",
        f=2,
        traitors=1,
        channel="exponential(mean=2) + loss(p=0.1)",
        placement="given(nodes=[3])",
        allow_below_bound=True,
    )
    address = Address.of("generals", scenario, seed=7, replicate=2, step=5)
    assert Address.read(str(address)).scenario(kind) == scenario


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("/?model=averaging&seed=abc", "seed='abc' must be a whole number from 0"),
        ("/?model=averaging&seed=-1", "seed='-1' must be a whole number"),
        ("/?model=averaging&step=1e3", "step='1e3' must be a whole number"),
        ("/?model=averaging&step=" + "9" * 40, "must be a whole number"),
        ("/?model=averaging&step=²", "must be a whole number"),
        ("/?model=averaging&traitors=1&traitors=2", "sets traitors twice"),
        ("/?model=averaging&rule=" + "x" * 9000, "longer than 8000 characters"),
    ],
)
def test_a_tampered_address_is_told(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        Address.read(text)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("traitors=99", "traitors=99"),
        ("traitor=1", "did you mean 'traitors'"),
        ("rule=w-msrr", "did you mean 'w-msr'"),
        ("network=ring(n=", "left open"),
        ("tolerance=inf", "tolerance"),
        ("network.n=12", "unknown|parameter|n"),
    ],
)
def test_settings_that_are_not_in_order_are_told(query: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        Address.read(f"/?model=averaging&{query}").scenario(models["averaging"])
