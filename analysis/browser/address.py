"""Addresses: a run and a step of it as they stand in the browser's address bar, so that a link reopens them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, quote

from ...agents.errors import InputError
from ...agents.parameters import read, written
from ...models.agreement import AgreementModel
from ...models.scenario import Scenario

__all__ = ["Address"]

_LONGEST = 8_000  # characters that browsers and servers pass on


@dataclass(frozen=True)
class Address:
    """What a page shows.

    Parameters
    ----------
    model
        Its name on the site.
    settings
        The scenario's fields that differ from their defaults, as text.
    seed, replicate
        The run is ``Model(scenario, rng=seed, replicate=replicate)``.
    step
        Of the run.

    Examples
    --------
    >>> address = Address("averaging", {"network": "ring(n=12)"}, seed=3, step=7)
    >>> str(address)
    '/?model=averaging&network=ring(n=12)&seed=3&step=7'
    >>> Address.read(str(address)) == address
    True
    """

    model: str
    settings: Mapping[str, str] = field(default_factory=dict)
    seed: int = 0
    replicate: int = 0
    step: int = 0

    @classmethod
    def of(cls, name: str, scenario: Scenario, seed: int = 0, replicate: int = 0, step: int = 0) -> "Address":
        """Return the address of a run."""
        settings = {
            key: written(getattr(scenario, key))
            for key, info in type(scenario).model_fields.items()
            if str(getattr(scenario, key)) != str(info.get_default(call_default_factory=True))
        }
        return cls(name, settings, seed, replicate, step)

    @classmethod
    def read(cls, text: str) -> "Address":
        """Return the address that a path with its query stands for; a model's name may be empty.

        Raises
        ------
        InputError
            If it stands for none: it was cut off or changed by hand.
        """
        if len(text) > _LONGEST:
            raise InputError(
                f"the address is longer than {_LONGEST} characters; open the model and set it by hand"
            )
        settings: dict[str, str] = {}
        for key, value in parse_qsl(text.partition("?")[2], keep_blank_values=True):
            if key in settings:
                raise InputError(f"the address sets {key} twice; give it once")
            settings[key] = value
        numbers = {key: _number(key, settings.pop(key, "0")) for key in ("seed", "replicate", "step")}
        return cls(settings.pop("model", ""), settings, **numbers)

    def scenario(self, model: type[AgreementModel]) -> Any:
        """Return the scenario that the settings stand for.

        Raises
        ------
        InputError
            If they are not in order.
        """
        return model.Scenario(**{key: read(text) for key, text in self.settings.items()})

    def at(self, step: int) -> "Address":
        """Return the address of another step of the same run."""
        return replace(self, step=step)

    def __str__(self) -> str:
        numbers = {"seed": self.seed, "replicate": self.replicate, "step": self.step}
        told = {
            "model": self.model,
            **self.settings,
            **{key: str(each) for key, each in numbers.items() if each},
        }
        return "/?" + "&".join(f"{quote(key)}={quote(text, safe='(),=[]:/')}" for key, text in told.items())


def _number(key: str, text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 19:
        raise InputError(
            f"{key}={text!r} must be a whole number from 0; change it in the address, or leave it out"
        )
    return int(text)
