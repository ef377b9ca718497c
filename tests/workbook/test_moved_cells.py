"""Rows and columns that a user inserts in a report sheet or deletes: refused where others would show it."""

import re
import shutil
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference

from tests.conftest import SEED
from tests.workbook.calc import edited
from workbook.package import Package, Refused, marked_sheets, moved_sheets
from workbook.refresh import refresh_file
from workbook.template import MARKS

EARLIER = Path(__file__).parent / "earlier"
OWN = (["add", "Board"], ["enter", "Board", "B2", "=$Overview.B8*2"])


def edit(path: Path, part: str, *changes: tuple[str, str]) -> None:
    """Replace text in a part of a file, which must be there."""
    with Package.open(path) as package:
        text = package[part].decode()
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        package.replace(part, text.encode())
        package.save(path)


@pytest.mark.parametrize(
    "step",
    [
        ["rows", "Overview", 4, 2],
        ["rows", "Overview", 1, 1],
        ["rows", "Overview", 13, -1],
        ["columns", "Overview", 2, 1],
    ],
    ids=["rows inserted", "a row above all", "a row deleted", "a column inserted"],
)
def test_what_libreoffice_moves_is_refused_if_a_formula_refers_to_it(book: Path, step: list[object]) -> None:
    saved = edited(book, *OWN, step)
    before = saved.read_bytes()
    message = r"inserted or deleted on the sheet Overview, and other cells refer to it \(Board!B2\)"
    with pytest.raises(Refused, match=message):
        refresh_file(saved)
    assert saved.read_bytes() == before


def test_an_undone_insertion_is_none(book: Path) -> None:
    saved = edited(book, *OWN, ["rows", "Overview", 4, 2], ["rows", "Overview", 4, -2])
    assert refresh_file(saved).kept_aside == ()
    assert openpyxl.load_workbook(saved)["Board"]["B2"].value == "=Overview!B8*2"


def test_if_nothing_refers_to_it_the_sheet_is_rebuilt_and_the_old_one_kept(book: Path) -> None:
    saved = edited(
        book, ["add", "Board"], ["enter", "Board", "B2", "=$Forecast.B8"], ["rows", "Overview", 4, 2]
    )
    (kept,) = refresh_file(saved).kept_aside
    assert (kept.sheet, kept.copy, kept.edits) == ("Overview", "Overview (edited)", ())
    assert kept.foreign == ("inserted or deleted rows or columns",)
    shown = openpyxl.load_workbook(saved, data_only=True)
    assert shown["Overview"]["C40"].value == 8.6
    assert "market_size" in openpyxl.load_workbook(saved)["Overview (edited)"]["C42"].value.lower()
    assert refresh_file(saved).kept_aside == ()


def test_a_sheet_of_which_all_rows_were_deleted_in_excel_is_still_known(book: Path) -> None:
    with Package.open(book) as package:
        extent = re.search(rb"_mb_sheet_overview\"[^>]*>([^<]+)", package["xl/workbook.xml"])[1].decode()
    edit(book, "xl/workbook.xml", (f">{extent}<", ">Overview!#REF!<"))
    with Package.open(book) as package:
        assert marked_sheets(package, MARKS)["overview"] == "Overview"
        assert moved_sheets(package, MARKS) == {"overview"}
    done = refresh_file(book)
    assert done.added == ()
    assert "Overview" in done.rebuilt


def test_rows_below_the_sheet_s_cells_move_nothing(book: Path) -> None:
    saved = edited(book, *OWN, ["rows", "Overview", 300, 3])
    assert refresh_file(saved).kept_aside == ()


@pytest.mark.parametrize("name", ["new", "saved-by-libreoffice"])
def test_in_the_first_layout_the_named_cells_tell(tmp_path: Path, name: str) -> None:
    book = tmp_path / "book.xlsx"
    shutil.copy(EARLIER / f"{name}.xlsx", book)
    saved = edited(book, *OWN, ["rows", "Overview", 4, 2])
    with pytest.raises(Refused, match=r"\(Board!B2\)"):
        refresh_file(saved)


def test_a_mark_alone_tells_without_the_record(book: Path) -> None:
    """As after openpyxl, which drops the record and keeps the names."""
    with Package.open(book) as package:
        part = next(part for part in package if part.startswith("customXml/item1"))
        package.replace(part, b"<gone/>")
        extent = re.search(rb"_mb_sheet_overview\"[^>]*>([^<]+)", package["xl/workbook.xml"])[1].decode()
        package.save(book)
    with Package.open(book) as package:
        assert moved_sheets(package, MARKS) == set()
    moved = extent[: extent.rindex("$")] + "$99"
    edit(book, "xl/workbook.xml", (f">{extent}<", f">{moved}<"))
    with Package.open(book) as package:
        assert moved_sheets(package, MARKS) == {"overview"}


def test_cells_shifted_within_the_block_are_told_by_the_names(book: Path) -> None:
    edit(book, "xl/workbook.xml", ("'Overview'!$C$40<", "'Overview'!$C$42<"))
    with Package.open(book) as package:
        assert moved_sheets(package, MARKS) == {"overview"}


RULE = '<cfRule type="expression" priority="9"><formula>Overview!$B$8&gt;1</formula></cfRule>'
RULES = f'</sheetData><conditionalFormatting sqref="A1">{RULE}</conditionalFormatting>'
MINE = '<definedName name="mine">Overview!$B$8</definedName></definedNames>'
START = "xl/worksheets/sheet1.xml"
REFERRING = {
    "a name": ("xl/workbook.xml", ("</definedNames>", MINE), "the name mine"),
    "a formula of a sheet that stays": (START, ("<f>", "<f>Overview!B8+"), "Start!"),
    "a rule": (START, ("</sheetData>", RULES), "a rule on Start"),
}


@pytest.mark.parametrize("case", REFERRING)
def test_whatever_refers_to_the_moved_cells_is_named(book: Path, case: str) -> None:
    part, change, words = REFERRING[case]
    with Package.open(book) as package:
        text = package[part].decode()
        assert change[0] in text
        package.replace(part, text.replace(*change, 1).encode())
        package.save(book)
    edit(book, "xl/workbook.xml", ("'Overview'!$C$40<", "'Overview'!$C$42<"))
    with pytest.raises(Refused, match=re.escape(words)):
        refresh_file(book)


def test_a_chart_on_the_user_s_sheet_counts(tmp_path: Path) -> None:
    path = tmp_path / "own.xlsx"
    own = openpyxl.Workbook()
    own.active.title = "Board"
    own.create_sheet("Overview")
    chart = BarChart()
    chart.add_data(Reference(own["Overview"], min_col=2, min_row=6, max_row=8))
    own["Board"].add_chart(chart, "B2")
    del own["Overview"]
    own.save(path)
    refresh_file(path, SEED)
    assert "Overview" in openpyxl.load_workbook(path).sheetnames
    edit(path, "xl/workbook.xml", ("'Overview'!$C$40<", "'Overview'!$C$42<"))
    with pytest.raises(Refused, match="a chart on Board"):
        refresh_file(path)
