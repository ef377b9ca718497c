"""The whole workbook: refreshed with its progress, converted to values, and made for another Excel."""

import copy
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.addin.web.pane.conftest import NARROW, Opened
from tests.addin.web.pane.excel import entry, press
from tests.conftest import SEED
from tests.web.books import Book, book_of
from tests.web.made_books import book, sheet
from workbook.template import write_workbook

FAILING = "() => { Office.addin.showAsTaskpane = async () => { throw new Error('No room for the pane.'); }; }"
CHANGE = "Size 2033: USD 13.1 billion, now USD 13.4 billion."
HERE, DESKTOP = "=MARKETBOOK.MARKET_SIZE(A2)", "=MARKET_SIZE(A2)"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """A workbook with report sheets, of an earlier time: the size of 2033 was another one."""
    path = tmp_path_factory.mktemp("workbook") / "book.xlsx"
    write_workbook(path, SEED)
    return book_of(path)


@pytest.fixture
def workbook(opened: Opened) -> Iterator[Page]:
    """The part Workbook of the pane, with one formula in the workbook."""
    cells = {"A1": {"formula": HERE, "value": 8.6}, "A2": {"value": SEED}}
    with opened(book=book(sheet("Sheet1", cells)), **NARROW) as page:
        page.locator("#workbook-tab").click()
        yield page


@pytest.fixture
def reported(opened: Opened, report: Book) -> Iterator[Page]:
    """The part Workbook of the pane, in a workbook with report sheets."""
    with opened(book=report, **NARROW) as page:
        page.locator("#workbook-tab").click()
        yield page


def _said(page: Page, text: str) -> None:
    expect(page.locator("header")).to_contain_text(text, timeout=30_000)


def test_a_refresh_shows_its_progress_and_what_has_changed(reported: Page) -> None:
    reported.locator("#refresh-button").click()
    expect(reported.locator("#work-text")).to_have_text("Asking Marketbook …")
    expect(reported.locator("#convert-button")).to_have_attribute("aria-disabled", "true")
    _said(reported, "The workbook is up to date.")
    expect(reported.locator("#work")).to_be_hidden()
    expect(reported.locator("#changes")).to_contain_text("No figure has changed.")
    expect(reported.locator("#convert-button")).to_have_attribute("aria-disabled", "false")


def test_a_cancelled_refresh_says_that_nothing_was_changed(reported: Page) -> None:
    reported.route("**/api/excel/refresh", lambda route: None)
    reported.locator("#refresh-button").click()
    expect(reported.locator("#work-text")).to_have_text("Asking Marketbook …")
    reported.get_by_text("Cancel", exact=True).click()
    _said(reported, "Cancelled. The workbook is as it was.")
    expect(reported.locator("#work")).to_be_hidden()
    expect(reported.get_by_role("alert")).to_be_empty()


def test_one_work_at_a_time(reported: Page) -> None:
    reported.route("**/api/excel/refresh", lambda route: None)
    reported.locator("#refresh-button").click()
    expect(reported.locator("#work-text")).to_have_text("Asking Marketbook …")
    press(reported, "relinkDesktop")
    _said(reported, "The workbook is being changed already.")
    expect(reported.locator("#work")).to_be_visible()


def test_changed_figures_are_listed(reported: Page) -> None:
    """The server tells what it has found in another workbook; nothing is written here."""

    def answer(route: Route) -> None:
        told = route.fetch().json()
        told |= {"changes": [CHANGE], "sheets": [], "names": {}, "names_gone": []}
        told |= {"records": {}, "records_gone": []}
        route.fulfill(json=told)

    reported.route("**/api/excel/refresh", answer)
    reported.locator("#refresh-button").click()
    _said(reported, "The workbook is up to date.")
    expect(reported.locator("#changes li")).to_have_text(CHANGE)


def test_a_sheet_that_was_kept_aside_is_told_of(opened: Opened, report: Book) -> None:
    edited = copy.deepcopy(report)
    forecast = next(each for each in edited["sheets"] if each["name"] == "Forecast")
    forecast["cells"]["H7"] = {"value": 77}
    with opened(book=edited, **NARROW) as page:
        page.locator("#workbook-tab").click()
        page.locator("#refresh-button").click()
        _said(page, "The workbook is up to date.")
        expect(page.locator("#changes")).to_contain_text("Forecast was edited.")
        expect(page.locator("#changes li").last).to_contain_text("H7")


def test_a_workbook_without_report_sheets_needs_a_market(workbook: Page) -> None:
    workbook.locator("#refresh-button").click()
    _said(workbook, "This workbook has no Marketbook sheets.")


def test_formulas_are_converted_only_if_somebody_agrees(workbook: Page) -> None:
    workbook.locator("#convert-button").click()
    _said(workbook, "They cannot be brought back later.")
    workbook.get_by_text("Cancel", exact=True).first.click()
    assert entry(workbook, "A1")[0] == HERE
    workbook.locator("#convert-button").click()
    workbook.get_by_text("Convert", exact=True).click()
    _said(workbook, "1 formula was converted to values.")
    assert entry(workbook, "A1")[0] == 8.6


def test_the_functions_get_the_names_of_the_other_excel_and_back(workbook: Page) -> None:
    workbook.get_by_text("Use it in desktop Excel").click()
    _said(workbook, "1 formula was changed for desktop Excel.")
    assert entry(workbook, "A1")[0] == DESKTOP
    workbook.get_by_text("Use this workbook here").click()
    _said(workbook, "1 formula was changed for this Excel.")
    assert entry(workbook, "A1")[0] == HERE
    workbook.get_by_text("Use this workbook here").click()
    _said(workbook, "There was nothing to change.")


@pytest.mark.parametrize(
    ("button", "said"),
    [
        ("refresh", "This workbook has no Marketbook sheets."),
        ("convert", "They cannot be brought back later."),
        ("relinkDesktop", "1 formula was changed for desktop Excel."),
        ("relinkHere", "There was nothing to change."),
    ],
)
def test_the_ribbons_buttons_do_the_same_and_show_the_pane(opened: Opened, button: str, said: str) -> None:
    cells = {"A1": {"formula": HERE, "value": 8.6}, "A2": {"value": SEED}}
    with opened(book=book(sheet("Sheet1", cells)), **NARROW) as page:
        page.get_by_role("option").first.wait_for()
        press(page, button)
        _said(page, said)
        expect(page.locator("#workbook")).to_be_visible()
        assert page.evaluate("around.shows") == 1


def test_excel_is_told_that_a_command_is_over_even_if_it_fails(opened: Opened) -> None:
    with opened(**NARROW) as page:
        page.get_by_role("option").first.wait_for()
        page.evaluate(FAILING)
        press(page, "relinkHere")
        _said(page, "No room for the pane.")
