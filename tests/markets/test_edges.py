"""What mutants survived in: a verdict, a message, a share from a size, a name in a template."""

import datetime
import tomllib

import pytest

from markets.answers import Status
from markets.checks import checks
from markets.errors import CatalogError, NoFigure, UnknownName
from markets.reports import parse_report
from markets.skeletons import skeleton
from markets.verdicts import Verdict
from tests.markets.made import market

TYPES = {"Type": ("A", "B")}
SIZES = [(2023, "100"), (2030, "200")]


@pytest.mark.parametrize(("size", "verdict"), [("40", Verdict.AGREES), ("60", Verdict.DIFFERS)])
def test_a_segment_s_size_is_held_against_its_share(size: str, verdict: Verdict) -> None:
    made = market([*SIZES, (2023, size, "A")], [], [("A", 2023, "40")], dimensions=TYPES)
    found = {check.what: check for check in checks(made)}
    check = found["A: size in 2023 and share of the market"]
    assert (check.stated, check.expected, check.verdict) == (float(size), 40.0, verdict)


def test_a_segment_s_size_gives_its_share() -> None:
    made = market([*SIZES, (2023, "60", "A")], dimensions=TYPES)
    answer = made.share(made.segment("A"), 2023)
    assert (answer.value, answer.status) == (0.6, Status.DERIVED)
    assert answer.interval.low < 0.6 < answer.interval.high


@pytest.mark.parametrize(
    ("cagrs", "sentence"),
    [
        ([], "It states sizes for 2023 and 2030."),
        ([("10", 2023, 2033)], "It states sizes for 2023 and 2030, and a CAGR for 2023-2033."),
    ],
)
def test_a_year_outside_names_what_the_source_covers(
    cagrs: list[tuple[str, int, int]], sentence: str
) -> None:
    with pytest.raises(NoFigure) as refused:
        market(SIZES, cagrs).size(2040)
    assert str(refused.value) == f"2040 is outside the period that the source covers. {sentence}"


def test_a_template_holds_names_as_they_are_written() -> None:
    text = skeleton("Müsli", "Zürich", 'The "big" one', datetime.date(2026, 1, 2), currency="CHF")
    assert "Müsli" in text and "Zürich" in text
    assert tomllib.loads(text)["source"]["title"] == 'The "big" one'


def test_a_place_in_the_name_is_not_said_twice_whatever_its_case() -> None:
    assert market(SIZES, name="europe coffee", geography="Europe").name == "europe coffee"
    assert market(SIZES, name="Coffee", geography="Europe").name == "Coffee (Europe)"


def test_an_unknown_dimension_is_called_one() -> None:
    with pytest.raises(UnknownName, match=r'^No dimension of M is called "Colour"\. Did you mean Type\?$'):
        market(SIZES, dimensions=TYPES).dimension("Colour")


def test_a_file_that_is_not_toml_says_where() -> None:
    with pytest.raises(
        CatalogError, match=r"^f\.toml: is not valid TOML: Invalid value \(at end of document\)\.$"
    ):
        parse_report(b"x = ", "f.toml")
