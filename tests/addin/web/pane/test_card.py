"""A market's card says what the report says, and what its figures say of each other."""

from playwright.sync_api import Page, expect

from tests.addin.web.pane.conftest import choose
from tests.conftest import SECOND, SEED


def test_the_figures_stand_with_their_status_and_source(pane: Page) -> None:
    choose(pane, SEED)
    figures = pane.locator(".figures > div")
    expect(figures.nth(0)).to_contain_text("Size in 2023USD 8.6 billion reported")
    expect(figures.nth(1)).to_contain_text("Size in 2033USD 13.1 billion reported")
    expect(figures.nth(2)).to_contain_text("Growth4.3% a year reported")
    expect(figures.nth(2)).to_contain_text("Market.us Media, 2025-11-13: Overview, sentence 2")


def test_each_dimension_is_a_table_of_shares_and_growth(pane: Page) -> None:
    choose(pane, SEED)
    rows = pane.get_by_role("table", name="Device, shares in 2023").get_by_role("row")
    expect(rows).to_have_text(
        [
            "SegmentShareGrowth",
            "Computed Tomography65.3%not stated",
            "Positron Emission Tomographynot statednot stated",
            "Magnetic Resonance Imagingnot stated5.6% a year",
        ]
    )
    expect(pane.get_by_role("table", name="Region, shares in 2023 (not all are listed)")).to_be_visible()


def test_sources_are_cited_with_their_dates(pane: Page) -> None:
    choose(pane, SEED)
    expect(pane.locator("#card")).to_contain_text("Market.us Media, 2025-11-13")


def test_what_does_not_agree_is_open_and_the_rest_can_be_opened(pane: Page) -> None:
    choose(pane, SEED)
    expect(pane.locator("#card")).to_contain_text("9 checks: 8 ok, 1 note.")
    expect(pane.get_by_text("North America: largest of Region in 2023")).to_be_visible()
    fine = pane.get_by_text("Magnetic Resonance Imaging: fastest of Device")
    expect(fine).to_be_hidden()
    pane.get_by_text("What agrees (8)").click()
    expect(fine).to_be_visible()


def test_another_market_takes_the_place_of_the_first(pane: Page) -> None:
    choose(pane, SEED)
    choose(pane, SECOND)
    expect(pane.locator("#card h2")).to_have_count(1)
    expect(pane.get_by_label("Unit").locator("option").first).to_have_text("EUR million")
