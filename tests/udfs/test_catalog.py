"""Answers are remembered, and neither a type nor a change of the catalog makes a wrong one stay."""

import threading
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from markets import Market
from markets.catalogs.folders import BUNDLED
from markets.catalogs.places import FolderPlace
from tests.conftest import SEED
from udfs import cagr_project, catalog, market_list, market_size
from udfs.values import CellError


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    catalog.reload()
    yield
    catalog.reload()


@pytest.mark.parametrize(
    "year",
    [
        np.int64(2033),
        np.float64(2033),
        np.str_("2033"),
        Decimal(2033),
        Fraction(2033),
        np.array(2033),
        np.uint16(2033),
    ],
    ids=lambda year: type(year).__name__,
)
def test_a_number_of_another_kind_is_the_same_year_before_and_after(year: Any) -> None:
    assert market_size(SEED, year) == 13.1
    assert market_size(SEED, 2033.0) == 13.1
    assert market_size(SEED, year) == 13.1
    assert type(cagr_project(np.float64(2), 0, 1)) is float


def test_what_is_refused_for_its_type_is_not_refused_for_its_value() -> None:
    assert market_size(SEED, complex(2033, 0)) is CellError.VALUE
    assert market_size(SEED, 2033.0) == 13.1
    assert market_size(SEED, 2030.0) == pytest.approx(11.5462, abs=1e-4)
    assert market_size(SEED, 2030) == market_size(SEED, 2030.0)


def test_pandas_columns_are_columns_and_frames_are_their_cells() -> None:
    years = pd.Series([2023, 2033], index=["a", "b"])
    assert market_size(SEED, years).tolist() == [[8.6], [13.1]]
    assert market_size(SEED, pd.Index([2023, 2033])).tolist() == [[8.6], [13.1]]
    assert market_size(SEED, pd.DataFrame({"x": [2023, 2024], "y": ["2033", None]})).shape == (2, 2)
    assert market_size(SEED, pd.Series(["2023", None, float("nan")], dtype=object)).tolist() == [
        [8.6],
        [CellError.NUM],
        [CellError.NUM],
    ]
    assert market_size(SEED, float("nan")) is CellError.NUM
    assert cagr_project(pd.Series([100.0, 200.0]), 0.1, 1).round(6).tolist() == [[110.0], [220.0]]


def test_a_call_under_way_during_a_reload_leaves_no_old_answer_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARKETBOOK_CATALOG", str(tmp_path))
    catalog.reload()
    asked, changed = threading.Event(), threading.Event()
    size = Market.size

    def slowly(self: Market, *arguments: Any) -> Any:
        asked.set()
        assert changed.wait(10)
        return size(self, *arguments)

    monkeypatch.setattr(Market, "size", slowly)
    answers: list[Any] = []
    thread = threading.Thread(target=lambda: answers.append(market_size(SEED, 2033)))
    thread.start()
    assert asked.wait(10)
    text = next(BUNDLED.glob("medical*.toml")).read_text(encoding="utf-8")
    newer = text.replace('"13.1"', '"13.4"').replace("2025-11-13", "2026-05-01")
    (tmp_path / "newer.toml").write_text(newer, encoding="utf-8")
    assert catalog.reload_if_changed()
    changed.set()
    thread.join(10)
    assert answers == [13.1]
    assert market_size(SEED, 2033) == 13.4


def test_an_unchanged_catalog_is_not_opened_again() -> None:
    assert [SEED] in market_list().tolist()
    opened = catalog.catalog()
    assert not catalog.reload_if_changed()
    assert catalog.catalog() is opened


def test_a_catalog_that_cannot_be_opened_is_an_error_in_the_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(place: FolderPlace, as_of: None) -> None:
        raise OSError("the disk is on fire")

    monkeypatch.setattr(FolderPlace, "open", fail)
    monkeypatch.setattr(catalog, "reading", catalog.Reading())
    assert market_size(SEED, 2033) is CellError.VALUE
    assert market_size.outcome(SEED, 2033).reason == "An unexpected error occurred. See the log for details."


def test_the_first_question_of_one_person_does_not_disturb_that_of_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alone = catalog.Reading()
    monkeypatch.setattr(catalog, "reading", alone)
    with catalog.answer_several().using(catalog.Reading()):
        monkeypatch.setattr(catalog, "reading", alone)  # as a thread saw it that asks at the same moment
        catalog.answer_several()
        assert market_size(SEED, 2033) == 13.1
