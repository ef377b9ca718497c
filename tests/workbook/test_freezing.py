"""Convert to values: what carries no value is calculated, or the cells are listed and nothing is written."""

import datetime
import io
import re
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from openpyxl.formatting.rule import FormulaRule
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from addin.libreoffice import Office, OfficeMissing
from tests.conftest import SEED
from tests.workbook.reading import named, rows
from udfs.values import CellError
from workbook.freezing import freeze_file
from workbook.package import ErrorValue, NoCachedValue, Package, set_cached_values, sheet_contents
from workbook.package.sheets.cells import CellValue
from workbook.template import TITLES, new_workbook, write_workbook

SIZE = f'=MARKET_SIZE("{SEED}",B1)'
LET = f'=_xlfn.LET(_xlpm.x,MARKET_SIZE("{SEED}"),_xlpm.x)'
ONE = "Model!{} has no saved value to replace its formula with"
EIGHT = "8 cells have no saved values for their formulas: Model!B2, Model!B3, Model!B4, .*Model!B9"
Values = Mapping[tuple[str, str], float | str | bool | CellError]


def model(path: Path, cells: Mapping[str, object]) -> Path:
    """Write a workbook as openpyxl does: its formulas carry no values."""
    own = Workbook()
    own.active.title = "Model"
    for place, content in cells.items():
        own.active[place] = content
    own.save(path)
    return path


def carrying(path: Path, values: Mapping[str, float | str]) -> Path:
    with Package.open(path) as package:
        set_cached_values(package, "Model", values)
        package.save(path)
    return path


def gives(**cells: float | str | CellError) -> "Calculated":
    return Calculated({("Model", place): value for place, value in cells.items()})


class Calculated:
    """A program that calculates, and says when it was asked."""

    def __init__(self, values: Values) -> None:
        self.values, self.asked = values, 0

    def __call__(self, path: Path) -> Values:
        self.asked += 1
        return self.values


def shown(path: Path) -> Worksheet:
    return openpyxl.load_workbook(path, data_only=True)["Model"]


def test_what_carries_no_value_is_calculated(office: Office, tmp_path: Path) -> None:
    cells = {"B1": 2033, "B2": SIZE, "B3": "=B2*2", "B4": f'=MARKET_SIZE("{SEED}",2028,"CT")', "B5": "=1+1"}
    out = tmp_path / "out.xlsx"
    done = freeze_file(model(tmp_path / "model.xlsx", cells), out, office.recalculate)
    assert done.cells == {"Model": ["B2", "B4"]}
    assert done.valueless == {}
    assert [cell.value for (cell,) in openpyxl.load_workbook(out)["Model"]["B1:B5"]] == [
        *(2033, 13.1, "=B2*2", "#N/A", "=1+1")
    ]
    assert shown(out)["B3"].value == 26.2
    assert shown(out)["B5"].value is None  # it has nothing to do with Marketbook


def test_a_workbook_that_openpyxl_saved_freezes_to_what_it_showed(office: Office, tmp_path: Path) -> None:
    book, saved = tmp_path / "book.xlsx", tmp_path / "saved.xlsx"
    write_workbook(book, SEED)
    openpyxl.load_workbook(book).save(saved)
    frozen = []
    for path in (book, saved):
        done = freeze_file(path, tmp_path / "out.xlsx", office.recalculate)
        assert done.valueless == {}
        frozen.append(
            openpyxl.load_workbook(io.BytesIO((tmp_path / "out.xlsx").read_bytes()), data_only=True)
        )
    for sheet in frozen[0]:
        for row in sheet.iter_rows():
            for cell in row:
                there = frozen[1][sheet.title][cell.coordinate].value
                assert (there or None) == (
                    pytest.approx(cell.value) if isinstance(cell.value, float) else cell.value or None
                )


def test_without_a_program_the_cells_are_listed_and_nothing_is_written(tmp_path: Path) -> None:
    path = model(tmp_path / "model.xlsx", {f"B{row}": SIZE for row in range(2, 17)})
    before = path.read_bytes()

    def missing(path: Path) -> Values:
        raise OfficeMissing("LibreOffice was not found.")

    with pytest.raises(NoCachedValue) as told:
        freeze_file(path, tmp_path / "out.xlsx", missing)
    sentence = "15 cells have no saved values for their formulas: Model!B2, Model!B3, "
    assert str(told.value).startswith(sentence)
    assert str(told.value).endswith("Model!B13 and 3 more. LibreOffice was not found.")
    with pytest.raises(NoCachedValue, match=r"and 3 more\. Open the workbook in Excel with Marketbook"):
        freeze_file(path, tmp_path / "out.xlsx")
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("cells", "sentence", "values"),
    [
        (
            {"B2": f'=_xlfn.LET(_xlpm.x,MARKET_SIZE("{SEED}"),_xlpm.x)'},
            ONE.format("B2"),
            {"B2": CellError.NAME},
        ),
        ({"B1": "=BDP(A1)", "B2": SIZE}, ONE.format("B2"), {"B1": CellError.NAME, "B2": CellError.NAME}),
        ({"B2": ArrayFormula("B2:B9", f'=KEY_PLAYERS("{SEED}")')}, EIGHT, {"B2": "A", "B3": "B"}),
        ({"B2": SIZE, "B3": f"{SIZE}+1"}, ONE.format("B3"), {"B2": 13.1}),
    ],
)
def test_what_the_program_may_not_calculate_as_excel_would_is_refused(
    tmp_path: Path, cells: dict[str, object], sentence: str, values: dict[str, float | str | CellError]
) -> None:
    path = model(tmp_path / "model.xlsx", cells)
    with pytest.raises(NoCachedValue, match=f"^{sentence}"):
        freeze_file(path, tmp_path / "out.xlsx", gives(**values))
    assert list(tmp_path.iterdir()) == [path]


def test_values_that_are_carried_stay_and_blank_text_is_one(tmp_path: Path) -> None:
    path = model(tmp_path / "model.xlsx", {"B2": SIZE, "B3": f'=IFERROR({SIZE[1:]},"")', "B4": '=B3&"!"'})
    carrying(path, {"B2": 1.0, "B3": "", "B4": "!"})
    program = gives()
    done = freeze_file(path, tmp_path / "out.xlsx", program)
    assert (program.asked, done.valueless) == (0, {})
    copy = openpyxl.load_workbook(tmp_path / "out.xlsx")["Model"]
    assert [copy[place].value for place in ("B2", "B4")] == [1.0, '=B3&"!"']
    assert (copy["B3"].value, copy["B3"].data_type) == ("", "s")  # a blank cell would count as 0


def test_the_user_s_formulas_on_frozen_values_get_one_or_are_listed(tmp_path: Path) -> None:
    path, out = tmp_path / "model.xlsx", tmp_path / "out.xlsx"
    carrying(model(path, {"B2": SIZE, "B3": "=B2*2", "B4": "=MY_ADDIN(B2)"}), {"B2": 13.1})
    assert freeze_file(path, out).valueless == {"Model": ["B3", "B4"]}
    done = freeze_file(path, out, gives(B2=13.1, B3=26.2, B4=CellError.NAME))
    assert done.valueless == {"Model": ["B4"]}
    assert shown(out)["B3"].value == 26.2


def test_no_value_is_given_that_does_not_fit_the_frozen_ones(tmp_path: Path) -> None:
    path, out = tmp_path / "model.xlsx", tmp_path / "out.xlsx"
    carrying(model(path, {"B2": SIZE, "B3": "=B2*2"}), {"B2": 12.9})
    assert freeze_file(path, out, gives(B2=13.1, B3=26.2)).valueless == {"Model": ["B3"]}
    assert (shown(out)["B2"].value, shown(out)["B3"].value) == (12.9, None)
    with Package.open(out) as package:
        assert sheet_contents(package, "Model")["B3"].formula == "B2*2"


def test_cells_that_an_array_formula_has_not_filled_are_listed(tmp_path: Path) -> None:
    series = ArrayFormula("D1:E3", f'=MARKET_SERIES("{SEED}",,2023,2025)')
    book = carrying(model(tmp_path / "book.xlsx", {"D1": series, "D2": 2024, "E2": 1.0}), {"D1": 2023.0})
    with pytest.raises(NoCachedValue, match=r"Model!D3, Model!E1, Model!E3"):
        freeze_file(book, tmp_path / "out.xlsx")
    assert not (tmp_path / "out.xlsx").exists()


def test_no_title_of_a_copy_can_be_changed_under_its_figures(book: Path, tmp_path: Path) -> None:
    loaded = openpyxl.load_workbook(book)
    loaded.create_sheet("Mine")["A1"] = '="About "&mb_market'
    loaded.save(book)
    with Package.open(book) as package:
        set_cached_values(package, "Mine", {"A1": f"About {SEED}"})
        package.save(book)
    with Package.open(book) as package:  # openpyxl leaves out the values
        for sheet, cells in new_values().items():
            set_cached_values(package, sheet, cells)
        package.save(book)
    out = tmp_path / "out.xlsx"
    freeze_file(book, out)
    copy = openpyxl.load_workbook(out)
    formulas = [cell.value for sheet in copy for row in sheet.iter_rows() for cell in row]
    assert [value for value in formulas if str(value).startswith("=")] == ['="About "&mb_market']
    assert [sheet.title for sheet in copy if sheet.data_validations.dataValidation] == []
    assert named(copy, "mb_market") == SEED


def new_values() -> dict[str, dict[str, CellValue]]:
    """The values of the formulas of a new workbook, by sheet."""
    made = new_workbook(SEED)
    found: dict[str, dict[str, CellValue]] = {}
    for title in TITLES.values():
        for place, content in sheet_contents(made, title).items():
            if content.formula is not None and content.value is not None:
                found.setdefault(title, {})[place] = content.value
    return found


def test_start_says_that_a_copy_was_converted_and_when(book: Path, tmp_path: Path) -> None:
    freeze_file(book, tmp_path / "out.xlsx")
    texts = [str(c.value) for row in openpyxl.load_workbook(tmp_path / "out.xlsx")["Start"] for c in row]
    told = f"This copy was converted to values on {datetime.date.today()}."
    assert [text for text in texts if text.startswith(told)] != []
    assert [text for text in texts if re.search(r"[Cc]hoose|[Cc]lick|update|inputs", text)] == []


def test_a_copy_has_no_inputs_and_no_records(book: Path, tmp_path: Path) -> None:
    freeze_file(book, tmp_path / "out.xlsx")
    copy = openpyxl.load_workbook(tmp_path / "out.xlsx")
    looks = {cell.style for row in copy["Start"] for cell in row}
    assert "Marketbook Text" in looks
    assert "Marketbook Input" not in looks
    with Package.open(tmp_path / "out.xlsx") as package:
        assert [part for part in package if part.startswith("customXml")] == []


def test_errors_and_figures_that_are_not_stated_are_listed(book: Path, tmp_path: Path) -> None:
    loaded = openpyxl.load_workbook(book)
    found = rows(openpyxl.load_workbook(book, data_only=True)["Segments"], "Segment").values()
    unstated = next(row["Share"].coordinate for row in found if row["Share"].value in (None, ""))
    wrong = next(row["Size"].coordinate for row in found if row["Share"].value)
    loaded["Segments"][wrong] = f'=MARKET_SIZE("{SEED}",1900)'
    loaded.save(book)
    with Package.open(book) as package:
        values = new_values()
        values["Segments"][wrong] = ErrorValue("#N/A")
        for sheet, cells in values.items():
            set_cached_values(package, sheet, cells)
        package.save(book)
    done = freeze_file(book, tmp_path / "out.xlsx")
    assert done.errors == {"Segments": [wrong]}
    assert {"Segments", "Regions"} <= done.blank.keys()
    assert unstated in done.blank["Segments"]
    assert done.outdated == ""


def test_rules_of_the_user_that_still_call_ours_are_listed(tmp_path: Path) -> None:
    own = Workbook()
    own.active.title = "Model"
    own.active["A1"] = 1
    call = f'A1>MARKET_SIZE("{SEED}")'
    own.active.conditional_formatting.add("A1:A9", FormulaRule(formula=[call]))
    checked = DataValidation(type="custom", formula1=call, sqref="B2")
    own.active.add_data_validation(checked)
    own.save(tmp_path / "own.xlsx")
    done = freeze_file(tmp_path / "own.xlsx", tmp_path / "out.xlsx")
    assert done.rules_left == ["Model!A1:A9 (conditional format)", "Model!B2 (data validation)"]


def test_assumptions_of_a_copy_look_like_figures_that_do_not_change(book: Path, tmp_path: Path) -> None:
    freeze_file(book, tmp_path / "out.xlsx")
    copy = openpyxl.load_workbook(tmp_path / "out.xlsx")["Assumptions"]
    assert [copy[place].style for place in ("A12", "C12", "D12")] == [
        *("Marketbook Text", "Marketbook Year", "Marketbook Figure")
    ]
    cells = [cell for row in copy for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f" or "Input" in cell.style] == []
    assert copy["D46"].value == 13.05
