"""The scripts and the files' commands let the same formulas refer to the cells of what spilled."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from workbook.dependency_graph import OURS
from workbook.package import Calls
from workbook.package.edits.spills import with_areas

CALLS = Calls(OURS)
SPILLS = {("s", "A1"): "A1:B9", ("it's", "C3"): "C3:C5"}
CELLS = ["A1", "$A$1", "A$1", "$a1", "C3", "$C$3", "B7", "A1:B2", "S!A1", "s!$A$1", "'It''s'!C3", "T!A1"]
OPERANDS = [
    *(f"_xlfn.ANCHORARRAY({cell})" for cell in [*CELLS, "'[1]S'!A1", "S:T!A1", "size"]),
    *(*CELLS, '"A1#"', '"_xlfn.ANCHORARRAY(A1)"', "#N/A", "#REF!", "size", "12%"),
]

FORMULAS = st.lists(
    st.tuples(st.sampled_from(OPERANDS), st.sampled_from(["+", ",", " ", ")*(", "&ROWS(", "<>"])), max_size=8
).map(lambda pairs: "".join(operand + sign for operand, sign in pairs))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(FORMULAS, min_size=1, max_size=40))
def test_they_agree(bare_page: Page, formulas: list[str]) -> None:
    found = bare_page.evaluate(
        """async ([formulas, spills]) => {
            const { withAreas } = await import("/excel/scripts/names/spilled.js");
            const areaOf = (sheet, cell) => spills[`${sheet.toLowerCase()}!${cell}`];
            return formulas.map((formula) => withAreas(formula, "S", areaOf));
        }""",
        [
            [CALLS.shown(formula) for formula in formulas],
            {f"{sheet}!{cell}": area for (sheet, cell), area in SPILLS.items()},
        ],
    )
    assert found == [CALLS.shown(with_areas(formula, "S", SPILLS)) for formula in formulas]
