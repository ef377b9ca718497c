"""Every form in which an Excel stores our functions' names is known to every command, on real files."""

import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from addin.libreoffice import Office
from addin.relinking import relink
from tests.conftest import SEED
from tests.workbook.links import link
from tests.workbook.test_user_formulas import with_own_formulas
from workbook.dependency_graph import OURS
from workbook.freezing import freeze_file
from workbook.package import Package, formulas_calling, sheet_contents
from workbook.refresh import refresh_file
from workbook.removal import remove_file

CALL = f'MARKET_SIZE("{SEED}",2033)'
STORED = f"_xldudf_MARKETBOOK_{CALL}"
PATH = "C:\\Users\\Ada\\AppData\\Roaming\\Microsoft\\Excel\\XLSTART\\marketbook.xlam"
OTHER = "C:\\Program Files\\Microsoft Office\\Library\\Analysis\\FUNCRES.XLAM"

FORMS = {
    "plain": CALL,
    "in capitals or not": CALL.replace("MARKET_SIZE", "market_size"),
    "as the cell shows it on the web": f"MARKETBOOK.{CALL}",
    "as the web stores it": STORED,
    "of an add-in without a namespace": f"_xldudf_{CALL}",
    "of xlwings Server": f"_xldudf_XLWINGS_{CALL}",
    "in SINGLE": f"_xlfn.SINGLE({STORED})",
    "in SINGLE with a link": f"_xlfn.SINGLE([1]!{CALL})",
    "with a link to the add-in": f"[1]!{CALL}",
    "with the add-in's path": f"'{PATH}'!{CALL}",
    "of an XLL": f"_xll.{CALL}",
    "with a link to another add-in": f"[2]!{STORED}",
    "with another add-in's path": f"'{OTHER}'!{STORED}",
    "in a larger formula": f'IF({STORED}>1,{CALL},"MARKET_SIZE(")',
}
PLACES = {form: f"A{row}" for row, form in enumerate(FORMS, start=1)}
KEPT = {
    "B1": '"MARKET_SIZE(1)"',
    "B2": f"[2]!{CALL}",  # a function of that name in another add-in
    "B3": f"MY_{CALL}",
    "B4": "SUM(C1:C2)",
}
WAS, IS = 12.0, 13.1


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's workbook with our report sheets, and the functions' names in every form."""
    path = tmp_path_factory.mktemp("forms") / "forms.xlsx"
    cells = {PLACES[form]: formula for form, formula in FORMS.items()}
    with with_own_formulas({**cells, **KEPT}, dict.fromkeys(PLACES.values(), WAS)) as package:
        link(package, f"file:///{PATH}")
        link(package, f"file:///{OTHER}".replace(" ", "%20"))
        package.save(path)
    return path


@pytest.fixture(scope="module")
def copies(forms: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of copies that commands have changed."""
    return tmp_path_factory.mktemp("copies")


@pytest.fixture(scope="module")
def refreshed(forms: Path, copies: Path, office: Office) -> Path:
    path = copies / "refreshed.xlsx"
    shutil.copy(forms, path)
    refresh_file(path, calculate=office.recalculate)
    return path


@pytest.fixture(scope="module")
def frozen(forms: Path, copies: Path) -> Path:
    freeze_file(forms, copies / "frozen.xlsx")
    return copies / "frozen.xlsx"


@pytest.fixture(scope="module")
def removed(forms: Path, copies: Path) -> Path:
    path = copies / "removed.xlsx"
    shutil.copy(forms, path)
    remove_file(path)
    return path


@pytest.fixture(scope="module")
def on_desktop(forms: Path, copies: Path) -> Path:
    path = copies / "desktop.xlsx"
    shutil.copy(forms, path)
    relink(path, "desktop")
    return path


@pytest.fixture(scope="module")
def on_web(forms: Path, copies: Path) -> Path:
    path = copies / "web.xlsx"
    shutil.copy(forms, path)
    relink(path, "web")
    return path


def shown(path: Path, place: str) -> tuple[str | None, object]:
    """The formula and the value of a cell of the user's."""
    with Package.open(path) as package:
        content = sheet_contents(package, "Model")[place]
        return content.formula, content.value


@pytest.mark.parametrize("form", FORMS)
def test_a_refresh_brings_its_value_up_to_date(refreshed: Path, form: str) -> None:
    assert shown(refreshed, PLACES[form]) == (FORMS[form], IS)


@pytest.mark.parametrize("form", FORMS)
def test_freezing_makes_a_value_of_it(frozen: Path, form: str) -> None:
    assert shown(frozen, PLACES[form]) == (None, WAS)


@pytest.mark.parametrize("form", FORMS)
def test_taking_marketbook_out_makes_a_value_of_it(removed: Path, form: str) -> None:
    assert shown(removed, PLACES[form]) == (None, WAS)


@pytest.mark.parametrize("form", FORMS)
def test_relinked_for_the_desktop_it_is_plain(on_desktop: Path, form: str) -> None:
    plain = FORMS[form].replace(STORED, CALL) if form == "in a larger formula" else CALL
    assert shown(on_desktop, PLACES[form]) == (plain, WAS)


@pytest.mark.parametrize("form", FORMS)
def test_relinked_for_the_web_it_is_as_excel_stores_it_there(on_web: Path, form: str) -> None:
    stored = f"_xlfn.SINGLE({STORED})" if "SINGLE" in form else STORED
    if form == "in a larger formula":
        stored = f'IF({STORED}>1,{STORED},"MARKET_SIZE(")'
    assert shown(on_web, PLACES[form]) == (stored, WAS)


@pytest.mark.parametrize("place", KEPT)
def test_what_is_not_ours_stays(
    refreshed: Path, frozen: Path, removed: Path, on_desktop: Path, on_web: Path, place: str
) -> None:
    for path in (refreshed, frozen, removed, on_desktop, on_web):
        assert shown(path, place)[0] == KEPT[place], path.name


def test_one_way_and_back_is_as_if_never_gone(on_desktop: Path, on_web: Path) -> None:
    back = on_web.with_name("back.xlsx")
    shutil.copy(on_web, back)
    relink(back)
    with Package.open(on_desktop) as one, Package.open(back) as other:
        assert {name: unescape(data.decode(errors="replace")) for name, data in one.items()} == {
            name: unescape(data.decode(errors="replace")) for name, data in other.items()
        }
        assert len(formulas_calling(one, OURS)) > 100


def test_libreoffice_calculates_what_was_relinked_for_the_desktop(on_desktop: Path, office: Office) -> None:
    values = office.recalculate(on_desktop)
    assert {values["Model", place] for place in PLACES.values()} == {IS}
    assert values["Overview", "C41"] == IS
