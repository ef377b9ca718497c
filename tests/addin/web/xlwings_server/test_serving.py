"""The real xlwings Server serves the project, and xlwings' own script in a real Chromium asks it."""

import json
from typing import Any

import pytest
from lxml import etree

from addin.web.functions import metadata
from tests.addin.web.test_manifest import PARSE
from tests.addin.web.xlwings_server.running import CALLS, XlwingsServer, body
from tests.web import node
from tests.web.arguments import passed
from tests.web.cells import LiveCells, Refused
from udfs.registry import FUNCTIONS
from udfs.values import CellError
from workbook.dependency_graph import NAMESPACE

MIO = "Medical Imaging Outsourcing"
OV = {"ov": "http://schemas.microsoft.com/office/taskpaneappversionoverrides"}
BT = "{http://schemas.microsoft.com/office/officeappbasictypes/1.0}"
NO_NUMBER = 'The argument year is the text "soon", not a number.'


def _called(server: XlwingsServer, runtime: str, name: str, *arguments: Any) -> list[list[Any]]:
    with server.client() as client:
        answer = client.post(CALLS, json=body(name, [*map(passed, arguments)], runtime))
    assert answer.status_code == 200, answer.text
    rows: list[list[Any]] = answer.json()["result"]
    return rows


def _got(server: XlwingsServer, path: str) -> bytes:
    with server.client() as client:
        return client.get(path).raise_for_status().content


def test_excel_reads_the_same_functions_as_of_our_own_addin(server):
    ours = metadata(FUNCTIONS.values(), "")
    theirs = json.loads(_got(server, "/xlwings/custom-functions-meta.json"))
    for function in [*ours["functions"], *theirs["functions"]]:
        function.pop("options", None)  # xlwings asks for addresses
        function.pop("helpUrl", None)
    theirs["functions"].sort(key=lambda function: list(FUNCTIONS).index(function["name"]))
    assert theirs == ours


def test_the_script_binds_each_function(server):
    script = _got(server, "/xlwings/custom-functions-code.js").decode()
    assert [name for name in FUNCTIONS if f'CustomFunctions.associate("{name}", {name});' not in script] == []


def test_the_manifest_has_the_namespace_and_the_id_of_the_project(server):
    root = etree.fromstring(_got(server, "/manifest"))
    texts = {each.get("id"): each.get("DefaultValue") for each in root.iter(f"{BT}String", f"{BT}Url")}
    assert root.findtext("{*}Id") in (server.project / ".env").read_text(encoding="utf-8")
    assert texts["Namespace"] == NAMESPACE
    assert texts["Functions"] == f"{server.url}/xlwings/custom-functions-meta.json"
    named = {each.get("resid") for each in root.iter() if each.get("resid")}
    assert named == {each.get("id") for each in root.find(".//ov:Resources", OV).iter() if each.get("id")}


def test_everything_that_the_manifest_names_is_there(server):
    root = etree.fromstring(_got(server, "/manifest"))
    addresses = {each.get("DefaultValue") for each in root.iter() if each.get("DefaultValue")}
    paths = [each.removeprefix(server.url) for each in addresses if each.startswith(server.url)]
    assert len(paths) == 7 and all(_got(server, path) for path in paths)


def test_the_parser_of_excel_on_the_web_finds_functions_in_a_shared_runtime(server, tmp_path):
    (tmp_path / "manifest.xml").write_bytes(_got(server, "/manifest").replace(b"http://127", b"https://127"))
    said = node("-e", PARSE, str(tmp_path / "manifest.xml"))
    assert not said.stderr, said.stderr
    told = json.loads(said.stdout)
    assert told["error"] == "" and told["functions"] is True and told["runtime"]


@pytest.mark.parametrize("error", [error for error in CellError if error is not CellError.VALUE])
def test_each_error_is_an_error_cell(server, error):
    kind = {"#N/A": "NotAvailable", "#DIV/0!": "Div0"}.get(error.value, error.value.strip("#!?").capitalize())
    cell = {"type": "Error", "errorType": kind}
    assert _called(server, "1.4", "MARKET_SIZE", MIO, error) == [[cell]]
    assert _called(server, "1.4", "MARKET_SIZE", MIO, [[2023], [error]]) == [[8.6], [cell]]
    assert _called(server, "1.3", "MARKET_SIZE", MIO, [[2023], [error]]) == [[8.6], [error.value]]


def test_value_is_an_error_cell_in_a_matrix(server):
    rows = _called(server, "1.4", "MARKET_SIZE", MIO, [[2023], ["soon"]])
    assert rows == [[8.6], [{"type": "Error", "errorType": "Value"}]]


def test_a_card_is_an_entity_where_excel_has_data_types(server):
    ((cell,),) = _called(server, "1.4", "MARKET_CARD", MIO, 2023)
    assert cell["type"] == "Entity" and cell["properties"]["Size"]["basicValue"] == 8.6
    rows = _called(server, "1.4", "MARKET_CARD", MIO, [[2023, 2040]])
    assert [cell["type"] for cell in rows[0]] == ["Entity", "Error"]
    assert _called(server, "1.3", "MARKET_CARD", MIO, [[2023, 2040]]) == [[8.6, "#N/A"]]


def test_cells_of_xlwings_own_script(live: LiveCells):
    assert live.show("MARKET_SIZE", MIO, 2033) == [[13.1]]
    assert live.show("MARKET_SERIES", MIO, None, 2032, 2033)[1] == [2033, 13.1]
    assert live.show("MARKET_SIZE", MIO, 2040) == [[{"type": "Error", "errorType": "NotAvailable"}]]
    assert live.show("MARKET_SIZE", MIO, "soon") == Refused(CellError.VALUE, NO_NUMBER)
    shown = live.calculate([("MARKET_SIZE", [MIO, 2023 + at % 11]) for at in range(100)])
    assert shown[:1] + shown[10:12] == [[[8.6]], [[13.1]], [[8.6]]]


def test_without_a_license_the_server_does_not_start():
    with pytest.raises(RuntimeError, match="license key"), XlwingsServer(key=""):
        pass
