"""Requests that no scripts of ours send: each is refused with a sentence, and none is a failure of ours."""

import json
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from addin.web.refreshing.checking import Impossible
from addin.web.refreshing.refresh import refreshed
from addin.web.refreshing.wire import Beside, Block, Name, OpenedSheet, RefreshRequest
from markets.errors import MarketbookError
from tests.addin.web.refreshing.client import described
from tests.conftest import SEED
from workbook.template import write_workbook

SHEET = OpenedSheet("Overview", [Block("A1", [[1.0]], [[1.0]], [["Double"]])])
BARE = RefreshRequest([SHEET], {}, {}, SEED)


def block(area: str = "A1", formula: Any = 1.0, value: Any = 1.0, kind: str = "Double") -> OpenedSheet:
    return OpenedSheet("Overview", [Block(area, [[formula]], [[value]], [[kind]])])


def beside(**more: Any) -> OpenedSheet:
    return replace(SHEET, beside=Beside(**more))


def sheets(*given: OpenedSheet) -> RefreshRequest:
    return replace(BARE, sheets=list(given))


IMPOSSIBLE = {
    "200 sheets": (
        sheets(*(replace(SHEET, name=f"S{at}") for at in range(200))),
        "200 sheets, where at most",
    ),
    "two sheets of one name": (sheets(SHEET, replace(SHEET, name="OVERVIEW")), "two sheets called overview"),
    "a sheet without a name": (sheets(replace(SHEET, name="")), "a sheet called ''"),
    "a sheet with a path": (sheets(replace(SHEET, name="../x")), "a sheet called '../x'"),
    "a long name": (sheets(replace(SHEET, name="x" * 32)), "a sheet called"),
    "a control character in a name": (sheets(replace(SHEET, name="a\x00b")), r"a sheet called 'a\\x00b'"),
    "half a character in a name": (replace(BARE, taken=["\ud800"]), r"a sheet called '\\ud800'"),
    "no area": (sheets(block("B")), "an area called 'B'"),
    "a wrong area": (sheets(block("B2:A1")), "an area called 'B2:A1'"),
    "an area beyond the sheet": (sheets(block("XFE1")), "an area called 'XFE1'"),
    "markup for an area": (sheets(block('A1"/><x y="')), "an area called"),
    "fewer cells than said": (sheets(block("A1:B2")), "Overview!A1:B2 with another number of cells"),
    "a whole sheet in a word": (sheets(replace(SHEET, arrays=["A1:XFD1048576"])), "cells, where at most"),
    "a cell twice": (sheets(replace(SHEET, blocks=SHEET.blocks * 2)), "Overview!A1 twice"),
    "a text that is too long": (sheets(block(formula="x" * 40_000)), "a cell in Overview!A1 with"),
    "half a character": (sheets(block(value="\udc00", formula="")), "a cell in Overview!A1 with"),
    "an empty formula": (sheets(block(formula="=")), "formula for A1 is empty or longer"),
    "a long formula": (sheets(block(formula=f"={'1+' * 5_000}1")), "formula for A1 is empty or longer"),
    "a name of the user's": (replace(BARE, names={"Mine": Name("=1")}), "a name of Marketbook's that is"),
    "markup in a name": (replace(BARE, names={"mb_<x>": Name("=1")}), "a name of Marketbook's that is"),
    "a name without a formula": (replace(BARE, names={"mb_x": Name("1")}), "the name mb_x with the formula"),
    "two names alike": (
        replace(BARE, names={"mb_x": Name("=1"), "mb_X": Name("=1")}),
        "two names called mb_x",
    ),
    "a mark of a sheet that is not there": (
        replace(BARE, names={"_mb_sheet_lists": Name("=Lists!$A$1")}),
        "refers to the sheet Lists, of which nothing is said",
    ),
    "many names": (replace(BARE, names={f"mb_{at}": Name("=1") for at in range(3_000)}), "3,000 names"),
    "another record": (replace(BARE, records={"urn:mine": "x"}), "a record of 'urn:mine'"),
    "a record that is no XML": (replace(BARE, records={"urn:marketbook:report": "\x01"}), "a record of"),
    "a colour of its own": (sheets(beside(fills={"red": ["A1"]})), "a color called 'red'"),
    "fewer charts than none": (sheets(beside(charts=-1)), "-1 objects on a sheet"),
    "a million charts": (sheets(beside(charts=10**6)), "1,000,000 objects"),
    "a comment beside the cells": (sheets(beside(comments=["?"])), r"an area called '\?'"),
    "a table with a control character": (sheets(beside(tables=["a\x07"])), "a table called"),
}


@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_what_no_workbook_has_is_refused(what: str) -> None:
    request, words = IMPOSSIBLE[what]
    with pytest.raises(MarketbookError, match=words) as refused:
        refreshed(request)
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("[]", "Expected `object`"),
        ("{}", "missing required field"),
        ('{"sheets": 7, "names": {}, "records": {}}', "Expected `array`"),
        ('{"sheets": [], "names": {}, "records": {}, "password": 1}', "unknown field `password`"),
        ('{"sheets": [{"name": "A", "blocks": [], "visibility": "?"}]}', "Invalid enum value"),
        ('{"sheets": [{"name": "A", "blocks": [{"area": "A1", "formulas": [[{}]]}]}]}', "Expected"),
        ('{"sheets": [], "names": {}, "records": {"a": 1}}', "Expected `str`"),
    ],
)
def test_wrong_types_are_named_by_the_decoder(written: str, words: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=words):
        msgspec.json.decode(written, type=RefreshRequest)


def test_a_request_as_json_means_what_it_meant(book: Path) -> None:
    request = described(book)
    again = msgspec.json.decode(msgspec.json.encode(request), type=RefreshRequest)
    told = refreshed(again)
    assert told == refreshed(request)
    assert json.loads(msgspec.json.encode(told))["market"] == SEED


def test_markup_in_texts_and_formulas_stays_text(book: Path) -> None:
    evil = "</v></c><c r='B1'><v>7</v></c>]]>&amp;<!--"
    request = with_cell(described(book), "Forecast", "N2", evil, evil, "String")
    request = with_cell(request, "Forecast", "N3", f'="{evil}"', evil, "String")
    (kept,) = refreshed(request).kept_aside
    assert kept.edited == ["N2", "N3"]
    assert kept.told[1:] == [f"  N2: none -> {evil}", f'  N3: none -> ="{evil}"']


def test_a_record_that_was_changed_by_hand_is_none(book: Path) -> None:
    request = described(book)
    for text in ("[]", "{", '{"layout": "x"}', "null", '{"overview": 7}'):
        records = dict.fromkeys(request.records, text)
        assert refreshed(replace(request, records=records)).market == SEED


def test_marks_that_point_at_each_other_s_sheets_lose_nothing(book: Path) -> None:
    request = described(book)
    one, other = request.names["_mb_sheet_overview"], request.names["_mb_sheet_forecast"]
    names = {**request.names, "_mb_sheet_overview": other, "_mb_sheet_forecast": one}
    told = refreshed(replace(request, names=names))
    assert {kept.sheet for kept in told.kept_aside} >= {"Overview", "Forecast"}


def test_two_marks_of_one_sheet_are_refused(book: Path) -> None:
    request = described(book)
    names = {**request.names, "_mb_sheet_forecast": request.names["_mb_sheet_overview"]}
    with pytest.raises(Impossible, match="two marks of a sheet called overview"):
        refreshed(replace(request, names=names))


def with_cell(
    request: RefreshRequest, name: str, cell: str, formula: Any, value: Any, kind: str
) -> RefreshRequest:
    more = Block(cell, [[formula]], [[value]], [[kind]])
    return replace(
        request,
        sheets=[
            replace(sheet, blocks=[*sheet.blocks, more]) if sheet.name == name else sheet
            for sheet in request.sheets
        ],
    )


texts = st.text(max_size=12) | st.sampled_from(["A1", "A1:B2", "=A1", "Overview", "#REF!", "mb_market"])
values = st.floats(allow_nan=False, allow_infinity=False) | texts | st.booleans() | st.none()
tables = st.lists(st.lists(values, max_size=3), max_size=3)
blocks = st.builds(Block, texts, tables, tables, st.lists(st.lists(texts, max_size=3), max_size=3))
requests = st.builds(
    RefreshRequest,
    st.lists(st.builds(OpenedSheet, texts, st.lists(blocks, max_size=2)), max_size=3),
    st.dictionaries(
        st.sampled_from(["mb_market", "mb_unit", "_mb_sheet_overview", "_mb_content_overview", "mb_layout"])
        | texts,
        st.builds(
            Name, texts | st.sampled_from(["=Overview!$A$1", "=#REF!$A$1", '="x"', "=1"]), st.booleans()
        ),
        max_size=4,
    ),
    st.dictionaries(st.sampled_from(["urn:marketbook:report", "urn:marketbook:written"]), texts, max_size=2),
    st.sampled_from([SEED, "", "nonsense"]),
    taken=st.lists(texts, max_size=2),
)


@given(requests)
@settings(max_examples=60, deadline=None)
def test_whatever_is_asked_the_answer_is_instructions_or_a_sentence(request: RefreshRequest) -> None:
    try:
        told = refreshed(request)
    except MarketbookError as error:
        assert str(error).endswith((".", "?"))
    else:
        assert told.market == SEED


def test_a_workbook_can_have_as_many_cells_as_that_takes() -> None:
    with pytest.raises(Impossible, match="cells"):
        refreshed(sheets(replace(SHEET, blocks=[Block("A1", [[0.0] * 500_000], [[0.0]], [["Double"]])])))


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> RefreshRequest:
    path = tmp_path_factory.mktemp("asked") / "book.xlsx"
    write_workbook(path, SEED)
    return described(path)


references = st.sampled_from(
    [
        "=Start!$B$5",
        "=Start!$B$5:$B$9",
        "=#REF!$A$1",
        "=Start!#REF!",
        "=1",
        '="x"',
        "=Nowhere!$A$1",
        "=Start!B:B",
    ]
)


@given(st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_workbook_that_was_damaged_anyhow_gives_instructions_or_a_sentence(
    asked: RefreshRequest, data: st.DataObject
) -> None:
    damaged = data.draw(
        st.builds(damage, st.just(asked), st.integers(0, 2**32).map(Random), references, values)
    )
    try:
        told = refreshed(damaged)
    except MarketbookError as error:
        assert str(error).endswith((".", "?", '"'))
    else:
        assert len({sheet.name.casefold() for sheet in told.sheets}) == len(told.sheets)


def damage(asked: RefreshRequest, chance: Random, reference: str, value: Any) -> RefreshRequest:
    """A request with some sheets, names and texts of records gone or others, and some cells changed."""
    names = {name: defined for name, defined in asked.names.items() if chance.random() > 0.1}
    for name in chance.sample(sorted(names), 3):
        names[name] = Name(reference)
    records = {space: text for space, text in asked.records.items() if chance.random() > 0.3}
    for space, text in records.items():
        if chance.random() < 0.4:
            at = chance.randrange(len(text))
            records[space] = text[:at] + chance.choice(["", "0", "}", '"']) + text[at + 1 :]
    gone = {sheet.name for sheet in asked.sheets if chance.random() < 0.1}
    names = {name: defined for name, defined in names.items() if not _is_on(defined, gone)}
    sheets = [_scrambled(sheet, chance, value) for sheet in asked.sheets if sheet.name not in gone]
    return replace(asked, names=names, records=records, sheets=sheets)


def _is_on(defined: Name, sheets: set[str]) -> bool:
    return defined.refers_to.rpartition("!")[0].strip("='") in sheets


def _scrambled(sheet: OpenedSheet, chance: Random, value: Any) -> OpenedSheet:
    (block,) = sheet.blocks
    rows = [list(row) for row in block.formulas], [list(row) for row in block.values]
    for _ in range(chance.choice([0, 0, 1, 20])):
        row = chance.randrange(len(rows[0]))
        column = chance.randrange(len(rows[0][row]))
        for table in rows:
            table[row][column] = value
    return replace(sheet, blocks=[replace(block, formulas=rows[0], values=rows[1])])
