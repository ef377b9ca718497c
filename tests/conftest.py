"""Fixtures that several folders share."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page

from addin.libreoffice import Office
from markets import Market
from markets.catalogs.folders import BUNDLED
from tests.browser import Browser
from tests.libreoffice import required
from tests.oidc import Provider
from tests.postgresql import Postgres
from udfs import catalog
from workbook.template import write_workbook

CATALOG = Path(__file__).parent / "catalog"
SHARED = Path(__file__).parents[2] / "shared"
SEED = "Medical Imaging Outsourcing"
SECOND = "Espresso Machines (Europe)"

collect_ignore = ["calc_session.py", "workbook/calc_edits.py"]  # run in LibreOffice's Python


@pytest.fixture(autouse=True, scope="session")
def _no_reports_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Only the bundled reports count, in this process and in those that it starts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MARKETBOOK_CATALOG", str(tmp_path_factory.mktemp("catalog")))
        catalog.reload()
        yield


@pytest.fixture
def seed() -> Market:
    return catalog.catalog().market(SEED)


@pytest.fixture
def second(two_markets: None) -> Market:
    """The market made up for the tests."""
    return catalog.catalog().market(SECOND)


@pytest.fixture
def two_markets() -> Iterator[None]:
    """The market made up for the tests stands beside the bundled one, as a user's own report."""
    with own_reports():
        yield


@pytest.fixture(scope="module")
def office_with_two_markets() -> Iterator[Office]:
    """A LibreOffice, and this process, with the reports of `two_markets`."""
    required()
    with own_reports(), Office() as running:
        yield running


@contextmanager
def own_reports(folder: Path = CATALOG) -> Iterator[None]:
    """A user's reports lie in a folder, for this process and those that it starts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MARKETBOOK_CATALOG", str(folder))
        catalog.reload()
        yield
    catalog.reload()


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """A running LibreOffice with Marketbook's functions, started once a session."""
    required()
    with Office() as running:
        yield running


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real test data, which lies beside the checkout."""
    if not SHARED.is_dir():
        if os.environ.get("CI"):
            pytest.fail("The folder ../shared with the test data is missing.")
        pytest.skip("The folder ../shared with the test data is missing.")
    return SHARED


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A new workbook about the bundled report."""
    path = tmp_path / "book.xlsx"
    write_workbook(path, SEED)
    return path


@pytest.fixture
def newer_report(tmp_path: Path) -> Iterator[None]:
    """A later edition of the bundled report, as a user's own: another size, one player more."""
    text = (BUNDLED / "medical-imaging-outsourcing.toml").read_text(encoding="utf-8")
    text = text.replace('"13.1"', '"13.4"').replace("2025-11-13", "2026-05-01")
    text += '\n[[players]]\nname = "Newcomer Imaging"\nat = "line 14"\n'
    folder = tmp_path / "catalog"
    folder.mkdir()
    (folder / "newer.toml").write_text(text, encoding="utf-8")
    with own_reports(folder):
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A running PostgreSQL, started once a session; a test takes a database of its own from it."""
    with Postgres() as running:
        yield running


@pytest.fixture(scope="session")
def provider() -> Iterator[Provider]:
    """A running OpenID provider, started once a session; a test allows its own callbacks there."""
    with Provider() as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A running Chromium, started once a session."""
    with Browser() as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in the browser, with cookies of its own."""
    with browser.page() as opened:
        yield opened
