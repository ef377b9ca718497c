"""What refers to a sheet's cells: found wherever a workbook can have a reference."""

from tests.workbook.package.reports import MARKS
from tests.workbook.package.synthetic import MAIN, OFFICE, cell, package_bytes, sheet_xml
from workbook.package import Package, names_follow, referring
from workbook.package.sheets.workbook_part import workbook_part

NAMES = "".join(
    f'<definedName name="{name}">{text}</definedName>'
    for name, text in {
        "mine": "'My Report'!$B$2",
        "other": "Model!$B$2",
        "mb_size": "'My Report'!$B$2",
        "_mb_sheet_x": "'My Report'!$A$1",
        "area": "'My Report'!$J$5:$J$6",
        "wider": "'My Report'!$J$5:$J$9",
    }.items()
)
PIVOT = f'<pivotCacheDefinition xmlns="{MAIN}"><cacheSource type="worksheet"><worksheetSource ref="A1:B9" '
PIVOT += 'sheet="My Report"/></cacheSource></pivotCacheDefinition>'
FORMULAS = (
    *("'My Report'!B2", "Model!B2", "\"'My Report'!B2\""),
    *("SUM('My Report'!A:A)", "'my report'!J6"),
)
ROWS = "".join(
    f'<row r="{at}">{cell(f"A{at}", formula, "1")}</row>' for at, formula in enumerate(FORMULAS, start=1)
)


def workbook() -> Package:
    link = f'<Relationship Id="p" Type="{OFFICE}/pivotCacheDefinition" Target="pivotCache/p1.xml"/>'
    sheets = {"My Report": sheet_xml(), "Model": sheet_xml(ROWS)}
    parts = {"xl/pivotCache/p1.xml": PIVOT}
    return Package.from_bytes(package_bytes(sheets, names=NAMES, links=link, parts=parts))


def test_all_that_refers_to_a_sheet_is_named() -> None:
    found = referring(workbook(), ["My Report"], ["My Report"], MARKS)
    formulas = ["Model!A1", "Model!A4", "Model!A5"]
    assert found == [*formulas, "the name mine", "the name area", "the name wider", "a pivot table"]


def test_references_to_some_cells_are_told_apart() -> None:
    found = referring(workbook(), ["My Report"], ["My Report"], MARKS, ["J6"])
    assert found == ["Model!A5", "the name area", "the name wider"]


def test_a_name_follows_if_all_of_its_cells_moved() -> None:
    package = workbook()
    names_follow(package, "My Report", "Copy", ["J5", "J6"], MARKS)
    texts = {name.name: name.text for name in workbook_part(package).names()}
    assert texts["area"] == "Copy!$J$5:$J$6"
    assert texts["wider"] == "'My Report'!$J$5:$J$9"
    assert texts["mine"] == texts["mb_size"] == "'My Report'!$B$2"
