"""A batch of calls: what the scripts send, and what they get."""

import json
from typing import Any
from unittest.mock import patch

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.http_failures import TooMuch
from addin.web import calls
from addin.web.calls import MOST_CALLS, Batch, answers
from addin.web.values import LONGEST_TEXT, Rows, shown
from markets.errors import BadArgument
from udfs.outcome import Outcome
from udfs.registry import FUNCTIONS

M = "Medical Imaging Outsourcing"
OUTSIDE = (
    "2050 is outside the period that the source covers. It states sizes for 2023 and 2033, "
    "and a CAGR for 2024-2033."
)


def asked(*groups: dict[str, Any]) -> Any:
    """The answers to a batch, through JSON both ways."""
    batch = msgspec.json.decode(json.dumps({"groups": groups}), type=Batch)
    return json.loads(msgspec.json.encode(answers(batch)))["groups"]


def one(function: str, *arguments: Any) -> Any:
    """What one cell gets."""
    ((value,),) = (
        group["values"]
        for group in asked({"function": function, "count": 1, "arguments": [[each] for each in arguments]})
    )
    return value


def test_a_column_with_one_value_is_the_same_for_all_calls() -> None:
    (group,) = asked({"function": "MARKET_SIZE", "count": 3, "arguments": [[M], [2023, 2033, 2028]]})
    assert group["values"] == [8.6, 13.1, pytest.approx(10.6141, abs=1e-4)]


def test_groups_are_answered_in_their_order() -> None:
    found = asked(
        {"function": "MARKET_STATUS", "count": 2, "arguments": [[M], [2023, 2028]]},
        {"function": "CAGR_PROJECT", "count": 1, "arguments": [[100], [0.1], [1]]},
        {"function": "MARKET_LIST", "count": 1},
    )
    assert [group["values"] for group in found[:2]] == [["reported", "interpolated"], [pytest.approx(110)]]
    assert [M] in found[2]["values"][0]["rows"]


def test_a_failure_is_an_error_value_with_its_sentence() -> None:
    assert one("MARKET_SIZE", M, 2050) == {"error": "#N/A", "message": OUTSIDE}
    assert one("MARKET_SIZE", M, "soon")["error"] == "#VALUE!"
    assert one("MARKET_SIZE", M, 0)["error"] == "#NUM!"


def test_an_argument_that_is_an_error_is_passed_on() -> None:
    assert one("MARKET_SIZE", M, {"error": "#DIV/0!"})["error"] == "#DIV/0!"
    assert one("MARKET_SIZE", M, {"error": "#SPILL!"})["error"] == "#VALUE!"


def test_a_range_is_answered_cell_by_cell_and_an_error_in_it_stays_where_it_is() -> None:
    rows = [[2023, 2033], [{"error": "#REF!"}, 2050]]
    assert one("MARKET_SIZE", M, {"rows": rows}) == {
        "rows": [[8.6, 13.1], [{"error": "#REF!", "message": 0}, {"error": "#N/A", "message": 1}]],
        "messages": ["The argument year is #REF!.", OUTSIDE],
    }


def test_a_gap_in_a_table_says_why() -> None:
    found = one("SEGMENT_TABLE", M, "Device")
    name, *gaps = found["rows"][1]
    assert name == "Positron Emission Tomography"
    assert [gap["error"] for gap in gaps] == ["#N/A"] * 4
    share = "No share or size of Positron Emission Tomography is stated."
    cagr = "The source states no CAGR of Positron Emission Tomography."
    assert [found["messages"][gap["message"]] for gap in gaps] == [share, share, cagr, share]
    assert found["rows"][0][:2] == ["Computed Tomography", 0.653]


def test_thousands_of_cells_share_a_message() -> None:
    column = [[year] for year in (2050, 2023) for _ in range(5000)]
    found = one("MARKET_SIZE", M, {"rows": column})
    assert found["rows"] == [[{"error": "#N/A", "message": 0}]] * 5000 + [[8.6]] * 5000
    assert found["messages"] == [OUTSIDE]
    assert "messages" not in one("MARKET_STATUS", M, {"rows": [[2023], [2028]]})


def test_an_omitted_argument_and_a_blank_text_are_the_default() -> None:
    assert one("MARKET_SIZE", M, None) == one("MARKET_SIZE", M, "") == one("MARKET_SIZE", M) == 8.6


@pytest.mark.parametrize(
    ("group", "sentence"),
    [
        ({"function": "SUM", "count": 1, "arguments": [[1]]}, 'No function is called "SUM".'),
        ({"function": "MARKET_SIZE", "count": 3, "arguments": [[M], [2023, 2024]]}, "are not 3 calls"),
        ({"function": "MARKET_SIZE", "count": 1, "arguments": [[M]] * 9}, "takes at most 7 arguments"),
        ({"function": "MARKET_SIZE", "count": -1, "arguments": [[M]]}, "are not -1 calls"),
        ({"function": "MARKET_SIZE", "count": MOST_CALLS + 1, "arguments": [[M]]}, "at most 50,000 calls"),
        ({"function": "MARKET_SIZE", "count": 1, "arguments": [[{"rows": []}]]}, "not the value of a cell"),
        ({"function": "MARKET_SIZE", "count": 1, "arguments": [[{"rows": [1]}]]}, "not the value of a cell"),
        (
            {"function": "MARKET_SIZE", "count": 1, "arguments": [[{"rows": [[1], [1, 2]]}]]},
            "not the value of a cell",
        ),
        ({"function": "MARKET_SIZE", "count": 1, "arguments": [[{"error": 5}]]}, "not the value of a cell"),
        ({"function": "MARKET_SIZE", "count": 1, "arguments": [[[1]]]}, "not the value of a cell"),
    ],
)
def test_a_batch_that_is_not_one_is_refused_in_a_sentence(group: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadArgument, match=sentence.replace(".", r"\.")):
        asked(group)


def test_an_answer_does_not_grow_without_end() -> None:
    wide = {"rows": [[year for _ in range(1000) for year in (2023, 2033)]]}
    growing = {
        "function": "MARKET_SIZE",
        "count": 1001,
        "arguments": [[M], [wide], ["" for _ in range(1001)]],
    }
    with pytest.raises(TooMuch, match=r"more than 2,000,000 cells at once\. Use smaller ranges\.$"):
        asked(growing)
    assert len(asked({**growing, "count": 2, "arguments": [[M], [wide]]})[0]["values"]) == 2


def test_a_batch_does_not_keep_others_waiting_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "MOST_SECONDS", -1.0)
    with pytest.raises(TooMuch, match="take too long at once"):
        asked({"function": "MARKET_SIZE", "count": 2, "arguments": [[M], [2023, 2033]]})
    assert one("MARKET_SIZE", M, 2023) == 8.6, "a call alone is answered, however long it takes"


def test_a_call_that_fails_unexpectedly_takes_no_other_with_it() -> None:
    function, outcome = FUNCTIONS["MARKET_SIZE"], FUNCTIONS["MARKET_SIZE"].outcome

    def failing(*arguments: Any) -> Any:
        if arguments[1] == 2028:
            raise RuntimeError("a fault of ours")
        return outcome(*arguments)

    with patch.object(type(function), "outcome", lambda _, *arguments: failing(*arguments)):
        (group,) = asked({"function": "MARKET_SIZE", "count": 3, "arguments": [[M], [2023, 2028, 2033]]})
    first, failed, last = group["values"]
    assert (first, last) == (8.6, 13.1)
    assert failed["error"] == "#VALUE!"
    assert "fault of ours" not in failed["message"]


_CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=30),
    st.sampled_from([{"error": "#N/A"}, {"error": "#BUSY!"}]),
)
_ROWS = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(_CELLS, min_size=width, max_size=width), min_size=1, max_size=3)
)
_ARGUMENTS = _CELLS | _ROWS.map(lambda rows: {"rows": rows})


@given(st.sampled_from(sorted(FUNCTIONS)), st.data())
def test_whatever_cells_hold_there_is_an_answer_that_a_cell_can_show(name: str, data: st.DataObject) -> None:
    most = len(FUNCTIONS[name].parameters)
    value = one(name, *data.draw(st.lists(_ARGUMENTS, max_size=most)))
    if isinstance(value, dict):
        kinds = ({"error", "message"}, {"rows"}, {"rows", "messages"}, {"entity", "number"})
        assert value.keys() in kinds
        told = [*value.get("messages", []), value.get("message", "")]
        assert not any("failed unexpectedly" in message for message in told)
    else:
        assert isinstance(value, float | str)


def test_a_text_is_no_longer_than_a_cell() -> None:
    long = Outcome("x" * (LONGEST_TEXT + 1), "")
    table = Outcome(np.array([[long.value, 1.0]], dtype=object), "")
    assert shown(long) == "x" * LONGEST_TEXT
    assert shown(table) == Rows([["x" * LONGEST_TEXT, 1.0]])


def test_a_card_is_an_entity_beside_its_number() -> None:
    found = one("MARKET_CARD", M, 2028)
    assert found["number"] == pytest.approx(10.6141, abs=1e-4)
    assert found["entity"]["type"] == "Entity"
    assert found["entity"]["properties"]["Status"]["basicValue"] == "interpolated"
    assert one("MARKET_CARD", M, 2050)["error"] == "#N/A"


def test_cards_of_a_range_stand_where_their_sizes_do() -> None:
    ((first, missing),) = one("MARKET_CARD", M, {"rows": [[2023, 2050]]})["rows"]
    assert first["entity"]["text"] == "8.6"
    assert missing == {"error": "#N/A", "message": 0}
