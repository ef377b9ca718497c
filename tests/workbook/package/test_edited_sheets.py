"""What counts as an edit of a sheet of ours, and what does not."""

from tests.workbook.package.grafting import USER, edit, grafted, renamed_by_user
from tests.workbook.package.reports import MARKS
from tests.workbook.package.synthetic import package_bytes
from workbook.package import ErrorValue, edited_sheets, set_cached_values


def test_typing_into_a_sheet_is_noticed_and_calculating_is_not():
    package = grafted(package_bytes({"User": USER}))
    assert edited_sheets(package, MARKS) == []
    part = "xl/worksheets/sheet2.xml"
    set_cached_values(package, "Overview", {"B4": ErrorValue("#NAME?")})
    assert edited_sheets(package, MARKS) == []
    edit(package, part, "<v>0.25</v>", "<v>0.26</v>")
    assert edited_sheets(package, MARKS) == ["overview"]


def test_another_spelling_is_no_edit():
    package = renamed_by_user(grafted(package_bytes({"User": USER})))
    edit(
        package,
        "xl/worksheets/sheet3.xml",
        "MARKET_SIZE(Overview!$B$2,A3)",
        "[1]!MARKET_SIZE('Overview'!$B$2,A3)",
    )
    edit(
        package, "xl/worksheets/sheet2.xml", "MARKET_SIZE(B2,2028)", "_xlfn.SINGLE([1]!MARKET_SIZE(B2,2028))"
    )
    edit(package, "xl/worksheets/sheet2.xml", "<v>0.25</v>", "<v>0.25000000000000000</v>")
    assert edited_sheets(package, MARKS) == []
    edit(package, "xl/worksheets/sheet3.xml", "$B$2,A3)", "$B$2,A3)+1")
    assert edited_sheets(package, MARKS) == ["figures"]
