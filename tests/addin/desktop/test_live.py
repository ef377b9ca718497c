import copy
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell

from addin.desktop import excel_api, live
from addin.desktop.excel_api import ExcelRefused, patiently
from addin.desktop.live import marked_sheets, refresh
from addin.desktop.looks import colour
from addin.desktop.report import rebuild
from addin.desktop.sheet_writer import write_sheet
from addin.rebuilding import belongings
from markets.errors import UnknownName
from tests.addin.desktop.fake_excel import App, Book, Rejected
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
from workbook.refusals import ConflictingChoice
from workbook.template import write_workbook
from workbook.wanted import names_of

MIO = "Medical Imaging Outsourcing"
EARLIER = Path(__file__).parents[2] / "workbook" / "earlier" / "new.xlsx"
TIED = r"='C:\old\marketbook.xlam'!MARKET_SERIES(A1)"


@pytest.fixture
def app():
    return App()


@pytest.fixture
def book(app, tmp_path, monkeypatch):
    """A user's workbook: for billions, a sheet renamed, one of his own that points at ours."""
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")
    monkeypatch.setattr(excel_api, "_PAUSE", 0)
    write_workbook(tmp_path / "mine.xlsx", MIO, "USD billion")
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


def rename_sheet(path, old, new):
    """Rename a sheet in a file as Excel does, with all references to it."""
    quoted = new.replace("'", "''")
    with Package.open(path) as package:
        for part in package:
            if part.endswith(".xml"):
                text = package[part].decode()
                text = text.replace(f"'{old}'!", f"'{quoted}'!").replace(f"{old}!", f"'{quoted}'!")
                text = text.replace(f'name="{old}"', f'name="{new}"')
                package.replace(part, text.encode())
        package.save(path)


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


def in_file(rule):
    """A rule in a file: condition, font and fill colors, whether it is italic, number format, and a line."""
    if rule.type == "dataBar":
        return "bar", "", "", False, "", False
    looks = rule.dxf
    return (
        rule.formula[0],
        str(colour(looks.font.color.rgb)) if looks.font else "",
        str(colour(looks.fill.bgColor.rgb)) if looks.fill else "",
        bool(looks.font and looks.font.i),
        looks.numFmt.formatCode if looks.numFmt else "",
        bool(looks.border and looks.border.bottom.style),
    )


def shown(rule):
    """The same of a rule in the workbook."""
    colours = (str(getattr(part, "Color", "")) for part in (rule.Font, rule.Interior))
    italic = getattr(rule.Font, "Italic", False)
    return (*colours, italic, getattr(rule, "NumberFormat", ""), -4107 in rule.lines)


@pytest.mark.parametrize("title", ["Start", "Overview", "Forecast", "Segments", "Sources", "Lists"])
def test_a_sheet_is_the_same_as_in_a_file(book, build, tmp_path, title):
    """What is written over COM is compared with what openpyxl reads from the file with the same report."""
    report = build(live.save_backup(book)).report
    file = openpyxl.load_workbook(tmp_path / "report.xlsx")[title]
    made = book.Worksheets.Add(After=book.Worksheets[-1])
    names = {sheet.title: sheet.title for sheet in report.sheets} | {"Forecast": "Ada's path"}
    write_sheet(made, report.sheet(title), names, is_new=True)

    def follow(formula):
        return formula.replace("Forecast!", "'Ada''s path'!").replace("'Forecast'!", "'Ada''s path'!")

    def followed(value):
        return follow(value) if str(value).startswith(("=", "#")) else value

    cells = [cell for row in file for cell in row]
    assert made.content.keys() == {(cell.row, cell.column) for cell in cells if cell.value not in (None, "")}
    for cell in cells:
        place = cell.row, cell.column
        assert made.content.get(place, ("",))[0] == followed(cell.value or ""), cell
        if isinstance(cell, MergedCell):
            continue
        if place in made.styles:
            assert made.styles[place] == cell.style
            style = next(style for style in book.Styles if style.Name == cell.style)
            assert made.formats.get(place, style.NumberFormat) == cell.number_format
            assert style.Font.Color == colour(cell.font.color.rgb)
            assert (style.Font.Size, style.Font.Bold, style.Font.Italic, style.WrapText) == (
                cell.font.size,
                cell.font.b,
                cell.font.i,
                bool(cell.alignment.wrap_text),
            )
        else:
            assert cell.style == "Normal"
    rules = [
        (str(area.sqref), *in_file(rule))
        for area in file.conditional_formatting
        for rule in sorted(area.rules, key=lambda rule: rule.priority)
    ]
    assert sorted((rule.area.replace("$", ""), rule.formula, *shown(rule)) for rule in made.rules) == sorted(
        (area, follow(condition), *looks) for area, condition, *looks in rules
    )
    assert not any(rule.StopIfTrue for rule in made.rules if rule.formula != "bar")
    assert sorted(made.merged) == sorted(str(area) for area in file.merged_cells.ranges)
    links = {cell: file.cell(*cell).hyperlink for cell in made.links}
    assert made.links == {cell: link.target or followed(f"#{link.location}") for cell, link in links.items()}
    assert made.links.keys() == {(cell.row, cell.column) for cell in cells if cell.hyperlink}
    offered = {str(each.sqref): each for each in file.data_validations.dataValidation}
    assert {area: given["Formula1"].removeprefix("=") for area, given in made.validations.items()} == {
        area: each.formula1 for area, each in offered.items()
    }
    assert made.heights == {row: each.height for row, each in file.row_dimensions.items() if each.height}
    assert made.filtered == (file.auto_filter.ref or "")
    assert made.breaks == [each.id for each in file.row_breaks.brk]
    assert made.PageSetup.PrintArea.replace("$", "") == file.print_area.rpartition("!")[2].replace("$", "")


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


def test_the_report_is_built_for_what_the_workbook_chooses(tmp_path):
    write_workbook(tmp_path / "copy.xlsx", MIO, "USD million")
    rebuilt = rebuild(tmp_path / "copy.xlsx", tmp_path / "out.xlsx")
    assert (rebuilt.changes, rebuilt.kept_aside, rebuilt.added) == ((), (), [])
    assert rebuilt.report.shown.unit == "USD million"


def test_edits_are_noticed(tmp_path):
    write_workbook(tmp_path / "copy.xlsx", MIO)
    book = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    book["Players"]["D9"] = "my own note"
    book.save(tmp_path / "copy.xlsx")
    kept = rebuild(tmp_path / "copy.xlsx", tmp_path / "out.xlsx").kept_aside
    assert "Players" in [each.sheet for each in kept]


def test_a_market_that_is_in_no_catalog_is_said(tmp_path):
    write_workbook(tmp_path / "copy.xlsx", MIO)
    book = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    book["Start"]["B5"] = "Nothing of the sort"
    book.save(tmp_path / "copy.xlsx")
    with pytest.raises(UnknownName, match="Nothing of the sort"):
        rebuild(tmp_path / "copy.xlsx", tmp_path / "out.xlsx")


def test_an_earlier_layout_is_refused(tmp_path):
    with pytest.raises(ConflictingChoice, match="Close it, and run 'marketbook refresh' once"):
        rebuild(EARLIER, tmp_path / "out.xlsx")


def test_a_rejected_call_is_tried_again_but_not_for_ever(monkeypatch):
    monkeypatch.setattr(excel_api, "_PAUSE", 0)
    editing = Exception(-2147352567, "Exception occurred.", (0, None, None, None, 0, -2146777998), None)
    answers = [Rejected(), editing, "done"]

    def call():
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert patiently(call) == "done"
    answers[:] = [Rejected()] * 100
    with pytest.raises(ExcelRefused, match="Excel is busy"):
        patiently(call)


SETTINGS = ["ScreenUpdating", "EnableEvents", "AutomationSecurity", "Calculation"]


@pytest.mark.parametrize("rejected", SETTINGS)
@pytest.mark.parametrize("times", [1, 100])
def test_excel_is_left_as_it_was_where_it_rejects_a_setting(app, rejected, times, monkeypatch):
    monkeypatch.setattr(excel_api, "_PAUSE", 0)
    before = settings(app)
    with suppress(ExcelRefused), excel_api.undisturbed(Busy(app, rejected, times)):
        assert app.Calculation != before["Calculation"]
    assert settings(app) == before


@pytest.mark.parametrize("rejected", SETTINGS)
@pytest.mark.parametrize("times", [1, 100])
def test_a_setting_that_cannot_be_given_back_keeps_no_other(app, rejected, times, monkeypatch):
    monkeypatch.setattr(excel_api, "_PAUSE", 0)
    before, busy = settings(app), Busy(app, rejected, 0)
    with suppress(ExcelRefused), excel_api.undisturbed(busy):
        vars(busy)["left"] = times
    after = settings(app)
    assert {name for name in after if after[name] != before[name]} == ({rejected} if times == 100 else set())


def settings(app):
    return {name: value for name, value in vars(app).items() if isinstance(value, bool | int)}


class Busy:
    """Excel, which rejects that one setting is changed the next few times."""

    def __init__(self, app, setting, times):
        vars(self).update(app=app, setting=setting, left=times)

    def __getattr__(self, name):
        return getattr(self.app, name)

    def __setattr__(self, name, value):
        if name == self.setting and self.left:
            vars(self)["left"] -= 1
            raise Rejected
        setattr(self.app, name, value)


def test_another_error_is_not_tried_again():
    with pytest.raises(ZeroDivisionError):
        patiently(lambda: 1 / 0)


class Cell(SimpleNamespace):
    """One cell of an array; what it is entered as ends up in an attribute."""

    def Cells(self, row, column):  # noqa: N802
        return self

    @property
    def UsedRange(self):  # noqa: N802
        return self


@pytest.mark.parametrize(
    ("kind", "entered"),
    [
        ({"HasArray": False, "HasSpill": False, "Formula2": TIED}, "Formula2"),
        ({"HasArray": True, "HasSpill": True, "Formula2": TIED}, "Formula2"),
        ({"HasArray": True, "HasSpill": False, "Formula2": TIED, "Count": 3}, "FormulaArray"),
        ({"HasArray": True, "HasSpill": False, "Formula2": TIED}, "Formula2"),
        ({"HasArray": True}, "FormulaArray"),
        ({"HasArray": False}, "Formula"),
    ],
)
def test_arrays_are_entered_in_their_own_way(kind, entered):
    cell = Cell(ProtectContents=False, HasFormula=True, Address="$A$1", Formula=TIED, FormulaArray=TIED)
    vars(cell).update({"Count": 1} | kind)
    cell.CurrentArray = cell.SpillParent = cell.SpillingToRange = cell
    assert excel_api.enter_again(cell) == 1
    changed = {name for name in ("Formula", "Formula2", "FormulaArray") if getattr(cell, name, TIED) != TIED}
    assert changed == {entered}
