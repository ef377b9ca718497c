"""The generated VBA and the modules it calls, run by LibreOffice with a stand-in for xlwings' server."""

import re
import zipfile

import openpyxl
import pytest
from pyopenvba import ExcelFile
from pyopenvba.vba import VBAModuleKind

from addin.desktop.project import modules
from addin.desktop.values import sentinel
from addin.desktop.wrappers import descriptions_module, functions_module
from tests.addin.desktop.calc import first_column, needs_calc
from tests.addin.desktop.vba.cells import cell_value
from udfs.registry import FUNCTIONS
from udfs.values import CellError

_WORKBOOK_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACRO_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_XLPY = """Attribute VB_Name = "xlwings"
Option Explicit
Public connections As Integer
Public Function XLPy() As Object
    connections = connections + 1
    Set XLPy = New Server
End Function
Public Sub KillPy()
End Sub
"""
_SERVER = """Option Explicit
Public Function CallUDF(ByVal source As String, ByVal called As String, ByVal arguments As Variant) As Variant
    Dim table(1 To 2, 1 To 2) As Variant
    Dim line(0 To 1) As Variant
    Select Case arguments(0)
    Case "number": CallUDF = 8.6
    Case "call": CallUDF = source & "." & called & " with " & (UBound(arguments) + 1)
    Case "na": CallUDF = CLng(-2146826246)
    Case "value": CallUDF = CLng(-2146826273)
    Case "num": CallUDF = CLng(-2146826252)
    Case "large": CallUDF = CDbl(-2146826246)
    Case "omitted": CallUDF = IsMissing(arguments(1))
    Case "range": CallUDF = arguments(1)(2, 1)
    Case "raise": Err.Raise 1000, , "Python is on fire"
    Case "lost"
        If connections = 1 Then Err.Raise 462
        CallUDF = "connection " & connections
    Case "row"
        line(0) = CLng(-2146826252): line(1) = 13.1
        CallUDF = line
    Case "table"
        table(1, 1) = 2033#: table(1, 2) = CLng(-2146826246)
        table(2, 1) = CLng(-2146826273): table(2, 2) = "x"
        CallUDF = table
    End Select
End Function
"""
_CELLS = {
    'MARKET_SIZE("number")': "8.6",
    'MARKET_SIZE("call")': "addin.desktop.functions.MARKET_SIZE with 7",
    'CAGR_PROJECT("call",1,2)': "addin.desktop.functions.CAGR_PROJECT with 3",
    'MARKET_SIZE("na")': "Error 2042",
    'MARKET_SIZE("value")': "Error 2015",
    'MARKET_SIZE("num")': "Error 2036",
    'MARKET_SIZE("large")': "-2146826246",  # a number of that size stays a number
    'MARKET_SIZE("omitted")': "TRUE",
    'MARKET_SIZE("omitted",2)': "FALSE",
    'MARKET_SIZE("range",D1:D2)': "7",
    'MARKET_SIZE("raise")': "Error 2015",
    'MARKET_SIZE("lost")': "connection 2",
    'INDEX(MARKET_SERIES("row"),1,1)': "Error 2036",
    'INDEX(MARKET_SERIES("row"),1,2)': "13.1",
    'INDEX(MARKET_SERIES("table"),1,1)': "2033",
    'INDEX(MARKET_SERIES("table"),1,2)': "Error 2042",
    'INDEX(MARKET_SERIES("table"),2,1)': "Error 2015",
    'INDEX(MARKET_SERIES("table"),2,2)': "x",
}
_RESERVED = {
    *(
        "any",
        "as",
        "byref",
        "byval",
        "call",
        "case",
        "close",
        "const",
        "date",
        "declare",
        "dim",
        "do",
        "each",
    ),
    *("else", "elseif", "empty", "end", "enum", "erase", "error", "event", "exit", "false", "for", "friend"),
    *(
        "function",
        "get",
        "gosub",
        "goto",
        "if",
        "implements",
        "in",
        "input",
        "is",
        "let",
        "like",
        "lock",
        "loop",
    ),
    *("lset", "me", "mod", "new", "next", "not", "nothing", "null", "on", "open", "option", "optional", "or"),
    *(
        "paramarray",
        "preserve",
        "print",
        "private",
        "property",
        "public",
        "put",
        "raiseevent",
        "redim",
        "rem",
    ),
    *("resume", "return", "rset", "seek", "select", "set", "shared", "static", "step", "stop", "sub", "tab"),
    *("then", "to", "true", "type", "until", "unlock", "wend", "while", "with", "withevents", "write", "xor"),
}


@needs_calc
def test_the_wrappers_map_what_the_server_gives(tmp_path):
    expected = list(_CELLS.values())
    assert first_column(_workbook(tmp_path), tmp_path) == expected


@pytest.mark.parametrize("error", CellError)
@pytest.mark.parametrize("dimensions", [1, 2])
def test_every_sentinel_becomes_a_genuine_error_in_arrays_too(error, dimensions):
    raw = ["VT_I4", sentinel(error)]
    assert cell_value(raw) is error
    assert cell_value(["ARRAY", dimensions, [[raw, ["VT_R8", 1.5], ["VT_BSTR", ""]]]]) == [[error, 1.5, ""]]


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_the_limits_of_vba_and_of_the_function_wizard(function):
    names = [parameter.name for parameter in function.parameters]
    assert not _RESERVED.intersection(names)
    assert len(", ".join(names)) <= 254
    assert len(names) <= 20
    assert len(function.help) <= 255
    assert all(0 < len(parameter.help) <= 255 for parameter in function.parameters)


def test_generated_vba_is_plain_and_short_enough():
    for source in (functions_module(FUNCTIONS.values()), descriptions_module(FUNCTIONS.values())):
        assert source.isascii()
        assert max(map(len, source.splitlines())) < 1023
        assert not re.search(r"(_\n.*){24}_\n", source)


def _workbook(folder):
    """A macro workbook with the cells, our modules, and the stand-in instead of xlwings' VBA."""
    book = openpyxl.Workbook()
    for row, formula in enumerate(_CELLS, start=1):
        book.active[f"A{row}"] = f"={formula}"
    book.active["D1"], book.active["D2"] = 5, 7
    book.save(folder / "plain.xlsx")
    with zipfile.ZipFile(folder / "plain.xlsx") as plain, zipfile.ZipFile(folder / "a.xlsm", "w") as macro:
        for name in plain.namelist():
            macro.writestr(name, plain.read(name).replace(_WORKBOOK_TYPE, _MACRO_TYPE))
    sources = modules()
    # LibreOffice's Basic reserves the word Base, which VBA does not.
    sources["MarketbookFunctions"] = re.sub(r"\bbase\b", "base_", sources["MarketbookFunctions"])
    with ExcelFile(folder / "a.xlsm") as file:
        project = file.add_vba_project()
        for name in ("MarketbookFunctions", "MarketbookCalls", "MarketbookValues"):
            project.add_module(name, sources[name].replace("\n", "\r\n"))
        project.add_module("xlwings", _XLPY.replace("\n", "\r\n"))
        project.add_module("Server", _SERVER.replace("\n", "\r\n"), kind=VBAModuleKind.other)
        file.save(folder / "macros.xlsm")
    return folder / "macros.xlsm"
