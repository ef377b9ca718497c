"""MARKET_CARD: what stands behind the number of MARKET_SIZE."""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.conftest import CATALOG, SECOND, SEED, own_reports
from udfs import market_card, market_size
from udfs.outcome import Card, Cited
from udfs.registry import FUNCTIONS
from udfs.values import CellError

STATED = 'year = 2024\nvalue = "500"'


@pytest.fixture
def two_publishers(tmp_path: Path) -> Iterator[None]:
    """An earlier report of another publisher on the market made up for the tests."""
    report = (CATALOG / "espresso-machines.toml").read_text(encoding="utf-8")
    (tmp_path / "first.toml").write_text(report, encoding="utf-8")
    other = re.sub(r'publisher = ".*"', 'publisher = "Another & Co."', report)
    other = other.replace("2026-03-01", "2025-03-01").replace('"400"', '"420.0"')
    (tmp_path / "other.toml").write_text(other, encoding="utf-8")
    with own_reports(tmp_path):
        yield


def card(*arguments: Any) -> Card:
    found = market_card.outcome(*arguments).card
    assert isinstance(found, Card)
    return found


def test_a_stated_size_is_shown_as_printed_with_its_places() -> None:
    assert card(SEED, 2033) == Card(
        market=SEED,
        segment="",
        year=2033,
        size=13.1,
        text="13.1",
        unit="USD billion",
        status="reported",
        derivation="stated as 13.1 (2033)",
        sources=(
            Cited(
                publisher="Market.us Media",
                date="2025-11-13",
                title="Medical Imaging Outsourcing Market Growing to USD 13.1 Billion by 2033",
                url="",
                at="Overview, sentence 1; Key Takeaways, bullet 1",
                size=13.1,
                status="reported",
            ),
        ),
    )


def test_a_size_in_between_says_between_which_and_is_rounded_for_the_cell() -> None:
    found = card(SEED, 2028)
    assert (found.text, found.status) == ("10.6", "interpolated")
    assert found.derivation == "constant growth from 8.6 (2023) to 13.1 (2033)"
    assert found.size == market_size(SEED, 2028)


def test_a_segment_has_the_places_of_its_share_and_of_the_size() -> None:
    found = card(SEED, None, "ct scan")
    assert (found.segment, found.year, found.text) == ("Computed Tomography", 2023, "5.62")
    (cited,) = found.sources
    assert cited.at.startswith("Key Takeaways, bullet 2; ")
    assert "Overview, sentence 1" in cited.at


def test_a_market_of_one_region_says_which(two_markets: None) -> None:
    assert card(SECOND, 2020).market == SECOND


def test_of_several_sources_each_has_its_own_size(two_publishers: None) -> None:
    found = card(SECOND, 2020, None, "median")
    assert [(one.publisher, one.size, one.status) for one in found.sources] == [
        ("Test & Partners", 400.0, "reported"),
        ("Another & Co.", 420.0, "reported"),
    ]
    assert (found.size, found.text, found.status) == (410.0, "410", "derived")
    assert found.derivation.startswith("median of 2 sources: 400 (")


@pytest.mark.parametrize(
    ("printed", "text"),
    [("1,234.0", "1,234.0"), ("0.00012", "0.00012"), ("400", "400")],
)
def test_a_printed_figure_is_not_rounded(tmp_path: Path, printed: str, text: str) -> None:
    with own_reports(_espresso(tmp_path, printed)):
        assert card(SECOND, 2024).text == text


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("3333", "1,000"),
        ("3332", "1,000"),
        ("33.3", "9.99"),
        ("3", "0.900"),
        ("0.000123", "0.0000369"),
        ("45678912", "13,703,674"),
    ],
)
def test_another_figure_has_three_digits_and_all_before_the_point(
    tmp_path: Path, printed: str, text: str
) -> None:
    """A share of 30% of a size."""
    with own_reports(_espresso(tmp_path, printed)):
        assert card(SECOND, 2024, "Manual").text == text


def test_a_share_of_nothing_is_zero(tmp_path: Path) -> None:
    folder = _espresso(tmp_path, "500")
    zero = '\n[[shares]]\nsegment = "Manual"\nyear = 2020\nvalue = "0"\nat = "page 3"\n'
    with (folder / "espresso.toml").open("a", encoding="utf-8") as report:
        report.write(zero)
    with own_reports(folder):
        assert card(SECOND, 2020, "Manual").text == "0.00"


def _espresso(folder: Path, printed: str) -> Path:
    report = (CATALOG / "espresso-machines.toml").read_text(encoding="utf-8")
    assert STATED in report
    (folder / "espresso.toml").write_text(report.replace(STATED, STATED.replace("500", printed)))
    return folder


def test_an_error_has_no_card() -> None:
    for outcome in (market_card.outcome(SEED, 2040), market_card.outcome("Nothing")):
        assert outcome.value is CellError.NA
        assert not outcome.has_card and outcome.card is None


def test_a_range_has_the_cards_of_its_cells() -> None:
    outcome = market_card.outcome(SEED, [[2023, 2040], [2028, 2023]])
    cells = outcome.cells
    assert isinstance(cells, np.ndarray) and isinstance(outcome.value, np.ndarray)
    assert cells.shape == outcome.value.shape == (2, 2)
    years = [[cell.card and cell.card.year for cell in row] for row in cells.tolist()]
    assert years == [[2023, None], [2028, 2023]]
    assert outcome.card is None


def test_a_range_of_numbers_has_the_cards_of_its_cells() -> None:
    outcome = market_card.outcome(SEED, [[2023, 2033]])
    assert outcome.cells is not None
    assert [cell.card.size for cell in outcome.cells[0]] == [8.6, 13.1]


def test_no_other_function_has_a_card() -> None:
    for name in ("MARKET_SIZE", "MARKET_STATUS", "MARKET_SERIES"):
        assert FUNCTIONS[name].outcome(SEED).card is None
    assert market_size.outcome(SEED, [[2023, 2033]]).card is None


def test_a_card_is_made_once_and_only_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def words(answer: object) -> str:
        made.append("made")
        return "words"

    monkeypatch.setattr("udfs.cards.words", words)
    outcome = market_card.outcome(SEED, 2031)
    assert outcome.value == market_size(SEED, 2031)
    assert not made
    assert outcome.card is outcome.card
    assert made == ["made"]


def test_a_card_is_of_text_and_numbers() -> None:
    found = card(SEED, 2028)
    assert {type(getattr(found, each.name)) for each in fields(found)} == {str, int, float, tuple}
    assert {type(getattr(found.sources[0], each.name)) for each in fields(Cited)} == {str, float}
