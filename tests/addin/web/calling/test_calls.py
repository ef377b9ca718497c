"""What cells ask, what is sent for them, and what they show."""

import itertools
from typing import Any

import pytest

from tests.addin.web.calling.conftest import Counted, M, Opened
from tests.web.arguments import EMPTY
from tests.web.cells import Call, Refused
from udfs.values import CellError

CALL_DIRECTLY = """async (code) => {
  const { call } = await import("/excel/scripts/batching.js");
  await call("CAGR_PROJECT", [1, eval(code), 1]).catch(() => {});
}"""
ARRIVING = """async ([every, count]) => {
  const { call } = await import("/excel/scripts/batching.js");
  window.values = [];
  const timer = setInterval(() => {
    values.push(call("CAGR_PROJECT", [1, 0, values.length]));
    if (values.length === count) {
      clearInterval(timer);
    }
  }, every);
}"""
OMITTED = [None] * 5


def error(code: CellError) -> dict[str, str]:
    """An error inside of a matrix, as office.js gives it to Excel (which adds its own sentence or none)."""
    return {
        "basicType": "Error",
        "type": "Error",
        "basicValue": code.value,
        "valueType": "CustomFunctionError",
    }


def without_message(cell: Any) -> Any:
    return {key: cell[key] for key in error(CellError.NA)} if isinstance(cell, dict) else cell


def sizes(*years: Any) -> list[Call]:
    return [("MARKET_SIZE", [M, year, *OMITTED]) for year in years]


def test_equal_calls_are_sent_once(live: Counted) -> None:
    shown = live.calculate(sizes(*[2023, 2033] * 500))
    assert shown == [[[8.6]], [[13.1]]] * 500
    assert len(live.requests) == 1 and live.asked == 2


def test_calls_are_sent_by_columns(live: Counted) -> None:
    live.calculate(sizes(2023, "2028", EMPTY, True))
    ((group,),) = live.groups
    assert group == {
        "function": "MARKET_SIZE",
        "count": 4,
        "arguments": [[M], [2023, "2028", 0, True]],
    }


ALIKE = ("T", True, False, "1;", 1, "1:a", "", None, "2:aa", "a", "a:a", "é", "\u0000", "#N/A", CellError.NA)


def test_arguments_that_look_alike_are_different_calls(live: Counted) -> None:
    pairs = list(itertools.product(ALIKE, repeat=2))
    live.calculate([("SEGMENT_LIST", pair) for pair in pairs])
    assert live.asked == len(pairs)


def test_a_range_of_many_cells_is_sent_once(live: Counted) -> None:
    own = [["Segment", "Measure", "Year", "Value"], [None, "CAGR", None, 0.06]]
    calls: list[Call] = [
        ("MARKET_SIZE", [M, year, None, None, None, one, None])
        for one in (own, None)
        for year in (2023, 2033)
    ]
    first, second, third, fourth = live.calculate(calls)
    assert (first, third, fourth) == ([[8.6]], [[8.6]], [[13.1]])
    assert second == [[pytest.approx(8.6 * 1.06**10)]]
    ((with_range, without),) = live.groups
    assert with_range["arguments"][1:] == [[2023, 2033], [None], [None], [None], [{"rows": own}]]
    assert without["arguments"] == [[M], [2023, 2033]]


LARGE = """async () => {
  const args = (n) => [[[1]], [[1]], [[n / 1000]]];
  const shown = await standIn.calculate(Array.from({ length: 100_000 }, (_, n) => ["CAGR_PROJECT", args(n)]));
  const wrong = shown.filter(({ value }, n) => Math.abs(value[0][0] / 2 ** (n / 1000) - 1) > 1e-12);
  return [shown.length, wrong.length];
}"""


def test_a_large_batch_is_cut_and_each_cell_gets_its_own_value(live: Counted) -> None:
    assert live.page.evaluate(LARGE) == [100_000, 0]
    assert live.asked == 100_000 and len(live.requests) == 5


def test_a_batch_with_long_texts_is_cut_by_its_size(live: Counted) -> None:
    live.calculate([("CAGR_PROJECT", [f"{'ä' * 1000} {n}", 1, 1]) for n in range(2500)])
    lengths = [len(request.post_data_buffer or b"") for request in live.requests]
    assert live.asked == 2500 and len(lengths) == 4 and max(lengths) <= 2_000_000


def test_an_error_has_its_sentence(live: Counted) -> None:
    asked = [("Nothing", 2023), (M, "soon"), (M, 0)]
    assert live.calculate([("MARKET_SIZE", [name, year, *OMITTED]) for name, year in asked]) == [
        Refused(CellError.NA, 'No market is called "Nothing".'),
        Refused(CellError.VALUE, 'The argument year is the text "soon", not a number.'),
        Refused(CellError.NUM, "0 is not a year from 1900 to 2200."),
    ]


@pytest.mark.parametrize("code", list(CellError))
def test_an_error_as_an_argument_is_passed_on(live: Counted, code: CellError) -> None:
    """As the reason of a rejected promise, office.js would make #VALUE! of #REF! and #NAME?."""
    shown = live.show("MARKET_SIZE", M, code, *OMITTED)
    if isinstance(shown, Refused):
        assert shown.error is code
    else:
        assert [list(map(without_message, row)) for row in shown] == [[error(code)]]
        assert code in (CellError.REF, CellError.NAME)


def test_an_array_has_errors_inside(live: Counted) -> None:
    shown = live.show("MARKET_SIZE", M, [[2023, 2040], [CellError.DIV0, None]], *OMITTED)
    assert not isinstance(shown, Refused)
    assert [list(map(without_message, row)) for row in shown] == [
        [8.6, error(CellError.NA)],
        [error(CellError.DIV0), error(CellError.NUM)],
    ]
    assert shown[0][1]["message"].startswith("2040 is outside the period that the source covers.")


@pytest.mark.parametrize(
    ("argument", "sent"),
    [
        ("[[new CustomFunctions.Error('#NUM!')]]", {"error": "#NUM!"}),
        ("[[{type: 'Error', basicType: 'Error', basicValue: '#SPILL!'}]]", {"error": "#SPILL!"}),
        ("[[{type: 'FormattedNumber', basicType: 'Double', basicValue: 2028, numberFormat: '0'}]]", 2028),
        ("[[{type: 'String', basicType: 'String', basicValue: 'CT'}]]", "CT"),
        ("[[{type: 'Empty', basicType: 'Empty', basicValue: ''}]]", 0),
        ("[[{type: 'Entity', text: '8.6', properties: {Size: {type: 'Double', basicValue: 8.6}}}]]", 8.6),
        ("[[{type: 'LinkedEntity', basicType: 'Error', basicValue: '#VALUE!'}]]", {"error": "#VALUE!"}),
        ("[[{type: 'Array', elements: []}]]", {"error": "#VALUE!"}),
        ("[[null]]", 0),
        ("[['\\ud83d\\udca3 \\ud83d \\udca3']]", "💣 \ufffd \ufffd"),
        ("[[{type: 'String', basicType: 'String', basicValue: '\\ud800'}]]", "\ufffd"),
        ("[[NaN]]", {"error": "#NUM!"}),
        ("undefined", None),
        (
            "[[1, null], ['', {type: 'Error', basicValue: '#N/A'}]]",
            {"rows": [[1, None], ["", {"error": "#N/A"}]]},
        ),
    ],
)
def test_what_excel_passes_is_sent_as_the_server_takes_it(live: Counted, argument: str, sent: Any) -> None:
    live.page.evaluate(CALL_DIRECTLY, argument)
    ((group,),) = live.groups
    assert group["arguments"] == [[1], [sent], [1]]


def test_a_card_is_an_entity_and_the_number_where_excel_has_no_data_types(live: Counted) -> None:
    entity = live.show("MARKET_CARD", M, 2028, None)
    assert not isinstance(entity, Refused)
    assert (
        entity[0][0]["type"] == "Entity"
        and entity[0][0]["properties"]["Status"]["basicValue"] == "interpolated"
    )
    live.page.evaluate("standIn.hasDataTypes = false")
    number = live.show("MARKET_CARD", M, 2028, None)
    live.page.evaluate("standIn.hasDataTypes = true")
    assert number == [[entity[0][0]["properties"]["Size"]["basicValue"]]]


@pytest.mark.parametrize(
    ("every", "count", "sent"),
    [
        pytest.param(2, 30, [30], id="as long as calls arrive they are gathered"),
        pytest.param(2, 120, [51, 51, 18], id="but none waits for longer than 100 ms"),
        pytest.param(10, 3, [1, 1, 1], id="a call that comes later is another request"),
    ],
)
def test_calls_are_gathered(
    opened_cells: Opened, token: str, every: int, count: int, sent: list[int]
) -> None:
    with opened_cells(token, with_clock=True) as live:
        live.page.clock.pause_at("2100-01-01")
        live.page.evaluate(ARRIVING, [every, count])
        live.page.clock.run_for(every * count + 200)
        assert live.page.evaluate("Promise.all(values)") == [[[1]]] * count
        assert [group["count"] for groups in live.groups for group in groups] == sent
