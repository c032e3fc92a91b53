"""What README and tutorial show in Python is run as it stands, by a script without a main guard."""

import re
import subprocess
import sys
from pathlib import Path

import accord
import pytest
from accord.experiments import read_study
from accord.models.cases import cases
from accord.models.domains import domains

ROOT = Path(accord.__file__).resolve().parent


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", (ROOT / page).read_text(), re.DOTALL | re.MULTILINE)


PAGES = [page.relative_to(ROOT).as_posix() for page in (ROOT / "README.md", *sorted(ROOT.glob("docs/*.md")))]


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "python")])
def test_the_python_on_a_page_runs(page: str, tmp_path: Path) -> None:
    (tmp_path / "page.py").write_text("\n".join(blocks(page, "python")))
    done = subprocess.run(
        [sys.executable, "-W", "error", "page.py"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_the_study_on_a_page_can_be_read(tmp_path: Path) -> None:
    (study,) = blocks("docs/tutorial.md", "toml")
    (tmp_path / "rings.toml").write_text(study)
    assert read_study(tmp_path / "rings.toml").question == "How much slower is a longer ring?"


def test_the_bargain_on_a_page_can_be_read(tmp_path: Path) -> None:
    (bargain,) = blocks("docs/negotiators.md", "toml")
    (tmp_path / "flat.toml").write_text(bargain)
    assert domains.choose(tmp_path / "flat.toml").build().space.size == 324


def test_the_units_on_a_page_can_be_read(tmp_path: Path) -> None:
    (units,) = blocks("docs/dispatch.md", "toml")
    (tmp_path / "units.toml").write_text(units)
    assert cases.choose(tmp_path / "units.toml").build().demand == 120


def test_links_between_pages_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("benchmarks/*.md")]:
        prose = re.sub(r"```.*?```|`[^`]*`", "", page.read_text(), flags=re.DOTALL)
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", prose):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
