"""The hosts, each as a fixture that starts it once."""

from collections.abc import Iterator

import pytest

from addin.libreoffice import Office
from tests.addin.desktop.wine import WineExcel, required
from tests.cases.hosts.desktop import DesktopHost
from tests.cases.hosts.libreoffice import LibreOfficeHost
from tests.cases.hosts.python import PythonHost


@pytest.fixture(scope="session")
def python() -> PythonHost:
    return PythonHost()


@pytest.fixture(scope="session")
def libreoffice(office: Office) -> LibreOfficeHost:
    return LibreOfficeHost(office)


@pytest.fixture(scope="session")
def desktop() -> Iterator[DesktopHost]:
    required()
    with WineExcel() as excel:
        yield DesktopHost(excel)
