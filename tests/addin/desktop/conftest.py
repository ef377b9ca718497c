import copy
import logging

import pytest

from addin.desktop import excel_api
from addin.desktop.report import rebuild
from addin.log import log_path, open_log
from tests.addin.desktop.fake_excel import App, Book
from tests.addin.desktop.wine import WineExcel
from tests.workbook.renaming import rename_sheet
from workbook.package import Package, with_texts, workbook_part
from workbook.template import write_workbook

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


@pytest.fixture
def app():
    return App()


@pytest.fixture
def book(app, tmp_path, monkeypatch):
    """A user's workbook: for billions, a sheet renamed, one of his own that points at ours."""
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")
    monkeypatch.setattr(excel_api, "_PAUSE", 0)
    write_workbook(tmp_path / "mine.xlsx", "Medical Imaging Outsourcing", "USD billion")
    rename_sheet(tmp_path / "mine.xlsx", "Forecast", "Ada's path")
    book = Book(tmp_path / "mine.xlsx", app)
    own = copy.copy(book.Worksheets("Players"))
    own._name, own.charts = "Mine", []
    own.content = {
        (1, 1): ("='Ada''s path'!B9", 1.0),
        (2, 1): ("my own note", "my own note"),
        (3, 1): (r"='C:\old\marketbook.xlam'!MARKET_SIZE(mb_market)", 8.6),
    }
    book.Worksheets.append(own)
    app.ActiveWorkbook = book
    return book


@pytest.fixture
def build(tmp_path):
    """Builds the report in millions, where the workbook had billions."""

    def build(copy):
        with Package.open(copy) as package:
            sheet = workbook_part(package).sheet("Start").part
            package.replace(sheet, with_texts(package[sheet], {"B6": "USD million"}))
            package.save(copy)
        return rebuild(copy, tmp_path / "report.xlsx")

    return build
