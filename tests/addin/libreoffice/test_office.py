import os
import signal
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from addin.libreoffice import Office, OfficeError
from addin.libreoffice.office import Value
from tests.libreoffice import required
from udfs.values import CellError

MARKET = '"Medical Imaging Outsourcing"'


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Formulas of all kinds on two sheets, without values."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "User's sheet"
    sheet["A1"] = 2023
    sheet["A2"] = f"=MARKET_SIZE({MARKET},A1)"
    sheet["B3"] = "=A1=2023"
    sheet["C4"] = "=NA()"
    sheet["D5"] = '=A1&" USD"'
    sheet["E6"] = "=A1-2023"
    sheet["F7"] = date(2023, 1, 1)
    sheet["G8"] = "=F7+1"
    other = workbook.create_sheet("Other")
    other["AB1"] = "='User''s sheet'!A2*2"
    other["A1"] = '=""'
    workbook.save(tmp_path / "workbook.xlsx")
    return tmp_path / "workbook.xlsx"


def test_every_formula_cell_of_every_sheet_has_its_value(office: Office, workbook: Path) -> None:
    values = office.recalculate(workbook)
    assert values == {
        ("User's sheet", "A2"): 8.6,
        ("User's sheet", "B3"): True,
        ("User's sheet", "C4"): CellError.NA,
        ("User's sheet", "D5"): "2023 USD",
        ("User's sheet", "E6"): 0.0,
        ("User's sheet", "G8"): 44928.0,
        ("Other", "AB1"): 17.2,
        ("Other", "A1"): "",
    }
    assert type(values["User's sheet", "B3"]) is bool
    assert type(values["User's sheet", "E6"]) is float
    assert office.calculation_seconds > 0


def test_cells_can_be_set_beforehand_and_the_file_stays(office: Office, workbook: Path) -> None:
    before = workbook.read_bytes()
    values = office.recalculate(workbook, {"'User''s sheet'!A1": 2033, "User's sheet!F7": None})
    assert values["Other", "AB1"] == 26.2
    assert values["User's sheet", "B3"] is False
    assert values["User's sheet", "G8"] == 1.0
    assert workbook.read_bytes() == before


def test_values_of_every_kind_can_be_set(office: Office) -> None:
    given: dict[str, Value | None] = {
        "S!A1": 1.5,
        "S!A2": "=1+1",
        "S!A3": True,
        "S!A4": CellError.DIV0,
        "S!A5": None,
        "S!A6": "12",
    }
    formulas = [*(f"S!A{row}" for row in range(1, 5)), "ISBLANK(S!A5)", "ISTEXT(S!A6)"]
    results = [rows[0][0] for rows in office.evaluate(formulas, given)]
    assert results == [1.5, "=1+1", True, CellError.DIV0, True, True]


def test_a_value_saved_by_another_program_is_not_believed(office: Office, tmp_path: Path) -> None:
    source = tmp_path / "plain.xlsx"
    stale = openpyxl.Workbook()
    stale.worksheets[0]["A1"] = f"=MARKET_SIZE({MARKET},2033)"
    stale.save(source)
    saved = office.convert(source, "xlsx", tmp_path / "saved.xlsx")
    cached = openpyxl.load_workbook(saved, data_only=True).worksheets[0]["A1"].value
    assert cached == 13.1
    assert openpyxl.load_workbook(saved).worksheets[0]["A1"].value == f"=MARKET_SIZE({MARKET},2033)"
    content = _with_value(saved, b"<v>13.1</v>", b"<v>99</v>")
    assert openpyxl.load_workbook(content, data_only=True).worksheets[0]["A1"].value == 99
    assert office.recalculate(content) == {("Sheet", "A1"): 13.1}


def test_the_functions_survive_the_formats_that_libreoffice_writes(office: Office, tmp_path: Path) -> None:
    plain = openpyxl.Workbook()
    plain.worksheets[0]["A1"] = f"=MARKET_SIZE({MARKET},2033,,Sheet!B1)"
    plain.save(tmp_path / "plain.xlsx")
    opened = office.convert(tmp_path / "plain.xlsx", "ods", tmp_path / "plain.ods")
    again = office.convert(opened, "xlsx", tmp_path / "again.xlsx")
    for path in (opened, again):
        assert office.recalculate(path, {"Sheet!B1": "mn"}) == {("Sheet", "A1"): 13100.0}


def test_a_workbook_becomes_a_pdf(office: Office, workbook: Path, tmp_path: Path) -> None:
    assert office.convert(workbook, "pdf", tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")


def test_what_cannot_be_opened_is_named(office: Office, tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match=r"missing\.xlsx cannot be read: No such file or directory\.$"):
        office.recalculate(tmp_path / "missing.xlsx")
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear all,")
    with pytest.raises(
        OfficeError, match=r"could not recalculate letter\.txt: the file is (damaged|not a workbook)"
    ):
        office.recalculate(letter)
    assert office.evaluate(["1+1"]) == [[[2.0]]]


def test_a_sheet_that_is_not_there_is_named(office: Office, workbook: Path) -> None:
    with pytest.raises(OfficeError, match='no sheet "Nowhere"'):
        office.recalculate(workbook, {"Nowhere!A1": 1})


def test_cells_of_a_protected_sheet_can_be_set_only_without_a_password(
    office: Office, tmp_path: Path
) -> None:
    protected = openpyxl.Workbook()
    sheet = protected.worksheets[0]
    sheet["A2"] = "=A1+1"
    sheet.protection.sheet = True
    protected.save(tmp_path / "open.xlsx")
    assert office.recalculate(tmp_path / "open.xlsx", {"Sheet!A1": 1})["Sheet", "A2"] == 2.0
    sheet.protection.password = "secret"
    protected.save(tmp_path / "closed.xlsx")
    with pytest.raises(OfficeError, match='"Sheet" is protected by a password'):
        office.recalculate(tmp_path / "closed.xlsx", {"Sheet!A1": 1})
    assert office.recalculate(tmp_path / "closed.xlsx") == {("Sheet", "A2"): 1.0}


def test_outside_its_with_statement_it_refuses() -> None:
    with pytest.raises(OfficeError, match="with statement"):
        Office().evaluate(["1"])


@pytest.mark.skipif(sys.platform == "win32", reason="processes are stopped by a signal")
def test_one_that_hangs_is_ended_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    required()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Office() as office:
        assert office.evaluate(["1+1"]) == [[[2.0]]]
        assert list(tmp_path.iterdir()) != []
        group = _soffice_of(office)
        assert _alive(group) != []
        office.seconds = 1.0
        os.killpg(group, signal.SIGSTOP)
        with pytest.raises(OfficeError, match=r"could not recalculate scratch\.xlsx within 1 seconds"):
            office.evaluate(["1+1"])
        assert _alive(group) == []
        assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="processes are ended by a signal")
def test_one_that_ends_is_noticed_and_its_profile_can_be_used_again(tmp_path: Path) -> None:
    required()
    profile = tmp_path / "profile"
    with Office(profile) as office:
        os.killpg(_soffice_of(office), signal.SIGKILL)
        with pytest.raises(OfficeError, match=r"ended unexpectedly \(request: recalculate scratch\.xlsx\)"):
            office.evaluate(["1+1"])
    with Office(profile) as office:
        assert office.evaluate(["1+1", f"MARKET_SIZE({MARKET})"]) == [[[2.0]], [[CellError.NAME]]]


def _soffice_of(office: Office) -> int:
    assert office._soffice is not None
    return office._soffice.pid


def _alive(group: int) -> list[str]:
    """Return the states of a group's processes, but for those that only wait to be collected."""
    listed = subprocess.run(["ps", "-eo", "pgid=,stat="], capture_output=True, text=True, check=True).stdout
    states = [line.split() for line in listed.splitlines()]
    return [state for pgid, state in states if int(pgid) == group and not state.startswith("Z")]


def _with_value(path: Path, old: bytes, new: bytes) -> Path:
    changed = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            assert old in content or not name.endswith("sheet1.xml")
            target.writestr(name, content.replace(old, new))
    return changed
