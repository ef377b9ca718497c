"""The one grammar of formulas: every token has its kind, and joined they are the formula again."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator

from tests.workbook.package.corpus import FILES, FOLDER, needs_corpus
from workbook.package import Package, PackageError
from workbook.package.sheets.calls import Calls, Functions
from workbook.package.sheets.dependents import areas_of
from workbook.package.sheets.formulas import moved, tokens, without_texts
from workbook.package.sheets.references import quoted_sheet, renamed, sheet_referred_to

KINDS = {
    "text": ['"a""b"', '"MARKET_SIZE("', '""'],
    "sheet": [
        *("Data!", "'My Data'!", "'It''s \"x\"'!", "Jan:Dec!", "'Jan 1:Dec 2'!", "2024!", "Größe!", "a.b!"),
        *("[1]!", "[1]Data!", "'[1]My Data'!", "'C:\\x\\[b.xlsx]S'!", "book.xlam!", "[Book1.xlsx]S!"),
    ],
    "area": [
        *("A1", "$A$1", "a$1", "XFD1048576", "A1:B2", "$A1:B$2", "A:A", "$A:XFD", "1:1", "$1:1048576"),
        *("FY24", "LOG10"),
    ],
    "function": ["SUM", "_xlfn.XLOOKUP", "LOG10", "_xldudf_MARKET_SIZE", "MARKETBOOK.MARKET_SIZE", "größe"],
    "name": [
        *(
            "TRUE",
            "mb_market",
            "XFE1",
            "A1048577",
            "A0",
            "ABCD1",
            "_x",
            "\\a",
            "a?",
            "A1.b",
            "Größe",
            "R1C1x",
        ),
    ],
    "number": ["1", "1.5", ".5", "1E-5", "1.", "12e+3"],
    "brackets": ["[Col]", "[[#This Row],[Größe]]", "[a'[b'']", "[[a'#]:[b]]", "[@[x y]]", "[#All]"],
    "error": ["#REF!", "#N/A", "#DIV/0!", "#NAME?", "#NULL!", "#GETTING_DATA", "#SPILL!"],
    "space": [" ", "  \n"],
    "sign": ["<=", "<>", "+", ",", ";", "{", "}", "(", ")", "@", "#", ":", "%", '"', "'", "[", "!"],
}


def kinds(formula: str) -> list[tuple[str, str]]:
    return [(found.lastgroup, found[0]) for found in tokens(formula)]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in KINDS.items() for text in texts])
def test_one_token(kind, text):
    after = "(" if kind == "function" else ""
    assert kinds(text + after)[0] == (kind, text)


def test_a_formula_with_everything():
    formula = "IF(Jan:Dec!$A1>=1.5%,{1,-2;\"a\",#N/A},@Sales[[#This Row],[It'']] A1#:B2)&'[1]x!'!F(1:2)"
    assert [text for kind, text in kinds(formula) if kind not in ("sign", "number")] == [
        *("IF", "Jan:Dec!", "$A1", '"a"', "#N/A", "Sales", "[[#This Row],[It'']]"),
        *(" ", "A1", "B2", "'[1]x!'!", "F", "1:2"),
    ]


@given(st.text("AB1$:!'\"[](){},;#@ .+-<>=E_é\\?\n", max_size=30))
def test_tokens_joined_are_the_formula(formula):
    assert "".join(found[0] for found in tokens(formula)) == formula
    assert all(found.lastgroup and found[0] for found in tokens(formula))
    assert renamed(formula, {}) == formula
    assert moved(formula, "A1", "A1") == formula
    without_texts(formula)
    list(areas_of(formula, "S", {}))


PIECES = st.sampled_from([text for texts in KINDS.values() for text in texts])


@given(st.lists(PIECES, max_size=8))
def test_pieces_of_formulas_joined(pieces):
    formula = "".join(pieces)
    assert "".join(found[0] for found in tokens(formula)) == formula


def formulas_of(package: Package) -> Iterator[str]:
    """Every formula of a package: of cells, names, rules, validations, charts and tables."""
    for part in package:
        if part.casefold().endswith(".xml"):
            pattern = rb"<(?:\w+:)?(?:f|formula\d?|definedName|calculatedColumnFormula)(?:\s[^>]*)?>([^<]+)<"
            yield from (unescape(found[1].decode()) for found in re.finditer(pattern, package[part]))


@needs_corpus
def test_every_formula_of_the_shared_workbooks():
    seen = set()
    for name in FILES:
        try:
            with Package.open(FOLDER / name) as package:
                seen |= set(formulas_of(package))
        except PackageError:
            continue
    assert len(seen) > 1400
    calls = Calls(Functions(["MARKET_SIZE"]))
    for formula in seen:
        assert "".join(found[0] for found in tokens(formula)) == formula
        assert renamed(formula, {}) == calls.plain(formula) == formula
        odd = [found[0] for found in tokens(formula) if found["sign"] and found[0] in "\"'[]!"]
        assert not odd, formula


CELLS = st.builds(
    lambda a, c, b, r: f"{a}{c}{b}{r}",
    *(st.sampled_from(["", "$"]), st.sampled_from("CDXY"), st.sampled_from(["", "$"]), st.integers(20, 40)),
)
AREAS = st.one_of(
    CELLS,
    st.tuples(CELLS, CELLS).map(":".join),
    st.sampled_from(["$C:D", "20:$21", "Data!D20", "'My Data'!$C$30:D40", "Jan:Dec!D30", "[1]S!D20"]),
)
OTHERS = st.sampled_from(['"C20"', "C20_x", "LOG10(1)", "1E5", "TRUE", "rate", "#N/A", "{1,2}", "Sales[D20]"])


@given(st.lists(st.one_of(AREAS, OTHERS), min_size=1, max_size=5), CELLS, CELLS)
def test_a_moved_formula_is_what_openpyxl_makes_of_it(pieces, origin, to):
    origin, to = origin.replace("$", ""), to.replace("$", "")
    assume(all(ord(one[0]) - ord(other[0]) > -3 for one, other in [(to, origin)]))
    formula = "+".join(pieces)
    assert moved(formula, origin, to) == Translator("=" + formula, origin).translate_formula(to)[1:]


def test_moved_over_the_edge_is_a_lost_reference():
    assert moved("A1+SUM($A1:B2)+Data!C:C", "D4", "D3") == "#REF!+SUM(#REF!)+Data!C:C"
    assert moved("XFD1&1:2", "A1", "B1") == "#REF!&1:2"
    assert moved("1048576:$9+A$9", "A1", "A2") == "#REF!+A$9"


@pytest.mark.parametrize(
    ("formula", "areas"),
    {
        "A1:B2": ["s!1,1,2,2"],
        "$B$2:A1": ["s!1,1,2,2"],
        "Data!C:D+2:3": ["data!3,1,4,1048576", "s!1,2,16384,3"],
        "Data!A1:Data!B9": ["data!1,1,1,1", "data!2,9,2,9", "data!1,1,2,9"],
        "A1:Data!B9": ["s!1,1,1,1", "data!2,9,2,9", "s!1,1,2,9"],
        "Jan:Dec!A1": ["jan!1,1,1,1", "dec!1,1,1,1"],
        "[1]Data!A1+'[1]S'!B1+'C:\\[b.xlsx]S'!rate": [],
        "#REF!A1+Data!#REF!+B2": ["s!2,2,2,2"],
        '"A1"&LOG10(C3)&A1.x': ["s!3,3,3,3"],
        "rate*RATE+Data!rate": ["other!1,1,1,1"] * 3,
        "Sales[[#This Row],[A1]]": ["sales!1,1,9,9"],
        "A1#": ["s!1,1,1,1"],
        "XFE1+A1048577": [],
        "A1+INDEX(B1:B2,1):C9": ["s!1,1,1,1", "s!2,1,2,2", "s!3,9,3,9"],
    }.items(),
)
def test_areas(formula, areas):
    named = {
        "rate": list(areas_of("Other!A1", "", {})),
        "sales": list(areas_of("Sales!A1:I9", "", {})),
    }
    found = [f"{area.sheet}!{','.join(map(str, area[1:]))}" for area in areas_of(formula, "S", named)]
    assert found == areas


def test_sheets_and_tables_are_renamed_and_nothing_else():
    names = {"data": "My Data", "jan": "Jän", "sales": "Sales (2)"}
    formula = (
        "Data!A1+'DATA'!B1+[1]Data!A1+'[1]Data'!A1+\"Data!\"+Jan:Dec!A1+Sales[Data!A1]+data+Data!Sales[x]"
    )
    assert renamed(formula, names, {"sales": "Sales_2"}) == (
        "'My Data'!A1+'My Data'!B1+[1]Data!A1+'[1]Data'!A1+\"Data!\"+'Jän:Dec'!A1+Sales_2[Data!A1]+data"
        "+'My Data'!Sales_2[x]"
    )


@given(st.text("AB1 '!c.[]é", min_size=1, max_size=12).filter(lambda name: "[" not in name))
def test_a_sheets_name_in_quotes_is_read_back(name):
    assume(":" not in name)
    assert sheet_referred_to(quoted_sheet(name) + "!$A$1") == name
