"""The report of a study: its question, what was run, the answer in numbers, tables and figures.

Written as Markdown beside the results, with every table as CSV and every figure as PNG and PDF. A measure or
figure that cannot be had from these results is reported as such, in its place; it never costs the rest.
"""

import itertools
import shlex
import traceback
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..agents.errors import InputError
from ..experiments.design import label
from ..experiments.provenance import accord_code
from .figures import figures
from .frames import finished
from .labels import heading, number, plural, spelled_out
from .measures import measures
from .style import save

if TYPE_CHECKING:
    from ..experiments.result import Result
    from ..experiments.study import Study

__all__ = ["fitting", "write_report"]

_ROWS = 40  # of a table; longer ones are in their CSV
_FAILURES = 5  # that are shown
_SAMPLE = 50  # runs that are enough to see whether a measure can be taken


def write_report(result: "Result", study: "Study", folder: Path | str) -> Path:
    """Write the report of a study's results, its tables and its figures.

    Parameters
    ----------
    result
        What the study's sweep made, finished or not.
    study
        Its question, and the names of its measures and figures.
    folder
        Where ``report.md``, ``tables/`` and ``figures/`` go; made if it is not there.

    Returns
    -------
    Path
        Of ``report.md``.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    answers, tables = _measured(result, study, folder)
    lines = [
        f"# {study.question or heading(study.name)}",
        "",
        *([f"The study `{study.name}`.", ""] if study.question else []),
        "## Answer",
        "",
        *(answers or _unanswered(result, study)),
        "",
        "## What was run",
        "",
        *_design(result),
        "",
        *_failures(result),
        *tables,
        *_drawn(result, study, folder),
        "## How to reproduce",
        "",
        *_provenance(result),
    ]
    path = folder / "report.md"
    path.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
    return path


@lru_cache(maxsize=1)  # the report tells of it, and so does whoever has it written
def fitting(result: "Result") -> dict[str, tuple[str, ...]]:
    """Return the names of the measures and of the figures that can be had from a result, by kind.

    Measures are tried on a few runs that stand for all.
    """
    some = finished(result.runs)
    some = some.iloc[:: max(1, len(some) // _SAMPLE)]

    return {
        "measure": tuple(
            name for name in measures if _can(lambda name: measures[name].of(result, some), name)
        ),
        "figure": tuple(name for name in figures if _can(lambda name: figures[name].cases(result), name)),
    }


def _can(make: Callable[[str], object], name: str) -> bool:
    try:
        make(name)
    except Exception:  # a defect shows where it is asked for
        return False
    return True


def _unanswered(result: "Result", study: "Study") -> Iterator[str]:
    """Say why there is no answer in words, and what could be asked."""
    if study.measures:
        yield "No measure put its table in words; see the tables below."
        return
    fit = fitting(result)
    told = "; ".join(
        f"{kind}s {', '.join(f'`{each}`' for each in names)}" for kind, names in fit.items() if names
    )
    yield "No measure was asked for."
    if told:
        example = " ".join(f"--{kind} {names[0]}" for kind, names in fit.items() if names)
        yield f"What fits these runs: {told}. Ask for it by name: `accord plot FOLDER {example}`."


def markdown(table: pd.DataFrame) -> list[str]:
    """Return a table's lines in Markdown; a value with its interval makes one column.

    >>> table = pd.DataFrame({"rule": ["linear"], "share": [0.5], "share_low": [0.2], "share_high": [0.8]})
    >>> for line in markdown(table):
    ...     print(line)
    | Rule | Share |
    |:---|---:|
    | linear | 0.5 (0.2 to 0.8) |
    """
    ends = {f"{each}_{end}" for each in table.columns for end in ("low", "high")}
    columns = [each for each in table.columns if each not in ends]
    texts = [not pd.api.types.is_numeric_dtype(table[each]) for each in columns]
    table = table.assign(**{each: _legible(table[each]) for each in itertools.compress(columns, texts)})
    rows = [[_cell(row, each) for each in columns] for row in table.head(_ROWS).to_dict("records")]
    return [
        f"| {' | '.join(heading(str(each)) for each in columns)} |",
        f"|{'|'.join(':---' if text else '---:' for text in texts)}|",
        *(f"| {' | '.join(row)} |" for row in rows),
    ]


def _legible(column: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return a column with its levels spelled out."""
    told: dict[Any, str] = spelled_out(each for each in column if isinstance(each, str))
    return column.map(lambda value: told.get(value, value))


def _cell(row: dict[Any, Any], column: Any) -> str:
    value = number(row[column]).replace("|", "/")
    low, high = (number(row.get(f"{column}_{end}")) for end in ("low", "high"))
    return f"{value} ({low} to {high})" if value and low and high else value


def _measured(result: "Result", study: "Study", folder: Path) -> tuple[list[str], list[str]]:
    """Take the measures; return the answer's paragraphs and the section of tables."""
    answers: list[str] = []
    section: list[str] = []
    for name in study.measures:
        section += [f"### {heading(name)}", ""]
        try:
            measure = measures[name]
            table = measure.of(result)
            answer = measure.answer(table)
            digest = measure.digest(table)
        except OSError:
            raise  # a full disk is no defect of the figure
        except Exception as error:  # whatever is wrong with one measure, the others are wanted
            section += [_told(error), ""]
            continue
        path = folder / "tables" / f"{name}.csv"
        path.parent.mkdir(exist_ok=True)
        table.to_csv(path, index=False, lineterminator="\n")
        answers += [*([""] if answers else []), answer] if answer else []
        more = f"The first {_ROWS} of {len(digest)} rows; all" if len(digest) > _ROWS else "All columns"
        section += [
            measure.caption,
            "",
            *markdown(digest),
            "",
            f"{more} are in [tables/{name}.csv](tables/{name}.csv).",
            "",
        ]
    if section:
        section = [
            "## Tables",
            "",
            "In brackets: 95 % intervals, Wilson for shares, bootstrap for means.",
            "",
            *section,
        ]
    return answers, section


def _drawn(result: "Result", study: "Study", folder: Path) -> list[str]:
    """Draw and save the figures; return their section."""
    left = [
        each
        for each in figures
        if each not in study.figures and (folder / "figures" / f"{each}.png").exists()
    ]
    section = ["## Figures", ""] if study.figures or left else []
    for name in study.figures:
        try:
            figure = figures[name]
            png, pdf = save(figure.page(result), folder / "figures" / name)
        except OSError:
            raise  # a full disk is no defect of the figure
        except Exception as error:  # whatever is wrong with one figure, the others are wanted
            section += [f"**{heading(name)}.** {_told(error)}", ""]
            continue
        section += [
            f"![{heading(name)}](figures/{png.name})",
            "",
            f"**{heading(name)}.** {figure.caption} ([PDF](figures/{pdf.name}))",
            "",
        ]
    if left:
        told = ", ".join(f"[{each}](figures/{each}.png)" for each in left)
        section += [f"Drawn before, and left as they were: {told}.", ""]
    return section


def _told(error: Exception) -> str:
    """Return why something is missing from the report: one line for what is known, all for a defect."""
    if isinstance(error, InputError):
        return f"*Not available: {error}.*"
    trace = "".join(traceback.format_exception(error)).rstrip()
    return f"*Not available, by a defect:*\n\n```\n{trace}\n```"


def _design(result: "Result") -> Iterator[str]:
    plan, counts = result.manifest["plan"], result.counts
    told = ", ".join(f"{count:,} {status}" for status, count in counts.items())
    points = (
        "the levels below side by side"
        if plan.get("side_by_side")
        else "every combination of the levels below"
    )
    points += f" for which ``{plan['where']}``" if plan.get("where") else ""
    yield (
        f"The model `{plan['model']}`, {plural(sum(counts.values()), 'run')} ({told}): {points}, "
        f"{plural(plan['replicates'], 'replicate')} each, from seed {plan['seed']}."
    )
    yield ""
    if result.factors:
        yield "| Factor | Levels |"
        yield "|:---|:---|"
    for factor, levels in result.factors.items():
        yield f"| {factor} | {', '.join(f'`{text}`' for text in spelled_out(map(label, levels)).values())} |"
    yield ""
    yield (
        "Equal replicates share their luck at all points. Every other parameter has its default; "
        "`manifest.json` has them all."
    )


def _failures(result: "Result") -> list[str]:
    failed = result.failed
    if failed.empty:
        return []
    kinds: dict[tuple[str, str], list[int]] = {}
    for row in failed.to_dict("records"):
        message = row["error"] if isinstance(row["error"], str) else "no message"
        kinds.setdefault((row["status"], message), []).append(row["run"])
    lines = [
        f"- {plural(len(runs), 'run')} {status}, the first is run {runs[0]}: {message}"
        for (status, message), runs in list(kinds.items())[:_FAILURES]
    ]
    if len(kinds) > _FAILURES:
        lines.append(f"- and others, {plural(len(kinds), 'kind')} in all: see the column `error` of the runs")
    return [
        f"**{plural(len(failed), 'run')} did not finish.** Every table counts them as failed; they enter no "
        "share and no mean.",
        "",
        *lines,
        "",
    ]


def _provenance(result: "Result") -> Iterator[str]:
    identity = result.manifest["identity"]
    session = (result.manifest.get("sessions") or [{}])[0]
    program, *arguments = shlex.split(session.get("command", "accord run"))
    commit = session.get("git")
    versions = ", ".join(f"{package} {version}" for package, version in identity.get("versions", {}).items())
    yield "```"
    yield shlex.join([Path(program).name, *arguments])
    yield "```"
    yield ""
    if commit:
        yield f"At commit `{commit['commit']}`{' with uncommitted changes' if commit['dirty'] else ''}."
    yield f"With {versions}."
    yield "Equal versions give equal numbers, whatever the number of workers and of interruptions."
    if identity.get("code", {}).get("accord") not in (None, accord_code()):
        yield ""
        yield (
            "**The code has changed since these runs were made.** Predictions, networks and trajectories in "
            "this report come from making runs again, and these need not be the same; run the study anew in "
            "another folder."
        )
