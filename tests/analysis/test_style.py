"""Files that can be printed, and no trace left in matplotlib."""

from pathlib import Path

import matplotlib as mpl
from accord.analysis.style import axes, save, style
from matplotlib.figure import Figure


def test_saves_both_files_equal_to_the_last_byte(tmp_path: Path) -> None:
    written = []
    for name in ("one", "two"):
        with style():
            figure = Figure(figsize=(2, 1.5))
            figure.add_subplot().plot([1, 2], [3, 4], label="a line")
        written.append(save(figure, tmp_path / "new" / name / "figure"))
    assert [path.name for path in written[0]] == ["figure.png", "figure.pdf"]
    assert all(one.read_bytes() == two.read_bytes() for one, two in zip(*written, strict=True))
    assert b"CreationDate" not in written[0][1].read_bytes()


def test_takes_axes_and_an_ending(tmp_path: Path) -> None:
    figure = Figure(figsize=(1, 1))
    png, pdf = save(figure.add_subplot(), tmp_path / "v1.2.png")
    assert (png.name, pdf.name) == ("v1.2.png", "v1.2.pdf")
    assert png.exists()
    assert pdf.exists()


def test_leaves_the_users_settings_alone() -> None:
    before, backend = dict(mpl.rcParams), mpl.get_backend()
    with style():
        assert mpl.rcParams["font.size"] == 8
    from matplotlib import pyplot as plt

    plt.close(axes().figure)
    assert dict(mpl.rcParams) == before
    assert mpl.get_backend() == backend
