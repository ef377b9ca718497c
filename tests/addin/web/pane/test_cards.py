"""What the server tells the pane of markets."""

from pathlib import Path

import pytest

from addin.web.pane import MarketCard, market_card, markets
from markets.errors import UnknownName
from tests.conftest import SECOND, SEED, own_reports
from udfs.registry import call
from udfs.values import CellError

REPORT = """\
[source]
publisher = "Meadow Research"
title = "Kites"
date = 2026-03-01
[market]
name = "Kites"
currency = "USD"
scale = "million"
[[dimensions]]
name = "Type"
complete = true
at = "line 2"
segments = [{ name = "Others" }, { name = "Stunt" }]
[[dimensions]]
name = "Use"
complete = true
at = "line 3"
segments = [{ name = "Others" }, { name = "Sport" }]
"""


@pytest.fixture
def seed_card() -> MarketCard:
    return market_card(SEED)


def _kites(folder: Path) -> MarketCard:
    (folder / "kites.toml").write_text(REPORT, encoding="utf-8")
    with own_reports(folder):
        return market_card("kites")


@pytest.mark.usefixtures("two_markets")
def test_markets_are_found_by_a_part_of_their_names_and_by_aliases() -> None:
    assert [found.name for found in markets("espresso", 50)] == [SECOND]
    assert len(markets("", 50)) == 3
    assert len(markets("", 2)) == 2
    assert markets("nothing is called like this", 50) == []


def test_the_figures_of_a_card_are_those_of_the_functions(seed_card: MarketCard) -> None:
    base, last, growth = seed_card.figures
    assert (base.figure, last.figure, growth.figure) == ("USD 8.6 billion", "USD 13.1 billion", "4.3% a year")
    assert (base.about, last.about, growth.about) == ("Size in 2023", "Size in 2033", "Growth")
    assert base.source == call("MARKET_SOURCE", SEED, 2023)
    assert last.source == call("MARKET_SOURCE", SEED, 2033)
    assert (seed_card.base_year, seed_card.first_year, seed_card.last_year) == (2023, 2023, 2033)


def test_each_segment_has_its_share_or_why_there_is_none(seed_card: MarketCard) -> None:
    device = seed_card.cuts[0]
    scans, *others = device.segments
    assert (scans.share.figure, scans.portion) == ("65.3%", call("SEGMENT_SHARE", SEED, scans.argument))
    assert [(one.share.figure, one.portion) for one in others] == [("", None)] * 2
    assert others[0].share.source == "No share or size of Positron Emission Tomography is stated."
    assert others[1].growth.figure == "5.6% a year"


def test_a_name_of_two_segments_comes_with_its_dimension(tmp_path: Path) -> None:
    names = [[one.argument for one in cut.segments] for cut in _kites(tmp_path).cuts]
    assert names == [["Type/Others", "Stunt"], ["Use/Others", "Sport"]]


def test_a_report_without_sizes_has_a_card(tmp_path: Path) -> None:
    card = _kites(tmp_path)
    assert (card.base_year, card.first_year, card.last_year) == (None, None, None)
    assert [(one.figure, one.source) for one in card.figures] == [("", "The source states no CAGR of Kites.")]
    assert (card.summary, card.checks) == ("", ())


def test_the_most_serious_checks_come_first(seed_card: MarketCard) -> None:
    assert [one.level for one in seed_card.checks] == ["note"] + ["ok"] * 8
    assert seed_card.summary == "9 checks: 8 ok, 1 note"
    assert len(seed_card.checks) == len(call("MARKET_CHECK", SEED))  # type: ignore[arg-type]


def test_sizes_can_be_in_each_unit_that_the_pane_offers(seed_card: MarketCard) -> None:
    assert seed_card.units[0] == seed_card.unit == "USD billion"
    sizes = [call("MARKET_SIZE", SEED, None, None, unit) for unit in seed_card.units]
    assert sizes == pytest.approx([8.6, 0.0086, 8600, 8.6e6, 8.6e9])


def test_an_unknown_market_is_refused_as_in_a_cell() -> None:
    assert call("MARKET_SIZE", "Medical Imagng Outsourcing") == CellError.NA
    with pytest.raises(UnknownName, match="Did you mean Medical Imaging Outsourcing"):
        market_card("Medical Imagng Outsourcing")
