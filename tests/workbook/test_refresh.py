"""A refresh of workbooks as people leave them: full of their own, renamed, typed into, out of date."""

import datetime
import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.table import Table, TableFormula

from addin.libreoffice import Office
from tests.conftest import CATALOG, SECOND, SEED, own_reports
from tests.workbook.reading import column, named, place_of, rows
from udfs import catalog
from udfs.values import CellError
from workbook.freezing import freeze_file
from workbook.package import Package
from workbook.refresh import refresh_file
from workbook.refusals import ConflictingChoice, ConvertedToValues, NoMarket
from workbook.sheets import SHEETS
from workbook.template import new_workbook, write_workbook

ORDER = [sheet.title for sheet in SHEETS]


REPORTS = [sheet.title for sheet in SHEETS if not sheet.is_users]


def parts(path: Path) -> dict[str, bytes]:
    with Package.open(path) as package:
        return dict(package)


def values(path: Path) -> Workbook:
    return openpyxl.load_workbook(path, data_only=True)


def test_a_second_refresh_changes_nothing(book: Path) -> None:
    refresh_file(book)
    first = book.read_bytes()
    done = refresh_file(book)
    assert book.read_bytes() == first
    assert (done.rebuilt, done.added, done.kept_aside, done.changes) == (tuple(REPORTS), (), (), ())


def test_ten_refreshes_do_not_grow_the_file(book: Path) -> None:
    refresh_file(book)
    first = {name: len(part) for name, part in parts(book).items()}
    for _ in range(10):
        refresh_file(book)
    assert {name: len(part) for name, part in parts(book).items()} == first


def test_what_the_sheets_show_is_what_a_new_workbook_shows(book: Path) -> None:
    refresh_file(book)
    refreshed, fresh = (
        openpyxl.load_workbook(book),
        openpyxl.load_workbook(io.BytesIO(new_workbook(SEED).to_bytes())),
    )
    for title in REPORTS:
        for row in fresh[title].iter_rows():
            for cell in row:
                there = refreshed[title][cell.coordinate]
                if "no earlier refresh to compare" in str(cell.value):
                    continue  # in the Changes block of a new workbook
                assert there.value == cell.value, (title, cell.coordinate)
                assert there.style == cell.style
                assert there.number_format == cell.number_format
                assert repr(there.font) == repr(cell.font)
                assert repr(there.fill) == repr(cell.fill)
        assert refreshed[title].column_dimensions["A"].width == fresh[title].column_dimensions["A"].width
        assert refreshed[title].freeze_panes == fresh[title].freeze_panes
        assert refreshed[title].print_area == fresh[title].print_area
        assert len(refreshed[title]._charts) == len(fresh[title]._charts)


def test_figures_that_moved_are_told_and_stand_on_the_checks_sheet(book: Path, newer_report: None) -> None:
    done = refresh_file(book)
    told = {change.what: (change.old, change.new) for change in done.changes}
    assert told["Size 2033"] == (13.1, 13.4)
    assert told["Edition of the source"] == ("Market.us Media, 2025-11-13", "Market.us Media, 2026-05-01")
    assert told["Player Newcomer Imaging"] == (None, "Newcomer Imaging")
    assert "Size 2023" not in told
    assert all("2026-05-01" in change.source for change in done.changes if change.what.startswith("Size"))
    listed = rows(values(book)["Checks"], "Changed by the last refresh")
    assert [listed["Size 2033"][key].value for key in ("Old", "New")] == [13.1, 13.4]
    sheet = values(book)["Checks"]
    assert "2026-05-01" in str(sheet[f"H{listed['Size 2033']['New'].row}"].value)
    shown = values(book)
    assert (named(shown, "mb_data_date"), named(shown, "mb_refreshed")) == (
        "2026-05-01",
        str(datetime.date.today()),
    )


def test_a_dry_run_tells_and_writes_nothing(book: Path, newer_report: None) -> None:
    before = book.read_bytes()
    assert refresh_file(book, dry_run=True).changes
    assert book.read_bytes() == before


def test_the_user_s_choice_of_unit_holds(book: Path) -> None:
    loaded = openpyxl.load_workbook(book)
    loaded["Start"]["B6"] = "USD mn"
    loaded.save(book)
    done = refresh_file(book)
    assert done.unit == "USD million"
    assert [change.what for change in done.changes] == ["Market and unit"]
    assert named(values(book), "mb_size_base") == pytest.approx(8600)
    assert named(values(book), "mb_banner") in (None, "")


def test_a_sheet_that_was_renamed_is_found(book: Path) -> None:
    with Package.open(book) as package:
        workbook = package["xl/workbook.xml"]
        renamed = (
            workbook.replace(b'name="Overview"', b'name="Summary for the board"')
            .replace(b"'Overview'!", b"'Summary for the board'!")
            .replace(b">Overview!", b">'Summary for the board'!")
        )
        package.replace("xl/workbook.xml", renamed)
        package.save(book)
    done = refresh_file(book)
    assert done.rebuilt[0] == "Summary for the board"
    assert done.added == ()
    assert values(book).sheetnames[1] == "Summary for the board"
    assert named(values(book), "mb_size_base") == 8.6


def test_what_someone_typed_into_a_report_sheet_is_kept_aside(book: Path) -> None:
    loaded = openpyxl.load_workbook(book)
    loaded["Overview"]["B90"] = "my note"
    loaded["Forecast"]["B8"] = 9.99
    loaded.save(book)
    done = refresh_file(book)
    copies = {kept.sheet: kept.copy for kept in done.kept_aside}
    assert copies == {"Overview": "Overview (edited)", "Forecast": "Forecast (edited)"}
    shown = values(book)
    assert shown["Overview (edited)"]["B90"].value == "my note"
    assert shown["Forecast (edited)"]["B8"].value == 9.99
    assert shown["Overview"]["B90"].value is None
    assert shown["Forecast"]["B8"].value == pytest.approx(8.6 * (13.1 / 8.6) ** 0.2)
    assert refresh_file(book).kept_aside == ()


def test_input_on_start_is_the_user_s(book: Path) -> None:
    loaded = openpyxl.load_workbook(book)
    loaded["Start"]["D20"] = "ask Anna"
    loaded["Start"]["B7"] = 2028
    loaded.save(book)
    done = refresh_file(book)
    assert done.kept_aside == ()
    shown = values(book)
    assert (shown["Start"]["D20"].value, shown["Start"]["B7"].value) == ("ask Anna", 2028)
    assert named(shown, "mb_share_year") == 2028
    segments = rows(shown["Segments"], "Segment").values()
    assert {row["Status of size"].value for row in segments} == {"estimated"}


def test_a_workbook_that_never_saw_marketbook_gains_the_sheets(tmp_path: Path) -> None:
    path = tmp_path / "own.xlsx"
    own = Workbook()
    own.active.title = "Overview"
    own.active["A1"] = "mine"
    own.save(path)
    before = parts(path)
    with pytest.raises(NoMarket, match="Choose one with --market"):
        refresh_file(path)
    assert parts(path) == before
    done = refresh_file(path, SEED)
    assert len(done.added) == len(ORDER)
    shown = values(path)
    assert shown["Overview"]["A1"].value == "mine"
    assert place_of(shown, "mb_size_base")[0] == "Overview (2)"
    assert named(shown, "mb_size_base") == 8.6
    after = parts(path)
    changed = {name for name in before if after[name] != before[name]}
    assert changed == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
    }
    assert refresh_file(path).rebuilt[0] == "Overview (2)"


def test_another_market_than_the_workbook_s_is_refused(book: Path, two_markets: None) -> None:
    before = book.read_bytes()
    with pytest.raises(ConflictingChoice, match=f"is about {SEED}"):
        refresh_file(book, "Espresso Machines")
    assert book.read_bytes() == before
    assert refresh_file(book, "medical-imaging outsourcing market").market == SEED


def test_a_workbook_that_was_converted_to_values_is_left_alone(book: Path, tmp_path: Path) -> None:
    copy = tmp_path / "values.xlsx"
    assert freeze_file(book, copy).names_left == []
    before = copy.read_bytes()
    with pytest.raises(ConvertedToValues, match="was converted to values"):
        refresh_file(copy)
    assert copy.read_bytes() == before


def test_a_table_forgets_a_column_s_formula_that_calls_ours(tmp_path: Path) -> None:
    own = Workbook()
    own.active.append(["Year", "Size"])
    own.active.append([2033, f'=MARKET_SIZE("{SEED}",A2)'])
    table = Table(displayName="Sizes", ref="A1:B2")
    own.active.add_table(table)
    table._initialise_columns()
    for made, header in zip(table.tableColumns, ("Year", "Size"), strict=True):
        made.name = header
    table.tableColumns[1].calculatedColumnFormula = TableFormula(attr_text="MARKET_SIZE(1,Sizes[Year])")
    book, frozen = tmp_path / "book.xlsx", tmp_path / "frozen.xlsx"
    own.save(book)
    assert b"calculatedColumnFormula" in parts(book)["xl/tables/table1.xml"]
    freeze_file(book, frozen, lambda path: {("Sheet", "B2"): 13.1})
    assert b"calculatedColumnFormula" not in parts(frozen)["xl/tables/table1.xml"]
    assert openpyxl.load_workbook(frozen).active.tables["Sizes"].ref == "A1:B2"


def test_a_source_that_contradicts_itself_on_its_base_year_has_a_workbook_too(tmp_path: Path) -> None:
    text = (CATALOG / "espresso-machines.toml").read_text(encoding="utf-8")
    twice = text + '\n[[sizes]]\nyear = 2024\nvalue = "900"\nat = "page 9"\n'
    (tmp_path / "twice.toml").write_text(twice, encoding="utf-8")
    with own_reports(tmp_path):
        book = tmp_path / "book.xlsx"
        write_workbook(book, SECOND)
        shown = values(book)
        assert named(shown, "mb_size_base") == "#N/A"
        said = " ".join(str(cell.value) for row in shown["Overview"] for cell in row)
        assert "contradicts itself on the size of Espresso Machines" in said
        assert refresh_file(book).changes == ()


def test_the_base_year_is_told_apart_from_a_year_of_the_same_size(tmp_path: Path) -> None:
    text = (CATALOG / "espresso-machines.toml").read_text(encoding="utf-8").replace('"400"', '"500"')
    (tmp_path / "same.toml").write_text(text, encoding="utf-8")
    with own_reports(tmp_path):
        book = tmp_path / "book.xlsx"
        write_workbook(book, SECOND)
        shown = values(book)
        assert named(shown, "mb_base_year") == 2024
        assert next(column(shown["Segments"], "Share")).value == 0.6


def test_a_year_of_shares_that_is_none_is_shown_as_none(book: Path, office: Office) -> None:
    loaded = openpyxl.load_workbook(book)
    loaded["Start"]["B7"] = "next year"
    loaded.save(book)
    refresh_file(book)
    shares = {row["Share"] for row in rows(values(book)["Segments"], "Segment").values()}
    assert {cell.value for cell in shares} <= {None, ""}
    computed = office.recalculate(book)
    assert {computed["Segments", cell.coordinate] for cell in shares} == {""}


def test_a_unit_of_another_currency_is_refused_with_a_way_out(book: Path) -> None:
    loaded = openpyxl.load_workbook(book)
    loaded["Start"]["B6"] = "EUR million"
    loaded.save(book)
    with pytest.raises(ConflictingChoice, match="Change the unit on the Start sheet"):
        refresh_file(book)


def test_drop_downs_follow_a_catalog_that_grows(book: Path, two_markets: None) -> None:
    refresh_file(book)
    assert place_of(openpyxl.load_workbook(book), "mb_markets") == ("Lists", "A2:A4")
    assert {SECOND, SEED} < {values(book)["Lists"][at].value for at in ("A2", "A3", "A4")}


def test_a_sheet_of_the_user_s_is_never_taken_for_ours_by_its_name(book: Path) -> None:
    loaded = openpyxl.load_workbook(book)
    del loaded["Checks"]
    for name in [name for name in loaded.defined_names if "checks" in name]:
        del loaded.defined_names[name]
    loaded.create_sheet("Checks")["A1"] = "PRECIOUS"
    loaded.save(book)
    done = refresh_file(book, sheets=["all"])
    assert done.added == ("Checks (2)",)
    assert values(book)["Checks"]["A1"].value == "PRECIOUS"


def test_the_lists_stay_hidden_and_protected_sheets_stay_as_they_are(book: Path) -> None:
    loaded = openpyxl.load_workbook(book)
    del loaded["Lists"]
    loaded.save(book)
    assert refresh_file(book).added == ("Lists",)
    loaded = openpyxl.load_workbook(book)
    assert loaded["Lists"].sheet_state == "hidden"
    loaded["Forecast"].protection.enable()
    loaded.save(book)
    before = book.read_bytes()
    with pytest.raises(ConflictingChoice, match="The sheet Forecast is protected"):
        refresh_file(book)
    assert book.read_bytes() == before


def test_a_refreshed_workbook_is_calculated_to_what_it_carries(
    book: Path, newer_report: None, office: Office
) -> None:
    """The running LibreOffice has the bundled report only, so the older figures come out again."""
    refresh_file(book)
    computed = office.recalculate(book)
    assert CellError.NAME not in computed.values()
    assert computed[place_of(values(book), "mb_size_end")] == 13.1
    assert catalog.catalog().market(SEED).size(2033).value == 13.4
