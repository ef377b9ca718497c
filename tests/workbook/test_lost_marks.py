"""Hidden names, all names, or the record deleted: report sheets are still known, and no sheet comes twice."""

import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import SEED
from tests.workbook.calc import edited
from workbook.package import Package, keep_record, marked_sheets, record, remove_custom_xml
from workbook.package.sheets.workbook_part import workbook_part
from workbook.record import RECORDS
from workbook.refresh import NoMarket, refresh_file
from workbook.template import MARKS, TITLES

EARLIER = Path(__file__).parent / "earlier"
ALL = TITLES
ORDER = tuple(TITLES.values())


def forget(path: Path, names: str, with_record: bool = True) -> None:
    """Delete the defined names that a pattern matches, and the record if it is not to stay."""
    with Package.open(path) as package:
        book = workbook_part(package)
        for name in book.names():
            if re.match(names, name.name):
                book.drop_name(name)
        if not with_record:
            remove_custom_xml(package, RECORDS)
        package.save(path)


def sheets_after_a_refresh(path: Path, market: str = "") -> list[str]:
    done = refresh_file(path, market)
    assert done.kept_aside == ()
    with Package.open(path) as package:
        assert set(marked_sheets(package, MARKS)) == set(ALL)
        assert "#REF!" not in "".join(name.text for name in workbook_part(package).names())
    return [*done.added, *openpyxl.load_workbook(path).sheetnames]


def test_without_hidden_names(book: Path) -> None:
    forget(book, "_mb_")
    assert sheets_after_a_refresh(book) == list(ORDER)


def test_without_hidden_names_and_without_the_record(book: Path) -> None:
    forget(book, "_mb_", with_record=False)
    assert sheets_after_a_refresh(book) == list(ORDER)


def test_without_any_name_the_choices_are_still_known(book: Path) -> None:
    loaded = openpyxl.load_workbook(book)
    with Package.open(book) as package:
        text = record(package, MARKS.namespace) or ""
    loaded["Start"]["B6"] = "USD million"
    loaded.save(book)
    with Package.open(book) as package:
        keep_record(package, MARKS.namespace, text)
        package.save(book)
    forget(book, ".*")
    done = refresh_file(book)
    assert (done.unit, done.added) == ("USD million", ())
    with Package.open(book) as package:
        assert workbook_part(package).defined("mb_market").text == "Start!$B$5"


def test_without_any_name_and_renamed(book: Path) -> None:
    saved = edited(book, ["rename", "Overview", "For the board"], ["rename", "Sources", "References"])
    forget(saved, ".*")
    renamed = {"Overview": "For the board", "Sources": "References"}
    assert sheets_after_a_refresh(saved) == [renamed.get(title, title) for title in ORDER]


def test_after_libreoffice_deleted_the_names(book: Path) -> None:
    saved = edited(book, ["forget", "_mb_"])
    assert sheets_after_a_refresh(saved) == list(ORDER)


def test_without_names_and_record_the_market_is_asked_for_and_the_sheets_are_known(book: Path) -> None:
    forget(book, ".*", with_record=False)
    with pytest.raises(NoMarket):
        refresh_file(book)
    assert sheets_after_a_refresh(book, SEED) == list(ORDER)


@pytest.mark.parametrize("name", ["new", "used", "saved-by-libreoffice"])
def test_a_workbook_of_the_first_layout_without_hidden_names(tmp_path: Path, name: str) -> None:
    book = tmp_path / "book.xlsx"
    shutil.copy(EARLIER / f"{name}.xlsx", book)
    forget(book, "_mb_")
    before = openpyxl.load_workbook(book).sheetnames
    done = refresh_file(book)
    # without its mark, the Assumptions sheet of that layout is the user's
    assert done.added == ("Assumptions (2)", "Scenarios")
    assert openpyxl.load_workbook(book).sheetnames[: len(before)] == before


def test_edits_are_still_known_without_hidden_names(book: Path) -> None:
    saved = edited(book, ["enter", "Overview", "C9", "a note"])
    forget(saved, "_mb_")
    (kept,) = refresh_file(saved).kept_aside
    assert [(edit.cell, edit.new) for edit in kept.edits] == [("C9", "a note")]


def test_a_user_s_sheet_of_our_title_is_never_taken(tmp_path: Path) -> None:
    path = tmp_path / "own.xlsx"
    own = openpyxl.Workbook()
    own.remove(own.active)
    for title in ORDER:
        own.create_sheet(title)["A1"] = f'=MARKET_SIZE("{SEED}")&"precious"'
    own.save(path)
    done = refresh_file(path, SEED)
    assert done.added == tuple(f"{title} (2)" for title in ORDER)
    forget(path, "_mb_|mb_")
    assert refresh_file(path).added == ()
    loaded = openpyxl.load_workbook(path)
    assert all("precious" in loaded[title]["A1"].value for title in ORDER)


def test_a_user_s_sheet_in_place_of_a_deleted_one_is_not_taken(book: Path) -> None:
    loaded = openpyxl.load_workbook(book)
    del loaded["Players"]
    for name in [name for name in loaded.defined_names if "players" in name]:
        del loaded.defined_names[name]
    loaded.create_sheet("Players")["A1"] = "=mb_market"
    with Package.open(book) as package:
        text = record(package, MARKS.namespace) or ""
    loaded.save(book)
    with Package.open(book) as package:
        keep_record(package, MARKS.namespace, text)
        package.save(book)
    done = refresh_file(book)
    assert (done.added, done.wanted.deleted) == ((), ("Players",))
    assert refresh_file(book, sheets=["all"]).added == ("Players (2)",)
    assert openpyxl.load_workbook(book)["Players"]["A1"].value == "=mb_market"


def test_a_record_that_cannot_be_read_is_none(book: Path) -> None:
    with Package.open(book) as package:
        keep_record(package, MARKS.namespace, '{"overview": 7')
        package.save(book)
    assert sheets_after_a_refresh(book) == list(ORDER)
