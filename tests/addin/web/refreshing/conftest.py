"""Excel on the web with the add-in of a real server, for the tests of a refresh there."""

from collections.abc import Iterator

import pytest

from tests.addin.web.refreshing.in_browser import Open, excel_on_the_web
from tests.browser import Browser
from tests.excel_server import ExcelServer

pytest.register_assert_rewrite("tests.addin.web.refreshing.both")


@pytest.fixture(scope="module")
def excel_server() -> Iterator[ExcelServer]:
    with ExcelServer() as running:
        yield running


@pytest.fixture(scope="module")
def on_the_web(browser: Browser, excel_server: ExcelServer) -> Iterator[Open]:
    """Excel on the web, in which tests open one workbook after the other."""
    with excel_on_the_web(browser, excel_server) as opened:
        yield opened
