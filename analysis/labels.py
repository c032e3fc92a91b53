"""Words for people: what a column, a level or a number is called in a figure or a report."""

import math
import re
from collections.abc import Iterable
from typing import Any

__all__ = ["axis_label", "heading", "level_labels", "number", "plural", "share"]

_PROPER = {
    "w-msr": "W-MSR",
    "les-miserables": "Les Misérables",
    "davis-women": "Davis women",
    "erdos-renyi": "Erdős-Rényi",
    "watts-strogatz": "Watts-Strogatz",
    "barabasi-albert": "Barabási-Albert",
    "metropolis-hastings": "Metropolis-Hastings",
    "ben-or": "Ben-Or",
    "ben-or-byzantine": "Ben-Or, Byzantine",
    "dolev-strong": "Dolev-Strong",
    "two-phase-commit": "Two-phase commit",
    "berman-garay-perry": "Berman-Garay-Perry",
}
_NAME = re.compile(r"[A-Za-z][\w.-]*")


def heading(column: str) -> str:
    """Return a column's name as a heading.

    >>> heading("initial_mean"), heading("network.n"), heading("r_robustness"), heading("f")
    ('Initial mean', 'Network n', 'r-robustness', 'f')
    """
    if len(column) == 1:
        return column
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


def level_labels(levels: Iterable[Any]) -> dict[Any, str]:
    """Return a short label for each level: its name, with parameters where names alone are not distinct.

    >>> level_labels(["ring(n=10)", "karate", "w-msr"])
    {'ring(n=10)': 'Ring', 'karate': 'Karate', 'w-msr': 'W-MSR'}
    >>> level_labels(["ring(n=10)", "ring(n=20)", 0.5])
    {'ring(n=10)': 'Ring (n=10)', 'ring(n=20)': 'Ring (n=20)', 0.5: '0.5'}
    """
    levels = list(dict.fromkeys(levels))
    short = {level: _named(level, with_parameters=False) for level in levels}
    taken = list(short.values())
    return {
        level: label if taken.count(label) == 1 else _named(level, with_parameters=True)
        for level, label in short.items()
    }


def panel_title(column: str, label: str) -> str:
    """Return what a panel shows when it is the panel of one level.

    >>> panel_title("traitors", "1"), panel_title("traitors", "3"), panel_title("placement", "Random")
    ('1 traitor', '3 traitors', 'Random placement')
    >>> panel_title("nodes", "7")
    'n = 7'
    """
    if column == "traitors":
        return plural(int(label), "traitor")
    if column == "placement":
        return f"{label} placement"
    if column == "nodes":
        return f"n = {label}"
    return label


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


def _named(level: Any, *, with_parameters: bool) -> str:
    text = number(level)
    match = _NAME.match(text)
    if match is None:
        return text
    name, rest = match.group(), text[match.end() :]
    proper = _PROPER.get(name, name.replace("-", " ").replace("_", " "))
    proper = proper[:1].upper() + proper[1:]
    return f"{proper} {rest}".strip() if with_parameters and rest else proper
