"""The functions as a project imports them, without xlwings Server around them."""

import logging
from pathlib import Path

import pytest
import xlwings

from addin import calls
from addin.web.xlwings_server import functions, values
from addin.web.xlwings_server.functions import CellValue, cell_function
from tests.conftest import CATALOG, SECOND, own_reports
from udfs.outcome import Outcome
from udfs.registry import FUNCTIONS
from udfs.values import CellError

MIO = "Medical Imaging Outsourcing"
ERROR = {"type": "Error", "basicType": "Error", "errorType": "Spill", "basicValue": "#SPILL!"}
DATE = {"type": "FormattedNumber", "basicType": "Double", "basicValue": 45292, "numberFormat": "m/d/yyyy"}
CARD = {"type": "Entity", "basicType": "Error", "basicValue": "#VALUE!", "text": "8.6"}
SIZED = CARD | {"properties": {"Size": {"type": "Double", "basicValue": 8.6}}}


def test_a_project_imports_the_functions_and_nothing_else():
    assert sorted(functions.__all__) == sorted(FUNCTIONS)
    assert all(callable(getattr(functions, name)) for name in functions.__all__)


@pytest.mark.parametrize(
    ("sent", "argument"),
    [
        (2028, 2028),
        ("", ""),
        (True, True),
        (DATE, 45292),
        ({"type": "String", "basicType": "String", "basicValue": "CT"}, "CT"),
        ({"type": "Boolean", "basicType": "Boolean", "basicValue": True}, True),
        ({"type": "Empty", "basicType": "Empty", "basicValue": ""}, 0.0),
        (ERROR, CellError.VALUE),
        (ERROR | {"basicValue": "#REF!"}, CellError.REF),
        (SIZED, 8.6),
        (CARD, CellError.VALUE),
        ("__xlwings_not_an_object_handle__", CellError.VALUE),
        ({"type": "WebImage", "address": "https://example.com"}, CellError.VALUE),
        ([2023, 2033], [[2023, 2033]]),
        ([[2023], [None]], [[2023], [None]]),
        ([[DATE, ERROR], [SIZED, ""]], [[45292, CellError.VALUE], [8.6, ""]]),
    ],
)
def test_arguments(sent, argument):
    assert values.argument(sent) == argument


def test_a_failure_is_an_error_with_a_sentence_and_is_logged(caplog):
    with caplog.at_level(logging.ERROR, "marketbook"):
        outcome = cell_function(FUNCTIONS["CAGR_PROJECT"])(1, 2, 3, 4)
    assert outcome.value is CellError.VALUE and "log" in outcome.reason
    assert "CAGR_PROJECT failed on (1, 2, 3, 4)" in caplog.text


@pytest.mark.parametrize("runtime", ["1.2", "1.3", "1.4"])
def test_an_error_card_says_why_it_is_value(runtime):
    with pytest.raises(xlwings.XlwingsError, match="no such method"):
        CellValue.write_value(Outcome(CellError.VALUE, "no such method"), {"runtime": runtime})


def test_a_runtime_without_error_cards_does_not_show_the_reason_as_the_value():
    assert CellValue.write_value(Outcome(CellError.VALUE, "why"), {"runtime": "1.1"}) == [["#VALUE!"]]


def test_a_text_that_looks_like_an_error_stays_a_text():
    """xlwings' own conversion would make an error of it."""
    assert CellValue.write_value(Outcome("#N/A", "a name"), {"runtime": "1.4"}) == [["#N/A"]]


def test_a_new_report_is_there_without_a_restart(tmp_path: Path, monkeypatch):
    with own_reports(tmp_path):
        list_of = cell_function(FUNCTIONS["MARKET_LIST"])
        before = list_of().value
        for report in CATALOG.glob("*.toml"):
            (tmp_path / report.name).write_bytes(report.read_bytes())
        monkeypatch.setattr(calls, "_next_check", 0.0)
        assert SECOND not in before and SECOND in list_of().value
