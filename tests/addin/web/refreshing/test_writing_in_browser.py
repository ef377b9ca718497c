"""How sheets are written in Excel, where the stand-in would also accept less."""

from pathlib import Path

import openpyxl

from tests.addin.web.refreshing.comparing import changes, differences
from tests.addin.web.refreshing.in_browser import Open, refreshed_as_file
from tests.conftest import SEED
from tests.web.books import book_of
from tests.workbook.test_wanted import without

_LISTEN = """() => {
  const answer = standIn._answer.bind(standIn);
  globalThis.asked = [];
  standIn._answer = (body) => {
    globalThis.asked.push(body.Actions.map(({ Name }) => Name));
    return answer(body);
  };
}"""
_WRITTEN, _SUSPENDED = (
    "Formulas",
    ("SuspendApiCalculationUntilNextSync", "SuspendScreenUpdatingUntilNextSync"),
)


def test_excel_brings_cells_and_screen_up_to_date_after_a_request(on_the_web: Open, tmp_path: Path) -> None:
    """What suspends that counts only for what comes after it in the request."""
    openpyxl.Workbook().save(tmp_path / "book.xlsx")
    on_the_web.open(book_of(tmp_path / "book.xlsx"))
    on_the_web.page.evaluate(_LISTEN)
    assert not on_the_web.refresh(SEED).failure
    asked: list[list[str]] = on_the_web.page.evaluate("asked")
    writing = [names for names in asked if _WRITTEN in names]
    assert len(writing) >= 12  # sheets
    for names in writing:
        assert max(map(names.index, _SUSPENDED)) < names.index(_WRITTEN)
    (ends,) = [names for names in asked if "Calculate" in names]
    assert not set(_SUSPENDED) & set(ends[: ends.index("Calculate")])


def test_the_limits_of_dates_are_formulas(on_the_web: Open, tmp_path: Path) -> None:
    """Excel takes a text without an equals sign for a date such as 2026-05-01."""
    openpyxl.Workbook().save(tmp_path / "book.xlsx")
    on_the_web.open(book_of(tmp_path / "book.xlsx"))
    assert not on_the_web.refresh(SEED).failure
    rules = [
        each["rule"]["date"]
        for sheet in on_the_web.book["sheets"]
        for each in sheet["validations"]
        if "date" in each["rule"]
    ]
    assert [(rule["formula1"], rule["formula2"]) for rule in rules] == [("=1", "=2958465")]


def test_links_stay_on_a_protected_start_sheet(on_the_web: Open, book: Path) -> None:
    without(book, "Players")
    before = book_of(book)
    before["sheets"][0]["isProtected"] = True
    on_the_web.open(before)
    assert not on_the_web.refresh().failure
    assert on_the_web.book["sheets"][0]["cells"] == before["sheets"][0]["cells"]


def test_panes_and_heights_become_those_of_the_report_or_are_put_back(on_the_web: Open, book: Path) -> None:
    before = book_of(book)
    sources = next(sheet for sheet in before["sheets"] if sheet["name"] == "Sources")
    sources["freeze"] = "B3"
    sources["heights"]["9"] = 40
    on_the_web.open(before)
    assert on_the_web.refresh(cancel_at="Writing Lists").failure
    assert not changes(on_the_web.book, before)
    assert not on_the_web.refresh().failure
    theirs, _ = refreshed_as_file(book)
    assert not differences(on_the_web.book, theirs)
