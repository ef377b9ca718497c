import logging

import pytest

from addin.log import log_path, open_log
from tests.addin.desktop.wine import WineExcel

collect_ignore = ["excel_client.py", "calc_cells.py"]  # programs for other Pythons


@pytest.fixture(autouse=True, scope="package")
def no_folders_of_the_user(tmp_path_factory):
    """Logs and backups of these tests go elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        for kind in ("user_log_path", "user_data_path"):
            folder = tmp_path_factory.mktemp(kind)
            patch.setattr(f"platformdirs.{kind}", lambda *_, folder=folder, **__: folder)
        yield


@pytest.fixture(scope="session")
def excel():
    """One connection to the functions' server under Wine; its tests are marked `needs_wine`."""
    with WineExcel() as connection:
        yield connection


@pytest.fixture
def log_folder(tmp_path, monkeypatch):
    """The log, writing into a folder of the test's own."""
    logger = logging.getLogger("marketbook")
    before = logger.handlers[:]
    logger.handlers.clear()
    monkeypatch.setattr("platformdirs.user_log_path", lambda *_, **__: tmp_path)
    open_log()
    assert log_path().parent == tmp_path
    yield tmp_path
    for handler in logger.handlers:
        handler.close()
    logger.handlers[:] = before
