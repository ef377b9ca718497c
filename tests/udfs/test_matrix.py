"""MARKET_MATRIX: what it says about a seed that does not fit, and which cells count as blank."""

from typing import Any

import numpy as np
import pytest

from tests.conftest import SEED
from udfs import market_matrix
from udfs.values import CellError

ONES = [[1.0, 1.0, 1.0]] * 3


def asked(seed: Any) -> Any:
    return market_matrix.outcome(SEED, "Device", "End User", seed=seed)


@pytest.mark.parametrize(
    ("seed", "error", "told"),
    [
        ([["CT", 1.0, 1.0], *ONES[1:]], CellError.VALUE, 'text "CT", not a number. Use 3 rows and 3 columns'),
        ([["", "A", "B", "C"], *[["x", *row] for row in ONES]], CellError.VALUE, "without the names"),
        (
            [[1.0, 1.0]],
            CellError.VALUE,
            "3 rows and 3 columns, one for each segment of Device and of End User",
        ),
        (5.0, CellError.VALUE, "3 rows and 3 columns"),
        ([[-1.0, 1.0, 1.0], *ONES[1:]], CellError.NUM, "-1 for Computed Tomography and Hospitals"),
        (
            [*ONES[:2], [None, "", None]],
            CellError.NUM,
            "0 everywhere for Magnetic Resonance Imaging, with 17.35%",
        ),
        (
            [[1.0, 0.0, 0.0], [0.0, 1.0, 1.0], [0.0, 1.0, 1.0]],
            CellError.NUM,
            "leave Computed Tomography, with 65.3% of the market, only Hospitals, with 63.4%",
        ),
    ],
)
def test_a_seed_that_does_not_fit_is_refused_with_its_place(seed: Any, error: CellError, told: str) -> None:
    outcome = asked(seed)
    assert outcome.value is error
    assert told in outcome.reason


@pytest.mark.parametrize("blank", [None, "", 0.0, [[None, ""], [None, None]]])
def test_a_blank_seed_is_none(blank: Any) -> None:
    assert np.array_equal(asked(blank).value, market_matrix(SEED, "Device", "End User"))
    assert "independent" in asked(blank).reason


def test_the_columns_and_the_rows_have_the_names_of_segments_if_asked() -> None:
    table = market_matrix(SEED, "Device", "End User", unit="USD mn", headers=True)
    assert table[0].tolist() == ["Size (USD million)", "Hospitals", "Diagnostic Centers", "Others"]
    assert table[1:, 0].tolist()[0] == "Computed Tomography"
    assert table[1:, 1:].astype(float) == pytest.approx(
        1000 * market_matrix(SEED, "Device", "End User").astype(float)
    )
