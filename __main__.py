"""The command line: run studies and sweeps, look things up, draw results.

Nothing heavy is imported before a command needs it, so help and tab completion answer at once.
"""

import sys
from collections.abc import Iterator
from importlib import import_module
from math import inf
from pathlib import Path
from time import monotonic
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

import typer
from accord import __version__
from accord.agents.errors import InputError, UnknownNameError

if TYPE_CHECKING:
    from accord.agents.catalogue import Catalogue
    from accord.experiments import Result, Study
    from accord.models.schedule import Schedule

__all__ = ["main"]

# what can be listed and shown, and where its catalogue is
KINDS = {
    "study": "accord.experiments.studies:studies",
    "model": "accord.models.catalogue:models",
    "network": "accord.models.networks.topologies:topologies",
    "weights": "accord.models.networks.schemes:schemes",
    "rule": "accord.agents.rules:rules",
    "protocol": "accord.agents.protocols:protocols",
    "conduct": "accord.agents.conducts:conducts",
    "placement": "accord.models.placements:placements",
    "channel": "accord.models.channels:channels",
    "scheduler": "accord.models.schedulers:schedulers",
    "opening": "accord.models.openings:openings",
    "domain": "accord.models.domains:domains",
    "valuation": "accord.models.valuations:valuations",
    "institution": "accord.models.institutions:institutions",
    "trader": "accord.agents.traders:traders",
    "case": "accord.models.cases:cases",
    "exchange": "accord.agents.exchanges:exchanges",
    "endowment": "accord.models.endowments:endowments",
    "procedure": "accord.models.procedures:procedures",
    "matching": "accord.models.matchings:matchings",
    "tactic": "accord.agents.tactics:tactics",
    "acceptance": "accord.agents.acceptances:acceptances",
    "preference": "accord.agents.preferences:preferences",
    "measure": "accord.analysis.measures:measures",
    "figure": "accord.analysis.figures:figures",
    "view": "accord.analysis.browser.views:views",
}

EXIT_CODES = """Exit codes: 0 all went well; 1 some runs failed, crashed or hit the time limit (the others are kept);
2 bad input, nothing was run; 3 a bug in accord (--debug shows the traceback); 130 stopped by Ctrl-C."""

app = typer.Typer(
    name="accord",
    help="Agent-based models of agreement: who reaches one price, deal, ledger or decision, and when nobody can.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def catalogue(kind: str) -> "Catalogue[Any]":
    """Return a kind's catalogue."""
    if kind not in KINDS:
        raise UnknownNameError("kind", kind, KINDS)
    module, _, name = KINDS[kind].partition(":")
    found: Catalogue[Any] = getattr(import_module(module), name)
    return found


def _completing(kind: str) -> Any:
    def names(incomplete: str) -> list[str]:
        return [name for name in catalogue(kind) if name.startswith(incomplete)]

    return names


def _complete_any(incomplete: str) -> list[str]:
    return sorted({name for kind in KINDS for name in catalogue(kind) if name.startswith(incomplete)})


Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="FACTOR=LEVELS", help="Levels of a factor: a=1,2,3 or a=0..4 or 'a=ring(n=9)'."
    ),
]
MoreSettings = Annotated[
    list[str] | None, typer.Argument(metavar="[FACTOR=LEVELS]...", help="More of --set.")
]
Where = Annotated[
    str | None,
    typer.Option(
        metavar="EXPR", help="Keep only points for which this is true: 'traitors <= `network.n` - 2'."
    ),
]
Replicates = Annotated[int | None, typer.Option(min=1, help="Runs at each point.")]
SeedOption = Annotated[int | None, typer.Option(min=0, help="Fixes every random number.")]
Workers = Annotated[int, typer.Option(min=1, help="Processes to share the runs among.")]
Out = Annotated[Path | None, typer.Option(help="Folder for the results; the same one again resumes.")]
TimeLimit = Annotated[float | None, typer.Option(metavar="SECONDS", help="Kill a run that takes longer.")]


@app.callback(invoke_without_command=True)
def accord(
    version: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks of errors.")] = False,
) -> None:
    """Agent-based models of agreement: who reaches one price, deal, ledger or decision, and when nobody can."""
    if version:
        typer.echo(f"accord {__version__}")
        raise typer.Exit


@app.command()
def run(
    study: Annotated[
        str, typer.Argument(help="A study's name, or a TOML file.", autocompletion=_completing("study"))
    ],
    more: MoreSettings = None,
    settings: Settings = None,
    where: Where = None,
    replicates: Replicates = None,
    seed: SeedOption = None,
    workers: Workers = 1,
    out: Out = None,
    time_limit: TimeLimit = None,
    small: Annotated[
        bool, typer.Option("--small", help="The study's small size, to see that it works.")
    ] = False,
) -> None:
    """Run a study and write its report.

    Results, figures and report.md go to results/STUDY unless --out says otherwise. Stopped in the middle, the
    same command goes on where it was.

    \b
    accord run traitors --workers 2
    accord run traitors --set traitors=0..6 rule=w-msr --out results/more
    accord run my-study.toml
    """
    from accord.experiments import read_study

    chosen: Study = read_study(study) if study.endswith(".toml") else catalogue("study")[study]
    for kind, names in (("measure", chosen.measures), ("figure", chosen.figures)):
        for name in names:
            catalogue(kind)[name]  # a misspelt one is told before anything runs
    if small:
        chosen = chosen.at_small_size()
    changes = {
        "replicates": replicates,
        "seed": seed,
        "where": where,
        "factors": _levels(settings, more),
    }
    chosen = chosen.but(**{name: value for name, value in changes.items() if value is not None})
    folder = out or Path("results") / chosen.name
    result = chosen.run(workers=workers, out=folder, time_limit=time_limit)
    _write_report(result, chosen, folder)
    _close(result)


@app.command()
def sweep(
    model: Annotated[
        str, typer.Argument(help="A model's name, or file.py:Class.", autocompletion=_completing("model"))
    ],
    more: MoreSettings = None,
    settings: Settings = None,
    where: Where = None,
    replicates: Replicates = 1,
    seed: SeedOption = 0,
    workers: Workers = 1,
    out: Out = None,
    record: Annotated[str, typer.Option(help="Of steps,parties,trajectories; or none.")] = "steps",
    time_limit: TimeLimit = None,
) -> None:
    """Run a model at every combination of levels.

    \b
    accord sweep averaging --set network=karate,ring traitors=0..3 --replicates 20 --out results/first
    accord sweep mine.py:MyModel --set size=10,20 --workers 2
    """
    from accord.experiments import sweep as sweep_

    folder = out or Path("results") / model.rpartition(":")[2].lower()
    details = [each for each in record.split(",") if each not in ("", "none")]
    result = sweep_(
        model,
        _levels(settings, more) or {},
        where=where,
        replicates=replicates or 1,
        seed=seed or 0,
        workers=workers,
        out=folder,
        record=details,
        time_limit=time_limit,
    )
    _close(result)


@app.command()
def resume(
    folder: Annotated[Path, typer.Argument(help="A folder of results.")],
    workers: Workers = 1,
    time_limit: TimeLimit = None,
) -> None:
    """Go on with what was stopped, from its folder alone.

    \b
    accord resume results/traitors --workers 2
    """
    from accord.experiments import resume as resume_

    result = resume_(folder, workers=workers, time_limit=time_limit)
    told = _study_of(result)
    if told is not None:
        _write_report(result, told, folder)
    _close(result)


@app.command("list")
def list_(
    kind: Annotated[
        str | None,
        typer.Argument(
            help="Only this kind.",
            autocompletion=lambda incomplete: [k for k in KINDS if k.startswith(incomplete)],
        ),
    ] = None,
) -> None:
    """List what there is: studies, models, networks, rules, conducts and the rest.

    \b
    accord list
    accord list conduct
    """
    for each in [kind] if kind else KINDS:
        entries = catalogue(each)
        if kind is None:
            typer.echo(f"{each:<{max(map(len, KINDS))}}  {', '.join(entries)}")
            continue
        width = max(map(len, entries), default=0)
        for name in entries:
            typer.echo(f"{name:<{width}}  {_sentence(entries, name)}")


@app.command()
def show(
    name: Annotated[
        str, typer.Argument(help="Any name that accord list shows.", autocompletion=_complete_any)
    ],
) -> None:
    """Explain one entry: what it does, its parameters with types, bounds and defaults, its references.

    A name that two kinds share is told apart as kind:name.

    \b
    accord show averaging
    accord show w-msr
    accord show conduct:random
    """
    kind, colon, entry = name.rpartition(":")
    found = [(each, entry) for each in ([kind] if colon else KINDS) if entry in catalogue(each)]
    if not found:
        known = catalogue(kind) if colon else _complete_any("")
        raise UnknownNameError(kind or "name", entry, known)
    typer.echo("\n\n".join("\n".join(_explained(each, entry)) for each, entry in found))


@app.command()
def plot(
    folder: Annotated[Path, typer.Argument(help="A folder of results.")],
    measure: Annotated[
        list[str] | None,
        typer.Option(help="Take these instead of the study's own.", autocompletion=_completing("measure")),
    ] = None,
    figure: Annotated[
        list[str] | None,
        typer.Option(help="Draw these instead of the study's own.", autocompletion=_completing("figure")),
    ] = None,
) -> None:
    """Take a folder's measures, draw its figures and write its report again.

    Where nothing is asked for, as after a plain sweep, it says what fits.

    \b
    accord plot results/traitors
    accord plot results/first --measure tolerance --figure tolerance-map --figure disagreement
    """
    from accord.experiments import Result, Study

    result = Result.open(folder)
    study = _study_of(result) or Study(
        name=folder.resolve().name, question="", model=result.manifest["plan"]["model"], factors={}
    )
    for kind, names in (("measure", measure), ("figure", figure)):
        for name in names or ():
            catalogue(kind)[name]  # an unknown name is told before anything is drawn
        if names:
            study = study.but(**{f"{kind}s": tuple(names)})
    _write_report(result, study, folder)
    if not study.measures and not study.figures:
        from accord.analysis.report import fitting

        for kind, fit in fitting(result).items():
            typer.echo(f"{kind + 's':<8} {', '.join(fit) or 'none'} fit; ask with --{kind} NAME")


@app.command()
def watch(
    model: Annotated[
        str | None,
        typer.Argument(help="A model's name, or file.py:Class.", autocompletion=_completing("model")),
    ] = None,
    more: MoreSettings = None,
    settings: Settings = None,
    seed: SeedOption = 0,
    results: Annotated[Path | None, typer.Option(help="A folder of results to look into.")] = None,
    host: Annotated[str, typer.Option(help="Where to listen: by default this machine alone.")] = "localhost",
    port: Annotated[int, typer.Option(help="0 takes any that is free.", min=0, max=65535)] = 8765,
    show: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in a browser.")] = True,
) -> None:
    """Watch a model run in the browser, or look into the results of a sweep.

    \b
    accord watch
    accord watch averaging network=karate traitors=2 rule=w-msr --seed 7
    accord watch mine.py:MyModel
    accord watch --results results/traitors
    """
    from accord.agents.parameters import written
    from accord.analysis.browser.address import Address
    from accord.analysis.browser.server import serve
    from accord.analysis.browser.site import Site

    chosen = {}
    for factor, levels in (_levels(settings, more) or {}).items():
        if len(levels) > 1:
            raise InputError(
                f"{factor} has {len(levels)} levels; a run has one: use accord sweep, or give one"
            )
        chosen[factor] = written(levels[0])
    site = Site.of(model, results)
    page = "/?results" if results else "/"
    if model is not None:
        name = model if model in site.models else list(site.models)[-1]
        address = Address(name, chosen, seed or 0)
        page = str(Address.of(name, address.scenario(site.model(name)), address.seed))
    elif chosen:
        raise InputError(f"{', '.join(chosen)}: name the model that is to be set so")
    serve(
        site,
        page,
        host=host,
        port=port,
        show=show,
        tell=lambda url: typer.echo(f"page     {url}  (Ctrl-C ends)"),
    )


Run = Annotated[Path, typer.Argument(metavar="FOLDER|FILE.json", help="A folder of results, or a run file.")]
Number = Annotated[int | None, typer.Argument(metavar="RUN", help="The run's number in the folder.", min=0)]
Model = Annotated[
    str | None,
    typer.Option(
        metavar="FILE.py:CLASS",
        help="The model, if it is your own: what a run file names is not run unasked.",
    ),
]


@app.command()
def replay(
    where: Run,
    run: Number = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the chart as .svg, .pdf or .png.")
    ] = None,
    model: Model = None,
) -> None:
    """Make a run again, exactly, and show its verdict and who told whom what.

    \b
    accord replay results/threshold 17
    accord replay results/threshold 17 --out run-17.svg
    accord replay results/threshold/shrunk/17.json
    """
    found = _run_of(where, run, model)
    skipped = getattr(getattr(found, "script", None), "skipped", 0)
    if skipped:
        typer.echo(f"skipped  {skipped} choices that could not be made when it was their turn")
    _show_run(found, out)


@app.command()
def shrink(
    where: Run,
    run: Number = None,
    violated: Annotated[
        str | None, typer.Option(metavar="PROPERTY", help="By default the first one.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE.json", help="By default FOLDER/shrunk/RUN.json.")
    ] = None,
    time_limit: Annotated[
        float | None,
        typer.Option(metavar="SECONDS", help="Keep the shortest schedule found by then.", min=0),
    ] = None,
    model: Model = None,
) -> None:
    """Find a schedule in which a run still violates a property and nothing can be left out, and show it.

    It need not be the shortest of all. It is left as a run file, which accord replay reads, with the chart as SVG
    beside it. Stopped by Ctrl-C, the shortest found so far is kept.

    \b
    accord shrink results/threshold 17
    accord shrink results/threshold 17 --violated validity --out split.json
    accord replay results/threshold/shrunk/17.json
    """
    from accord.experiments import write_run
    from accord.models.schedule import Schedule

    if out is None:
        out = where.with_suffix(".shrunk.json") if run is None else where / "shrunk" / f"{run}.json"
    if out.suffix != ".json":
        raise InputError(f"{out}: a run file is JSON; use {out.with_suffix('.json')}")
    found = _run_of(where, run, model)
    _check_writable(out)
    before = len(Schedule.of(found))
    schedule, stopped = _shrunk(found, violated, time_limit)
    shrunk = schedule.replay(found)
    lasting = shrunk.script is not None and shrunk.script.lasting
    typer.echo(
        f"shrunk   {before} events to {len(schedule)} in which {schedule.until} is violated"
        + (", once all has happened that is owed" if lasting else "")
        + (f"; stopped {stopped}, it may still be shortened: accord shrink {out}" if stopped else "")
    )
    typer.echo(f"run      {write_run(shrunk, out)}")
    _show_run(shrunk, out.with_suffix(".svg"))
    if stopped == _BY_CTRL_C:
        raise typer.Exit(130)


_BY_CTRL_C = "by Ctrl-C"


def _shrunk(found: Any, violated: str | None, time_limit: float | None) -> tuple["Schedule", str]:
    """Return the shortest schedule found, and by what the search was stopped if it was."""
    from accord.models.schedule import Schedule
    from accord.models.shrinking import shrink as shrink_

    before, end = len(Schedule.of(found)), monotonic() + (inf if time_limit is None else time_limit)
    best: Schedule | None = None
    shown = sys.stderr is not None and sys.stderr.isatty()

    def watch(schedule: Schedule) -> None:
        nonlocal best
        best = schedule
        if shown:
            typer.echo(f"\r{before} -> {len(schedule)} events  ", nl=False, err=True)
        if monotonic() >= end:
            raise TimeoutError

    try:
        return shrink_(found, violated, watch), ""
    except (KeyboardInterrupt, TimeoutError) as stop:
        if best is None:
            raise
        return best, "at the time limit" if isinstance(stop, TimeoutError) else _BY_CTRL_C
    finally:
        if shown:
            typer.echo("", err=True)


def _check_writable(out: Path) -> None:
    """Raise InputError if a file cannot be written, now rather than after long work."""
    from tempfile import TemporaryFile

    try:
        with TemporaryFile(dir=next(each for each in out.absolute().parents if each.exists())):
            pass
    except OSError as error:
        raise InputError(f"{out} cannot be written ({error.strerror}); give another --out") from None


def _run_of(where: Path, run: int | None, named: str | None) -> Any:
    """Return the model of a run, made again."""
    from accord.experiments import Result, read_run
    from accord.experiments.loading import load_model

    model = None if named is None else load_model(named)
    if where.suffix == ".json":
        if run is not None:
            raise InputError(f"{where} holds one run; leave out {run}")
        return read_run(where, model)
    if where.is_file():
        raise InputError(f"{where} is neither a folder of results nor a run file; give {where.parent}")
    result = Result.open(where)
    if run is None:
        raise InputError(f"{where} holds {len(result.runs)} runs; say which, such as {_example(result)}")
    return result.replay(run, model)


def _example(result: "Result") -> str:
    """Return the number of a run, one with a violation if there is any."""
    runs = result.runs
    names = set(map(str, runs))
    properties = [name for name in names if f"{name}_step" in names]
    violated = runs[(runs[properties] == "violated").any(axis=1)] if properties else runs
    number = next(iter(violated["run"] if len(violated) else runs["run"]), 0)
    return f"{number}, which violates something" if len(violated) else str(number)


def _show_run(model: Any, out: Path | None) -> None:
    """Show verdict and chart, and write the chart to a file."""
    shown = [str(model.verdict)]
    if out is not None or hasattr(model, "simulation"):
        from shutil import get_terminal_size

        from accord.analysis.sequence_chart import SequenceChart

        chart = SequenceChart.of(model)
        encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
        columns = get_terminal_size((100, 24)).columns
        text = chart.cut().text(columns, encoding=encoding)
        if max(map(len, text.splitlines())) > columns:
            way_out = "" if out is not None else "; use --out FILE.svg"
            text = f"{len(chart.parties)} parties are too wide for {columns} columns{way_out}"
        shown += ["", text]
        if out is not None:
            shown += ["", f"chart    {chart.save(out)}"]
    typer.echo("\n".join(shown))


def _levels(settings: list[str] | None, more: list[str] | None) -> dict[str, Any] | None:
    from accord.experiments.design import read_levels

    levels = {}
    for setting in [*(settings or []), *(more or [])]:
        factor, equals, text = setting.partition("=")
        if not (equals and factor.strip() and text.strip()):
            raise InputError(f"{setting!r}: write FACTOR=LEVELS, such as traitors=0,1,2")
        if factor.strip() in levels:
            raise InputError(f"{factor.strip()} is set twice; give all its levels at once")
        levels[factor.strip()] = list(read_levels(text, factor.strip()))
    return levels or None


def _study_of(result: "Result") -> "Study | None":
    """Return the study that a folder's manifest tells of."""
    from accord.experiments import Study

    told = result.manifest.get("study")
    if not told:
        return None
    return Study(
        **told, model=result.manifest["plan"]["model"], factors={}, record=result.manifest["plan"]["record"]
    )


def _write_report(result: "Result", study: "Study", folder: Path) -> None:
    from accord.analysis.report import write_report

    report = write_report(result, study, folder)
    typer.echo(f"report   {report}")
    if "by a defect" in report.read_text(encoding="utf-8"):
        typer.echo(f"accord: a figure or measure failed by a defect; {report} shows it", err=True)
        raise typer.Exit(1)


def _close(result: "Result") -> None:
    """Say what there is, and end with 1 if some runs did not end well."""
    typer.echo(f"results  {result.folder}")
    typer.echo("runs     " + ", ".join(f"{number} {status}" for status, number in result.counts.items()))
    if not result.manifest.get("study"):
        typer.echo(f"next     accord plot {result.folder}")
    if set(result.counts) - {"ok"}:
        first = result.failed.iloc[0]
        typer.echo(f"accord: the first that went wrong is run {first['run']}: {first['error']}", err=True)
        raise typer.Exit(1)


def _sentence(entries: "Catalogue[Any]", name: str) -> str:
    """Return the first sentence that an entry's file says about itself."""
    doc = import_module(f"{entries.package}.{name.replace('-', '_')}").__doc__ or ""
    return " ".join(doc.partition("\n\n")[0].split())


def _explained(kind: str, name: str) -> Iterator[str]:
    entries = catalogue(kind)
    entry = entries[name]
    yield f"{name} ({kind})"
    yield ""
    yield (import_module(f"{entries.package}.{name.replace('-', '_')}").__doc__ or "").strip()
    if kind == "study":
        yield ""
        yield from (f"{field:<11} {value}" for field, value in entry)
        return
    fields = getattr(getattr(entry, "Scenario", entry), "model_fields", {})
    if fields:
        yield ""
        yield "Parameters"
    for field, info in fields.items():
        yield f"  {field}: {_type(info)}"
        yield f"      {info.description}"
    for each in getattr(entry, "properties", ()):
        yield f"Judged: {each.name} ({each.kind.value}): {each.meaning}"


def _type(info: Any) -> str:
    bounds = [
        f"{word} {getattr(rule, name)}"
        for rule in info.metadata
        for name, word in (("ge", "at least"), ("gt", "greater than"), ("le", "at most"), ("lt", "less than"))
        if getattr(rule, name, None) is not None
    ]
    default = "required" if info.is_required() else f"default {info.get_default(call_default_factory=True)}"
    return ", ".join([_kind(info.annotation), *bounds, default])


def _kind(annotation: Any) -> str:
    """Return what a parameter can be, in words: a class by its name, choices in full."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return " | ".join(map(str, inner))
    if origin in (Union, UnionType):
        return " | ".join(map(_kind, inner))
    if origin is Annotated:
        return _kind(inner[0])
    if origin:
        return f"{origin.__name__}[{', '.join('...' if each is ... else _kind(each) for each in inner)}]"
    return "None" if annotation is NoneType else str(getattr(annotation, "__name__", annotation))


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    debug = "--debug" in arguments
    arguments = [each for each in arguments if each != "--debug"]  # wherever it stands
    try:
        app(args=arguments, prog_name="accord")
    except SystemExit as end:
        if end.code == 130:  # typer makes this of a KeyboardInterrupt
            stop = getattr(end.__context__, "__cause__", None)
            told = str(stop or "") or "stopped"
            typer.echo(f"accord: {told}", err=True)
        raise
    except InputError as error:
        if debug:
            raise
        typer.echo(f"accord: {error}", err=True)
        sys.exit(2)
    except OSError as error:
        if debug:
            raise
        typer.echo(f"accord: {error.filename or 'output'}: {error.strerror or error}", err=True)
        sys.exit(2)
    except Exception as error:
        if debug:
            raise
        typer.echo(f"accord: a bug: {type(error).__name__}: {error}; --debug shows where", err=True)
        sys.exit(3)


if __name__ == "__main__":
    main()
