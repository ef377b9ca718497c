import io
import warnings
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment
from pyopenvba import ExcelFile
from pyopenvba.integrity import check_file

from addin.desktop.button import MACRO, with_button
from tests.addin.desktop.calc import first_column, needs_calc
from workbook.package import Package, PackageError
from workbook.package.opc.relationships import ContentTypes, all_relationships
from workbook.sheets import SHEETS
from workbook.template import new_workbook

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # oletools' own use of deprecated names
    from oletools.olevba import VBA_Parser


@pytest.fixture(scope="module")
def plain():
    with new_workbook("Medical Imaging Outsourcing") as package:
        return package.to_bytes()


@pytest.fixture(scope="module")
def macro(plain):
    return with_button(plain)


def test_the_package_is_complete(plain, macro):
    before, after = Package.from_bytes(plain), Package.from_bytes(macro)
    types = ContentTypes(after)
    assert types.of("xl/workbook.xml") == "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    assert all(types.knows(part) for part in after if not part.startswith("["))
    assert all(each.part for _, each in all_relationships(after) if not each.target.startswith("http"))
    assert set(after) - set(before) == {
        "xl/drawings/vmlDrawingMarketbook.vml",
        "xl/worksheets/_rels/sheet1.xml.rels",
        "xl/vbaProject.bin",
    }
    assert b"fullCalcOnLoad" not in after["xl/workbook.xml"].replace(b'fullCalcOnLoad="0"', b"")


def test_the_file_and_its_vba_project_are_consistent(macro, tmp_path):
    path = tmp_path / "button.xlsm"
    path.write_bytes(macro)
    assert check_file(path).issues == ()
    with ExcelFile(path) as file:
        assert file.validate() == []
        assert len(file.module_names()) == len(SHEETS) + 2  # the macro's, the workbook's, and one a sheet


def test_the_macro_reads_back_and_asks_for_the_addin_by_name(macro):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parser = VBA_Parser("button.xlsm", data=macro)
        modules = {stream.split("/")[-1]: code for _, stream, _, code in parser.extract_all_macros()}
        parser.close()
    code = modules["MarketbookButton"]
    assert f"Public Sub {MACRO}()" in code
    assert 'Workbooks("marketbook.xlam")' in code
    assert code.count("MsgBox") == 1


@needs_calc
def test_the_button_and_its_macro_survive_libreoffice(macro, tmp_path):
    (tmp_path / "button.xlsm").write_bytes(macro)
    saved = tmp_path / "saved.xlsm"
    assert first_column(tmp_path / "button.xlsm", tmp_path, saved)[0] == "Marketbook"
    with zipfile.ZipFile(saved) as package:
        drawings = [package.read(name) for name in package.namelist() if name.endswith(".vml")]
        assert any(MACRO.encode() in drawing and b'ObjectType="Button"' in drawing for drawing in drawings)
        assert "xl/vbaProject.bin" in package.namelist()


def test_openpyxl_reads_it_with_its_macro(macro):
    book = openpyxl.load_workbook(io.BytesIO(macro), keep_vba=True)
    assert book["Start"]["A1"].value == "Marketbook"
    assert book.vba_archive is not None


def test_refused_without_the_sheet_or_with_old_drawings():
    book = openpyxl.Workbook()
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(PackageError, match="no sheet named Start"):
        with_button(stream.getvalue())
    book.active.title = "Start"
    book.active["A1"].comment = Comment("mine", "Ada")
    book.save(stream := io.BytesIO())
    with pytest.raises(PackageError, match="already has a legacy drawing"):
        with_button(stream.getvalue())
