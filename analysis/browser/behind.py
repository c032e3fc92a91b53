"""The runs behind a cell: a row each, and the address at which the page shows it again, step by step."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from ...agents.errors import InputError
from ...agents.parameters import Parameters
from ...experiments.loading import address as named
from ...experiments.manifest import difference
from ...experiments.provenance import accord_code, user_code, versions
from ...experiments.result import Result
from ...models.agreement import AgreementModel
from ...models.scenario import Scenario
from ..labels import heading, number
from .address import Address
from .selection import properties

__all__ = ["MOST", "Listed", "changed_since", "kind_of", "listed", "reopened", "table"]

MOST = 20
"""Runs on a page of the list."""

_WORDS = ("violated", "failed", "crashed", "timeout")  # that stand out


@dataclass(frozen=True)
class Listed:
    """A run in the list.

    Parameters
    ----------
    cells
        What stands in the row, by heading.
    address
        Which opens the run; None where it cannot be told as one.
    wrong
        Why not.
    error
        What a run that did not finish said, in one line.
    """

    cells: Mapping[str, str]
    address: Address | None
    wrong: str
    error: str


def listed(
    result: Result, runs: pd.DataFrame, page: int, models: Mapping[str, type[AgreementModel]]
) -> list[Listed]:
    """Return a page of the list of some runs of a result."""
    judged = properties(result)
    columns = ["run", *result.factors, "replicate", "status", *judged, "steps"]
    columns += ["value"] if "value" in runs.columns else []
    rows = []
    for row in runs.iloc[page * MOST : (page + 1) * MOST].to_dict("records"):
        told = {heading(str(each)): number(row[each]) for each in columns if _varies(result, each)}
        error = row["error"] if isinstance(row["error"], str) else ""
        try:
            rows.append(Listed(told, reopened(result, row["run"], models), "", error))
        except InputError as reason:
            rows.append(Listed(told, None, str(reason), error))
    return rows


def table(rows: Sequence[Listed]) -> str:
    """Return the list as HTML; what cannot be opened says why."""
    if not rows:
        return "<p>There are no such runs.</p>"
    head = "".join(f"<th>{escape(each)}</th>" for each in rows[0].cells)
    body = []
    for row in rows:
        number, *cells = map(escape, row.cells.values())
        opening = f'<a href="{escape(str(row.address))}">{number}</a>' if row.address else number
        entries = "".join(
            f'<td class="{each}">{each}</td>' if each in _WORDS else f"<td>{each}</td>" for each in cells
        )
        body.append(f"<tr><td>{opening}</td>{entries}</tr>")
        body += [
            f'<tr><td></td><td class="told" colspan="{len(cells)}">{escape(told)}</td></tr>'
            for told in (row.error, row.wrong)
            if told
        ]
    return f'<table class="accord-table"><thead><tr>{head}</tr></thead><tbody>{"".join(body)}</tbody></table>'


def reopened(result: Result, run: int, models: Mapping[str, type[AgreementModel]]) -> Address:
    """Return the address that opens a run of a sweep, exactly as it was.

    Raises
    ------
    InputError
        If its model is none of those given, or its scenario cannot be told as an address.
    """
    name = kind_of(result, models)
    kind = models[name]
    point, replicate = divmod(int(run), result.replicates)
    try:
        scenario = kind.Scenario(**result.design.point(point))
        address = Address.of(name, scenario, result.manifest["plan"]["seed"], replicate)
        changed = _difference(result, point, kind, scenario)
        if not changed and str(Address.read(str(address)).scenario(kind)) != str(scenario):
            changed = "it is longer than its address"
    except InputError as error:
        raise InputError(f"run {run} cannot be opened from its folder alone: {error}") from None
    if changed:
        raise InputError(f"run {run} cannot be opened as it was: {changed}")
    return address


def kind_of(result: Result, models: Mapping[str, type[AgreementModel]]) -> str:
    """Return the name of a result's model among some models; nothing that the folder names is imported for it.

    Raises
    ------
    InputError
        If it is none of them.
    """
    told = str(result.manifest["plan"]["model"])
    if ":" not in told and told in models:
        return told
    for name in models if ":" in told else ():
        if named(models[name]) == told:
            return name
    raise InputError(
        f"these are runs of {told}, which is no model of this page"
        + (
            f"; if you trust its code, start anew: accord watch {told} --results {result.folder}"
            if ":" in told
            else ""
        )
    )


def changed_since(result: Result) -> str:
    """Return what has changed since the runs were made, in words; nothing if they can be made again as they were."""
    there: Mapping[str, Any] = result.manifest.get("identity", {})
    code = {"accord": there.get("code", {}).get("accord")}
    here = {name: each for name, each in versions().items() if name in there.get("versions", {})}
    return difference(code, {"accord": accord_code()}, "code") or difference(
        there.get("versions", {}), here, "versions"
    )


def _difference(result: Result, point: int, kind: type[AgreementModel], scenario: Scenario) -> str:
    """Return what would not be as it was in a run of a scenario, in words; of accord itself, `changed_since` tells."""
    there = result.manifest["identity"]
    if there["code"]["model"] != user_code([kind, type(scenario)]):
        return "a part of it was made in Python, or its code has changed"
    for factor, (place,) in result.design.places([point]).items():
        level, part = there["factors"][factor][place], getattr(scenario, factor, None)
        refined = any(each.startswith(f"{factor}.") for each in result.factors)  # by a factor of its own
        if isinstance(part, Parameters) and isinstance(level, Mapping) and not refined:
            told = difference(level, json.loads(json.dumps(part.canonical())), factor)
            if told:
                return told
    return ""


def _varies(result: Result, column: str) -> bool:
    return column not in result.factors or len(result.factors[column]) > 1
