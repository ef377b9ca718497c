"""What is not refreshed is told in a sentence, and stays as it is."""

from pathlib import Path

import openpyxl
import pytest

from tests.addin.web.refreshing.comparing import changes
from tests.addin.web.refreshing.in_browser import Open, excel_on_the_web
from tests.addin.web.refreshing.test_same_as_file import choose
from tests.browser import Browser
from tests.excel_server import ExcelServer
from tests.web.books import book_of
from tests.web.excel import REQUIREMENTS
from tests.web.made_books import book as made_book
from tests.web.made_books import sheet
from tests.workbook.calc import edited


def test_a_workbook_without_our_sheets_and_without_a_market(on_the_web: Open) -> None:
    on_the_web.open(made_book(sheet("Sheet1")))
    assert on_the_web.refresh().failure.startswith("This workbook has no Marketbook sheets.")


def test_a_market_that_is_not_in_the_catalog(on_the_web: Open, book: Path) -> None:
    choose(book, "B5", "Nowhere")
    before = book_of(book)
    on_the_web.open(before)
    assert "Nowhere" in on_the_web.refresh().failure
    assert changes(on_the_web.book, before) == []


def test_a_protected_sheet(on_the_web: Open, book: Path) -> None:
    before = book_of(book)
    before["sheets"][2]["isProtected"] = True
    on_the_web.open(before)
    refused = on_the_web.refresh().failure
    assert refused == "The sheet Forecast is protected. Unprotect it and try again."
    assert changes(on_the_web.book, before) == []


def test_the_user_s_own_input_sheets_may_be_protected(on_the_web: Open, book: Path) -> None:
    before = book_of(book)
    for each in before["sheets"]:
        each["isProtected"] = each["name"] in ("Start", "Assumptions")
    on_the_web.open(before)
    assert not on_the_web.refresh().failure


def test_a_protected_workbook(on_the_web: Open, book: Path) -> None:
    before = {**book_of(book), "isProtected": True}
    on_the_web.open(before)
    assert on_the_web.refresh().failure.startswith("The structure of the workbook is protected.")
    assert changes(on_the_web.book, before) == []


def test_a_cell_that_is_edited_at_the_start(on_the_web: Open, book: Path) -> None:
    on_the_web.open(book_of(book))
    on_the_web.set(editing=True)
    refused = on_the_web.refresh().failure
    on_the_web.set(editing=False)
    assert refused == "A cell is being edited. Press Enter or Esc, and try again."


def test_two_refreshes_in_one_pane(on_the_web: Open, book: Path) -> None:
    on_the_web.open(book_of(book))
    failures = on_the_web.refresh_twice_at_once(in_two_panes=False)
    assert failures == ["", "A refresh is running already. Wait until it is done."]


def test_two_panes_at_once(on_the_web: Open, book: Path) -> None:
    on_the_web.open(book_of(book))
    assert not on_the_web.refresh().failure
    once = on_the_web.book
    on_the_web.open(book_of(book))
    failures = on_the_web.refresh_twice_at_once(in_two_panes=True)
    assert "" in failures
    (refused,) = filter(None, failures)
    assert refused.startswith(
        ("This workbook is being refreshed", "Somebody is changing Marketbook's sheets")
    )
    assert changes(on_the_web.book, once) == []


def test_what_somebody_types_while_the_server_is_asked_is_kept_aside(on_the_web: Open, book: Path) -> None:
    on_the_web.open(book_of(book))
    outcome = on_the_web.refresh(changing={"sheet": "Forecast", "cell": "M3", "times": 1})
    assert outcome.done is not None
    (kept,) = outcome.done["keptAside"]
    copy = next(each for each in on_the_web.book["sheets"] if each["name"] == kept["copy"])
    assert copy["cells"]["M3"]["value"] == "typed 1"


def test_what_somebody_merges_while_the_server_is_asked_is_kept_aside(on_the_web: Open, book: Path) -> None:
    on_the_web.open(book_of(book))
    outcome = on_the_web.refresh(changing={"sheet": "Forecast", "merged": "Z3:Z4", "times": 1})
    assert outcome.done is not None
    (kept,) = outcome.done["keptAside"]
    assert "(merged cells (Z3:Z4))" in kept["told"][0]


def test_what_somebody_chooses_while_the_server_is_asked_counts(on_the_web: Open, book: Path) -> None:
    on_the_web.open(book_of(book))
    outcome = on_the_web.refresh(changing={"sheet": "Start", "cell": "B6", "times": 1})
    assert '"typed 1"' in outcome.failure
    assert "unit" in outcome.failure


def test_a_sheet_that_has_come_with_the_name_of_one_to_be_added(on_the_web: Open) -> None:
    """It would be deleted if the refresh were undone."""
    on_the_web.open(made_book(sheet("Sheet1"), sheet("overview")))
    refused = on_the_web.run(
        """async (context) => {
          const { howItIs } = await import("/excel/scripts/refreshing/before.js");
          const { Requests } = await import("/excel/scripts/refreshing/requests.js");
          const nothing = { sheets: [], names: {}, records: {}, styles: [], kept_aside: [] };
          const looked = howItIs(new Requests(context), nothing, { ...nothing, creates: ["Overview"] });
          return looked.then(() => "", ({ message }) => message);
        }"""
    )
    assert refused.startswith("Somebody is changing Marketbook's sheets.")


def test_who_types_again_and_again_is_waited_for(on_the_web: Open, book: Path) -> None:
    on_the_web.open(book_of(book))
    outcome = on_the_web.refresh(changing={"sheet": "Forecast", "cell": "M3", "times": 9})
    assert outcome.failure == "Somebody is changing Marketbook's sheets. Try again when they are done."
    assert not any(each["name"].startswith("Marketbook copy") for each in on_the_web.book["sheets"])


def test_formulas_and_names_that_point_at_cells_that_moved(on_the_web: Open, book: Path) -> None:
    saved = edited(
        book, ["add", "Model"], ["enter", "Model", "B7", "=$Forecast.B8"], ["rows", "Forecast", 4, 2]
    )
    before = book_of(saved)
    model = next(each for each in before["sheets"] if each["name"] == "Model")
    model["name"] = "Cost $& tax"
    on_the_web.open(before)
    refused = on_the_web.refresh().failure
    assert "inserted or deleted on the sheet Forecast" in refused
    assert "(Cost $& tax!B7)" in refused
    assert changes(on_the_web.book, before) == []
    model["cells"] = {}
    model["names"] = [{"name": "path", "refersTo": "=Forecast!$B$8:$B$9", "isVisible": True}]
    on_the_web.open(before)
    assert "(the name path)" in on_the_web.refresh().failure
    model["names"] = []
    on_the_web.open(before)
    assert not on_the_web.refresh().failure


def test_a_server_that_is_not_there(browser: Browser, book: Path) -> None:
    with ExcelServer() as server, excel_on_the_web(browser, server) as opened:
        before = book_of(book)
        opened.open(before)
        opened.page.evaluate("import('/excel/scripts/refreshing/refresh.js').then(() => {})")
        server.stop()
        refused = opened.refresh().failure
        server.start()
        assert refused.startswith("Marketbook's server cannot be reached.")
        assert changes(opened.book, before) == []
        assert not opened.refresh().failure


def test_an_excel_that_is_too_old(browser: Browser, excel_server: ExcelServer, book: Path) -> None:
    with excel_on_the_web(browser, excel_server, requirements={**REQUIREMENTS, "ExcelApi": 1.8}) as opened:
        opened.open(book_of(book))
        assert opened.refresh().failure.startswith("This version of Excel cannot refresh the workbook.")


@pytest.mark.parametrize("failure", ["AccessDenied", "Conflict", "RequestAborted"])
def test_what_excel_says_is_told_in_words(on_the_web: Open, book: Path, failure: str) -> None:
    before = book_of(book)
    on_the_web.open(before)
    on_the_web.set(failsIn=25, failure=failure)
    refused = on_the_web.refresh().failure
    on_the_web.set(failure="GeneralException")
    assert refused.endswith("The refresh was undone.")
    assert failure not in refused
    assert changes(on_the_web.book, before) == []


def test_sheets_whose_names_are_taken_get_others(on_the_web: Open, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for title in ("Overview", "lists"):
        made.create_sheet(title)
    made.save(tmp_path / "book.xlsx")
    on_the_web.open(book_of(tmp_path / "book.xlsx"))
    assert not on_the_web.refresh("Medical Imaging Outsourcing").failure
    names = [each["name"] for each in on_the_web.book["sheets"]]
    assert {"Overview", "Overview (2)", "lists", "Lists (2)"} <= set(names)
