"""What tests of several packages share."""

from collections.abc import Iterator

import pytest

from addin.libreoffice import Office
from tests.libreoffice import required


@pytest.fixture(autouse=True, scope="session")
def no_reports_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Only the bundled reports count, in this process and in those that it starts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MARKETBOOK_CATALOG", str(tmp_path_factory.mktemp("catalog")))
        yield


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """A running LibreOffice with Marketbook's functions, started once a session."""
    required()
    with Office() as running:
        yield running
