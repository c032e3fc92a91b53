"""The page of results: a sweep's runs by two of its factors, the runs behind a cell, and the study's figures."""

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import solara
from solara.alias import rv

from ...agents.errors import InputError
from ...experiments.result import Result
from ..labels import heading, plural
from .behind import MOST, changed_since, listed, table
from .cells import Cells
from .drawing import Drawing
from .picture import offered, picture
from .selection import Selection, outcomes
from .site import SITE

__all__ = ["ResultsPage"]


@solara.component
def ResultsPage(asked: str) -> None:
    """Show what an address asks for of the folder of results that the site has."""
    router = solara.use_router()
    times, set_times = solara.use_state(0)
    opened = solara.use_memo(lambda: _opened(SITE.results), [times])
    with solara.Div(classes=["accord-results"]):
        if isinstance(opened, str):
            solara.Error(opened)
            solara.Button("Reload", icon_name="mdi-reload", on_click=lambda: set_times(times + 1), text=True)
            return
        try:
            chosen = Selection.read(asked)
            fitted = chosen.fitted(opened)
        except InputError as error:
            solara.Error(f"This address cannot be opened: {error}")
            solara.Link(str(Selection()), children=["Show all runs"])
            return
        Sweep(opened, chosen, fitted, lambda new: router.push(str(new)), lambda: set_times(times + 1))


@solara.component
def Sweep(
    result: Result,
    chosen: Selection,
    fitted: Selection,
    go_to: Callable[[Selection], None],
    reload: Callable[[], None],
) -> None:
    """Show a sweep.

    Parameters
    ----------
    result
        Its results.
    chosen, fitted
        What the address asks for, and that with what it leaves open.
    go_to
        Called with another selection.
    reload
        Called to read the folder anew.
    """
    with solara.Div(classes=["accord-model"]):
        with rv.Html(tag="details", class_="accord-controls", attributes={"open": True}):
            solara.HTML(tag="summary", unsafe_innerHTML="What is shown")
            Choices(result, chosen, fitted, go_to)
        with rv.Html(tag="main", class_="accord-run"):
            About(result, reload)
            if len(result.runs):
                Map(result, chosen, fitted, go_to)
                Behind(result, chosen, fitted, go_to)
                Figures(result, chosen, fitted, go_to)
            else:
                solara.Info("No run has finished yet. Reload to see those that have since.")


@solara.component
def About(result: Result, reload: Callable[[], None]) -> None:
    """Show the question, how many runs ended how, and what has changed since."""
    told = result.manifest.get("study") or {}
    counts = ", ".join(f"{count:,} {status}" for status, count in result.counts.items())
    runs = plural(len(result.design) * result.replicates, "run")
    with solara.Div(classes=["accord-about"]):
        solara.HTML(
            tag="h2",
            unsafe_innerHTML=escape(str(told.get("question") or heading(result.folder.resolve().name))),
        )
        with solara.Row(gap="12px", style="align-items: center"):
            solara.Text(f"{runs} of {result.manifest['identity']['model']}: {counts}")
            solara.Button("Reload", icon_name="mdi-reload", on_click=reload, text=True, small=True)
        changed = solara.use_memo(lambda: changed_since(result), [id(result)])
        if changed:
            solara.Warning(
                f"Since these runs were made, {changed}: a run that is opened may differ from its row.",
                dense=True,
            )


@solara.component
def Choices(result: Result, chosen: Selection, fitted: Selection, go_to: Callable[[Selection], None]) -> None:
    """Show which runs are kept, and what the map shows of them."""
    varied = {factor: list(map(str, levels)) for factor, levels in result.factors.items() if len(levels) > 1}
    names = outcomes(result)
    words = {told: name for name, told in names.items()}

    def turned(axis: str, factor: str) -> None:
        other = {"rows": "columns", "columns": "rows"}[axis]
        clash = {other: getattr(fitted, axis)} if getattr(fitted, other) == factor else {}
        go_to(
            chosen.but(**{"rows": fitted.rows, "columns": fitted.columns, axis: factor, "cell": (), **clash})
        )

    def keep(factor: str, levels: list[str]) -> None:
        others = {each: kept for each, kept in chosen.kept.items() if each != factor}
        some = 0 < len(levels) < len(varied[factor])
        ordered = tuple(each for each in varied[factor] if each in levels)
        go_to(chosen.but(kept={**others, factor: ordered} if some else others))

    with solara.Div():
        solara.Select(
            "cells show", value=names[fitted.shown], values=list(words),
            on_value=lambda told: go_to(chosen.but(shown=words[told])), dense=True,
        )  # fmt: skip
        for axis in ("rows", "columns"):
            if getattr(fitted, axis):
                solara.Select(
                    axis, value=getattr(fitted, axis), values=list(varied),
                    on_value=lambda factor, axis=axis: turned(axis, factor), dense=True,
                )  # fmt: skip
        for factor, levels in varied.items():
            solara.SelectMultiple(
                f"only {factor}", values=list(chosen.kept.get(factor, ())), all_values=levels,
                on_value=lambda levels, factor=factor: keep(factor, levels), dense=True,
            ).key(factor)  # fmt: skip
        if chosen.kept:
            solara.Button("Keep all", on_click=lambda: go_to(chosen.but(kept={})), text=True, small=True)


@solara.component
def Map(result: Result, chosen: Selection, fitted: Selection, go_to: Callable[[Selection], None]) -> None:
    """Show the map of cells."""
    cells = solara.use_memo(lambda: Cells(result, fitted), [id(result), str(fitted.but(figure=""))])
    option: Any = cells.option

    def go(place: list[int]) -> None:
        at = dict(zip((fitted.rows, fitted.columns), place, strict=True))
        cell = tuple(str(result.factors[axis][at[axis]]) for axis in fitted.axes)
        go_to(chosen.but(cell=() if cell == fitted.cell else cell))

    with solara.Div(classes=["accord-view"]):
        solara.HTML(tag="h3", unsafe_innerHTML=escape(cells.told))
        solara.HTML(tag="p", unsafe_innerHTML=escape(_pooled(result, fitted)))
        Drawing(option=option, name=cells.told, height=cells.height, event_go=go)


@solara.component
def Behind(result: Result, chosen: Selection, fitted: Selection, go_to: Callable[[Selection], None]) -> None:
    """List the runs of the cell that was clicked on."""
    if not fitted.axes or fitted.cell:
        runs = fitted.behind(result)
        pages = max(1, -(-len(runs) // MOST))
        page = min(fitted.page, pages - 1)
        where = ", ".join(f"{axis} {each}" for axis, each in zip(fitted.axes, fitted.cell, strict=True))
        with solara.Div(classes=["accord-view"]):
            solara.HTML(
                tag="h3", unsafe_innerHTML=escape(f"{plural(len(runs), 'run')}{': ' * bool(where)}{where}")
            )
            solara.HTML(tag="p", unsafe_innerHTML="A run's number opens it, to be watched step by step.")
            solara.HTML(tag="div", unsafe_innerHTML=table(listed(result, runs, page, SITE.models)))
            if pages > 1:
                rv.Pagination(
                    v_model=page + 1, on_v_model=lambda number: go_to(chosen.but(page=number - 1)), length=pages,
                    total_visible=9,
                )  # fmt: skip


@solara.component
def Figures(result: Result, chosen: Selection, fitted: Selection, go_to: Callable[[Selection], None]) -> None:
    """Offer the study's figures, and draw the one that is asked for, of the runs that are kept."""
    own, others = offered(result)
    name = fitted.figure

    def draw() -> bytes | str:
        if not name:
            return ""
        try:
            return picture(result.only(fitted.runs(result)["run"]), name)
        except InputError as error:
            return f"{error}."
        except Exception as error:  # a defect of a figure: the page goes on
            return f"{heading(name)} cannot be drawn: {type(error).__name__}: {error}"

    drawn = solara.use_thread(draw, dependencies=[id(result), str(fitted.kept), name], intrusive_cancel=False)

    with solara.Div(classes=["accord-view"]):
        solara.HTML(tag="h3", unsafe_innerHTML="Figures of these runs")
        with solara.Row(gap="8px", style="align-items: center; flex-wrap: wrap"):
            for each in own:
                solara.Button(
                    heading(each), on_click=lambda each=each: go_to(chosen.but(figure="" if each == name else each)),
                    outlined=True, small=True, color="primary" if each == name else None,
                ).key(each)  # fmt: skip
            with solara.Div(style="min-width: 240px"):
                solara.Select(
                    "another figure", value=name if name in others else None, values=others,
                    on_value=lambda each: go_to(chosen.but(figure=each or "")), dense=True,
                )  # fmt: skip
        if drawn.state in (solara.ResultState.STARTING, solara.ResultState.RUNNING) and name:
            solara.Text(f"{heading(name)} is being drawn ...")
        elif isinstance(drawn.value, bytes):
            solara.Image(drawn.value, classes=["accord-picture"])
        elif drawn.value:
            solara.Info(drawn.value, dense=True)


def _opened(folder: Path | None) -> Result | str:
    """Return a folder's results, read as far as the page needs them, or in words why there are none."""
    if folder is None:
        return "No folder of results was given; start anew with one: accord watch --results FOLDER"
    try:
        result = Result.open(folder)
        _ = result.counts, result.runs
    except InputError as error:
        return f"These results cannot be shown: {error}"
    except Exception as error:  # whatever somebody has put into the folder
        return f"{folder} cannot be read ({type(error).__name__}: {error}); is it the folder of a sweep?"
    return result


def _pooled(result: Result, fitted: Selection) -> str:
    """Return what the runs of a cell do not have in common."""
    kept = {factor: fitted.kept.get(factor, levels) for factor, levels in result.factors.items()}
    pooled = [each for each, levels in kept.items() if len(levels) > 1 and each not in fitted.axes]
    told = f"Each cell takes all of {', '.join(pooled)} together. " if pooled else ""
    return f"{told}Hover for counts and intervals; click for the runs."
