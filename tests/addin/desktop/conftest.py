import pytest

from tests.addin.desktop.wine import WineExcel

collect_ignore = ["excel_client.py"]  # a program for Windows, without doctests


@pytest.fixture(scope="session")
def excel():
    """One connection to the functions' server under Wine; its tests are marked `needs_wine`."""
    with WineExcel() as connection:
        yield connection
