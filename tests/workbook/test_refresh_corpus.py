"""Real workbooks of other people's: each is refreshed, opened by LibreOffice, or refused for its reason."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from addin.libreoffice import Office, OfficeError
from tests.conftest import SEED
from tests.libreoffice import required
from tests.workbook.package.corpus import FILES, REFUSED
from workbook.package import Package, PackageError
from workbook.refresh import refresh_file
from workbook.template import TITLES

MAY_CHANGE = 4  # content types, the workbook part, its relationships, styles


class Reopening:
    """A LibreOffice that is started again where a workbook has brought it down."""

    def __init__(self) -> None:
        self._office: Office | None = None

    def opens(self, path: Path) -> bool:
        if self._office is None:
            self._office = Office().__enter__()
        try:
            self._office.recalculate(path)
        except OfficeError:
            self.close()
            return False
        return True

    def close(self) -> None:
        if self._office is not None:
            self._office.__exit__(None, None, None)
            self._office = None


@pytest.fixture(scope="module")
def reopening() -> Iterator[Reopening]:
    required()
    office = Reopening()
    yield office
    office.close()


@pytest.mark.parametrize("name", FILES)
def test_it_is_refreshed_with_nothing_lost_or_refused_for_its_reason(
    shared: Path, tmp_path: Path, reopening: Reopening, name: str
) -> None:
    original, copy = shared / "workbooks" / name, tmp_path / name
    shutil.copy(original, copy)
    try:
        done = refresh_file(copy, SEED)
    except PackageError as error:
        assert name in REFUSED, error
        assert REFUSED[name] in str(error)
        assert copy.read_bytes() == original.read_bytes()
        return
    assert name not in REFUSED
    assert len(done.added) == len(TITLES.values())
    with Package.open(original) as before, Package.open(copy) as after:
        assert [part for part in before if part not in after] == []
        assert len([part for part in before if after[part] != before[part]]) <= MAY_CHANGE
    refreshed = copy.read_bytes()
    refresh_file(copy)
    assert len(copy.read_bytes()) == pytest.approx(len(refreshed), abs=1000)
    assert reopening.opens(copy) or not reopening.opens(original)


def test_there_are_workbooks(shared: Path) -> None:
    assert len(FILES) == 70
