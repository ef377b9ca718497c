"""Calls as Excel makes them: xlwings' own DLL and COM server under Wine, raw variants out."""

import numpy as np
import pytest

from addin.desktop.ribbon import ACTIONS
from tests.addin.desktop.vba.cells import cell_value
from tests.addin.desktop.wine import MISSING, WineExcel, needs_wine, run_python
from udfs.registry import FUNCTIONS, call
from udfs.values import CellError

pytestmark = needs_wine

MIO = "Medical Imaging Outsourcing"
EXAMPLES = {
    "MARKET_SIZE": (MIO, 2028),
    "SEGMENT_SHARE": (MIO, "CT", 2023),
    "CAGR_PROJECT": (8.6, 0.043, 10),
    "MARKET_CAGR": (MIO,),
    "MARKET_SERIES": (MIO, "", 2023, 2033),
    "SEGMENT_TABLE": (MIO, "Device"),
    "MARKET_LIST": ("imaging",),
    "SEGMENT_LIST": (MIO, "Device"),
    "KEY_PLAYERS": (MIO,),
    "MARKET_SOURCE": (MIO, 2028),
    "MARKET_STATUS": (MIO, 2028),
    "MARKET_CARD": (MIO, 2028),
    "MARKET_CHECK": (MIO,),
    "MARKET_INDICATOR": (MIO,),
    "MARKET_INFO": (MIO, "unit"),
    "MARKET_GROWTH": (MIO, 2028),
    "SEGMENT_RANK": (MIO, "Device", 1),
    "MARKET_RANGE": (MIO,),
    "SEGMENT_RANGE": (MIO, "CT"),
    "MARKET_MATRIX": (MIO, "Device", "End User"),
    "SOURCE_TABLE": (MIO,),
}
ERRORS = [
    (CellError.NA, -2146826246, ("Nothing of the sort",)),
    (CellError.VALUE, -2146826273, (MIO, "then")),
    (CellError.NUM, -2146826252, (MIO, 2028.5)),
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


def test_the_types_of_variants_and_what_the_vba_makes_of_them(excel, capsys):
    table = []
    for error, sentinel, arguments in ERRORS:
        raw = excel.raw("MARKET_SIZE", *arguments)
        assert raw == ["VT_I4", sentinel]
        table.append(("alone", raw, cell_value(raw)))
        assert table[-1][2] is error
    raw = excel.raw("MARKET_SIZE", MIO, [[2033], ["then"], [2028.5], [2050]])
    assert raw[:2] == ["ARRAY", 2]
    sizes = ["VT_R8", 13.1]
    assert raw[2] == [
        [sizes],
        *([["VT_I4", sentinel]] for sentinel in (-2146826273, -2146826252, -2146826246)),
    ]
    assert cell_value(raw) == [[13.1], [CellError.VALUE], [CellError.NUM], [CellError.NA]]
    column = zip(raw[2], cell_value(raw), strict=True)
    table += [("in a column", variant, shown) for (variant,), (shown,) in column]
    raw = excel.raw("MARKET_SIZE", MIO, [[2033, 2050]])
    assert raw == ["ARRAY", 1, [[sizes, ["VT_I4", -2146826246]]]]
    table += [("in a row", *cells) for cells in zip(raw[2][0], cell_value(raw)[0], strict=True)]
    raw = excel.raw("MARKET_STATUS", MIO)
    assert raw == ["VT_BSTR", "reported"]
    table.append(("alone", raw, cell_value(raw)))
    with capsys.disabled():
        print("\n\n  where        variant  value        in the cell")
        for where, (kind, value), shown in table:
            print(f"  {where:<11}  {kind:<7}  {value!s:<11}  {shown!s}")


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


def test_the_ribbon_can_be_reached_in_the_windows_python():
    printed = run_python("from addin.desktop import button, ribbon\nprint(*sorted(ribbon.ACTIONS))")
    assert set(printed.split()) == set(ACTIONS)
