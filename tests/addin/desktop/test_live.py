from dataclasses import replace

import pytest

from addin.desktop import live
from addin.desktop.excel_api import ExcelRefused
from addin.desktop.live import marked_sheets, refresh
from addin.rebuilding import belongings
from tests.addin.desktop.fake_excel import Book
from workbook.keeping import KeptAside
from workbook.package import (
    Edit,
    Functions,
    Package,
    remove_custom_xml,
    remove_sheets,
    with_texts,
    workbook_part,
)
from workbook.refresh import refresh as refresh_package
from workbook.wanted import names_of

MIO = "Medical Imaging Outsourcing"


def set_cell(book, sheet, place, value):
    cells = book.Worksheets(sheet).Range(place)
    book.Worksheets(sheet).content[cells.Row, cells.Column] = value, value


def hide(sheet):
    sheet.Visible = 0


def names_in(book):
    return {name.Name: name.RefersTo for name in book.Names}


def records_in(book):
    return {part.space: part.text for part in book.CustomXMLParts}


def contents(book):
    return {sheet.Name: dict(sheet.content) for sheet in book.Worksheets}


def test_report_sheets_are_replaced_in_place(book, build, app):
    before = contents(book)
    done = refresh(book, build)
    after = contents(book)
    assert list(after) == list(before)  # names and order stay
    assert after["Start"] == before["Start"]
    assert done.sheets == 10
    assert [(change.what, change.new) for change in done.changes] == [
        ("Market and unit", f"{MIO}, USD million")
    ]
    assert str(done).startswith(
        "Marketbook: report sheets refreshed: 10, figures changed: 1 (Market and unit: "
    )
    assert len(str(done)) <= 255
    assert app.StatusBar == "Marketbook: writing sheet 10 of 10 ..."


def test_no_formula_points_at_the_temporary_book(book, build):
    refresh(book, build)
    formulas = [str(formula) for cells in contents(book).values() for formula, _ in cells.values()]
    assert not any("[report.xlsx]" in formula for formula in formulas)
    assert not any("Forecast" in formula for formula in formulas if formula.startswith("="))
    charts = [chart.series.Formula for sheet in book.Worksheets for chart in sheet.charts]
    assert charts
    assert not any("report.xlsx" in formula for formula in charts)


def test_names_point_at_the_users_own_sheets(book, build):
    refresh(book, build)
    targets = {name.Name: name.RefersTo for name in book.Names}
    assert targets["_mb_sheet_forecast"] == "='Ada''s path'!$A$1:$K$35"
    assert marked_sheets(book)["forecast"].Name == "Ada's path"
    assert targets["mb_size_end"].startswith("='Overview'!")


def test_names_and_records_are_those_of_a_refreshed_file(book, build, tmp_path):
    refresh(book, build)
    with Package.open(tmp_path / "mine.xlsx") as package:
        sheet = workbook_part(package).sheet("Start").part
        package.replace(sheet, with_texts(package[sheet], {"B6": "USD million"}))
        refresh_package(package, user_sheets=False)
        made = belongings(package)
    ours = {name.Name: (name.RefersTo, name.Visible) for name in book.Names}
    assert made.names
    for name, defined in made.names.items():
        assert ours[name] == (f"={defined.refers_to}", defined.visible)
    assert len(made.records) == 2
    assert records_in(book) == made.records


def test_a_sheet_that_someone_typed_into_is_kept_aside(book, build):
    set_cell(book, "Overview", "B2", "my figure")
    before = contents(book)["Overview"]
    edits = (Edit("B2", None, "my figure"), Edit("B3", 1.0, "=1+1"))
    kept = KeptAside("Overview", "", edits, (), ())
    done = refresh(book, lambda copy: replace(build(copy), kept_aside=[kept]))
    assert done.kept_aside == ["Overview (edited)"]
    kept = contents(book)["Overview (edited)"]
    assert {place: shown for place, (_, shown) in kept.items()} == {
        place: shown for place, (_, shown) in before.items()
    }
    assert not any(str(entered).startswith("=") for entered, _ in kept.values())
    assert contents(book)["Overview"] != before
    assert "your edits are on Overview (edited)" in str(done)


def test_a_locked_structure_keeps_no_copies_and_nothing_changes(book, build):
    book.ProtectStructure = True
    before = contents(book)
    kept = KeptAside("Overview", "", (), (), ())
    with pytest.raises(ExcelRefused, match=r"structure of mine\.xlsx is protected"):
        refresh(book, lambda copy: replace(build(copy), kept_aside=[kept]))
    assert contents(book) == before


def test_the_users_sheets_stay_and_our_formulas_on_them_are_entered_again(book, build):
    done = refresh(book, build)
    own = contents(book)["Mine"]
    assert own[1, 1] == ("='Ada''s path'!B9", 1.0)
    assert own[2, 1] == ("my own note", "my own note")
    assert own[3, 1] == ("=MARKET_SIZE(mb_market)", 8.6)
    assert done.entered_again > 50


@pytest.fixture
def without(app, book, tmp_path):
    """Deletes a sheet of the workbook, and can drop its marks."""

    def delete(title, dropping):
        path = tmp_path / "mine.xlsx"
        with Package.open(path) as package:
            names = [name for name in names_of(package, [title]) if dropping or "content" not in name.name]
            remove_sheets(package, [title], names, Functions(()))
            if dropping:
                remove_custom_xml(package, "urn:mb")
            package.save(path)
        app.ActiveWorkbook = Book(path, app)
        return app.ActiveWorkbook

    return delete


def test_a_report_sheet_that_was_deleted_stays_deleted(without, build):
    done = refresh(without("Players", dropping=False), build)
    assert done.sheets == 9


def test_a_new_report_sheet_comes_behind_the_others(without, build):
    book = without("Segments", dropping=True)
    book.ActiveSheet = book.Worksheets("Players")
    done = refresh(book, build)
    added = book.Worksheets[-1]
    assert (added.Name, added.Visible, added.window.DisplayGridlines) == ("Segments", -1, False)
    assert added.widths
    assert marked_sheets(book)["segments"] is added
    assert book.ActiveSheet.Name == "Players"
    assert done.sheets == 10


def test_what_the_user_sees_stays(book, build):
    sheet = book.Worksheets("Ada's path")
    sheet.hidden_rows.add(5)
    sheet.widths, front = {1: 40.0}, book.ActiveSheet
    refresh(book, build)
    assert sheet.widths == {1: 40.0}
    assert 5 not in sheet.heights
    assert sheet.heights
    assert sheet.window.RangeSelection.Address == "$C$3"
    assert sheet.window.DisplayGridlines
    assert book.ActiveSheet is front
    assert book.Worksheets("Lists").Visible == 0


def test_a_backup_is_saved_before_the_first_change(book, build, app):
    done = refresh(book, build)
    assert done.backup.is_file()
    assert app.log.index("backup") < min(at for at, step in enumerate(app.log) if step.startswith("write"))
    assert app.log[-1] == "calculate"
    assert (app.ScreenUpdating, app.EnableEvents, app.Calculation) == (True, True, -4105)


def test_old_backups_are_dropped(book, build, monkeypatch):
    monkeypatch.setattr("addin.backups._KEPT", 2)
    for name in "abcd":
        book.Name = f"{name}.xlsx"
        newest = live.save_backup(book)
    assert len(list(newest.parent.iterdir())) == 2


def test_after_a_failure_half_way_our_sheets_are_restored(book, build):
    before, belonged = contents(book), (names_in(book), records_in(book))
    target, calls = book.Worksheets("Sources"), []
    clear = type(target.Cells).Clear

    def fail_once(cells):
        if cells.Worksheet is target and not calls:
            calls.append(1)
            raise RuntimeError("the printer is on fire")
        clear(cells)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(target.Cells), "Clear", fail_once)
        with pytest.raises(
            ExcelRefused, match=r"the printer is on fire.*were restored\. Backup: .*mine.*\.xlsx"
        ):
            refresh(book, build)
    assert contents(book) == before
    assert (names_in(book), records_in(book)) == belonged
    assert all(sheet.charts for sheet in book.Worksheets if sheet.Name in ("Overview", "Ada's path"))


def test_where_even_restoring_fails_the_backup_is_named(book, build):
    book.Worksheets("Sources").broken = True
    with pytest.raises(ExcelRefused, match=r"could not be restored.*Open the backup: .*mine"):
        refresh(book, build)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda book: setattr(book, "ReadOnly", True), "mine.xlsx is read-only"),
        (lambda book: setattr(book.Worksheets("Overview"), "ProtectContents", True), "Overview is protected"),
        (
            lambda book: vars(book).update(ProtectStructure=True) or hide(book.Worksheets("Overview")),
            "structure of mine",
        ),
        (lambda book: book.Names.clear(), "has no Marketbook report sheets"),
    ],
)
def test_refused_in_one_sentence_and_nothing_changed(book, build, app, spoil, sentence):
    spoil(book)
    before = contents(book)
    with pytest.raises(ExcelRefused, match=sentence):
        refresh(book, build)
    assert contents(book) == before
    assert not [step for step in app.log if step.startswith("write")]
