"""Which report sheets a workbook gets, and that it remembers."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink

from addin.desktop.report import rebuild
from addin.libreoffice import Office
from tests.conftest import SEED
from tests.workbook.calc import edited
from tests.workbook.package.soundness import Snapshot
from udfs.values import CellError
from workbook.package import NoCachedValue, Package, set_cached_values, sheet_contents, workbook_part
from workbook.refresh import refresh, refresh_file
from workbook.template import TITLES, new_workbook
from workbook.wanted import UnknownSheet

OVERVIEW = ["Sheet", "Start", "Overview", "Lists"]
REGIONS = ["Sheet", "Start", "Overview", "Segments", "Regions", "Lists"]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A user's workbook of one sheet."""
    path = tmp_path / "own.xlsx"
    Workbook().save(path)
    return path


def without(path: Path, *titles: str) -> None:
    """Delete sheets, as a spreadsheet program does: names that referred to them become #REF!."""
    loaded = openpyxl.load_workbook(path)
    for title in titles:
        del loaded[title]
        for name in loaded.defined_names.values():
            if name.attr_text.startswith((f"'{title}'!", f"{title}!")):
                name.attr_text = "#REF!$A$1"
    loaded.save(path)


def dangling(path: Path) -> list[str]:
    """Names of a workbook that refer to nothing, and links to sheets that are not there."""
    loaded = openpyxl.load_workbook(path)
    sheets = {f"{mark}{name}{mark}" for name in loaded.sheetnames for mark in ("", "'")}
    names = [
        name
        for name, defined in loaded.defined_names.items()
        if not defined.attr_text.startswith('"') and defined.attr_text.rpartition("!")[0] not in sheets
    ]
    cells = (cell for sheet in loaded for row in sheet.iter_rows() for cell in row if cell.hyperlink)
    links = [str(cell.hyperlink.location) for cell in cells if cell.hyperlink.location]
    return names + [link for link in links if link.rpartition("!")[0] not in sheets]


def test_only_the_sheets_asked_for_are_added_with_those_that_they_need(own: Path, office: Office) -> None:
    done = refresh_file(own, SEED, sheets=["regions"])
    assert done.added == ("Start", "Overview", "Segments", "Regions", "Lists")
    assert done.wanted.needed == ("Start", "Overview", "Segments", "Lists")
    assert openpyxl.load_workbook(own).sheetnames == REGIONS
    assert dangling(own) == []
    assert Snapshot(own.read_bytes()).complaints() == set()
    assert not {CellError.NAME, CellError.REF} & set(office.recalculate(own).values())
    again = refresh_file(own)
    assert (again.added, again.rebuilt) == ((), ("Overview", "Segments", "Regions", "Lists"))
    assert openpyxl.load_workbook(own).sheetnames == REGIONS
    first = own.read_bytes()
    refresh_file(own)
    assert own.read_bytes() == first


@pytest.mark.parametrize("title", TITLES.values())
def test_each_sheet_stands_with_those_that_it_needs(own: Path, title: str, office: Office) -> None:
    refresh_file(own, SEED, sheets=[title])
    assert dangling(own) == []
    assert Snapshot(own.read_bytes()).complaints() == set()
    assert not {CellError.NAME, CellError.REF} & set(office.recalculate(own).values())


def test_all_sheets_come_back_when_asked_for(own: Path) -> None:
    refresh_file(own, SEED, sheets=["Overview"])
    done = refresh_file(own, sheets=["all"])
    assert len(done.added) == len(TITLES) - 3
    assert set(openpyxl.load_workbook(own).sheetnames) == {"Sheet", *TITLES.values()}
    assert refresh_file(own).added == ()


def test_a_sheet_that_was_deleted_stays_so_and_that_is_told_once(book: Path) -> None:
    without(book, "Players", "Sources")
    done = refresh_file(book)
    assert (done.added, done.wanted.deleted) == ((), ("Players", "Sources"))
    assert dangling(book) == []
    again = refresh_file(book)
    assert (again.added, again.wanted.deleted) == ((), ())
    assert refresh_file(book, sheets=["all"]).added == ("Players", "Sources")


def test_a_workbook_works_without_the_assumptions_sheet(book: Path, office: Office) -> None:
    without(book, "Assumptions", "Scenarios")
    assert CellError.REF not in office.recalculate(book).values()
    done = refresh_file(book)
    assert (done.added, done.wanted.deleted) == ((), ("Assumptions", "Scenarios"))
    assert dangling(book) == []
    values = office.recalculate(book)
    assert not {CellError.NAME, CellError.REF} & set(values.values())
    assert values["Forecast", "B16"] == pytest.approx(13.1)
    assert refresh_file(book, sheets=["all"]).added == ("Assumptions", "Scenarios")
    assert office.recalculate(book)["Lists", "L2"] == ""


def test_an_assumptions_sheet_is_not_taken_away(book: Path) -> None:
    saved = edited(book, ["enter", "Assumptions", "D12", "14"], ["enter", "Assumptions", "B12", "size"])
    done = refresh_file(saved, sheets=["Overview"])
    assert done.wanted.needed == ("Start", "Assumptions", "Lists")
    assert openpyxl.load_workbook(saved).sheetnames == ["Start", "Overview", "Assumptions", "Lists"]


def test_a_sheet_that_others_need_comes_back(book: Path) -> None:
    without(book, "Segments")
    done = refresh_file(book)
    assert (done.added, done.wanted.needed, done.wanted.deleted) == (("Segments",), ("Segments",), ())


def test_sheets_that_are_not_asked_for_go_and_the_user_s_formulas_stay_right(book: Path) -> None:
    loaded = openpyxl.load_workbook(book)
    mine = loaded.create_sheet("Mine")
    mine["A1"], mine["A2"] = "=Segments!C23", "=Overview!B7"
    loaded["Players"]["C40"] = "my note"
    loaded.save(book)
    with Package.open(book) as package:  # openpyxl leaves out the values
        new, old = sheet_contents(new_workbook(SEED), "Players"), sheet_contents(package, "Players")
        formulas = [place for place, content in old.items() if content.formula]
        set_cached_values(package, "Players", {place: new[place].value or "" for place in formulas})
        package.save(book)
    before = book.read_bytes()
    with pytest.raises(NoCachedValue, match="Mine!A1"):
        refresh_file(book, sheets=["Overview"])
    assert book.read_bytes() == before
    with Package.open(book) as package:
        set_cached_values(package, "Mine", {"A1": 0.653, "A2": 8.6})
        done = refresh(package, sheets=["Overview"], user_sheets=False)
        assert done.removed.converted == {"Mine": {"A1": "Segments!C23"}}
        package.save(book)
    left = openpyxl.load_workbook(book)
    assert left.sheetnames == ["Start", "Overview", "Assumptions", "Players", "Lists", "Mine"]
    assert done.removed.kept == ("Players",)
    assert left["Players"]["C40"].value == "my note"
    assert (left["Mine"]["A1"].value, left["Mine"]["A2"].value) == (0.653, "=Overview!B7")
    assert refresh_file(book).added == ()


def test_a_sheet_that_does_not_exist_is_refused(book: Path) -> None:
    before = book.read_bytes()
    with pytest.raises(UnknownSheet, match=r"called Outlook\. The report sheets are Start, Overview, "):
        refresh_file(book, sheets=["Overview", "Outlook"])
    assert book.read_bytes() == before


def test_the_refresh_of_an_open_workbook_brings_the_same_sheets(own: Path, tmp_path: Path) -> None:
    refresh_file(own, SEED, sheets=["Overview"])
    rebuild(own, tmp_path / "report.xlsx")
    assert openpyxl.load_workbook(tmp_path / "report.xlsx").sheetnames == OVERVIEW[1:]


def test_the_choice_outlives_names_and_programs_that_drop_records(own: Path) -> None:
    refresh_file(own, SEED, sheets=["overview"])
    there = openpyxl.load_workbook(own).sheetnames
    with Package.open(own) as package:
        book = workbook_part(package)
        for name in book.names():
            if name.hidden:
                book.drop_name(name)
        package.save(own)
    assert refresh_file(own).added == ()
    openpyxl.load_workbook(own).save(own)
    assert refresh_file(own).added == ()
    assert openpyxl.load_workbook(own).sheetnames == there


def test_only_figures_on_sheets_that_are_there_count_as_changes(
    own: Path, request: pytest.FixtureRequest
) -> None:
    refresh_file(own, SEED, sheets=["Forecast"])
    request.getfixturevalue("newer_report")
    changed = [change.what for change in refresh_file(own).changes]
    assert "Size 2033" in changed
    assert not [what for what in changed if what.startswith("Player")]
    assert refresh_file(own, sheets=["all"]).changes == ()


def test_of_the_links_to_removed_sheets_only_the_user_s_are_listed(own: Path) -> None:
    refresh_file(own, SEED)
    loaded = openpyxl.load_workbook(own)
    for sheet, place in (("Start", "E3"), ("Sheet", "B2")):
        loaded[sheet][place] = "Sources"
        loaded[sheet][place].hyperlink = Hyperlink(ref=place, location="Sources!A1")
    loaded.save(own)
    done = refresh_file(own, sheets=["forecast"])
    assert "Sources" in done.removed.sheets
    assert sorted(done.removed.rules) == [
        "Sheet!B2 (hyperlink): Sources!A1",
        "Start!E3 (hyperlink): Sources!A1",
    ]
    assert dangling(own) == []
