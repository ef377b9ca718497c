"""Small expressions have the values that a spreadsheet program gives them."""

from typing import Any

import pytest
from openpyxl.workbook import Workbook
from playwright.sync_api import Page

from addin.libreoffice import Office
from udfs.values import CellError

CELLS: dict[str, Any] = {
    "A1": 2028,
    "A2": "Device",
    "A3": None,
    "A4": True,
    "A5": "12",
    "B1": 0.1,
    "B2": 4,
    "B3": "b",
}
AREAS = {"A1:A5": ["A1", "A2", "A3", "A4", "A5"], "B1:B3": ["B1", "B2", "B3"]}
EXPRESSIONS = [
    *(
        "A1",
        "-A1",
        "+A2",
        "--A1",
        "-2^2",
        "2^-1",
        "2^3^2",
        "50%",
        "200%%",
        "-5%",
        "1-2-3",
        "2*3+4*5",
        "(1+2)*3",
    ),
    *('A2&"/"&B3', 'A1&""', 'A3&""', 'A4&""', '0.1+0.2&""', 'B1*3&""', '1/3&""', '"a""b"', '""""'),
    *(
        'A3=""',
        "A3=0",
        "A3=FALSE",
        'A2="device"',
        'A2<>"Device"',
        "A5=12",
        'A2<"E"',
        "0.1+0.2=0.3",
        "B1*3>0.3",
        "A1>=2028",
        '1<"a"',
        '"z"<TRUE',
    ),
    *(
        'IF(A3="","",A3)',
        'IF(A1>2000,"yes","no")',
        "IF(A1<2000,1)",
        'IF(A3="",IF(A4,A2,1),2)',
        "IF(A2,1,2)",
        "IF(A5,1,2)",
    ),
    *(
        "IFERROR(1/0,A2)",
        'IFERROR(A1,"x")',
        "IFERROR(#N/A,3)",
        "1/0",
        "0/0",
        "A2+1",
        "A5+1",
        "A4+1",
        "A3+1",
        "-A2",
        '" 1.5e1"+1',
        "#N/A+1",
    ),
    *(
        "TRUE",
        "false",
        "TRUE()",
        "A4=TRUE",
        "IF(FALSE(),1,2)",
        "IF(1,,2)",
        "IF(#N/A,1,2)",
        "10^400",
        "1E-5*2",
        "1.5e3",
    ),
    *(
        'MATCH("device",A1:A5,0)',
        "MATCH(4,B1:B3,0)",
        'MATCH("c",B1:B3,0)',
        "INDEX(B1:B3,2)",
        "INDEX(A1:A5,4,1)",
    ),
    *('INDEX(A1:A5,MATCH("B",B1:B3,0)+1,1)&""', "INDEX(B1:B3,4)", "INDEX({1,2;3,4},2,1)", "INDEX({1,2,3},3)"),
]
TRUTHS = {'A4&""': "TRUE", '"z"<TRUE': 1, 'INDEX(A1:A5,MATCH("B",B1:B3,0)+1,1)&""': "TRUE"}
"""Where LibreOffice has a number, Excel has TRUE."""
UNKNOWN = [
    "YEAR(A1)",
    "A1:A5+1",
    "SUM(1)",
    "A1 A2",
    "1,2",
    "(1",
    "A1)",
    "{1,A1}",
    "",
    "IF()",
    "INDEX(A1:A5,0)",
    "MATCH(1,A1:A5)",
    '"12%"+1',
    '"1/2/2028"+0',
    'IF("TRUE",1,2)',
    '1E-7&""',
    '1E21&""',
]

_EVALUATE = """async ([expressions, cells, areas]) => {
    const { parsed } = await import("/excel/scripts/names/expressions.js");
    const { evaluated } = await import("/excel/scripts/names/evaluating.js");
    const rows = (area) => areas[area].map((at) => [cells[at]]);
    const resolve = ({ area }) => (area in areas ? { rows: rows(area) } : cells[area]);
    return expressions.map((text) => {
        try {
            return { value: evaluated(parsed(text), resolve) };
        } catch (error) {
            return { unknown: error.constructor.name };
        }
    });
}"""


@pytest.fixture(scope="module")
def calculated(office: Office, tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """What LibreOffice gives."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "S"
    for place, value in CELLS.items():
        sheet[place] = value
    for row, expression in enumerate(EXPRESSIONS, start=1):
        sheet[f"D{row}"] = f"={expression}"
    path = tmp_path_factory.mktemp("expressions") / "expressions.xlsx"
    made.save(path)
    values = office.recalculate(path)
    return [values["S", f"D{row}"] for row in range(1, len(EXPRESSIONS) + 1)]


def test_they_are_calculated_as_libreoffice_does(bare_page: Page, calculated: list[Any]) -> None:
    found = bare_page.evaluate(_EVALUATE, [EXPRESSIONS, CELLS, AREAS])
    for expression, one, value in zip(EXPRESSIONS, found, calculated, strict=True):
        assert comparable(one["value"]) == TRUTHS.get(expression, value), expression


def comparable(value: Any) -> Any:
    """A value as LibreOffice tells it: an empty cell is 0, a truth is a number."""
    if isinstance(value, dict):
        return CellError(value["error"])
    if isinstance(value, str):
        return value
    return pytest.approx(float(value or 0), rel=1e-12)


def test_what_is_more_than_that_is_unknown(bare_page: Page) -> None:
    found = bare_page.evaluate(_EVALUATE, [UNKNOWN, CELLS, AREAS])
    assert found == [{"unknown": "Unknown"}] * len(UNKNOWN)
