"""Workbooks made by earlier versions are brought to the present layout, and nothing of the user's is lost."""

import shutil
from pathlib import Path

import openpyxl
import pytest

from addin.libreoffice import Office
from tests.conftest import SEED
from tests.workbook.calc import edited
from tests.workbook.reading import column, named, place_of
from tests.workbook.test_recalculated import carried, differing
from udfs.values import CellError
from workbook.choices import INPUTS, Cells, State, state
from workbook.package import Package, record
from workbook.record import LAYOUT, NewerWorkbook
from workbook.refresh import refresh_file
from workbook.sheets import SHEETS

EARLIER = Path(__file__).parent / "earlier"
NEW = {"Assumptions", "Assumptions (2)", "Scenarios"}
"""Sheets that no earlier layout has. A sheet of that name in layout 1 stays the user's if it was edited."""
FILES = sorted(path.name for path in EARLIER.glob("*.xlsx"))


@pytest.fixture(params=FILES)
def earlier(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copy(EARLIER / request.param, tmp_path / "book.xlsx"))


@pytest.fixture
def used(tmp_path: Path) -> Path:
    return Path(shutil.copy(EARLIER / "used.xlsx", tmp_path / "used.xlsx"))


@pytest.fixture
def second(tmp_path: Path) -> Path:
    return Path(shutil.copy(EARLIER / "second-new.xlsx", tmp_path / "second.xlsx"))


@pytest.fixture
def used_second(tmp_path: Path) -> Path:
    return Path(shutil.copy(EARLIER / "second-used.xlsx", tmp_path / "used.xlsx"))


def state_of(path: Path) -> State:
    with Package.open(path) as package:
        return state(Cells(package))


def test_the_earlier_files_are_there() -> None:
    assert [
        *("new.xlsx", "saved-by-libreoffice.xlsx", "second-new.xlsx", "second-used.xlsx"),
        *("third-new.xlsx", "third-used.xlsx", "used.xlsx"),
    ] == FILES


def test_an_earlier_layout_becomes_the_present_one(
    earlier: Path, office: Office, request: pytest.FixtureRequest
) -> None:
    before = state_of(earlier)
    name = request.node.callspec.params["earlier"]
    assert before.layout == {"second": 2, "third": 3}.get(name.partition("-")[0], 1)
    assert before.shown is not None
    assert before.shown.market == SEED
    assert len(before.shown.figures) > 30
    done = refresh_file(earlier, calculate=office.recalculate)
    assert (done.changes, done.lost, done.users.stale) == ((), (), {})
    assert {name.removesuffix(" (2)") for name in (*done.rebuilt, *done.added)} == {
        sheet.title for sheet in SHEETS
    }
    assert set(done.added) <= NEW
    after = state_of(earlier)
    assert after.layout == LAYOUT
    assert after.shown is not None
    computed = office.recalculate(earlier)
    assert CellError.NAME not in computed.values()
    assert differing(dict(computed), carried(earlier)) == {}
    again = refresh_file(earlier)
    assert (again.kept_aside, again.changes, again.lost) == ((), (), ())
    assert not {"Start", "Assumptions"} & set(again.rebuilt)


def test_what_the_user_typed_is_carried_over(used: Path) -> None:
    done = refresh_file(used)
    book = openpyxl.load_workbook(used)
    assert [named(book, name) for name in ("mb_market", "mb_unit", "mb_year_choice")] == [
        SEED,
        "USD million",
        2023,
    ]
    typed = [[cell.value for cell in row] for row in book["Assumptions"]["A6:G7"]]
    assert typed == [
        [SEED, "MRI", 2033, "share", 0.2, None, "Management estimate"],
        [SEED, None, 2035, "size", 14.1, "USD billion", "Strategy memo, May"],
    ]
    (copy,) = [kept.copy for kept in done.kept_aside if kept.sheet == "Start"]
    kept = book[copy]
    assert kept["C6"].value == "in millions, please (Ana)"


def test_assumptions_that_no_function_read_do_not_change_a_figure_by_themselves(used: Path) -> None:
    done = refresh_file(used)
    assert done.added == ("Assumptions (2)", "Scenarios")
    book = openpyxl.load_workbook(used)
    assert place_of(book, "mb_scenario")[0] == "Assumptions (2)"
    assert all(cell.value is None for (cell,) in book["Assumptions (2)"]["D12:D31"])


@pytest.fixture
def third(tmp_path: Path) -> Path:
    return Path(shutil.copy(EARLIER / "third-new.xlsx", tmp_path / "third.xlsx"))


def test_choices_on_start_are_carried_over_and_need_no_copy(third: Path) -> None:
    saved = edited(third, ["enter", "Start", "B6", "USD million"], ["enter", "Start", "B7", "2023"])
    done = refresh_file(saved)
    assert done.kept_aside == ()
    book = openpyxl.load_workbook(saved)
    assert [named(book, name) for name in INPUTS] == [SEED, "USD million", 2023, "latest", None]
    assert set(book.sheetnames) == {sheet.title for sheet in SHEETS}
    guide = [cell.value for (cell,) in book["Start"]["A26:A40"]]
    assert "Assumptions" in guide


def test_what_was_typed_beside_the_choices_is_kept_on_a_copy(tmp_path: Path) -> None:
    path = Path(shutil.copy(EARLIER / "third-used.xlsx", tmp_path / "third.xlsx"))
    done = refresh_file(path)
    (kept,) = done.kept_aside
    assert kept.sheet == "Start"
    assert openpyxl.load_workbook(path)[kept.copy]["C6"].value == "in millions for the committee (Eva)"
    values = openpyxl.load_workbook(path, data_only=True)
    assert [cell.value for (cell,) in values["Board"]["A2:A8"]] == [
        *(8600, pytest.approx(13.1 / 8.6), 21700, 0.653, 8600, pytest.approx(10614.14151), "agrees")
    ]


def test_the_user_s_formulas_refer_to_the_same_figures(used: Path, office: Office) -> None:
    refresh_file(used, calculate=office.recalculate)
    formulas, values = openpyxl.load_workbook(used), openpyxl.load_workbook(used, data_only=True)
    first = next(column(values["Segments"], "Share")).coordinate
    assert formulas["Board"]["A7"].value == f"=Segments!{first}"
    shown = {cell.coordinate: cell.value for (cell,) in values["Board"]["A2:A8"]}
    assert shown == {
        "A2": 8600,
        "A3": pytest.approx(13.1 / 8.6),
        "A4": pytest.approx(10.61414151),
        "A5": pytest.approx(10614.14151),
        "A6": pytest.approx(117792.2329215),
        "A7": 0.653,
        "A8": 12.63,
    }


def test_references_to_start_follow_its_cells_and_it_gets_the_new_inputs(
    used_second: Path, office: Office
) -> None:
    done = refresh_file(used_second, calculate=office.recalculate)
    assert done.lost == ()
    book, values = openpyxl.load_workbook(used_second), openpyxl.load_workbook(used_second, data_only=True)
    assert [cell.value for (cell,) in book["Board"]["A2:A8"]] == [
        *("=Start!B12", "=Start!B13/Start!B12", "=SUM(Start!B12:B13)", "=Start!B6", "=mb_size_base"),
        *("=Forecast!B11", "=Start!B14"),
    ]
    assert [cell.value for (cell,) in values["Board"]["A2:A8"]] == [
        *(8600, pytest.approx(13.1 / 8.6), 21700, "USD million", 8600, pytest.approx(10614.14151), 0.043),
    ]
    assert [named(book, name) for name in INPUTS] == [SEED, "USD million", 2023, "latest", None]
    (copy,) = [kept.copy for kept in done.kept_aside if kept.sheet == "Start"]
    assert book[copy]["C6"].value == "in millions, as last year (Ben)"
    assert [kept.sheet for kept in done.kept_aside] == ["Start"]


def test_references_to_figures_follow_although_their_formulas_changed(second: Path) -> None:
    """The figures behind Overview have no names, and each of their formulas now asks for a source."""
    edit = openpyxl.load_workbook(second)
    references = ["Overview!C51", "Overview!I40", "Sources!D12", "Checks!B12", "Overview!E9"]
    edit.create_sheet("Board")
    for at, reference in enumerate(references, start=1):
        edit["Board"][f"A{at}"] = f"={reference}"
    before = openpyxl.load_workbook(second, data_only=True)
    edit.save(second)
    assert refresh_file(second).lost == ()
    book, after = openpyxl.load_workbook(second), openpyxl.load_workbook(second, data_only=True)
    for (cell,), reference in zip(book["Board"]["A1:A5"], references, strict=True):
        old, new = (place.split("!") for place in (reference, cell.value.removeprefix("=")))
        assert after[new[0]][new[1]].value == before[old[0]][old[1]].value not in (None, "")


def test_names_of_the_earlier_layout_are_still_there(used: Path) -> None:
    before = {name for name in openpyxl.load_workbook(used).defined_names if name.startswith("mb_")}
    refresh_file(used)
    book = openpyxl.load_workbook(used)
    assert before <= set(book.defined_names)
    assert place_of(book, "mb_measures")[0] == "Lists"
    lists = book["Lists"]
    for name in before:
        sheet, area = place_of(book, name)
        if sheet == "Lists" and ":" not in area:
            assert lists[area].value not in (None, ""), name


def test_a_workbook_of_a_later_version_is_refused(used: Path) -> None:
    refresh_file(used)
    with Package.open(used) as package:
        part = next(
            name for name in package if b"urn:marketbook:report" in package[name] and "Props" not in name
        )
        later = package[part].replace(f"layout&quot;:{LAYOUT},".encode(), b"layout&quot;:99,")
        assert later != package[part]
        package.replace(part, later)
        package.save(used)
    before = used.read_bytes()
    with pytest.raises(NewerWorkbook, match="later version of Marketbook"):
        refresh_file(used)
    assert used.read_bytes() == before


def test_a_workbook_whose_record_was_lost_keeps_its_layout(used: Path) -> None:
    refresh_file(used)
    loaded = openpyxl.load_workbook(used)
    loaded.save(used)
    with Package.open(used) as package:
        assert record(package, "urn:marketbook:report") is None
    assert state_of(used).layout == LAYOUT
    assert refresh_file(used).changes == ()
