"""The stand-in of Excel does what Microsoft documents, to Microsoft's own office.js."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Error, Route

from tests.browser import Browser
from tests.web.excel import BLANK_PAGE, Excel, excel
from tests.web.made_books import book, sheet

ADDRESS = "http://standin.test/"


@pytest.fixture
def opened(browser: Browser) -> Iterator[Excel]:
    with browser.page() as page:
        cells: dict[str, Any] = {
            "A1": {"value": "Year"},
            "A2": {"value": 2023},
            "B2": {"value": 8.6, "formula": "=Data!A2*2"},
            "B3": {"value": {"error": "#N/A"}, "formula": "=NA()"},
        }
        data = book(sheet("Data", cells), sheet("Other", {"A1": {"value": 0, "formula": "='Data'!B2+1"}}))
        data["names"].append({"name": "rate", "refersTo": "=Data!$B$2", "isVisible": False})
        opened = excel(page, data)
        page.route(f"{ADDRESS}**", lambda route: _empty(route))
        page.goto(ADDRESS)
        page.evaluate("Office.onReady().then(() => {})")
        yield opened


def _empty(route: Route) -> None:
    route.fulfill(body=BLANK_PAGE, content_type="text/html")


def test_office_says_that_it_is_in_excel_on_the_web(opened: Excel) -> None:
    said = opened.page.evaluate("Office.onReady().then(({host, platform}) => [host, platform])")
    assert said == ["Excel", "OfficeOnline"]


def test_a_property_has_to_be_loaded(opened: Excel) -> None:
    with pytest.raises(Error, match="The property 'name' is not available"):
        opened.run("async context => context.workbook.worksheets.getItem('Data').name")


def test_cells_are_read_with_formulas_values_and_their_kinds(opened: Excel) -> None:
    script = """async context => {
      const range = context.workbook.worksheets.getItem("data").getUsedRange();
      range.load("address,formulas,values,valueTypes");
      await context.sync();
      return [range.address, range.formulas, range.values, range.valueTypes];
    }"""
    assert opened.run(script) == [
        "Data!A1:B3",
        [["Year", ""], [2023, "=Data!A2*2"], ["", "=NA()"]],
        [["Year", ""], [2023, 8.6], ["", "#N/A"]],
        [["String", "Empty"], ["Double", "Double"], ["Empty", "Error"]],
    ]


def test_what_is_entered_is_read_as_excel_reads_it_and_null_leaves_a_cell(opened: Excel) -> None:
    opened.run("""async context => {
      const range = context.workbook.worksheets.getItem("Other").getRange("A1:E1");
      range.formulas = [[null, "'=B1", "12%", "=1+1", "true"]];
      await context.sync();
    }""")
    cells = opened.book["sheets"][1]["cells"]
    assert cells["A1"]["formula"] == "='Data'!B2+1"
    assert [cells[f"{column}1"]["value"] for column in "BCE"] == ["=B1", 0.12, True]
    assert cells["D1"]["formula"] == "=1+1"


def test_formulas_and_names_follow_a_renamed_sheet_and_break_without_it(opened: Excel) -> None:
    opened.run("""async context => {
      context.workbook.worksheets.getItem("Data").name = "My data";
      await context.sync();
    }""")
    assert opened.book["sheets"][1]["cells"]["A1"]["formula"] == "='My data'!B2+1"
    assert opened.book["names"][0]["refersTo"] == "='My data'!$B$2"
    opened.run("""async context => {
      context.workbook.worksheets.getItem("My data").delete();
      await context.sync();
    }""")
    assert opened.book["sheets"][0]["cells"]["A1"]["formula"] == "=#REF!+1"


def test_a_copy_of_a_sheet_has_its_names_once_more(opened: Excel) -> None:
    script = """async context => {
      const copy = context.workbook.worksheets.getItem("Data").copy("End").load("name");
      copy.names.load("items/name,items/formula,items/visible");
      await context.sync();
      return [copy.name, copy.names.items.map(({ name, formula, visible }) => [name, formula, visible])];
    }"""
    assert opened.run(script) == ["Data (2)", [["rate", "='Data (2)'!$B$2", False]]]


def test_a_conditional_format_that_is_added_later_counts_more(opened: Excel) -> None:
    opened.run("""async context => {
      const formats = context.workbook.worksheets.getItem("Data").getRange("A1:B3").conditionalFormats;
      for (const formula of ["=A1=1", "=A1=2"]) {
        formats.add("Custom").custom.rule.formula = formula;
      }
      await context.sync();
    }""")
    assert [rule["formula"] for rule in opened.book["sheets"][0]["rules"]] == ["=A1=2", "=A1=1"]


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("sheets.getItem('Nowhere').load('name')", "ItemNotFound"),
        ("sheets.getItem('Data').name = 'Other'", "InvalidArgument"),
        ("sheets.getItem('Data').getRange('A1:B1').values = [[1]]", "InvalidArgument"),
        (
            "sheets.getItem('Data').getRange('A1').values = [['x'.repeat(6_000_000)]]",
            "RequestPayloadSizeLimitExceeded",
        ),
    ],
)
def test_a_refusal_has_excels_code(opened: Excel, statement: str, code: str) -> None:
    script = f"""async context => {{
      const sheets = context.workbook.worksheets;
      try {{
        {statement};
        await context.sync();
      }} catch (error) {{
        return [error instanceof OfficeExtension.Error, error.code];
      }}
      return null;
    }}"""
    assert opened.run(script) == [True, code]


def test_what_fails_in_the_middle_stays_done_up_to_there(opened: Excel) -> None:
    opened.set(failsIn=1, failure="GeneralException")
    with pytest.raises(Error):
        opened.run("""async context => {
          const sheet = context.workbook.worksheets.getItem("Other");
          for (const cell of ["A1", "A2", "A3", "A4"]) {
            sheet.getRange(cell).values = [["new"]];
          }
          await context.sync();
        }""")
    written = [at for at, cell in opened.book["sheets"][1]["cells"].items() if cell["value"] == "new"]
    assert 0 < len(written) < 4


def test_while_a_cell_is_edited_nothing_is_answered(opened: Excel) -> None:
    opened.set(editing=True)
    script = """async context => {
      context.workbook.worksheets.load("items/name");
      return context.sync().then(() => "", ({ code }) => code);
    }"""
    assert opened.run(script) == "InvalidOperationInCellEditMode"
    opened.set(editing=False)
