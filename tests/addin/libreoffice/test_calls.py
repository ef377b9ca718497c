import logging
import math
from pathlib import Path

import pytest

from addin.libreoffice import calls
from addin.libreoffice.values import from_calc
from markets.catalogs.folders import BUNDLED
from udfs import catalog
from udfs.registry import FUNCTIONS
from udfs.values import CellError

MARKET = "Medical Imaging Outsourcing"


def test_every_function_can_be_called_with_all_arguments_omitted_but_the_first() -> None:
    called = calls.functions()
    assert list(called) == list(FUNCTIONS)
    for name, function in FUNCTIONS.items():
        rows = called[name](MARKET, *[None] * (len(function.parameters) - 1))
        assert all(type(cell) in (float, str) for row in rows for cell in row)


def test_ranges_arrive_as_rows() -> None:
    rows = calls.functions()["MARKET_SIZE"](MARKET, ((2023.0,), ("",), ("2033",)), *[None] * 5)
    assert from_calc(rows) == [[8.6], [CellError.NUM], [13.1]]


def test_a_failure_is_value_and_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="marketbook"):
        ((cell,),) = calls.functions()["MARKET_SIZE"](*[MARKET] * 20)  # more than it takes
    assert isinstance(cell, float)
    assert math.isnan(cell)
    assert from_calc(cell) is CellError.VALUE
    assert "MARKET_SIZE failed" in caplog.text


def test_new_facts_are_seen_but_not_looked_for_at_each_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARKETBOOK_CATALOG", str(tmp_path))
    clock = iter([100.0, 100.0, 100.0, 101.0, 104.0, 104.0, 104.0])
    monkeypatch.setattr("addin.calls.time.monotonic", lambda: next(clock))
    monkeypatch.setattr("addin.calls._next_check", 0.0)
    market_list = calls.functions()["MARKET_LIST"]
    try:
        assert ("Other",) not in market_list(None)
        report = next(BUNDLED.glob("medical*.toml")).read_text(encoding="utf-8")
        (tmp_path / "other.toml").write_text(report.replace(f'name = "{MARKET}"', 'name = "Other"', 1))
        assert ("Other",) not in market_list(None)
        assert ("Other",) in market_list(None)
    finally:
        monkeypatch.undo()
        catalog.reload()
