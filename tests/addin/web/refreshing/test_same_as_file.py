"""What the scripts are told to write is what a refresh of the same workbook's file writes."""

import re
from base64 import b64decode
from pathlib import Path

import msgspec
import openpyxl
import pytest

from addin.web.refreshing.refresh import refreshed
from addin.web.refreshing.wire import Name
from tests.addin.web.refreshing.both import both
from tests.addin.web.refreshing.client import described
from tests.addin.web.refreshing.written import in_file
from tests.conftest import SECOND, SEED
from tests.workbook.calc import edited
from tests.workbook.renaming import rename_sheet
from tests.workbook.test_assumptions import enter, typed
from tests.workbook.test_edits_kept import change_cell
from tests.workbook.test_lost_marks import forget
from tests.workbook.test_wanted import without
from workbook.package import Package, workbook_part
from workbook.template import write_workbook

MEMBRANE = "Guided Tissue Regeneration Membrane"
MARKETS = (SEED, MEMBRANE, SECOND)
"""Both bundled markets, and one made up for the tests."""


def choose(path: Path, cell: str, content: str | float) -> None:
    """Change an input on the Start sheet, as a user does."""
    written = f"<v>{content}</v>" if not isinstance(content, str) else f"<is><t>{content}</t></is>"
    kind = ' t="inlineStr"' if isinstance(content, str) else ""
    change_cell(path, "xl/worksheets/sheet1.xml", cell, f"<c {{style}}{kind}>{written}</c>")


@pytest.mark.parametrize("market", MARKETS)
def test_a_new_workbook(market: str, two_markets: None, tmp_path: Path) -> None:
    write_workbook(tmp_path / "book.xlsx", market)
    told = both(tmp_path / "book.xlsx").told
    assert not told.kept_aside
    assert not told.creates
    assert not told.moved
    assert not told.file
    assert not any(sheet.view for sheet in told.sheets)
    assert [sheet.title for sheet in told.sheets] == [
        *("Overview", "Forecast", "Segments", "Regions", "Scenarios"),
        *("Players", "Indicators", "Checks", "Sources", "Lists"),
    ]  # Start and Assumptions are the user's


@pytest.mark.parametrize("market", MARKETS)
def test_a_workbook_without_our_sheets_gets_them(market: str, two_markets: None, tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "book.xlsx")
    told = both(tmp_path / "book.xlsx", market).told
    assert told.creates == told.new
    assert len(told.new) == 12
    assert {sheet.name for sheet in told.sheets if sheet.view} == set(told.new)


@pytest.mark.parametrize(
    ("cell", "content", "changes"),
    [
        ("B5", MEMBRANE, True),
        ("B5", "medical imaging outsourcing ", False),
        ("B6", "mn", True),
        ("B7", 2023, False),
        ("B8", "Market.us Media", False),
        ("B9", 46000, False),
    ],
    ids=["another market", "a market in lower case", "another unit", "a year", "a source", "an as-of date"],
)
def test_the_user_s_choices(book: Path, cell: str, content: str | float, changes: bool) -> None:
    choose(book, cell, content)
    assert bool(both(book).told.changes) == changes


def test_a_choice_by_a_formula_counts_with_its_value(book: Path) -> None:
    saved = edited(book, ["enter", "Start", "B6", '="USD "&"million"'])
    assert both(saved).told.unit == "USD million"


def test_assumptions(book: Path) -> None:
    told = both(enter(book, typed((None, "size", 2030.0, 11.5), ("CT", "share", 2033.0, 0.6)))).told
    assert not told.refused
    assert not told.kept_aside


def test_assumptions_that_cannot_be_used_are_told(book: Path) -> None:
    saved = enter(book, {**typed((None, "size", "soon", 14.0)), "Assumptions!B6": "own"})
    assert both(saved).told.refused


def test_renamed_sheets_keep_their_names(book: Path) -> None:
    rename_sheet(book, "Forecast", "Ada's path")
    rename_sheet(book, "Start", "FY24")
    told = both(book).told
    forecast = next(sheet for sheet in told.sheets if sheet.title == "Forecast")
    assert forecast.name == "Ada's path"
    assert all(series.values.startswith("'Ada''s path'!") for series in forecast.charts[0].series)


def test_a_hidden_sheet_is_written_too(book: Path) -> None:
    loaded = openpyxl.load_workbook(book)
    loaded["Forecast"].sheet_state = "hidden"
    loaded.save(book)
    assert "Forecast" in {sheet.name for sheet in both(book).told.sheets}


def test_deleted_sheets_stay_away_and_their_names_go(book: Path) -> None:
    without(book, "Players", "Sources")
    told = both(book).told
    assert not told.new
    assert {"_mb_sheet_players", "_mb_content_players"} <= set(told.names_gone)


def test_names_of_the_user_s_that_begin_like_ours_stay(book: Path) -> None:
    request = described(book)
    theirs = {"MB_Sales": Name("=Model!$A$1"), "mb_rate": Name("=0.19", is_visible=False)}
    told = refreshed(msgspec.structs.replace(request, names={**request.names, **theirs}))
    assert not told.names_gone
    assert told.names.get("mb_rate") == theirs["mb_rate"]
    assert told.names.get("MB_Sales") in (None, theirs["MB_Sales"])


def test_a_sheet_that_others_need_comes_back(book: Path) -> None:
    without(book, "Lists")
    told = both(book).told
    assert told.new == ["Lists"]
    assert told.sheets[-1].view is not None
    assert told.sheets[-1].view.is_hidden


@pytest.mark.parametrize("names", ["_mb_", "_?mb_"])
def test_deleted_names_are_found_again(book: Path, names: str) -> None:
    before = refreshed(described(book)).names
    forget(book, names)
    after = both(book).told.names
    assert _places(after) == _places(before)


def _places(names: dict[str, Name]) -> dict[str, str]:
    return {name: defined.refers_to.replace("'", "") for name, defined in names.items()}


def test_without_records(book: Path) -> None:
    forget(book, "nothing", with_record=False)
    both(book)


def test_a_newer_report(book: Path, newer_report: None) -> None:
    told = both(book).told
    assert any(change.startswith("Size 2033: 13.1 -> 13.4") for change in told.changes)


def test_a_file_that_libreoffice_saved(book: Path) -> None:
    saved = edited(book, ["enter", "Overview", "M9", "a note"], ["enter", "Forecast", "B8", "=1+1"])
    told = both(saved).told
    assert [kept.sheet for kept in told.kept_aside] == ["Overview", "Forecast"]


def test_dates_count_from_1904_where_the_workbook_s_do(book: Path) -> None:
    with Package.open(book) as package:
        part = workbook_part(package).part
        package.replace(part, re.sub(rb"<workbookPr(?=[ /])", b'<workbookPr date1904="1"', package[part]))
        package.save(book)
    choose(book, "B9", 46000 - 1462)
    assert both(book).done.report.sheet("Start").cells["B9"].value == 46000


def test_new_sheets_come_in_a_file_without_anything_that_could_conflict(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "book.xlsx")
    found = both(tmp_path / "book.xlsx", SEED)
    (tmp_path / "new.xlsx").write_bytes(b64decode(found.told.file))
    new, whole = openpyxl.load_workbook(tmp_path / "new.xlsx"), found.book
    assert new.sheetnames == found.told.new
    assert not new.defined_names
    with Package.open(tmp_path / "new.xlsx") as inserted, Package.open(found.path) as refreshed_file:
        for sheet in new.worksheets:
            ours, theirs = in_file(sheet, inserted), in_file(whole[sheet.title], refreshed_file)
            for what in ("merged", "styles", "heights", "printing", "freeze", "charts"):
                assert ours[what] == theirs[what], f"{what} on {sheet.title}"
            blank = ("cells", "rules", "bars", "drop-downs", "links", "filter")
            assert not any(ours[what] for what in blank)
            assert not sheet.sheet_view.showGridLines
            assert sheet.sheet_state == "visible"  # those of a hidden sheet are written first


def test_sheets_whose_names_are_taken_get_others(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for title in ("Overview", "lists", "Lists (2)"):
        book.create_sheet(title)
    book.save(tmp_path / "book.xlsx")
    taken: tuple[str, ...] = ()
    for _ in range(3):  # as the scripts ask, until no name collides
        request = described(tmp_path / "book.xlsx", SEED, taken=taken)
        names = {name.casefold() for name in book.sheetnames}
        taken = (*taken, *(name for name in refreshed(request).creates if name.casefold() in names))
    told = both(tmp_path / "book.xlsx", SEED, request).told
    assert {"Overview (2)", "Lists (3)"} <= set(told.new)
