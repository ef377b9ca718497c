"""Calls as Excel makes them: xlwings' own DLL and COM server under Wine, raw variants out."""

import numpy as np
import pytest

from tests.addin.desktop.wine import MISSING, WineExcel, needs_wine, shown
from udfs.registry import FUNCTIONS, call
from udfs.values import CellError

pytestmark = needs_wine

MIO = "Medical Imaging Outsourcing"
EXAMPLES = {
    "MARKET_SIZE": (MIO, 2028),
    "SEGMENT_SHARE": (MIO, "CT", 2023),
    "CAGR_PROJECT": (8.6, 0.043, 10),
    "MARKET_CAGR": (MIO,),
    "MARKET_SERIES": (MIO, 2023, 2033),
    "SEGMENT_TABLE": (MIO, "Device"),
    "MARKET_LIST": ("imaging",),
    "SEGMENT_LIST": (MIO, "Device"),
    "KEY_PLAYERS": (MIO,),
    "MARKET_SOURCE": (MIO, 2028),
    "MARKET_STATUS": (MIO, 2028),
    "MARKET_CHECK": (MIO,),
    "MARKET_INDICATOR": (MIO,),
}
ERRORS = [
    ("#N/A", -2146826246, ("Nothing of the sort",)),
    ("#VALUE!", -2146826273, (MIO, "then")),
    ("#NUM!", -2146826252, (MIO, 2028.5)),
]


def test_every_function_has_an_example():
    assert set(EXAMPLES) == set(FUNCTIONS)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_function_gives_what_python_gives(excel, name):
    expected = call(name, *EXAMPLES[name])
    rows = expected.tolist() if isinstance(expected, np.ndarray) else expected
    if isinstance(rows, list) and np.size(expected) == 1:
        rows = rows[0][0]
    assert excel.call(name, *EXAMPLES[name]) == rows


def test_the_types_of_variants(excel, capsys):
    table = []
    for label, sentinel, arguments in ERRORS:
        raw = excel.raw("MARKET_SIZE", *arguments)
        assert raw == ["VT_I4", sentinel]
        table.append((label, "alone", *raw))
    years = [[2033], ["then"], [2028.5], [2050]]
    kind, dimensions, cells = excel.raw("MARKET_SIZE", MIO, years)
    assert (kind, dimensions) == ("ARRAY", 2)
    assert [cell for (cell,) in cells] == [
        ["VT_R8", 13.1],
        ["VT_I4", -2146826273],
        ["VT_I4", -2146826252],
        ["VT_I4", -2146826246],
    ]
    table += [(shown(cell), "in a column", *cell) for (cell,) in cells]
    kind, dimensions, cells = excel.raw("MARKET_SIZE", MIO, [[2033, 2050]])
    assert (kind, dimensions, cells) == ("ARRAY", 1, [[["VT_R8", 13.1], ["VT_I4", -2146826246]]])
    table += [(shown(cell), "in a row", *cell) for cell in cells[0]]
    raw = excel.raw("MARKET_STATUS", MIO)
    assert raw == ["VT_BSTR", "reported"]
    table.append(("a text", "alone", *raw))
    with capsys.disabled():
        print("\n\n  in the cell  where        variant  value")
        for label, where, kind, value in table:
            print(f"  {label!s:<11}  {where:<11}  {kind:<7}  {value}")


@pytest.mark.parametrize("error", CellError)
def test_an_error_as_argument_is_passed_on(excel, error):
    assert excel.call("MARKET_SIZE", error, 2028) is error
    assert excel.call("MARKET_SIZE", MIO, [[error, 2033]]) == [[error, 13.1]]


def test_an_omitted_argument_is_the_default_and_an_empty_cell_is_zero(excel):
    assert excel.call("MARKET_SIZE", MIO, MISSING, MISSING, "USD million") == pytest.approx(8600)
    assert excel.call("MARKET_SIZE", MIO, None) is CellError.NUM
    assert excel.call("MARKET_SIZE", MIO, [[None], [2033]]) == [[CellError.NUM], [13.1]]


def test_texts_of_every_alphabet_and_length_arrive(excel):
    assert excel.call("MARKET_SOURCE", "Märkte 市場 🏥") == 'No market is called "Märkte 市場 🏥".'
    assert excel.call("MARKET_SIZE", "x" * 32767) is CellError.NA


def test_a_server_that_died_is_an_rpc_error_and_a_new_connection_answers():
    rpc_server_unavailable = -2147023174
    with WineExcel() as excel:
        assert excel.call("MARKET_SIZE", MIO) == 8.6
        excel.ask("kill")
        with pytest.raises(RuntimeError, match=str(rpc_server_unavailable)):
            excel.call("MARKET_SIZE", MIO)
        # Wine keeps the class of a killed server registered, so a command of another spelling is needed.
        excel.ask("connect", more=" ")
        assert excel.call("MARKET_SIZE", MIO) == 8.6
