"""The hosts, each as a fixture that starts it once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from addin.libreoffice import Office
from addin.server.administration import Administration
from markets.catalogs.database import Database
from markets.catalogs.database.bundled import load_bundled
from markets.catalogs.database.schema import upgrade
from markets.catalogs.places import DatabasePlace, ServerPlace
from tests.addin.desktop.wine import WineExcel, required
from tests.addin.web.xlwings_server.running import XlwingsServer
from tests.browser import Browser
from tests.cases.hosts.desktop import DesktopHost
from tests.cases.hosts.libreoffice import LibreOfficeHost
from tests.cases.hosts.makers import MakerHost
from tests.cases.hosts.python import PythonHost
from tests.cases.hosts.web import WebHost
from tests.cases.hosts.xlwings_server import XlwingsServerHost
from tests.postgresql import Postgres
from tests.server import Server


@pytest.fixture(scope="session")
def python() -> PythonHost:
    return PythonHost()


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> MakerHost:
    """The bundled reports in an SQLite database."""
    address = _bundled_in(str(tmp_path_factory.mktemp("cases") / "catalog.db"))
    return MakerHost({"MARKETBOOK_CATALOG": f"sqlite:///{address}"}, DatabasePlace)


@pytest.fixture(scope="session")
def postgresql(postgres: Postgres) -> MakerHost:
    """The bundled reports in PostgreSQL."""
    return MakerHost({"MARKETBOOK_CATALOG": _bundled_in(postgres.database("cases"))}, DatabasePlace)


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakerHost]:
    """The bundled reports in the local copy of a running server."""
    folder = tmp_path_factory.mktemp("cases")
    with _served(folder) as (server, token):
        environment = {
            "MARKETBOOK_CATALOG": server.url,
            "MARKETBOOK_TOKEN": token,
            "XDG_DATA_HOME": str(folder),
        }
        yield MakerHost(environment, ServerPlace)


@contextmanager
def _served(folder: Path) -> Iterator[tuple[Server, str]]:
    """A running server with the bundled reports, and a token for it."""
    address = f"sqlite:///{_bundled_in(str(folder / 'catalog.db'))}"
    administration = Administration(address, "the tests")
    administration.create_workspace("team", "ann@example.com")
    token = administration.make_token("ann@example.com", "cases", 1)
    with Server(address) as server:
        yield server, token


def _bundled_in(address: str) -> str:
    database = Database(address)
    upgrade(database)
    load_bundled(database, "the tests")
    database.close()
    return address


@pytest.fixture(scope="session")
def libreoffice(office: Office) -> LibreOfficeHost:
    return LibreOfficeHost(office)


@pytest.fixture(scope="session")
def desktop() -> Iterator[DesktopHost]:
    required()
    with WineExcel() as excel:
        yield DesktopHost(excel)


@pytest.fixture(scope="session")
def web(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebHost]:
    """The add-in for Office.js, with a team's server."""
    with _served(tmp_path_factory.mktemp("cases")) as (server, token):
        yield WebHost(browser, server.url, token)


@pytest.fixture(scope="session")
def xlwings_server() -> Iterator[XlwingsServerHost]:
    with XlwingsServer() as server, server.client() as client:
        yield XlwingsServerHost(client)
