from pathlib import Path

import pytest
from accord.agents.errors import InputError
from accord.analysis.browser.site import Site
from accord.models.catalogue import models

OWN = """
from accord.models import Averaging

class MyModel(Averaging):
    '''Mine.'''
"""


def test_all_models_are_shown() -> None:
    site = Site.of(None)
    assert set(site.models) == set(models)
    assert site.model("averaging") is models["averaging"]


def test_a_model_of_ones_own_has_a_page_too(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(OWN)
    site = Site.of(f"{file}:MyModel")
    assert list(site.models)[-1] == "my-model"
    assert site.model("my-model").__name__ == "MyModel"


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="did you mean 'market'"):
        Site.of("markets")
    with pytest.raises(InputError, match="did you mean 'market'"):
        Site().model("markets")
    with pytest.raises(InputError, match="holds no results"):
        Site.of(None, tmp_path)
