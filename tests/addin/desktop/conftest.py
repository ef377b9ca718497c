import logging

import pytest

from addin.log import log_path, open_log
from tests.addin.desktop.wine import WineExcel

collect_ignore = ["excel_client.py", "calc_cells.py"]  # programs for other Pythons


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
