"""The stand-in of Excel refuses what Excel refuses, and reads entries as Excel does."""

from collections.abc import Iterator

import pytest

from tests.addin.web.names.conftest import opened
from tests.browser import Browser
from tests.web.excel import Excel
from tests.web.made_books import book, sheet

RUN = """async context => {
  const sheet = context.workbook.worksheets.getItem("Data");
  try {
    %s;
    await context.sync();
  } catch (error) {
    return error.code;
  }
  return "";
}"""


@pytest.fixture(scope="module")
def host(browser: Browser) -> Iterator[Excel]:
    with opened(browser, book(sheet("Data"), sheet("Other"))) as excel:
        yield excel.host


@pytest.fixture(autouse=True)
def _a_new_book(host: Excel) -> None:
    text = {"value": "", "look": {"numberFormat": "@"}}
    many = [f"{column}{row}:{column}{row + 1}" for column in "DEF" for row in range(1, 400, 2)]
    host.open(book(sheet("Data", {"B1": text}, merged=many), sheet("Other")))


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("sheet.getRange('A1').formulas = [['=SUM(A2:A3']]", "InvalidArgument"),
        ("sheet.getRange('A1').formulas = [['=A2+']]", "InvalidArgument"),
        ("sheet.getRange('A1').formulas = [['=\"a']]", "InvalidArgument"),
        ("sheet.getRange('A1').formulas = [['=Nowhere!A1']]", "InvalidArgument"),
        ("sheet.getRange('A1').formulas = [['=\"Nowhere!\"&other!A1&\")\"']]", ""),
        ("sheet.getRange('A1').formulas = [['=1' + '+1'.repeat(5000)]]", "FormulaLengthExceedsLimit"),
        ("sheet.getRange('A1').values = [['x'.repeat(32768)]]", "InvalidArgument"),
        ("sheet.getRange('A1').values = null", "InvalidArgument"),
        ("sheet.getRange('A1').format.fill.color = null", "InvalidArgument"),
        ("sheet.getRange('A1').format.rowHeight = 410", "InvalidArgument"),
        ('sheet.name = "\'Mine"', "InvalidArgument"),
        ("context.workbook.names.add('mine', '=Nowhere!$A$1')", "InvalidArgument"),
        ("sheet.getRange('A:F').getMergedAreasOrNullObject().load('address')", "GeneralException"),
        (
            "sheet.getRange('A1').dataValidation.rule = {list: {source: 'x'.repeat(256)}}",
            "InvalidArgument",
        ),
        (
            "sheet.getRange('A1').dataValidation.errorAlert = {title: 'x'.repeat(33), message: 'x'}",
            "InvalidArgument",
        ),
    ],
)
def test_what_excel_refuses(host: Excel, statement: str, code: str) -> None:
    assert host.run(RUN % statement) == code


def test_in_a_cell_of_text_everything_is_text(host: Excel) -> None:
    assert host.run(RUN % "sheet.getRange('B1').formulas = [['=1+1']]") == ""
    assert host.book["sheets"][0]["cells"]["B1"]["value"] == "=1+1"
