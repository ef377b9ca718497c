"""What a user typed on a report sheet: old and new are listed and marked in a copy; formulas stay."""

import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from addin.commands import run
from addin.libreoffice import Office
from tests.workbook.calc import edited
from workbook.package import Edit, Package, sheet_contents
from workbook.package.edits.records import keep_record
from workbook.package.sheets.workbook_part import workbook_part
from workbook.refresh import refresh, refresh_file
from workbook.template import MARKS

HIGHLIGHT = "FFFFD966"


def change_cell(path: Path, part: str, cell: str, inside: str) -> None:
    """Replace what is in a cell as Excel would write it, everything else staying as it is."""
    with Package.open(path) as package:
        sheet = package[part].decode()
        start = sheet.index(f'<c r="{cell}"')
        end = sheet.index("</c>", start) + len("</c>")
        style = sheet[start:end].partition(' s="')[2].partition('"')[0]
        written = inside.format(style=f'r="{cell}" s="{style}"') if inside else ""
        package.replace(part, (sheet[:start] + written + sheet[end:]).encode())
        package.save(path)


def highlighted(sheet: Worksheet) -> set[str]:
    cells = (cell for row in sheet.iter_rows() for cell in row)
    return {cell.coordinate for cell in cells if cell.fill.fgColor.rgb == HIGHLIGHT}


FORECAST = "xl/worksheets/sheet3.xml"


@pytest.fixture
def typed(book: Path) -> Path:
    """A workbook in which someone typed a value, a formula and a text, and cleared a cell."""
    change_cell(book, FORECAST, "B8", "<c {style}><v>9.99</v></c>")
    change_cell(book, FORECAST, "B9", "<c {style}><f>B8*1.05</f><v>10.4895</v></c>")
    change_cell(book, FORECAST, "A5", '<c {style} t="inlineStr"><is><t>Our years</t></is></c>')
    change_cell(book, FORECAST, "B10", "")
    return book


def test_the_edited_cells_are_listed_with_old_and_new(typed: Path) -> None:
    (kept,) = refresh_file(typed).kept_aside
    fresh = {cell: content.value for cell, content in _contents(typed, "Forecast").items()}
    assert kept.edits == (
        Edit("A5", fresh["A5"], "Our years"),
        Edit("B8", pytest.approx(fresh["B8"]), 9.99),
        Edit("B9", pytest.approx(fresh["B9"]), "=B8*1.05"),
        Edit("B10", pytest.approx(fresh["B10"]), None),
    )
    assert kept.foreign == ()


def _contents(path: Path, sheet: str):
    with Package.open(path) as package:
        return sheet_contents(package, sheet)


def test_the_copy_keeps_typed_formulas_and_marks_the_cells(typed: Path) -> None:
    looks = openpyxl.load_workbook(typed)["Forecast"]
    formats = {cell: looks[cell].number_format for cell in ("B8", "B9", "B11")}
    (kept,) = refresh_file(typed).kept_aside
    copy = openpyxl.load_workbook(typed)[kept.copy]
    assert copy["B9"].value == "=B8*1.05"
    assert copy["B8"].value == 9.99
    assert isinstance(copy["B11"].value, float)
    marked = {
        cell.coordinate for row in copy.iter_rows() for cell in row if cell.fill.fgColor.rgb == HIGHLIGHT
    }
    assert marked == {"A5", "B8", "B9", "B10"}
    assert {cell: copy[cell].number_format for cell in formats} == formats
    fresh = openpyxl.load_workbook(typed)["Forecast"]
    assert highlighted(fresh) == set()
    assert refresh_file(typed).kept_aside == ()


def test_shared_formulas_that_were_filled_down_stay(book: Path) -> None:
    first = '<c {style}><f t="shared" ref="B8:B10" si="0">A8*2</f><v>1</v></c>'
    change_cell(book, FORECAST, "B8", first)
    for cell in ("B9", "B10"):
        change_cell(book, FORECAST, cell, '<c {style}><f t="shared" si="0"/><v>1</v></c>')
    (kept,) = refresh_file(book).kept_aside
    assert [edit.new for edit in kept.edits] == ["=A8*2", "=A9*2", "=A10*2"]
    copy = openpyxl.load_workbook(book)[kept.copy]
    assert [copy[cell].value for cell in ("B8", "B9", "B10")] == ["=A8*2", "=A9*2", "=A10*2"]


def test_a_workbook_without_values_does_not_get_a_blank_copy(book: Path) -> None:
    loaded = openpyxl.load_workbook(book)
    loaded["Forecast"]["B8"] = 9.99
    loaded.save(book)
    (kept,) = refresh_file(book).kept_aside
    copy = openpyxl.load_workbook(book)[kept.copy]
    assert "MARKET_SIZE" in copy["B9"].value
    assert copy["B8"].value == 9.99


def test_without_a_record_the_new_sheet_tells_what_was_edited(typed: Path) -> None:
    with Package.open(typed) as package:
        keep_record(package, MARKS.namespace, "{}")
        package.save(typed)
    (kept,) = refresh_file(typed).kept_aside
    assert [edit.cell for edit in kept.edits] == ["A5", "B8", "B9", "B10"]


def test_a_record_of_another_state_is_not_trusted(typed: Path) -> None:
    """As after a refresh in Excel, which writes the names and not the record."""
    with Package.open(typed) as package:
        text = package["xl/workbook.xml"].decode()
        at = text.index("_mb_content_forecast")
        start = text.index("&quot;", at) + len("&quot;")
        package.replace("xl/workbook.xml", (text[:start] + "0" * 32 + text[start + 32 :]).encode())
        package.save(typed)
    (kept,) = refresh_file(typed).kept_aside
    assert [edit.cell for edit in kept.edits] == ["A5", "B8", "B9", "B10"]


def test_one_argument_of_a_formula_is_an_edit(book: Path) -> None:
    formula = "<c {style}><f>MARKET_SIZE(mb_market,1,,mb_unit)</f></c>"
    change_cell(book, FORECAST, "B8", formula)
    (kept,) = refresh_file(book).kept_aside
    assert [edit.new for edit in kept.edits] == ["=MARKET_SIZE(mb_market,1,,mb_unit)"]


def test_what_libreoffice_enters_is_listed(book: Path, office: Office) -> None:
    saved = edited(book, ["enter", "Forecast", "B8", "=2*7"], ["enter", "Forecast", "D9", "checked"])
    (kept,) = refresh_file(saved).kept_aside
    assert [(edit.cell, edit.new) for edit in kept.edits] == [("B8", "=2*7"), ("D9", "checked")]
    assert office.recalculate(saved)[kept.copy, "B8"] == 14.0


def test_the_summary_shows_old_and_new(typed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["refresh", str(typed)]) == 0
    shown = capsys.readouterr().out
    assert "Forecast was edited. A copy of it is on the sheet Forecast (edited)." in shown
    assert "B9: " in shown
    assert "-> =B8*1.05" in shown
    assert "-> none" in shown


def test_the_summary_ends_after_twelve_cells(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for row in range(8, 23):
        change_cell(book, FORECAST, f"A{row}", "<c {style}><v>1</v></c>")
    assert run(["refresh", str(book)]) == 0
    shown = capsys.readouterr().out
    assert len([line for line in shown.splitlines() if line.startswith("    A")]) == 12
    assert "and 3 more. They are highlighted on the copy." in shown


def test_a_dry_run_lists_them_too(typed: Path) -> None:
    before = typed.read_bytes()
    (kept,) = refresh_file(typed, dry_run=True).kept_aside
    assert len(kept.edits) == 4
    assert typed.read_bytes() == before


def test_ten_refreshes_with_an_edit_each_grow_only_by_the_copies(book: Path) -> None:
    with Package.open(book) as package:
        refresh(package)
        styles = len(package["xl/styles.xml"])
    for at in range(3):
        change_cell(book, FORECAST, "B8", f"<c {{style}}><v>{at}</v></c>")
        (kept,) = refresh_file(book).kept_aside
        assert kept.copy == ("Forecast (edited)", "Forecast (edited) (2)", "Forecast (edited) (3)")[at]
    with Package.open(book) as package:
        assert len(package["xl/styles.xml"]) < styles + 1500
        openpyxl.load_workbook(io.BytesIO(package.to_bytes()))


def test_the_user_s_names_follow_to_the_copy_and_formulas_are_listed(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    board = (
        ["add", "Board"],
        ["enter", "Board", "A1", "=$Overview.J5*2"],
        ["enter", "Board", "A2", "=$Overview.B8"],
    )
    saved = edited(book, *board, ["enter", "Overview", "J5", "0.25"])
    with Package.open(saved) as package:
        names = workbook_part(package)
        names.set_name("my_rate", "Overview!$J$5")
        names.set_name("my_size", "Overview!$B$8")
        package.save(saved)
    assert run(["refresh", str(saved)]) == 0
    assert "These refer to cells that are only on the copy now: Board!A1.\n" in capsys.readouterr().out
    with Package.open(saved) as package:
        names = workbook_part(package)
        assert names.defined("my_rate").text == "'Overview (edited)'!$J$5"
        assert names.defined("my_size").text == "Overview!$B$8"
        assert sheet_contents(package, "Overview (edited)")["J5"].value == 0.25
        assert "#REF!" not in "".join(name.text for name in names.names())
