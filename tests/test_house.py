"""The house's own laws: what ships, who may import whom, and where things are called what."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import accord
import pytest

ROOT = Path(accord.__file__).resolve().parent
ROOMS = ("agents", "models", "experiments", "analysis")  # imports go from right to left only
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def sources() -> list[Path]:
    return sorted(file for room in ROOMS for file in (ROOT / room).rglob("*.py"))


def imports(file: Path) -> Iterator[tuple[str, ...]]:
    """Yield the absolute path of every import in a file, relative ones resolved inside accord."""
    here = ("accord", *file.relative_to(ROOT).parts[:-1])
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (tuple(each.name.split(".")) for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level + 1] if node.level else ()
            path = (*base, *(node.module.split(".") if node.module else ()))
            yield path
            yield from ((*path, each.name) for each in node.names)


@pytest.mark.parametrize("file", sources(), ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_go_one_way(file: Path) -> None:
    mine = file.relative_to(ROOT).parts[0]
    for path in imports(file):
        if path[:1] == ("accord",) and len(path) > 1 and path[1] in ROOMS:
            assert ROOMS.index(path[1]) <= ROOMS.index(mine), f"{mine} must not import {'.'.join(path)}"


@pytest.mark.parametrize("file", sources(), ids=lambda file: str(file.relative_to(ROOT)))
def test_rooms_import_each_other_relatively(file: Path) -> None:
    # an absolute `import models` would make a second copy of every class
    for node in ast.walk(ast.parse(file.read_text())):
        names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module or ""]
        assert not [name for name in names if name.split(".")[0] in (*ROOMS, "accord")]


def test_nothing_at_the_root_ships_by_accident() -> None:
    # every *.py beside __init__.py would become part of the package
    assert {file.name for file in ROOT.glob("*.py")} == {"__init__.py", "__main__.py"}


def test_every_subpackage_is_listed() -> None:
    # one that is missing works in an editable install and is missing from the wheel
    folders = {file.parent for file in sources()}
    there = {"accord", *(".".join(("accord", *folder.relative_to(ROOT).parts)) for folder in folders)}
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == there
    assert not [folder for folder in folders if not (folder / "__init__.py").exists()]


def test_the_version_is_said_once() -> None:
    assert PROJECT["project"]["version"] == accord.__version__
    assert f"## {accord.__version__}" in (ROOT / "CHANGELOG.md").read_text()
    assert f"version: {accord.__version__}" in (ROOT / "CITATION.cff").read_text()


def test_what_was_tested_is_pinned() -> None:
    project = PROJECT["project"]
    extras = project["optional-dependencies"]
    wanted = {*project["dependencies"], *extras["test"], *extras["browser"]} - {"accord[browser]"}
    pinned = {line.split("==")[0] for line in (ROOT / "constraints.txt").read_text().splitlines()}
    assert {re.match(r"[\w-]+", each)[0].lower() for each in wanted} <= pinned  # type: ignore[index]


def test_names_say_what_lives_there() -> None:
    empty = re.compile(r"utils?|helpers?|common|misc|base_.*|.*manager.*")
    assert not [
        file for file in sources() if any(empty.fullmatch(part) for part in (file.stem, *file.parts[-2:-1]))
    ]


def test_every_source_file_has_a_test_file_of_its_name() -> None:
    missing = [
        str(file.relative_to(ROOT))
        for file in sources()
        if file.stem != "__init__"
        and not (ROOT / "tests" / file.relative_to(ROOT).parent / f"test_{file.name}").exists()
    ]
    assert not missing


def test_importing_accord_loads_no_room() -> None:
    assert not {f"accord.{room}" for room in ROOMS} & set(vars(accord)) - set(sys.modules)


def test_no_path_of_a_machine_and_no_address_of_a_registry() -> None:
    forbidden = re.compile(r"/(?:root|home|work|tmp)/|pypi\.org|index-url", re.IGNORECASE)
    files = [
        *sources(),
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/*.md"),
        ROOT / "Makefile",
        ROOT / "constraints.txt",
    ]
    assert not [str(file) for file in files if forbidden.search(file.read_text())]
