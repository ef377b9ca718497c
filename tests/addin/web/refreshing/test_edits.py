"""What a user typed on report sheets, or added to them, is kept aside as a refresh of the file keeps it."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl.worksheet.formula import ArrayFormula

from addin.web.refreshing.formulas import namespaced
from addin.web.refreshing.refresh import refreshed
from addin.web.refreshing.wire import Beside, Block, OpenedSheet, RefreshRequest
from tests.addin.web.refreshing.both import both
from tests.addin.web.refreshing.client import described
from tests.conftest import SECOND
from tests.workbook.calc import edited
from tests.workbook.renaming import rename_sheet
from tests.workbook.test_edits_kept import FORECAST, change_cell
from tests.workbook.test_foreign_content import ADDED, changed
from workbook.template import write_workbook

TYPED = {
    "a number": "<c {style}><v>9.99</v></c>",
    "a number of 17 digits": "<c {style}><v>0.30000000000000004</v></c>",
    "a small number": "<c {style}><v>1E-300</v></c>",
    "a formula": "<c {style}><f>A8*1.05</f><v>10.4895</v></c>",
    "a formula with our function": '<c {style}><f>MARKET_SIZE("CT",2030)</f><v>10.4895</v></c>',
    "a formula that gives an error": '<c {style} t="e"><f>1/0</f><v>#DIV/0!</v></c>',
    "a text": '<c {style} t="inlineStr"><is><t>Our &amp; &lt;years&gt;</t></is></c>',
    "a text that is a formula": '<c {style} t="inlineStr"><is><t>=A1</t></is></c>',
    "a text that is a number": '<c {style} t="inlineStr"><is><t>007</t></is></c>',
    "a text with an apostrophe": '<c {style} t="inlineStr"><is><t>\'tis</t></is></c>',
    "a text of several lines": '<c {style} t="inlineStr"><is><t>one\ntwo&#13;\nthree</t></is></c>',
    "a long text": f'<c {{style}} t="inlineStr"><is><t>{"long " * 6000}</t></is></c>',
    "a truth": '<c {style} t="b"><v>1</v></c>',
    "an error": '<c {style} t="e"><v>#N/A</v></c>',
    "a date": "<c {style}><v>45992</v></c>",
    "nothing": "",
}


@pytest.mark.parametrize("what", TYPED)
def test_what_was_typed_is_known_as_in_the_file(book: Path, what: str) -> None:
    change_cell(book, FORECAST, "B8", TYPED[what])
    (kept,) = both(book).told.kept_aside
    assert (kept.sheet, kept.copy, kept.edited) == ("Forecast", "Forecast (edited)", ["B8"])
    assert kept.typed == (["B8"] if what.startswith(("a formula", "a text that is a formula")) else [])
    assert kept.told[0] == "Forecast was edited. A copy of it is on the sheet Forecast (edited)."


@pytest.mark.parametrize("market", ["Guided Tissue Regeneration Membrane", SECOND])
def test_edits_in_several_sheets_of_other_markets(market: str, two_markets: None, tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    write_workbook(book, market)
    rename_sheet(book, "Segments", "Ada's cuts")
    for sheet, cell in (("sheet3", "B8"), ("sheet4", "C7"), ("sheet4", "D8"), ("sheet12", "E4")):
        change_cell(book, f"xl/worksheets/{sheet}.xml", cell, TYPED["a text that is a number"])
    told = both(book).told
    assert [(kept.copy, kept.edited) for kept in told.kept_aside] == [
        ("Forecast (edited)", ["B8"]),
        ("Ada's cuts (edited)", ["C7", "D8"]),
        ("Lists (edited)", ["E4"]),
    ]
    assert told.creates == [kept.copy for kept in told.kept_aside]


def test_a_formula_that_spills_is_one_formula_and_values(book: Path) -> None:
    def spill(loaded) -> None:
        loaded["Forecast"]["N2"] = ArrayFormula("N2:N3", "=KEY_PLAYERS(mb_market)")
        loaded["Forecast"]["N3"] = "a player"

    changed(book, spill)
    (kept,) = both(book).told.kept_aside
    assert (kept.edited, kept.typed) == (["N2", "N3"], ["N2"])


def test_the_cells_that_excel_shows_a_spilled_formula_in_have_values_only(book: Path) -> None:
    area = OpenedSheet(
        "Forecast",
        [
            Block(
                "N2:N3",
                [["=KEY_PLAYERS(mb_market)"]] * 2,
                [["one"], ["another"]],
                [["String"], ["String"]],
            )
        ],
        arrays=["N2:N3"],
    )
    request = described(book)
    sheets = [
        replace(sheet, blocks=[*sheet.blocks, *area.blocks], arrays=area.arrays)
        if sheet.name == "Forecast"
        else sheet
        for sheet in request.sheets
    ]
    (kept,) = refreshed(replace(request, sheets=sheets)).kept_aside
    assert (kept.edited, kept.typed) == (["N2", "N3"], ["N2"])
    assert kept.told[-1] == "  N3: none -> another"


@pytest.mark.parametrize("what", ADDED)
def test_what_was_added_is_known_as_in_the_file(book: Path, what: str) -> None:
    change, words = ADDED[what]
    changed(book, change)
    (kept,) = both(book).told.kept_aside
    assert f"was edited ({words})" in kept.told[0]


def test_merging_cells_clears_all_but_the_first(book: Path) -> None:
    changed(book, lambda loaded: loaded["Forecast"].merge_cells("B8:D8"))
    (kept,) = both(book).told.kept_aside
    assert kept.edited == ["C8", "D8"]
    assert kept.told[0].startswith("Forecast was edited (merged cells (B8:D8)).")


def test_shapes_are_kept_aside_too(book: Path) -> None:
    (kept,) = refreshed(with_beside(described(book), "Overview", shapes=2)).kept_aside
    assert kept.told[0].startswith("Overview was edited (shapes).")
    assert not kept.edited


def with_beside(request: RefreshRequest, name: str, **more: object) -> RefreshRequest:
    """A request in which a sheet has something else beside its entries."""
    sheets = [
        replace(sheet, beside=replace(sheet.beside or Beside(), **more)) if sheet.name == name else sheet
        for sheet in request.sheets
    ]
    return replace(request, sheets=sheets)


def test_rules_in_other_areas_than_they_were_written_for_are_the_same(book: Path) -> None:
    """As Excel tells them: where cells have a rule, a validation or a link, not which belong together."""
    request = described(book)
    overview = next(sheet for sheet in request.sheets if sheet.name == "Overview").beside
    assert overview is not None
    assert "A3:K3" in overview.ruled
    split = [area for area in overview.ruled if area != "A3:K3"]
    asked = with_beside(request, "Overview", ruled=[*split, "A3:C3", "D3:K3"])
    assert refreshed(asked).kept_aside == []
    more = with_beside(request, "Overview", ruled=[*split, "A3:L3"])
    assert "(conditional formatting (L3))" in refreshed(more).kept_aside[0].told[0]


def test_a_link_of_merged_cells_is_that_of_the_first(book: Path) -> None:
    request = described(book)
    scenarios = next(sheet for sheet in request.sheets if sheet.name == "Scenarios").beside
    assert scenarios is not None
    assert "C5" in scenarios.links
    (whole,) = [area for area in scenarios.merged if area.startswith("C5:")]
    links = [whole if area == "C5" else area for area in scenarios.links]
    assert refreshed(with_beside(request, "Scenarios", links=links)).kept_aside == []


def test_without_a_word_about_what_is_beside_the_entries_nothing_of_it_is_the_user_s(book: Path) -> None:
    request = described(book)
    bare = replace(request, sheets=[replace(sheet, beside=None) for sheet in request.sheets])
    assert refreshed(bare).kept_aside == []


SPELLED = {
    "plain": str,
    "with the namespace": namespaced,
    "with another add-in's path": lambda formula: namespaced(formula).replace(
        "MARKETBOOK.", r"'C:\Add-ins\marketbook.xlam'!"
    ),
    "with a link": lambda formula: namespaced(formula).replace("MARKETBOOK.", "[1]!"),
    "as in a file": lambda formula: namespaced(formula).replace("MARKETBOOK.", "_xldudf_MARKETBOOK_"),
    "as xlwings Server has it": lambda formula: namespaced(formula).replace("MARKETBOOK.", "_xldudf_"),
    "with intersections": lambda formula: f"@{namespaced(formula).replace('MARKETBOOK.', '@MARKETBOOK.')}",
    "with SINGLE": lambda formula: (
        f"_xlfn.SINGLE({namespaced(formula)})" if formula.startswith("MARKET_") else namespaced(formula)
    ),
}


@pytest.mark.parametrize("form", SPELLED)
def test_a_formula_in_another_form_is_no_edit(book: Path, form: str) -> None:
    request = described(book, spell=SPELLED[form])
    assert any("MARKET_SIZE(" in str(row) for sheet in request.sheets for row in sheet.blocks[0].formulas)
    told = refreshed(request)
    assert told.kept_aside == []
    assert told.sheets == refreshed(described(book)).sheets


def test_values_of_formulas_do_not_matter(book: Path) -> None:
    request = described(book)
    stale = replace(request, sheets=[_stale(sheet) for sheet in request.sheets])
    assert stale != request
    assert refreshed(stale) == refreshed(request)


def _stale(sheet: OpenedSheet) -> OpenedSheet:
    """The sheet while its functions wait for their answers."""
    (block,) = sheet.blocks
    busy = [[isinstance(cell, str) and cell[:1] == "=" for cell in row] for row in block.formulas]
    both = [list(zip(*rows, strict=True)) for rows in zip(busy, block.values, strict=True)]
    values = [["#BUSY!" if is_busy else value for is_busy, value in row] for row in both]
    kinds = [list(zip(*rows, strict=True)) for rows in zip(busy, block.types, strict=True)]
    types = [["Error" if is_busy else kind for is_busy, kind in row] for row in kinds]
    return replace(sheet, blocks=[replace(block, values=values, types=types)])


def test_a_sheet_can_be_said_in_several_blocks(book: Path) -> None:
    request = described(book)
    halves = replace(request, sheets=[_halved(sheet) for sheet in request.sheets])
    assert refreshed(halves) == refreshed(request)


def _halved(sheet: OpenedSheet) -> OpenedSheet:
    (block,) = sheet.blocks
    last = block.area.partition(":")[2].rstrip("0123456789")
    tables = block.formulas, block.values, block.types
    first = Block(f"A1:{last}2", *(table[:2] for table in tables))
    rest = Block(f"A3:{last}{len(block.formulas)}", *(table[2:] for table in tables))
    return replace(sheet, blocks=[first, rest])


def test_inserted_rows_are_told_and_the_old_sheet_is_kept(book: Path) -> None:
    told = both(edited(book, ["rows", "Overview", 4, 2])).told
    (kept,) = told.kept_aside
    assert "inserted or deleted rows or columns" in kept.told[0]
    (moved,) = told.moved
    assert moved.sheet == "Overview"
    places = moved.refusal.format(places="Board!B2")
    assert "inserted or deleted on the sheet Overview, and other cells refer to it (Board!B2)" in places


def test_rows_inserted_on_the_users_own_sheets_are_theirs(book: Path) -> None:
    told = both(edited(book, ["rows", "Assumptions", 15, 2], ["rows", "Start", 20, 1])).told
    assert told.moved == []
