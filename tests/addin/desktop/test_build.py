import posixpath
import re
import sys
import time
import warnings
import zipfile
from xml.etree import ElementTree

import pytest
from pyopenvba import ExcelFile
from pyopenvba.integrity import check_file

from addin.desktop.build import build, own_package_folder
from addin.desktop.project import modules
from udfs.registry import FUNCTIONS

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # oletools' own use of deprecated names
    from oletools.olevba import VBA_Parser

PYTHON = r"C:\Users\Ada\pipx\venvs\marketbook\Scripts\python.exe"
PACKAGES = r"C:\Users\Ada\pipx\venvs\marketbook\Lib\site-packages"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


@pytest.fixture(scope="module")
def addin(tmp_path_factory):
    return build(tmp_path_factory.mktemp("addin") / "new" / "marketbook.xlam", PYTHON, PACKAGES)


@pytest.fixture(scope="module")
def vba(addin):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parser = VBA_Parser(str(addin))
        found = {stream.split("/")[-1]: code for _, stream, _, code in parser.extract_all_macros()}
        parser.close()
    return found


def test_it_is_built_in_under_five_seconds_and_twice_alike(addin, tmp_path):
    start = time.perf_counter()
    again = build(tmp_path / "again.xlam", PYTHON, PACKAGES)
    assert time.perf_counter() - start < 5
    assert again.read_bytes() == addin.read_bytes()


def test_the_package_and_its_vba_project_are_consistent(addin):
    assert check_file(addin).issues == ()
    with ExcelFile(addin) as file:
        assert file.validate() == []
        assert [reference.name for reference in file.references()] == ["Office"]


def test_every_module_reads_back_as_it_was_written(vba):
    written = modules()
    assert set(vba) == {*written, "ThisWorkbook", "Sheet1", "Sheet2", "Dictionary"}
    for name, source in written.items():
        assert _lines(vba[name]) == _lines(source), name
    assert "DescribeFunctions" in vba["ThisWorkbook"]


def test_a_function_a_worksheet_function_and_no_other_public_ones(vba):
    public = {
        name
        for code in vba.values()
        if "Option Private Module" not in code
        for name in re.findall(r"^(?:Public )?Function (\w+)", code, re.MULTILINE)
    }
    assert public - {"KeyExists"} >= set(FUNCTIONS)
    standard = {"MarketbookFunctions", "MarketbookRibbon"}
    assert {name for name in modules() if "Option Private Module" not in vba[name]} == standard


def test_settings_are_active_and_our_own(addin, vba):
    settings = dict(_rows(addin, 1))
    assert settings == {
        "INTERPRETER_WIN": PYTHON,
        "PYTHONPATH": PACKAGES,
        "ADD_WORKBOOK_TO_PYTHONPATH": "0",
        "USE UDF SERVER": "1",
        "SHOW CONSOLE": "0",
    }
    assert _sheets(addin)[0] == {"name": "marketbook.conf", "sheetId": "1"}
    assert 'PROJECT_NAME As String = "marketbook"' in vba["xlwings"]
    assert "ActiveWorkbook" not in vba["xlwings"]
    assert not re.search(r"(?<!\.)\bRange\(", vba["xlwings"])  # works while no workbook is open


def test_without_settings_the_running_python_is_used(tmp_path):
    settings = dict(_rows(build(tmp_path / "own.xlam"), 1))
    assert settings["PYTHONPATH"] == own_package_folder()
    assert settings["INTERPRETER_WIN"] == sys.executable


def test_the_intellisense_sheet(addin):
    assert _sheets(addin)[-1] == {"name": "_IntelliSense_", "sheetId": "2", "state": "hidden"}
    rows = _rows(addin, 2)
    assert rows[0][0] == "FunctionInfo"
    assert [row[0] for row in rows[1:]] == list(FUNCTIONS)
    described = {row[0]: row for row in rows}
    # name, description, (no help topic,) then a name and a description an argument
    assert described["CAGR_PROJECT"][2::2] == ["base", "cagr", "periods"]
    assert described["MARKET_SIZE"][4] == "[year]"


def test_relationships_and_content_types_are_complete(addin):
    with zipfile.ZipFile(addin) as package:
        names = set(package.namelist())
        reached = {"[Content_Types].xml"}
        for rels in [name for name in names if name.endswith(".rels")]:
            reached.add(rels)
            base = posixpath.dirname(posixpath.dirname(rels))
            for relation in ElementTree.fromstring(package.read(rels)).iter(_RELATION):
                reached.add(posixpath.normpath(posixpath.join(base, relation.get("Target"))))
        assert reached == names
        types = ElementTree.fromstring(package.read("[Content_Types].xml"))
        overrides = {each.get("PartName").lstrip("/") for each in types.iter(f"{_TYPES}Override")}
        assert overrides <= names
        assert {name for name in names - overrides if not name.endswith(".rels")} == {
            "[Content_Types].xml",
            "customUI/customUI.xml",
        }


def test_nothing_of_the_template_that_must_not_be_there(addin):
    with zipfile.ZipFile(addin) as package:
        workbook = package.read("xl/workbook.xml").decode()
        everything = b"".join(map(package.read, package.namelist()))
    assert 'calcId="191029"' in workbook
    for unwanted in (b"fullCalcOnLoad", b"absPath", b"felix", b"myaddin"):
        assert unwanted not in everything


def _lines(source):
    """Code without attributes (olevba hides them) and trailing blanks."""
    lines = [line.rstrip() for line in source.splitlines() if not line.startswith("Attribute ")]
    return "\n".join(lines).strip()


def _sheets(addin):
    with zipfile.ZipFile(addin) as package:
        workbook = ElementTree.fromstring(package.read("xl/workbook.xml"))
    kept = ("name", "sheetId", "state")
    return [
        {key: sheet.get(key) for key in kept if sheet.get(key)} for sheet in workbook.iter(f"{_MAIN}sheet")
    ]


def _rows(addin, sheet):
    with zipfile.ZipFile(addin) as package:
        root = ElementTree.fromstring(package.read(f"xl/worksheets/sheet{sheet}.xml"))
    return [["".join(cell.itertext()) for cell in row] for row in root.iter(f"{_MAIN}row")]
