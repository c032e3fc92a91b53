"""The XML of Genius: read as its files mean it, and nothing hostile."""

import re
from contextlib import suppress
from pathlib import Path

import pytest
from accord.agents.errors import InputError
from accord.agents.outcomes import Categorical, Continuous, Integer
from accord.agents.solutions import opposition
from accord.models import genius
from accord.models.bargain import Bargain
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

HERE = Path(__file__).parent / "bargains"
DOMAIN, CAPTAIN, OWNER = (HERE / f"boat_{name}.xml" for name in ("domain", "captain", "owner"))


def boat(
    captain: Path = CAPTAIN, domain: Path = DOMAIN, levels: int = 11, rounds: int | None = 10
) -> Bargain:
    return genius.read(domain, [captain, OWNER], levels=levels, rounds=rounds)


def test_the_sample() -> None:
    bargain = boat()
    assert [type(issue) for issue in bargain.space.issues] == [Categorical, Integer, Continuous]
    assert (bargain.space.shape, bargain.name, bargain.notes) == ((2, 5, 11), "boat_domain", ())
    captain, owner = bargain.profiles
    assert (captain.name, captain.reservation, owner.name, owner.reservation) == (
        "boat_captain",
        0.4,
        "boat_owner",
        0,
    )
    assert captain.discount**10 == pytest.approx(0.5)
    assert owner.discount == 1
    # evaluations divided by the greatest; offset at the lower bound; parameter0 at zero
    index = bargain.space.index({"sail": "red", "berths": 4, "length": 12})
    assert captain.utilities[index] == pytest.approx(
        0.25 * 10 / 40 + 0.25 * (0.2 + 0.2 * 2) + 0.5 * (0.1 * 12 - 0.5)
    )
    # weights belong to indices, items to values, in whatever order they stand; a triangle from 5 over 7 to 15
    assert owner.utilities[index] == pytest.approx(0.2 * 1 + 0.2 * (1 - 0.25 * 2) + 0.6 * 3 / 8)
    best = bargain.space.index({"sail": "red", "berths": 2, "length": 7})
    assert owner.utilities[best] == pytest.approx(1)
    assert captain.utilities.max() == pytest.approx(1)


def nice_or_die(folder: Path) -> list[Path]:
    """Write a domain of three outcomes with the evaluations that give opposition 0.840."""
    items = [("a", 1000, 160), ("b", 160, 1000), ("c", 299, 299)]
    issue = '<utility_space><objective index="0"><issue index="1" name="it">{}</issue>{}</objective></utility_space>'
    files = []
    for name, column in (("domain", 0), ("one", 1), ("other", 2)):
        inside = "".join(
            f'<item index="{k}" value="{item[0]}"' + (f' evaluation="{item[column]}"/>' if column else "/>")
            for k, item in enumerate(items, 1)
        )
        files.append(folder / f"{name}.xml")
        files[-1].write_text(issue.format(inside, '<weight index="1" value="1.0"/>' * bool(column)))
    return files


def test_the_published_opposition_of_a_domain_that_was_read(tmp_path: Path) -> None:
    domain, *profiles = nice_or_die(tmp_path)
    assert opposition(genius.read(domain, profiles, levels=11, rounds=None).utilities) == pytest.approx(0.84)


def changed(folder: Path, sample: Path, old: str, new: str) -> Path:
    text = sample.read_text()
    assert old in text
    file = folder / sample.name
    file.write_text(text.replace(old, new, 1))
    return file


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('name="sail"', 'name="sale"', "line 3: the domain has no issue 'sale'; it has sail, berths, length"),
        ('value="red"', 'value="rde"', "line 4: unknown value of issue 'sail': 'rde': did you mean 'red'"),
        (
            '<item index="1" value="red" evaluation="10"></item>',
            "",
            "line 3: issue 'sail': the value 'red' of the d",
        ),
        ('evaluation="10"', "", "line 4: <item> has no evaluation; write evaluation=..."),
        ('evaluation="10"', 'evaluation="null"', 'line 4: evaluation="null" is not a number'),
        ('evaluation="10"', 'evaluation="nan"', 'line 4: evaluation="nan" is not a finite number'),
        ('evaluation="10"', 'evaluation="-1"', "line 4: the evaluation -1 is negative"),
        (
            '<evaluator ftype="linear" offset="0.2" slope="0.2"></evaluator>',
            "",
            "line 7: issue 'berths' has no <eval",
        ),
        ('slope="0.2"', 'slope="steep"', 'line 8: slope="steep" is not a number'),
        ('ftype="linear"', 'ftype="cubic"', "line 8: evaluators of the type 'cubic' are not read"),
        ('ftype="linear" parameter0="-0.5"', 'ftype="linear"', "line 12: <evaluator> has no parameter0"),
        (
            'ftype="linear" parameter0',
            'ftype="triangular" parameter2="1" parameter0',
            "line 12: a triangle has its t",
        ),
        ('<weight index="1" value="0.25"></weight>', "", "line 3: no weight has the index 1"),
        ('<weight index="1"', '<weight index="2"', "line 15: a second weight has the index 2"),
        ('index="1" value="0.25"', 'index="1" value="-1"', "line 14: the weight -1 is negative"),
        (
            '<discount_factor value="0.5">',
            '<discount_factor value="0">',
            "line 18: the discount factor 0 must lie ab",
        ),
        (
            '<discount_factor value="0.5">',
            '<discount_factor value="2">',
            "line 18: the discount factor 2 must lie ab",
        ),
        (
            '<reservation value="0.4">',
            '<reservation value="inf">',
            'line 19: value="inf" is not a finite number',
        ),
        ('<reservation value="0.4">', "<reservation>", "line 19: <reservation> has no value"),
        ("</reservation>", "</reservation", "line 20: not proper XML"),
        ("<reservation", "<utility maxutility='3'/><reservation", "line 19: <utility>: only additive"),
        ('name="Boat">', 'name="Boat"><objective index="9"/>', "line 2: objectives within objectives"),
    ],
)
def test_a_profile_that_is_wrong_is_told_with_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    file = changed(tmp_path, CAPTAIN, old, new)
    with pytest.raises(InputError, match=re.escape(told)) as error:
        boat(captain=file)
    assert str(error.value).startswith(str(file))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            'value="white &amp; blue"',
            'value="red"',
            "line 4: categorical: issue 'sail' has the value 'red' twice",
        ),
        ('value="red"', "", "line 5: <item> has no value"),
        ('name="sail"', 'name="length"', "line 9: a second issue is called 'length'"),
        (' name="sail"', "", "line 4: <issue> has no name"),
        ('vtype="integer"', 'vtype="price"', "line 8: issues of the type 'price' are not read"),
        ('upperbound="6"', 'upperbound="1"', "line 8: integer: issue 'berths': low=2 must be at most high=1"),
        (
            'upperbound="6"',
            'upperbound="6.5"',
            "line 8: the bounds of a whole number are whole, not 2 and 6.5",
        ),
        ('upperbound="6"', "", "line 8: <issue> has no upperbound"),
        ('upperbound="6"', 'upperbound="1e300"', "outcomes"),
        (
            '<range lowerbound="5"',
            '<range lowerbound="50"',
            "line 9: continuous: issue 'length': low=50 must be less",
        ),
        (
            "white &amp; blue",
            "white & blue",
            "line 6: not proper XML (not well-formed (invalid token)); write & as &amp;",
        ),
    ],
)
def test_a_domain_that_is_wrong_is_told_with_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    file = changed(tmp_path, DOMAIN, old, new)
    with pytest.raises(InputError, match=re.escape(told)):
        boat(domain=file)


def test_weights_are_divided_by_their_sum_and_it_is_noted(tmp_path: Path) -> None:
    bargain = boat(captain=changed(tmp_path, CAPTAIN, 'index="3" value="0.5"', 'index="3" value="1.5"'))
    assert bargain.notes == ("the weights of boat_captain have the sum 2; they are divided by it",)
    assert bargain.profiles[0].utilities.max() == pytest.approx(1)
    weightless = re.sub(r'(<weight index="\d" value=)"[\d.]+"', r'\1"0"', CAPTAIN.read_text())
    (tmp_path / "none.xml").write_text(weightless)
    with pytest.raises(InputError, match="have the sum 0"):
        boat(captain=tmp_path / "none.xml")


def test_what_is_missing_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"line 18: the discount factor 0\.5 is for a whole negotiation; .*rounds="
    ):
        boat(rounds=None)
    with pytest.raises(
        InputError, match=r"needs the parties' profiles; .*beside it: boat_captain.xml, boat_owner.xml"
    ):
        genius.read(DOMAIN, [], levels=11, rounds=None)
    (tmp_path / "a.xml").write_text("<negotiation_template/>")
    with pytest.raises(InputError, match="line 1: no <issue> in the whole file"):
        boat(domain=tmp_path / "a.xml")
    with pytest.raises(InputError, match="line 1: the issue 'sail' of the domain is missing"):
        boat(captain=tmp_path / "a.xml")


# ---------------------------------------------------------------- hostile files

BOMB = '<?xml version="1.0"?>\n<!DOCTYPE b [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "text",
    [
        BOMB + "]>\n<utility_space>&i;</utility_space>",
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        '<!DOCTYPE a SYSTEM "http://192.0.2.1/a.dtd"><a/>',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://192.0.2.1/p"> %p;]><a/>',
        f'<!DOCTYPE a [<!ENTITY x "{"x" * 100_000}">]><a>{"&x;" * 100_000}</a>',
        "<!DOCTYPE a><a/>",
    ],
    ids=["billion laughs", "a file", "an address", "parameter entity", "quadratic blow-up", "plain"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_are_refused(tmp_path: Path, text: str, encoding: str) -> None:
    file = tmp_path / "hostile.xml"
    file.write_bytes(text.encode(encoding))
    with pytest.raises(
        InputError, match=r"hostile.xml, line \d: document types, and so entities, are not read"
    ):
        boat(domain=file)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"<a>&x;</a>", "line 1: not proper XML (undefined entity)"),
        (b"<a>" * 150_000, "line 1: not proper XML (no element found)"),
        (b"<a>" * 150_000 + b"</a>" * 150_000, "no <issue> in the whole file"),
        (b"<a>" + b"<b/>" * 250_000 + b"</a>", "more than 200,000 elements"),
        (b"", "line 1: not proper XML (no element found)"),
        (b"\x00\x01\x02", "not proper XML"),
        (b"\xff\xfe<", "not proper XML"),
        (b'<?xml version="1.0" encoding="utf-7"?><a/>', "line 1"),
        (b'<?xml version="1.0" encoding="no-such"?><a/>', "line 1"),
        (b'<?xml version="1.0" encoding="shift_jis"?><a/>', "line 1"),
        (b"PK\x03\x04 not XML", "line 1: not proper XML"),
        (b"<a b='1' b='2'/>", "duplicate attribute"),
    ],
)
def test_broken_files(tmp_path: Path, text: bytes, told: str) -> None:
    file = tmp_path / "broken.xml"
    file.write_bytes(text)
    with pytest.raises(InputError, match=re.escape(told)) as error:
        boat(domain=file)
    assert "\n" not in str(error.value)


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_file_is_read_or_told(tmp_path: Path, data: st.DataObject) -> None:
    text = bytearray(CAPTAIN.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text) - 1))
        text[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=3))
    file = tmp_path / "damaged.xml"
    file.write_bytes(text)
    with suppress(InputError):
        boat(captain=file)
