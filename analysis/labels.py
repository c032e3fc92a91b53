"""Words for people: what a column, a level or a number is called in a figure or a report."""

import math
import re
from collections.abc import Iterable
from inspect import cleandoc
from itertools import chain
from typing import Any

from ..agents.acceptances import acceptances
from ..agents.catalogue import Catalogue
from ..agents.conducts import conducts
from ..agents.errors import InputError
from ..agents.exchanges import exchanges
from ..agents.parameters import split
from ..agents.protocols import protocols
from ..agents.rules import rules
from ..agents.tactics import tactics
from ..agents.traders import traders
from ..models.cases import cases
from ..models.channels import channels
from ..models.domains import domains
from ..models.endowments import endowments
from ..models.institutions import institutions
from ..models.matchings import matchings
from ..models.networks.schemes import schemes
from ..models.networks.topologies import topologies
from ..models.openings import openings
from ..models.placements import placements
from ..models.procedures import procedures
from ..models.schedulers import schedulers
from ..models.valuations import valuations

__all__ = [
    "axis_label",
    "caption",
    "heading",
    "level_labels",
    "number",
    "panel_title",
    "party_name",
    "plural",
    "share",
    "shortened",
    "spelled_out",
]

_PARTS: tuple[Catalogue[Any], ...] = (
    *(protocols, conducts, placements, channels, schedulers, openings, topologies, rules, schemes),
    *(tactics, acceptances, domains, procedures, cases, matchings),
    *(exchanges, endowments, valuations, institutions, traders),
)

_PROPER = {
    "w-msr": "W-MSR",
    "wood-wollenberg": "Wood-Wollenberg",
    "ieee": "IEEE",
    "les-miserables": "Les Misérables",
    "davis-women": "Davis women",
    "erdos-renyi": "Erdős-Rényi",
    "watts-strogatz": "Watts-Strogatz",
    "barabasi-albert": "Barabási-Albert",
    "metropolis-hastings": "Metropolis-Hastings",
    "ben-or": "Ben-Or",
    "ben-or-byzantine": "Ben-Or, Byzantine",
    "dolev-strong": "Dolev-Strong",
    "read-one": "Read-one",
    "two-phase-commit": "Two-phase commit",
    "berman-garay-perry": "Berman-Garay-Perry",
    "pbft": "PBFT",
    "hotstuff": "HotStuff",
    "abd": "ABD",
    "micro": "MiCRO",
    "tit-for-tat": "Tit-for-tat",
    "gode-sunder": "Gode-Sunder",
    "gjerstad-dickhaut": "Gjerstad-Dickhaut",
    "zip": "ZIP",
    "time-dependent": "Time-dependent",
}
_NAME = re.compile(r"[A-Za-z][\w.-]*")
_CALL = re.compile(r"\s*([A-Za-z0-9_][\w.-]*)\s*(?:\((.*)\))?\s*\Z", re.DOTALL)
_POINT_ZERO = re.compile(r"(?<![\w./-])(-?\d+)\.0(?![\w.])")


def heading(column: str) -> str:
    """Return a column's name as a heading.

    >>> heading("initial_mean"), heading("network.n"), heading("r_robustness"), heading("f"), heading("gode-sunder")
    ('Initial mean', 'Network n', 'r-robustness', 'f', 'Gode-Sunder')
    """
    if len(column) == 1:
        return column
    if column in _PROPER:
        return _PROPER[column]
    if re.match(r"[a-z]_", column):
        return column.replace("_", "-", 1).replace("_", " ")
    words = column.replace("_", " ").replace(".", " ").replace("-", " ")
    return words[:1].upper() + words[1:]


def axis_label(quantity: str, unit: str = "1") -> str:
    """Return an axis label with its unit.

    >>> axis_label("Disagreement", "opinion"), axis_label("Traitors")
    ('Disagreement (opinion)', 'Traitors')
    """
    return quantity if unit in ("", "1") else f"{quantity} ({unit})"


def caption(doc: str | None) -> str:
    """Return what a docstring says before its first section, in one line.

    >>> caption(Catalogue.__doc__)
    "The public objects of a folder's files, by name."
    """
    return " ".join(re.split(r"\n\n\w+\n---", cleandoc(doc or ""))[0].split())


def level_labels(levels: Iterable[Any]) -> dict[Any, str]:
    """Return a short label for each level: its name, with parameters where names alone are not distinct.

    Every parameter that varies is among these, where it has its default as well.

    >>> level_labels(["ring(n=10)", "karate", "w-msr"])
    {'ring(n=10)': 'Ring', 'karate': 'Karate', 'w-msr': 'W-MSR'}
    >>> level_labels(["ring(n=10)", "ring(n=20)", 0.5])
    {'ring(n=10)': 'Ring (n=10)', 'ring(n=20)': 'Ring (n=20)', 0.5: '0.5'}
    >>> level_labels(["silent liars"])  # words that are nobody's name
    {'silent liars': 'Silent liars'}
    """
    texts = spelled_out(levels)
    short = {level: _named(level, text, with_parameters=False) for level, text in texts.items()}
    taken = list(short.values())
    return {
        level: label if taken.count(label) == 1 else _named(level, texts[level], with_parameters=True)
        for level, label in short.items()
    }


def spelled_out(levels: Iterable[Any]) -> dict[Any, str]:
    """Return each level's text with every parameter that varies among them, its default as well.

    A default of none says nothing of its own and is left out.

    >>> list(spelled_out(["harary(k=2, n=12)", "harary(n=12)", "ring"]).values())
    ['harary(k=2, n=12)', 'harary(k=3, n=12)', 'ring']
    >>> list(spelled_out(["loss + stabilisation(at=0.0)", "loss + stabilisation", 2.0]).values())
    ['loss + stabilisation(at=0)', 'loss + stabilisation(at=30)', '2']
    """
    parts = {level: _parts(level) for level in dict.fromkeys(levels)}
    varied: dict[str, set[str]] = {}
    for name, given in chain.from_iterable(parts.values()):
        varied.setdefault(name, set()).update(given)
    defaults = {name: _defaults(name, parameters) for name, parameters in varied.items()}
    texts = {
        level: " + ".join(_written(name, {**defaults[name], **given}) for name, given in read) or str(level)
        for level, read in parts.items()
    }
    return {level: _POINT_ZERO.sub(r"\1", text) for level, text in texts.items()}


def panel_title(column: str, label: str) -> str:
    """Return what a panel shows when it is the panel of one level.

    >>> panel_title("traitors", "1"), panel_title("traitors", "3"), panel_title("placement", "Random")
    ('1 traitor', '3 traitors', 'Random placement')
    >>> panel_title("nodes", "7"), panel_title("discount", "0.9"), panel_title("quota", "3")
    ('n = 7', 'd = 0.9', 'q = 3')
    >>> panel_title("deadline", "10"), panel_title("deadline", "inf")
    ('10 rounds', 'No deadline')
    """
    if column == "traitors":
        return plural(int(label), "traitor")
    if column == "placement":
        return f"{label} placement"
    if column in ("nodes", "discount") or (column == "quota" and label.isdecimal()):
        return f"{column[0]} = {label}"
    if column == "deadline":
        return plural(int(label), "round") if label.isdecimal() else "No deadline"
    return label


def party_name(label: str, role: str = "party") -> str:
    """Return what a party is called in a text: its label, behind its role if that is a number alone.

    >>> party_name("3"), party_name("3", "traitor"), party_name("client 0")
    ('party 3', 'traitor 3', 'client 0')
    """
    return f"{role} {label}" if label.isdecimal() else label


def plural(count: int, noun: str) -> str:
    """Return a number with its noun.

    >>> plural(1, "run"), plural(1200, "run")
    ('1 run', '1,200 runs')
    """
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def number(value: Any) -> str:
    """Return a value as it reads well: whole numbers whole, others to four digits, nothing for missing.

    >>> number(3), number(2.0), number(0.123456), number(1.5e-15), number(math.nan), number("karate")
    ('3', '2', '0.1235', '1.5e-15', '', 'karate')
    """
    if value is None or value != value or str(value) == "<NA>":
        return ""
    if isinstance(value, str | bool) or not hasattr(value, "__float__"):
        return str(value)
    if float(value).is_integer() and abs(value) < 1e6:
        return str(int(value))
    return f"{value:.4g}"


def share(value: float) -> str:
    """Return a share in percent.

    >>> share(0.5), share(0.999), share(1.0)
    ('50 %', '99.9 %', '100 %')
    """
    return "" if math.isnan(value) else f"{100 * value:.3g} %"


def _parts(level: Any) -> list[tuple[str, dict[str, str]]]:
    """Return the names that a level's text form joins, with the parameters given; none if it has no such form."""
    try:
        calls = [_CALL.match(part) for part in split(level, "+")] if isinstance(level, str) else []
        parts = [(call[1], _given(call[2])) for call in calls if call]
    except InputError:
        return []
    return parts if len(parts) == len(calls) and all(all(given.values()) for _, given in parts) else []


def _given(inside: str | None) -> dict[str, str]:
    pairs = [each.partition("=") for each in split(inside, ",")] if inside else []
    return {key.strip(): value.strip() for key, _, value in pairs}


def _defaults(name: str, parameters: set[str]) -> dict[str, str]:
    """Return the defaults of some parameters, in the order of their declaration, of whatever has the name and them."""
    for catalogue in _PARTS:
        fields = getattr(catalogue[name], "model_fields", {}) if name in catalogue else {}
        if parameters and parameters <= set(fields):
            known = {each: info.get_default(call_default_factory=True) for each, info in fields.items()}
            return {
                each: str(known[each])
                for each, info in fields.items()
                if each in parameters and not info.is_required() and known[each] is not None
            }
    return {}


def _written(name: str, given: dict[str, str]) -> str:
    settings = ", ".join(f"{key}={value}" for key, value in given.items())
    return f"{name}({settings})" if settings else name


def _named(level: Any, text: str, *, with_parameters: bool) -> str:
    text = text if isinstance(level, str) else number(level)
    match = _NAME.match(text)
    if match is None:
        return text
    name, rest = match.group(), text[match.end() :]
    if re.match(r" \w", rest):
        return text[:1].upper() + text[1:]
    proper = _PROPER.get(name, name.replace("-", " ").replace("_", " "))
    proper = proper[:1].upper() + proper[1:]
    return f"{proper} {rest}".strip() if with_parameters and rest else proper


def shortened(text: str, most: int) -> str:
    """Return a text of so many characters at most.

    >>> shortened("proposal", 5), shortened("word", 5)
    ('prop…', 'word')
    """
    return text if len(text) <= most else f"{text[: most - 1]}…"
