import re
import shutil

import pytest

from addin.commands import run
from addin.relinking import relink
from tests.addin.desktop.calc import first_column, needs_calc
from tests.workbook.links import link
from tests.workbook.package.corpus import FILES, REFUSED
from tests.workbook.package.synthetic import LINKS, MAIN, OFFICE, SPREADSHEET, cell, package_bytes, sheet_xml
from workbook.dependency_graph import OURS
from workbook.package import Calls, Package, Refused, Unwritable, formulas_calling, workbook_part
from workbook.refresh import refresh_file
from workbook.template import write_workbook

PLACE = "file:///C:\\Users\\Ada\\AppData\\Roaming\\Microsoft\\Excel\\XLSTART\\marketbook.xlam"


@pytest.fixture
def plain(tmp_path):
    path = tmp_path / "plain.xlsx"
    write_workbook(path, "Medical Imaging Outsourcing")
    return path


@pytest.fixture
def tied(plain, tmp_path):
    """As Excel leaves a workbook that was saved where the add-in lay elsewhere."""
    path = tmp_path / "tied.xlsx"
    with Package.open(plain) as package:
        for sheet in workbook_part(package).sheets:
            package.replace(sheet.part, re.sub(rb"<f>[^<]*", _tie, package[sheet.part]))
        link(package, PLACE)
        package.save(path)
    return path


def _tie(formula):
    return formula[0].replace(b"MARKET_SIZE(", b"[1]!MARKET_SIZE(")


def _unescaped(xml):
    return xml.replace(b"&quot;", b'"')


def formulas(path):
    with Package.open(path) as package:
        return [(call.sheet, call.cell, call.formula) for call in formulas_calling(package, OURS)]


def test_formulas_are_mended_and_nothing_else_changes(plain, tied):
    assert any("[1]!" in formula for _, _, formula in formulas(tied))
    sizes = [formula for _, _, formula in formulas(plain) if "MARKET_SIZE(" in formula]
    assert relink(tied) == len(sizes) > 10
    assert formulas(tied) == formulas(plain)
    with Package.open(plain) as before, Package.open(tied) as after:
        for sheet in workbook_part(before).sheets:
            assert _unescaped(after[sheet.part]) == _unescaped(before[sheet.part])


def test_mended_once_there_is_nothing_to_mend(tied):
    relink(tied)
    before = tied.stat().st_mtime_ns
    assert relink(tied) == 0
    assert tied.stat().st_mtime_ns == before


def test_an_open_workbook_is_refused(tied):
    tied.with_name("~$tied.xlsx").write_bytes(b"")
    with pytest.raises(Unwritable, match="is open in Excel"):
        relink(tied)


@needs_calc
def test_libreoffice_opens_what_was_mended(tied, tmp_path):
    relink(tied)
    assert first_column(tied, tmp_path)[0] == "Marketbook"


def test_for_the_web_only_names_change_and_they_come_back(plain, tmp_path):
    for_web = tmp_path / "web.xlsx"
    shutil.copy(plain, for_web)
    assert relink(for_web, "web") == len(formulas(plain))
    assert all("_xldudf_MARKETBOOK_" in formula for _, _, formula in formulas(for_web))
    names = rb"_xldudf_MARKETBOOK_(?=(?:%b)\()" % "|".join(OURS.names).encode()
    with Package.open(plain) as before, Package.open(for_web) as after:
        assert list(before) == list(after)
        for part in before:
            assert _unescaped(re.sub(names, b"", after[part])) == _unescaped(before[part]), part
    assert relink(for_web, "web") == 0
    relink(for_web)
    assert formulas(for_web) == formulas(plain)


COMMON = re.compile(rb"(?<![\w.!])(?:SUM|IF|MAX|ROUND|INDEX|VLOOKUP|AVERAGE|COUNTIF|LEFT|ROW)\(")
STORED = re.compile(rb"_xldudf_MARKETBOOK_(?=MARKET_SIZE\()")


def calling(original, path):
    """Write a copy of a workbook in which common functions are ours, everywhere; return its parts."""
    with Package.open(original) as package:
        for part in [part for part in package if part.startswith("xl/") and part.endswith(".xml")]:
            package.replace(part, COMMON.sub(b"MARKET_SIZE(", package[part]))
        package.save(path)
    with Package.open(path) as package:
        return dict(package)


@pytest.mark.parametrize("name", sorted(set(FILES) - set(REFUSED)))
def test_in_real_workbooks_only_names_change_and_they_come_back(shared, tmp_path, name):
    path = tmp_path / name
    before = calling(shared / "workbooks" / name, path)
    count = relink(path, "web")
    assert bool(count) is any(b"MARKET_SIZE(" in data for data in before.values())
    with Package.open(path) as package:
        for part, data in before.items():
            now = package[part]
            assert len(STORED.findall(now)) == now.count(b"MARKET_SIZE("), part
            assert _unescaped(STORED.sub(b"", now)) == _unescaped(data), part
    assert relink(path) == count
    with Package.open(path) as package:
        assert list(package) == list(before)
        for part, data in before.items():
            assert _unescaped(package[part]) == _unescaped(data), part


CALL = 'MARKET_SIZE("X")'
TABLE = "xl/tables/table1.xml"
RULES = (
    f'<conditionalFormatting sqref="B2"><cfRule type="expression"><formula>B2&gt;{CALL}</formula></cfRule>'
    f'</conditionalFormatting><dataValidations count="1"><dataValidation sqref="C2" type="decimal">'
    f"<formula1>0</formula1><formula2>{CALL}</formula2></dataValidation></dataValidations>"
    f'<tableParts count="1"><tablePart r:id="t"/></tableParts>'
)


def everywhere(path):
    """A workbook with a call in each place that can have one: eight formulas."""
    shared = (
        f'<row r="1"><c r="A1" t="str"><v>Size</v></c></row>'
        f'<row r="2"><c r="A2"><f t="shared" ref="A2:A3" si="0">{CALL}</f><v>1</v></c></row>'
        f'<row r="3"><c r="A3"><f t="shared" si="0"/><v>2</v></c>'
        f'<c r="B3"><f t="array" ref="B3:B4">{CALL}</f><v>3</v></c></row>'
        f'<row r="4"><c r="B4"><v>4</v></c></row>'
    )
    path.write_bytes(
        package_bytes(
            {
                "S": sheet_xml(shared, tail=RULES),
                "T": sheet_xml(f'<row r="1">{cell("A1", "1+1", "2")}</row>'),
            },
            names=f'<definedName name="size" hidden="1">{CALL}</definedName>'
            f'<definedName name="mine" localSheetId="0">{CALL}*2</definedName>'
            '<definedName name="two">2</definedName>',
            types=f'<Override PartName="/{TABLE}" ContentType="{SPREADSHEET}.table+xml"/>',
            parts={
                TABLE: f'<table xmlns="{MAIN}" id="1" name="Sizes" displayName="Sizes" ref="A1:A3">'
                f'<tableColumns count="1"><tableColumn id="1" name="Size"><calculatedColumnFormula>{CALL}'
                "</calculatedColumnFormula></tableColumn></tableColumns></table>",
                "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{LINKS}"><Relationship Id="t" '
                f'Type="{OFFICE}/table" Target="../tables/table1.xml"/></Relationships>',
            },
        )
    )
    return path


def test_every_place_that_can_have_a_call_is_relinked(tmp_path):
    path = everywhere(tmp_path / "everywhere.xlsx")
    with Package.open(path) as package:
        before = dict(package)
    assert relink(path, "web") == 8
    with Package.open(path) as package:
        after = dict(package)
    now = CALL.replace("MARKET_SIZE", "_xldudf_MARKETBOOK_MARKET_SIZE").encode()
    for part, data in before.items():
        assert _unescaped(after[part]) == data.replace(CALL.encode(), now), part
    assert sum(data.count(b"_xldudf_") for data in map(_unescaped, after.values())) == 7


def test_a_call_in_a_name_alone_is_relinked(tmp_path):
    path = tmp_path / "name.xlsx"
    path.write_bytes(
        package_bytes({"S": sheet_xml()}, names=f'<definedName name="size">{CALL}</definedName>')
    )
    assert relink(path, "web") == 1
    assert relink(path, "web") == 0


def test_a_formula_that_would_be_too_long_for_excel_is_refused(tmp_path):
    path = tmp_path / "long.xlsx"
    for count, is_refused in ((303, False), (304, True)):
        formula = "+".join(["MARKET_SIZE(A1)"] * count)
        shown = len(formula) + len("MARKETBOOK.") * count
        assert (shown > 8192) is is_refused, shown
        path.write_bytes(package_bytes({"S": sheet_xml(f'<row r="2">{cell("B2", formula, "1")}</row>')}))
        before = path.read_bytes()
        if is_refused:
            with pytest.raises(Refused, match=r"^The formula of S!B2 would be longer than the 8,192"):
                relink(path, "web")
            assert path.read_bytes() == before
        else:
            assert relink(path, "web") == 1


def test_the_command_says_how_many(plain, capsys):
    count = len(formulas(plain))
    for options, stored in ((["--to", "web"], True), ([], False)):
        assert run(["excel", "relink", *options, str(plain)]) == 0
        told = capsys.readouterr().out.replace("\n", "")
        assert told.endswith(f"formulas relinked: {count}.")
        assert ("_xldudf_" in formulas(plain)[0][2]) is stored


def test_a_file_that_is_no_workbook_is_named_and_keeps_no_other_from_being_relinked(plain, tmp_path, capsys):
    (tmp_path / "notes.xlsx").write_text("mine", encoding="utf-8")
    books = [str(tmp_path / "notes.xlsx"), str(tmp_path / "none.xlsx"), str(plain)]
    assert run(["excel", "relink", "--to", "web", *books]) == 1
    said = capsys.readouterr()
    assert f"{plain}: formulas relinked: {len(formulas(plain))}." in said.out.replace("\n", "")
    assert said.err.splitlines() == [
        f"{books[0]}: The file is not an Excel workbook: it is not a zip archive.",
        f"{books[1]}: none.xlsx cannot be opened: no such file or directory.",
        "2 of 3 workbooks could not be relinked.",
    ]
    assert run(["excel", "relink", books[0]]) == 1
    assert capsys.readouterr().err.startswith(f"{books[0]}: The file is not")


def test_an_edited_formula_is_told_of_as_excel_shows_it(plain, capsys):
    relink(plain, "web")
    with Package.open(plain) as package:
        part = workbook_part(package).sheet("Forecast").part
        edited = re.sub(rb"<f>([^<]*_xldudf_[^<]*)</f>", rb"<f>\1*2</f>", package[part], count=1)
        package.replace(part, edited)
        package.save(plain)
    assert run(["refresh", "--no-user-sheets", str(plain)]) == 0
    told = capsys.readouterr().out
    assert re.search(r"-> =.*MARKETBOOK\.MARKET_\w+\(.*\*2", told), told
    assert "_xldudf_" not in told


def test_a_formula_is_shown_without_what_only_files_have():
    calls = Calls(OURS)
    for stored, shown in {
        "_xlfn.LET(_xlpm.x,_xlfn._xlws.SORT(A1:A3),MAX(_xlpm.x))": "LET(x,SORT(A1:A3),MAX(x))",
        "_xlfn.SINGLE(_xldudf_XLWINGS_DEV_MARKET_SIZE(A1))": "@XLWINGS_DEV.MARKET_SIZE(A1)",
        "_xlfn.ANCHORARRAY(S!A1)+_xldudf_MARKET_SIZE(1)": "S!A1#+MARKET_SIZE(1)",
        '"_xlfn."&_xldudf_ACME_SIZE(1)': '"_xlfn."&_xldudf_ACME_SIZE(1)',
        "_xlfn.BYROW(A1:B2,_xleta.SUM)": "BYROW(A1:B2,SUM)",
    }.items():
        assert calls.shown(stored) == shown


def test_a_refresh_keeps_the_names_of_the_web_on_report_sheets(plain, tmp_path):
    web = tmp_path / "web.xlsx"
    shutil.copy(plain, web)
    relink(web, "web")
    before = formulas(web)
    refresh_file(web)
    assert formulas(web) == before
    refresh_file(web)
    assert formulas(web) == before
    with Package.open(web) as package:
        assert {sheet.name for sheet in workbook_part(package).sheets if "(edited)" in sheet.name} == set()
    relink(web)
    assert formulas(web) == formulas(plain)
    refresh_file(web)
    assert formulas(web) == formulas(plain)
