"""A refresh that is cancelled or fails leaves the workbook as it was, however far it has come."""

from pathlib import Path

import pytest
from openpyxl.formatting.rule import FormulaRule
from openpyxl.workbook import Workbook

from tests.addin.web.refreshing.comparing import changes
from tests.addin.web.refreshing.in_browser import Open, excel_on_the_web
from tests.browser import Browser
from tests.excel_server import ExcelServer
from tests.web.books import Book, book_of
from tests.web.excel import REQUIREMENTS
from tests.workbook.test_edits_kept import change_cell
from tests.workbook.test_foreign_content import changed
from workbook.package import Package, workbook_part
from workbook.refresh import refresh_file

PHASES = (
    "Reading the workbook",
    "Asking Marketbook",
    "Keeping the sheets as they are",
    "Writing Forecast",
    "Writing Lists",
)


def edited(path: Path) -> Book:
    """A workbook with few sheets, of which one was edited and one is missing that others need.

    The user has also hidden one well, merged blank cells, and given a column a rule.
    """
    refresh_file(path, sheets=["Forecast", "Checks"])

    def add(loaded: Workbook) -> None:
        loaded["Checks"].sheet_state = "veryHidden"
        loaded["Checks"].merge_cells("Z200:AA201")
        loaded["Forecast"].conditional_formatting.add("M1:M1048576", FormulaRule(formula=["M1>8"]))

    changed(path, add)
    with Package.open(path) as package:
        part = workbook_part(package).sheet("Forecast").part or ""
    change_cell(path, part, "B8", "<c {style}><v>9.99</v></c>")
    book = book_of(path)
    for rule in (rule for sheet in book["sheets"] for rule in sheet["rules"]):
        rule["areas"] = ["M:M" if area == "M1:M1048576" else area for area in rule["areas"]]
    return book


@pytest.mark.parametrize("phase", PHASES)
def test_it_can_be_cancelled_in_each_phase(on_the_web: Open, book: Path, phase: str) -> None:
    before = edited(book)
    on_the_web.open(before)
    outcome = on_the_web.refresh(cancel_at=phase)
    assert outcome.kind == "AbortError"
    assert changes(on_the_web.book, before) == []


def test_a_failure_of_any_request_leaves_the_workbook_as_it_was(on_the_web: Open, book: Path) -> None:
    before = edited(book)
    on_the_web.open(before)
    on_the_web.ask_once()
    assert not on_the_web.refresh().failure
    after, requests = on_the_web.book, on_the_web.requests
    failures = set()
    for at in range(1, requests + 1):
        on_the_web.open(before)
        on_the_web.set(failsIn=at)
        outcome = on_the_web.refresh()
        found = changes(on_the_web.book, before if outcome.failure else after)
        assert not found, f"request {at} of {requests}, {outcome}: {found}"
        failures.add(outcome.failure)
    assert len(failures) > 1


def test_a_failure_while_everything_is_put_back_is_tried_again(on_the_web: Open, book: Path) -> None:
    before = edited(book)
    on_the_web.ask_once()
    for request in range(1, 100):
        on_the_web.open(before)
        outcome = on_the_web.refresh(cancel_at="Writing Lists", failing={"at": "Putting", "request": request})
        assert outcome.kind == "AbortError"
        assert changes(on_the_web.book, before) == [], f"request {request}"
        if on_the_web.page.evaluate("standIn.settings.failsIn") > 0:
            break
    on_the_web.set(failsIn=0)
    assert request > 10


def test_what_could_not_be_put_back_is_put_back_by_the_next_refresh_at_once(
    on_the_web: Open, book: Path
) -> None:
    before = edited(book)
    on_the_web.open(before)
    assert not on_the_web.refresh().failure
    after = on_the_web.book
    on_the_web.open(before)
    failing = {"at": "Putting", "request": 4, "again": True}
    outcome = on_the_web.refresh(cancel_at="Writing Lists", failing=failing)
    on_the_web.set(failsIn=0)
    assert outcome.failure.startswith(
        "The refresh failed, and not everything could be put back. Refresh again"
    )
    assert not on_the_web.refresh().failure
    assert changes(on_the_web.book, after) == []


def test_what_a_pane_left_that_was_closed_is_put_back_first(on_the_web: Open, book: Path) -> None:
    """The page is closed in the middle of writing; later, somebody opens the pane again."""
    before = edited(book)
    on_the_web.open(before)
    assert not on_the_web.refresh().failure
    after = on_the_web.book
    on_the_web.open(before)
    on_the_web.leave_at("Writing Checks")
    left = on_the_web.book
    assert any(sheet["name"].startswith("Marketbook copy") for sheet in left["sheets"])
    assert on_the_web.refresh().failure.startswith("This workbook is being refreshed in another window")
    on_the_web.wait_minutes(11)
    assert not on_the_web.refresh().failure
    assert changes(on_the_web.book, after) == []


def test_a_cell_that_is_edited_meanwhile_is_waited_for_where_excel_can(on_the_web: Open, book: Path) -> None:
    on_the_web.open(edited(book))
    outcome = on_the_web.refresh(editing_at="Writing Forecast")
    assert not outcome.failure
    assert any(text.startswith("Updating charts") for text, *_ in outcome.said)


def test_a_cell_that_is_edited_meanwhile_has_everything_put_back_where_excel_cannot_wait(
    browser: Browser, excel_server: ExcelServer, book: Path
) -> None:
    impatient = {name: version for name, version in REQUIREMENTS.items() if name != "DelayForCellEdit"}
    before = edited(book)
    with excel_on_the_web(browser, excel_server, requirements=impatient) as opened:
        opened.open(before)
        outcome = opened.refresh(editing_at="Writing Forecast")
        assert outcome.failure.startswith("A cell is being edited.")
        assert changes(opened.book, before) == []
