"""The hosts, each as a fixture that starts it once."""

import pytest

from addin.libreoffice import Office
from tests.cases.hosts.libreoffice import LibreOfficeHost
from tests.cases.hosts.python import PythonHost


@pytest.fixture(scope="session")
def python() -> PythonHost:
    return PythonHost()


@pytest.fixture(scope="session")
def libreoffice(office: Office) -> LibreOfficeHost:
    return LibreOfficeHost(office)
