import pytest

from tests.addin.desktop.wine import WineExcel

collect_ignore = ["excel_client.py", "calc_cells.py"]  # programs for other Pythons


@pytest.fixture(scope="session")
def excel():
    """One connection to the functions' server under Wine; its tests are marked `needs_wine`."""
    with WineExcel() as connection:
        yield connection
