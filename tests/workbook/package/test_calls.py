import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workbook.package.soundness import Snapshot
from tests.workbook.package.synthetic import LINKS, OFFICE, SPREADSHEET, cell, package_bytes, sheet_xml
from workbook.package import (
    Functions,
    Missing,
    NoCachedValue,
    Package,
    formulas_calling,
    freeze,
    plain_calls,
    set_cached_values,
    sheet_contents,
    valueless,
)
from workbook.package.sheets.calls import Calls

FUNCTIONS = Functions(("MARKET_SIZE", "MARKET_SOURCE"), ("marketbook.xlam",), "MARKETBOOK", ("XLWINGS",))
LINKED = {1: "marketbook.xlam", 2: "prices.xlsx"}

LINK = "xl/externalLinks/externalLink1.xml"

FORMS = {
    "MARKET_SIZE(A1,2028)": "MARKET_SIZE(A1,2028)",
    "market_size(A1)": "MARKET_SIZE(A1)",
    "[1]!MARKET_SIZE(A1)": "MARKET_SIZE(A1)",
    "'C:\\Add ins\\marketbook.xlam'!MARKET_SIZE(A1)": "MARKET_SIZE(A1)",
    "'https://x.example/Add%20ins/marketbook.xlam'!MARKET_SIZE(A1)": "MARKET_SIZE(A1)",
    "marketbook.xlam!MARKET_SIZE(A1)": "MARKET_SIZE(A1)",
    "_xlfn.SINGLE(MARKET_SIZE(A1))": "MARKET_SIZE(A1)",
    "_xlfn.SINGLE([1]!MARKET_SIZE(A1,SUM(B1,(C1))))*2": "MARKET_SIZE(A1,SUM(B1,(C1)))*2",
    "_xlfn.SINGLE(MARKET_SIZE(A1)+A1:A3)": "_xlfn.SINGLE(MARKET_SIZE(A1)+A1:A3)",
    "_xlfn.SINGLE(A1:A3)+MARKET_SIZE(A1)": "_xlfn.SINGLE(A1:A3)+MARKET_SIZE(A1)",
    "_xldudf_MARKET_SIZE(A1)": "MARKET_SIZE(A1)",
    "_xldudf_MARKETBOOK_MARKET_SIZE(A1)": "MARKET_SIZE(A1)",
    "_xlfn._xldudf_MARKETBOOK_MARKET_SIZE(A1)": "MARKET_SIZE(A1)",
    "_xlfn.SINGLE(_xldudf_MARKETBOOK_MARKET_SIZE(A1))": "MARKET_SIZE(A1)",
    "[2]!_xldudf_MARKETBOOK_MARKET_SIZE(A1)": "MARKET_SIZE(A1)",
    "'C:\\Analysis\\FUNCRES.XLAM'!_xldudf_MARKETBOOK_MARKET_SIZE(A1)": "MARKET_SIZE(A1)",
    "MARKETBOOK.MARKET_SIZE(A1)": "MARKET_SIZE(A1)",
    "MARKETBOOK_DEV.MARKET_SIZE(A1)": "MARKET_SIZE(A1)",
    "xlwings.MARKET_SIZE(A1)": "MARKET_SIZE(A1)",
    "_xldudf_XLWINGS_QA_MARKET_SIZE(A1)": "MARKET_SIZE(A1)",
    "@MARKETBOOK.MARKET_SIZE(A1)": "@MARKET_SIZE(A1)",
    "_xll.MARKET_SIZE(A1)": "MARKET_SIZE(A1)",
    "_xludf.MARKET_SIZE(A1)": "MARKET_SIZE(A1)",
    'IF([1]!MARKET_SIZE(A1)>[2]S!A1,"MARKET_SIZE(",1)': 'IF(MARKET_SIZE(A1)>[2]S!A1,"MARKET_SIZE(",1)',
    "MARKET_SIZE(MARKET_SOURCE(A1),Sizes[[#This Row],[It's]])": (
        "MARKET_SIZE(MARKET_SOURCE(A1),Sizes[[#This Row],[It's]])"
    ),
}
OTHERS = [
    '"MARKET_SIZE(A1)"',
    '"a""MARKET_SIZE("&A1',
    "MY_MARKET_SIZE(A1)",
    "MARKET_SIZES(A1)",
    "MARKET_SIZE2(A1)",
    "MY.MARKET_SIZE(A1)",
    "_xldudf_ACME_MARKET_SIZE(A1)",
    "_xldudf_ACME.MARKET_SIZE(A1)",
    "_xldudf_MY_MARKETBOOK_MARKET_SIZE(A1)",
    "MARKETBOOK_MARKET_SIZE(A1)",
    "_xlfn.LET(_xlpm.MARKET_SIZE,_xlfn.LAMBDA(_xlpm.x,1),_xlpm.MARKET_SIZE(A1))",
    "MAR\u212aET_SIZE(A1)",
    "MARKET_\u017fIZE(A1)",
    "MARKET_SIZE",
    "MARKET_SIZE+(A1)",
    "[2]!MARKET_SIZE(A1)",
    "'C:\\other.xlam'!MARKET_SIZE(A1)",
    "'MARKET_SIZE(1)'!A1",
    "Sizes[MARKET_SIZE(1)]",
    "SUM(A1:A3)",
    "",
]


@pytest.mark.parametrize("formula", FORMS)
def test_a_call_is_found_in_every_form_and_made_plain(formula):
    calls = Calls(FUNCTIONS, LINKED)
    assert calls.found(formula)
    assert calls.plain(formula) == FORMS[formula]
    assert calls.plain(FORMS[formula]) == FORMS[formula]


@pytest.mark.parametrize("formula", OTHERS)
def test_what_is_no_call_stays(formula):
    calls = Calls(FUNCTIONS, LINKED)
    assert not calls.found(formula)
    assert calls.plain(formula) == formula


@pytest.mark.parametrize("formula", FORMS)
def test_a_call_in_every_form_gets_the_namespace(formula):
    calls = Calls(FUNCTIONS, LINKED)
    stored = calls.namespaced(formula)
    assert "_xldudf_MARKETBOOK_MARKET_SIZE(" in stored
    assert stored.count("!") == FORMS[formula].count("!")
    assert stored.count("SINGLE") == formula.count("SINGLE")
    assert calls.plain(stored) == FORMS[formula]
    assert calls.namespaced(stored) == stored


@pytest.mark.parametrize("formula", OTHERS)
def test_what_is_no_call_gets_no_namespace(formula):
    assert Calls(FUNCTIONS, LINKED).namespaced(formula) == formula


PIECES = st.sampled_from(
    [*FORMS, *OTHERS, "+", "&", "SUM(", "IF(A1,", ")", ",", '"', "'", "[", "]", "@", " "]
)


@given(st.lists(PIECES, max_size=8).map("".join))
def test_a_formula_comes_back_from_the_namespace_as_it_was(formula):
    calls = Calls(FUNCTIONS, LINKED)
    plain = calls.plain(formula)
    assert calls.plain(calls.namespaced(plain)) == plain
    assert calls.found(calls.namespaced(formula)) == calls.found(formula)


def test_without_a_namespace_each_counts_but_a_variable_is_none():
    calls = Calls(Functions(FUNCTIONS.names))
    assert calls.plain("_xldudf_ACME_MARKET_SIZE(1)+MY.MARKET_SIZE(2)") == "MARKET_SIZE(1)+MARKET_SIZE(2)"
    assert not calls.found("_xlpm.MARKET_SIZE(1)")


@given(st.text("AMARKET_SIZE()[]!'\"1.,", max_size=40))
def test_any_text_is_taken(formula):
    calls = Calls(FUNCTIONS, LINKED)
    plain = calls.plain(formula)
    if not calls.found(formula):
        assert plain == formula


SHEET = sheet_xml(
    '<row r="1"><c r="A1" s="0" cm="1"><f>[1]!MARKET_SIZE(&quot;X&quot;,2028)</f><v>10.5</v></c>'
    '<c r="B1" t="str"><f>MARKET_SOURCE("X")&amp;" &lt;b&gt;"</f><v>said &lt;b&gt;</v></c>'
    '<c r="C1" t="e"><f>_xlfn.SINGLE(MARKET_SIZE("Y"))</f><v>#N/A</v></c>'
    '<c r="D1"><f>A1*2</f><v>21</v></c></row>'
    '<row r="2"><c r="A2"><f t="shared" ref="A2:A4" si="0">MARKET_SIZE("X",B2)</f><v>1</v></c>'
    '<c r="B2"><f t="shared" ref="B2:B4" si="1">ROW()</f><v>2</v></c></row>'
    '<row r="3"><c r="A3"><f t="shared" si="0"/><v>2</v></c>'
    '<c r="B3"><f t="shared" si="1"/><v>3</v></c></row>'
    '<row r="4"><c r="A4" t="str"><f t="shared" si="0"/><v/></c>'
    '<c r="B4"><f t="shared" si="1"/><v>4</v></c></row>'
    '<row r="5"><c r="A5" cm="1">'
    '<f t="array" ref="A5:A6">_xldudf_MARKET_SIZE("X",{1;2})</f><v>5</v></c></row>'
    '<row r="6"><c r="A6"><v>6</v></c><c r="B6" t="b"><f>MARKET_SIZE("X")&gt;1</f><v>1</v></c></row>'
)


def linked_book() -> bytes:
    """Return a workbook as Excel leaves it after saving with the add-in: a link, an index in formulas."""
    chain = "".join(f'<c r="{place}" i="3"/>' for place in ("A1", "B1", "C1", "D1", "A2", "B2"))
    return package_bytes(
        {"Mine": SHEET, "Plain": sheet_xml(f'<row r="1">{cell("A1", "1+1", "2")}</row>')},
        names='<definedName name="ours">[1]!MARKET_SIZE("X")</definedName>',
        after='<externalReferences><externalReference r:id="link"/></externalReferences>',
        links=f'<Relationship Id="link" Type="{OFFICE}/externalLink" Target="{LINK[3:]}"/>'
        f'<Relationship Id="chain" Type="{OFFICE}/calcChain" Target="calcChain.xml"/>',
        types=f'<Override PartName="/{LINK}" ContentType="{SPREADSHEET}.externalLink+xml"/>'
        f'<Override PartName="/xl/calcChain.xml" ContentType="{SPREADSHEET}.calcChain+xml"/>',
        parts={
            "xl/calcChain.xml": f'<calcChain xmlns="urn:x">{chain}</calcChain>',
            LINK: f'<externalLink xmlns="urn:x" xmlns:r="{OFFICE}"/>',
            "xl/externalLinks/_rels/externalLink1.xml.rels": f'<Relationships xmlns="{LINKS}">'
            f'<Relationship Id="a" Type="{OFFICE}/externalLinkPath" '
            'Target="file:///C:\\Add%20ins\\Marketbook.xlam" TargetMode="External"/></Relationships>',
        },
    )


def test_formula_cells_of_a_package_that_call():
    found = {call.cell: call.plain for call in formulas_calling(Package.from_bytes(linked_book()), FUNCTIONS)}
    assert found == {
        "A1": 'MARKET_SIZE("X",2028)',
        "B1": 'MARKET_SOURCE("X")&" <b>"',
        "C1": 'MARKET_SIZE("Y")',
        "A2": 'MARKET_SIZE("X",B2)',
        "A3": 'MARKET_SIZE("X",B3)',
        "A4": 'MARKET_SIZE("X",B4)',
        "A5": 'MARKET_SIZE("X",{1;2})',
        "B6": 'MARKET_SIZE("X")>1',
    }


def test_a_name_across_two_pieces_of_a_part_is_seen():
    for ahead in range(0, 60, 7):
        filler = f'<row r="1"><c r="A1"><f>1</f><v>{"1" * (262_100 + ahead)}</v></c></row>'
        row = f'<row r="2">{cell("A2", "market_size(1)", "1")}</row>'
        package = Package.from_bytes(package_bytes({"S": sheet_xml(filler + row)}))
        assert [call.cell for call in formulas_calling(package, FUNCTIONS)] == ["A2"]


def test_plain_calls_for_another_program():
    package = Package.from_bytes(linked_book())
    plain_calls(package, FUNCTIONS)
    text = package["xl/worksheets/sheet1.xml"].decode()
    assert "<f>MARKET_SIZE(&quot;X&quot;,2028)</f><v>10.5</v>" in text
    assert '<f t="shared" si="0"/>' in text
    assert "[1]!" not in text + package["xl/workbook.xml"].decode()
    assert "xldudf" not in text


def test_values_of_formula_cells_are_set():
    before = Package.from_bytes(linked_book())
    package = Package.from_bytes(linked_book())
    set_cached_values(package, "mine", {"D1": 22.0, "A3": 7.0})
    assert sheet_contents(package, "Mine")["A3"].value == 7
    old, new = before["xl/worksheets/sheet1.xml"], package["xl/worksheets/sheet1.xml"]
    assert old.replace(b"<v>21</v>", b"<v>22</v>").replace(b'"0"/><v>2</v>', b'"0"/><v>7</v>') == new
    with pytest.raises(Missing, match="no sheet named None"):
        set_cached_values(package, "None", {})


def test_freezing_leaves_values_and_every_other_formula():
    before = linked_book()
    package = Package.from_bytes(before)
    frozen = freeze(package, FUNCTIONS)
    assert frozen.cells == {"Mine": ["A1", "B1", "C1", "A2", "A3", "A4", "A5", "B6"]}
    assert frozen.names_left == ["ours"]
    assert frozen.links_left == ["marketbook.xlam"]
    after = Snapshot(package.to_bytes())
    assert after.complaints() - Snapshot(before).complaints() == set()
    assert formulas_calling(package, FUNCTIONS) == []
    old, new = sheet_contents(Package.from_bytes(before), "Mine"), sheet_contents(package, "Mine")
    assert {place: content.value for place, content in new.items()} == {
        place: content.value for place, content in old.items() if place != "A4"
    }
    assert {place for place, content in new.items() if content.formula is not None} == {
        "D1",
        "B2",
        "B3",
        "B4",
    }
    assert after.parts["xl/calcChain.xml"].count(b"<c ") == 2
    assert b"cm=" not in after.parts["xl/worksheets/sheet1.xml"]
    book = openpyxl.load_workbook(io.BytesIO(package.to_bytes()))
    values = [[c.value for c in row] for row in book["Mine"]["A1:D1"]]
    assert values == [[10.5, "said <b>", "#N/A", "=A1*2"]]
    touched = {"xl/worksheets/sheet1.xml", "xl/calcChain.xml"}
    original = Snapshot(before).parts
    assert {name for name in original if after.parts[name] != original[name]} == touched


def test_what_refers_to_a_frozen_spill_refers_to_its_cells():
    spilled = "_xlfn.ANCHORARRAY"
    row = (
        '<c r="A1" cm="1" t="str"><f t="array" ref="A1:A3">MARKET_SIZE("X")</f><v>a</v></c>'
        f'<c r="B1"><f>ROWS({spilled}(A1))+COUNTA({spilled}($A$1),{spilled}(D1))&amp;"{spilled}(A1)"</f>'
        "<v>3</v></c>"
        f'<c r="C1" cm="1"><f t="array" ref="C1:C3">LEN({spilled}(s!$A1))</f><v>1</v></c>'
        '<c r="D1" cm="1"><f t="array" ref="D1:D3">SORT(A5:A7)</f><v>1</v></c>'
    )
    filled = "".join(f'<row r="{at}"><c r="A{at}"><v>{at}</v></c></row>' for at in (2, 3))
    rules = (
        '<dataValidations count="1"><dataValidation sqref="E1" type="list">'
        f"<formula1>{spilled}($A$1)</formula1></dataValidation></dataValidations>"
    )
    other = cell("A1", f"COUNTA({spilled}('S'!A1))+ROWS({spilled}(A1))", "3")
    package = Package.from_bytes(
        package_bytes(
            {
                "S": sheet_xml(f'<row r="1">{row}</row>{filled}', tail=rules),
                "T": sheet_xml(f'<row r="1">{other}</row>'),
            },
            names=f'<definedName name="all">{spilled}(S!$A$1)</definedName>',
        )
    )
    freeze(package, FUNCTIONS)
    mine = {place: content.formula for place, content in sheet_contents(package, "S").items()}
    assert mine["A1"] is None
    assert mine["B1"] == f'ROWS(A1:A3)+COUNTA($A$1:$A$3,{spilled}(D1))&"{spilled}(A1)"'
    assert mine["C1"] == "LEN(s!$A1:$A3)"
    assert sheet_contents(package, "T")["A1"].formula == f"COUNTA('S'!A1:A3)+ROWS({spilled}(A1))"
    assert b"<formula1>$A$1:$A$3</formula1>" in package["xl/worksheets/sheet1.xml"]
    assert b">S!$A$1:$A$3</definedName>" in package["xl/workbook.xml"]


def test_freezing_refuses_cells_that_carry_no_value():
    cells = cell("A1", "MARKET_SIZE(1)", "1") + "".join(
        f'<c r="{place}"{kind}><f>MARKET_SIZE(1)</f>{value}</c>'
        for place, kind, value in (("B1", "", ""), ("C1", "", "<v/>"), ("D1", ' t="str"', "<v></v>"))
    )
    before = package_bytes({"S": sheet_xml(f'<row r="1">{cells}</row>')})
    package = Package.from_bytes(before)
    assert valueless(package) == {"S": ["B1", "C1"]}
    with pytest.raises(NoCachedValue, match=r"^2 cells have no saved values .*: S!B1, S!C1\.$"):
        freeze(package, FUNCTIONS)
    assert not package.changed


def test_freezing_keeps_text_that_stands_in_the_cell_itself():
    text = '<c r="A1" t="inlineStr"><f>MARKET_SOURCE(1)</f><is><t>said</t></is></c>'
    package = Package.from_bytes(package_bytes({"S": sheet_xml(f'<row r="1">{text}</row>')}))
    freeze(package, FUNCTIONS)
    assert sheet_contents(package, "S")["A1"] == (None, "said")


def test_freezing_a_workbook_without_calls_changes_nothing():
    package = Package.from_bytes(
        package_bytes({"Plain": sheet_xml(f'<row r="1">{cell("A1", "1+1", "2")}</row>')})
    )
    assert freeze(package, FUNCTIONS).cells == {}
    assert not package.changed
