"""The user's own formulas after a refresh: updated where the engine is trusted, and listed where not."""

import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from addin.libreoffice import Office, OfficeError
from tests.conftest import SEED
from workbook.package import Package, set_cached_values, sheet_contents
from workbook.refresh import Refreshed, refresh


def with_own_formulas(
    formulas: Mapping[str, str], cached: Mapping[str, float | str] | None = None
) -> Package:
    """A workbook of the user's, refreshed once, with a sheet of formulas written as bytes.

    It is as an earlier edition left it: sizes of 8.0 and 12.0 on Overview, and the cached values given.
    """
    own = Workbook()
    own.active.title = "Model"
    for at in formulas:
        own.active[at] = "=1"
    stream = io.BytesIO()
    own.save(stream)
    made = Package.from_bytes(stream.getvalue())
    refresh(made, SEED)
    sheet = made["xl/worksheets/sheet1.xml"]
    for at, formula in formulas.items():
        old = f'<c r="{at}"><f>1</f><v/></c>'.encode()
        if old not in sheet:
            old = f'<c r="{at}"><f>1</f><v></v></c>'.encode()
        assert old in sheet
        quoted = formula.replace("&", "&amp;").replace("<", "&lt;")
        sheet = sheet.replace(old, f'<c r="{at}"><f>{quoted}</f><v>-1</v></c>'.encode())
    made.replace("xl/worksheets/sheet1.xml", sheet)
    set_cached_values(made, "Model", cached or {})
    set_cached_values(made, "Overview", {"C40": 8.0, "C41": 12.0})
    return made


OWN = {
    "A1": f'MARKET_SIZE("{SEED}",2033)',
    "A2": "A1*2",
    "A3": "mb_size_base+1",
    "A4": 'mb_size_end&" "&mb_unit',
    "A5": "SUM(A1:A2)",
    "A6": f'_xlfn.SINGLE(_xldudf_MARKET_SIZE("{SEED}",1999))',
    "A7": "1+1",
    "A8": '"MARKET_SIZE("&A7',
}


EXPECTED = {
    "A1": 13.1,
    "A2": 26.2,
    "A3": 9.6,
    "A4": "13.1 USD billion",
    "A5": pytest.approx(39.3),
    "A6": "#N/A",
    "A7": -1.0,
    "A8": -1.0,
}


def test_the_user_s_formulas_that_depend_on_ours_get_their_values(office: Office) -> None:
    cached = {"A1": 12.0, "A2": 24.0, "A3": 9.0, "A4": "12 USD billion", "A5": 36.0}
    package = with_own_formulas(OWN, cached)
    before = package["xl/worksheets/sheet1.xml"]
    done = refresh(package, calculate=office.recalculate)
    shown = {at: content.value for at, content in sheet_contents(package, "Model").items()}
    assert shown == EXPECTED
    assert done.users.updated == {"Model": ["A1", "A2", "A3", "A4", "A5", "A6"]}
    formulas = {at: content.formula for at, content in sheet_contents(package, "Model").items()}
    assert formulas == OWN
    assert len(before) == pytest.approx(len(package["xl/worksheets/sheet1.xml"]), abs=200)


def test_a_name_that_calls_our_functions_counts_as_a_call(office: Office) -> None:
    package = with_own_formulas({"A1": "my_size*2", "A2": "A1+1"}, {"A1": 24.0, "A2": 25.0})
    book = package["xl/workbook.xml"]
    call = f'<definedName name="my_size">MARKET_SIZE("{SEED}",2033)</definedName></definedNames>'.encode()
    package.replace("xl/workbook.xml", book.replace(b"</definedNames>", call))
    done = refresh(package, calculate=office.recalculate)
    assert done.users.updated == {"Model": ["A1", "A2"]}
    shown = {at: content.value for at, content in sheet_contents(package, "Model").items()}
    assert shown == {"A1": pytest.approx(26.2), "A2": pytest.approx(27.2)}


DOUBTFUL = {
    "A1": f'MARKET_SIZE("{SEED}",2033)',
    "A2": "IFERROR(MYUDF(A1),0)",
    "A3": "A2+A1",
    "A4": 'CELL("filename")&A1',
    "A5": "_xlfn.LET(_xlpm.f,A1,_xlpm.f*2)",
    "A6": "'C:\\d\\[rates.xlsx]R'!$A$1*A1",
    "A7": 'BDP("IBM")',
    "A8": "IFERROR(A7,0)+A1",
    "A9": "A1*3",
    "B1": "SUM(1,2)",
}


def test_what_libreoffice_may_calculate_otherwise_keeps_its_value_and_is_listed(office: Office) -> None:
    package = with_own_formulas(DOUBTFUL, {"A1": 12.0, "A3": 11.0, "A8": 11.0, "A9": 36.0})
    book = package["xl/workbook.xml"]
    names = f'<definedName name="U">MARKET_SIZE("{SEED}",2033)</definedName></definedNames>'.encode()
    package.replace("xl/workbook.xml", book.replace(b"</definedNames>", names))
    done = refresh(package, calculate=office.recalculate)
    shown = {at: content.value for at, content in sheet_contents(package, "Model").items()}
    assert done.users.updated == {"Model": ["A1", "A8", "A9"]}  # A7 has nothing to do with Marketbook
    assert done.users.stale == {"Model": ["A2", "A3", "A4", "A5", "A6"]}
    assert (shown["A1"], shown["A8"], shown["A9"]) == (13.1, 12.1, pytest.approx(39.3))
    assert {shown[at] for at in ("A2", "A4", "A5", "A6", "A7", "B1")} == {-1.0}
    assert shown["A3"] == 11.0


def test_names_that_call_names_and_references_across_sheets_are_followed(office: Office) -> None:
    package = with_own_formulas(
        {"A1": "twice+1", "A2": "SUM(Overview:Forecast!C41)"},
        {"A1": 25.0, "A2": 12.0},
    )
    book = package["xl/workbook.xml"]
    names = f'<definedName name="once">MARKET_SIZE("{SEED}",2033)</definedName>'
    names += '<definedName name="twice">once*2</definedName></definedNames>'
    package.replace("xl/workbook.xml", book.replace(b"</definedNames>", names.encode()))
    done = refresh(package, calculate=office.recalculate)
    assert done.users.updated == {"Model": ["A1", "A2"]}
    shown = {at: content.value for at, content in sheet_contents(package, "Model").items()}
    assert shown["A1"] == pytest.approx(27.2)
    assert shown["A2"] == 13.1


def test_a_program_that_fails_to_calculate_does_not_keep_the_sheets_from_a_refresh() -> None:
    def fails(_: Path) -> dict[tuple[str, str], float]:
        raise OfficeError("LibreOffice ended unexpectedly.")

    package = with_own_formulas(OWN)
    done = refresh(package, calculate=fails)
    assert done.rebuilt[0] == "Overview"
    assert done.users.problem == "LibreOffice ended unexpectedly."
    assert done.users.stale == {"Model": ["A1", "A2", "A3", "A4", "A5", "A6"]}


def test_cells_that_an_array_formula_fills_get_their_values(office: Office) -> None:
    package = with_own_formulas({"A1": "1", "A2": "1", "B1": "SUM(A1:A2)"}, {"B1": 0.0})
    array = f'<c r="A1"><f t="array" ref="A1:A2">MARKET_SIZE("{SEED}",{{2023;2033}})</f><v>0</v></c>'.encode()
    sheet = package["xl/worksheets/sheet1.xml"].replace(b'<c r="A1"><f>1</f><v>-1</v></c>', array)
    package.replace(
        "xl/worksheets/sheet1.xml",
        sheet.replace(b'<c r="A2"><f>1</f><v>-1</v></c>', b'<c r="A2"><v>0</v></c>'),
    )
    done = refresh(package, calculate=office.recalculate)
    shown = {at: content.value for at, content in sheet_contents(package, "Model").items()}
    assert shown == {"A1": 8.6, "A2": 13.1, "B1": pytest.approx(21.7)}
    assert done.users.updated == {"Model": ["A1", "B1", "A2"]}


def test_without_a_program_that_calculates_stale_cells_are_listed() -> None:
    package = with_own_formulas(OWN)
    before = package["xl/worksheets/sheet1.xml"]
    done = refresh(package)
    assert done.users.stale == {"Model": ["A1", "A2", "A3", "A4", "A5", "A6"]}
    assert package["xl/worksheets/sheet1.xml"] == before


def test_the_user_s_sheets_can_be_left_alone(office: Office) -> None:
    package = with_own_formulas(OWN)
    before = package["xl/worksheets/sheet1.xml"]
    done: Refreshed = refresh(package, user_sheets=False, calculate=office.recalculate)
    assert (done.users.updated, done.users.stale) == ({}, {})
    assert package["xl/worksheets/sheet1.xml"] == before


LACKING = {
    "A1": "IFERROR(SUM(_xlfn.VSTACK(Overview!C40:C41)),0)",
    "A2": "IFERROR(_xlfn.TAKE(Overview!C40:C41,1),0)",
    "A3": 'IFERROR(_xlfn.TEXTBEFORE(Overview!C41&"-x","-"),"")',
    "A4": "IFERROR(SUM(_xlfn.CHOOSECOLS(Overview!C40:C41,1)),0)",
    "A5": 'IFERROR(_xlfn.ARRAYTOTEXT(Overview!C41),"")',
    "A6": "IFERROR(_xlfn.VSTACK(Overview!C41)/0,0)",
}


def test_a_function_that_libreoffice_lacks_keeps_its_value_and_is_listed(office: Office) -> None:
    cached = {"A1": 20.0, "A2": 8.0, "A3": "12", "A4": 20.0, "A5": "12", "A6": 0.0}
    package = with_own_formulas(LACKING, cached)
    done = refresh(package, calculate=office.recalculate)
    shown = {at: content.value for at, content in sheet_contents(package, "Model").items()}
    assert shown == cached  # A6 shows what LibreOffice gives as well, by chance
    assert (done.users.updated, done.users.stale) == ({}, {"Model": list(LACKING)})


def test_aggregate_and_computed_references_are_brought_up_to_date(office: Office) -> None:
    formulas = {
        "A1": "_xlfn.AGGREGATE(9,6,Overview!C40:C41)",
        "A2": 'INDIRECT("Overview!C41")*2',
        "A3": "A2+1",
        "A4": "SUM(Start!A1:A100,Overview!C40)",
    }
    package = with_own_formulas(formulas, {"A1": 20.0, "A2": 24.0, "A3": 25.0, "A4": 8.0})
    done = refresh(package, calculate=office.recalculate)
    shown = {at: content.value for at, content in sheet_contents(package, "Model").items()}
    assert shown == {"A1": 21.7, "A2": 26.2, "A3": 27.2, "A4": 8.6}
    assert done.users.stale == {}


def test_a_value_that_was_not_reproduced_and_a_volatile_one_are_left_and_listed(office: Office) -> None:
    formulas = {"A1": "Overview!C41*2", "A2": "Overview!C41*3+0*TODAY()", "A3": "A1+1"}
    package = with_own_formulas(formulas, {"A1": 99.0, "A2": 36.0, "A3": 100.0})
    done = refresh(package, calculate=office.recalculate)
    assert (done.users.updated, done.users.stale) == ({}, {"Model": ["A1", "A2", "A3"]})


def test_a_new_error_is_passed_on_where_the_engine_is_trusted(office: Office) -> None:
    formulas = {"A1": f'MARKET_SIZE("{SEED}",2033,,"EUR bn")', "A2": "A1+1"}
    package = with_own_formulas(formulas, {"A1": 12.0, "A2": 13.0})
    done = refresh(package, calculate=office.recalculate)
    shown = {at: content.value for at, content in sheet_contents(package, "Model").items()}
    assert shown == {"A1": "#VALUE!", "A2": "#VALUE!"}
    assert done.users.updated == {"Model": ["A1", "A2"]}


def test_a_formula_without_a_cached_value_gets_one(office: Office) -> None:
    package = with_own_formulas({"A1": "Overview!C41*2"})
    sheet = package["xl/worksheets/sheet1.xml"].replace(b"<v>-1</v>", b"<v/>")
    package.replace("xl/worksheets/sheet1.xml", sheet)
    done = refresh(package, calculate=office.recalculate)
    assert done.users.updated == {"Model": ["A1"]}
    assert sheet_contents(package, "Model")["A1"].value == 26.2


def test_a_data_table_is_brought_up_to_date(office: Office) -> None:
    package = with_own_formulas({"A1": "Overview!C41*B1", "A2": "1", "A3": "1"}, {"A1": 0.0})
    sheet = package["xl/worksheets/sheet1.xml"]
    table = b'<c r="%s"><v>%d</v></c>'
    # a column of inputs in A2:A3, the formula in B1, what comes out in B2:B3; the input cell is D1
    rows = (
        b'<row r="1"><c r="B1"><f>Overview!C41*D1</f><v>0</v></c></row>'
        b'<row r="2">%s<c r="B2"><f t="dataTable" ref="B2:B3" dt2D="0" dtr="0" r1="D1"/><v>12</v></c></row>'
        b'<row r="3">%s<c r="B3"><v>24</v></c></row>'
    ) % (table % (b"A2", 1), table % (b"A3", 2))
    start, end = sheet.index(b"<sheetData>") + 11, sheet.index(b"</sheetData>")
    package.replace("xl/worksheets/sheet1.xml", sheet[:start] + rows + sheet[end:])
    done = refresh(package, calculate=office.recalculate)
    shown = {at: content.value for at, content in sheet_contents(package, "Model").items()}
    assert (shown["B2"], shown["B3"]) == (13.1, 26.2)
    assert done.users.updated == {"Model": ["B2", "B3"]}
