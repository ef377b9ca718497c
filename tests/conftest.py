"""Fixtures that several folders share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from markets import Market
from udfs import catalog

CATALOG = Path(__file__).parent / "catalog"
SHARED = Path(__file__).parents[2] / "shared"
SEED = "Medical Imaging Outsourcing"
SECOND = "Espresso Machines"


@pytest.fixture(autouse=True)
def _bundled_reports_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No test reads the reports of whoever runs it."""
    monkeypatch.setenv("MARKETBOOK_CATALOG", str(tmp_path / "no catalog"))
    catalog.reload()
    yield
    catalog.reload()


@pytest.fixture
def seed() -> Market:
    return catalog.catalog().market(SEED)


@pytest.fixture
def second(monkeypatch: pytest.MonkeyPatch) -> Market:
    """The market made up for the tests, beside the bundled one, as a user's own report."""
    monkeypatch.setenv("MARKETBOOK_CATALOG", str(CATALOG))
    return catalog.reload().market(SECOND)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real test data, which lies beside the checkout."""
    if not SHARED.is_dir():
        if os.environ.get("CI"):
            pytest.fail("The folder ../shared with the test data is missing.")
        pytest.skip("The folder ../shared with the test data is missing.")
    return SHARED
