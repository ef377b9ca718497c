"""The real xlwings Server, started once for these tests."""

from collections.abc import Iterator

import pytest

from tests.addin.web.xlwings_server.panes import live_cells
from tests.addin.web.xlwings_server.running import XlwingsServer
from tests.browser import Browser
from tests.web.cells import LiveCells


@pytest.fixture(scope="package")
def server() -> Iterator[XlwingsServer]:
    with XlwingsServer() as running:
        yield running


@pytest.fixture
def live(server: XlwingsServer, browser: Browser) -> Iterator[LiveCells]:
    """Cells that xlwings' own script calculates."""
    with live_cells(browser, server) as cells:
        yield cells
