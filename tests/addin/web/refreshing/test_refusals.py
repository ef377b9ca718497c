"""What a refresh of the file would refuse is refused in the open workbook too, with the same sentence."""

import shutil
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

from addin.desktop.report import rebuild
from addin.web.refreshing.refresh import refreshed
from addin.web.refreshing.wire import Name, RefreshRequest
from markets.errors import MarketbookError
from tests.addin.web.refreshing.client import described
from tests.addin.web.refreshing.test_edits import with_beside
from tests.conftest import SEED
from tests.workbook.test_foreign_content import changed
from workbook.freezing import FROZEN_MARK
from workbook.package import Package, PackageError, keep_record
from workbook.record import NAMESPACE
from workbook.refresh import refresh_file

EARLIER = Path(__file__).parents[3] / "workbook" / "earlier"


def refusal_of_the_file(path: Path, market: str = "") -> str:
    with pytest.raises((MarketbookError, PackageError)) as refused:
        refresh_file(path, market, user_sheets=False)
    return str(refused.value)


def refusal(request: RefreshRequest) -> str:
    with pytest.raises(MarketbookError) as refused:
        refreshed(request)
    return str(refused.value)


def protect_sheet(book: openpyxl.Workbook) -> None:
    book["Forecast"].protection.sheet = True


def protect_structure(book: openpyxl.Workbook) -> None:
    book.security = openpyxl.workbook.protection.WorkbookProtection(lockStructure=True)


def unknown_market(book: openpyxl.Workbook) -> None:
    book["Start"]["B5"] = "Nonsense Market"


def unknown_unit(book: openpyxl.Workbook) -> None:
    book["Start"]["B6"] = "EUR"


def no_date(book: openpyxl.Workbook) -> None:
    book["Start"]["B9"] = "soon"


def taken_name(book: openpyxl.Workbook) -> None:
    book.create_sheet("Mine")
    book.defined_names["mb_size_base"].attr_text = "Mine!$A$1"


@pytest.mark.parametrize(
    "change", [protect_sheet, protect_structure, unknown_market, unknown_unit, no_date, taken_name]
)
def test_the_sentence_is_that_of_the_file(book: Path, change) -> None:
    changed(book, change)
    assert refusal(described(book)) == refusal_of_the_file(book)


@pytest.mark.parametrize("title", ["Start", "Assumptions"])
def test_the_user_s_own_sheets_may_be_protected(book: Path, title: str) -> None:
    request = described(book)
    sheets = [replace(sheet, is_protected=sheet.name == title) for sheet in request.sheets]
    assert refreshed(replace(request, sheets=sheets)) == refreshed(request)


def test_a_copy_with_values(book: Path) -> None:
    request = described(book)
    frozen = replace(request, names={**request.names, FROZEN_MARK: Name('="2026-01-01"', False)})
    assert refusal(frozen) == "The workbook was converted to values. Refresh the original workbook instead."


def test_a_workbook_of_a_later_version(book: Path) -> None:
    with Package.open(book) as package:
        keep_record(package, NAMESPACE, '{"layout": 99}')
        package.save(book)
    assert refusal(described(book)) == refusal_of_the_file(book)


@pytest.mark.parametrize("name", ["new.xlsx", "second-used.xlsx", "third-new.xlsx"])
def test_an_earlier_layout_is_for_the_file_as_on_the_desktop(name: str, tmp_path: Path) -> None:
    shutil.copy(EARLIER / name, tmp_path / name)
    with pytest.raises(MarketbookError) as refused:
        rebuild(tmp_path / name, tmp_path / "report.xlsx")
    assert "run 'marketbook refresh' once" in str(refused.value)
    assert refusal(described(tmp_path / name)) == str(refused.value)


def test_a_workbook_that_names_no_market_and_none_is_chosen() -> None:
    bare = RefreshRequest([], {}, {})
    assert refusal(bare) == "The workbook does not name a market. Choose one, and try again."


def test_a_market_that_does_not_exist() -> None:
    assert refusal(RefreshRequest([], {}, {}, "Nonsense")).startswith('No market is called "Nonsense".')


def test_another_market_than_the_workbook_s(book: Path, two_markets: None) -> None:
    asked = described(book, "Espresso Machines (Europe)")
    assert refusal(asked) == (
        f"The workbook is about {SEED}. To change that, choose another market on its Start sheet."
    )
    assert refreshed(described(book, "medical imaging outsourcing")).market == SEED


@pytest.mark.parametrize(("more", "words"), [({"pivots": 1}, "a pivot table"), ({"slicers": 2}, "a slicer")])
def test_what_no_copy_can_have(book: Path, more: dict[str, int], words: str) -> None:
    assert refusal(with_beside(described(book), "Overview", **more)) == (
        f"The sheet Overview has {words}, which a refresh cannot keep there. Move it to another sheet, and "
        "try again."
    )
