import datetime
import io
import re
import time

import openpyxl
import pytest
from openpyxl.worksheet.table import Table

from tests.workbook.package.grafting import USER, edit, grafted, renamed_by_user, sound
from tests.workbook.package.reports import MARKS, SHEETS, report
from tests.workbook.package.soundness import Snapshot
from tests.workbook.package.synthetic import LINKS, OFFICE, cell, package_bytes, sheet_xml
from workbook.package import (
    Package,
    Refused,
    copy_sheet,
    edited_sheets,
    graft,
    known_sheets,
    mark,
    marked_sheets,
    recover_marks,
    sheet_contents,
)


def test_sheets_come_last_and_the_users_stays_in_front():
    package = Package.from_bytes(package_bytes({"User": USER}))
    done = graft(package, report(), SHEETS, MARKS)
    assert done.names == SHEETS
    assert done.added == tuple(SHEETS)
    assert done.replaced == ()
    after = sound(package, package_bytes({"User": USER}))
    assert [name for name, _ in after.sheets()] == ["User", *SHEETS.values()]
    assert marked_sheets(package, MARKS) == SHEETS
    for _, part in after.sheets():
        assert b"tabSelected" not in after.parts[part]


def test_a_renamed_sheet_is_found_and_all_follow_its_name():
    before = package_bytes({"User": USER})
    package = renamed_by_user(grafted(before))
    done = graft(package, report(9.0), SHEETS, MARKS)
    assert done.names["figures"] == "Sizes'24"
    assert set(done.replaced) == set(SHEETS)
    after = sound(package, before)
    overview = after.parts[after.sheet_part("Overview")].decode()
    assert "<f>'Sizes''24'!B2*2</f>" in overview
    assert "'Sizes''24'!$B$2&gt;1" in overview
    assert "'Sizes''24'!$A$2:$A$11" in overview
    assert '"Overview!A1"' in overview.replace("&quot;", '"')
    assert "Market Figures" not in overview
    charts = b"".join(after.parts[part] for part in after.parts if "/charts/" in part)
    assert b"Market Figures" not in charts
    assert b"&#x27;Sizes" in charts or b"'Sizes''24'!$B$2" in charts
    assert b"#'Sizes''24'!A1" in b"".join(after.parts[part] for part in after.parts if part.endswith(".rels"))
    assert (
        b"<definedName name=\"mb_years\">'Sizes''24'!$A$2:$A$11</definedName>"
        in after.parts["xl/workbook.xml"]
    )


def test_a_moved_sheet_keeps_its_place_and_its_names():
    before = package_bytes({"User": USER})
    package = grafted(before)
    text = package["xl/workbook.xml"].decode()
    moved = re.search(r'<sheet name="Overview"[^>]*/>', text)[0]
    text = text.replace(moved, "").replace("<sheets>", f"<sheets>{moved}")
    text = text.replace('localSheetId="1"', 'localSheetId="0"')
    package.replace("xl/workbook.xml", text.encode())
    package = Package.from_bytes(package.to_bytes())
    graft(package, report(9.0), SHEETS, MARKS)
    after = sound(package, before)
    assert [name for name, _ in after.sheets()] == ["Overview", "User", "Market Figures", "Notes"]
    scopes = {name.get("name"): name.get("localSheetId") for name in after.root.iterfind(".//{*}definedName")}
    assert scopes["_xlnm.Print_Area"] == scopes["_xlnm.Print_Titles"] == "0"
    assert scopes["first"] == "2"
    assert after.sheet_part("Overview") == "xl/worksheets/sheet2.xml"


def test_a_deleted_sheet_comes_back():
    before = package_bytes({"User": USER})
    package = grafted(before)
    text = package["xl/workbook.xml"].decode()
    text = re.sub(r'<sheet name="Notes"[^>]*/>', "", text).replace("Notes!$A$1", "#REF!$A$1")
    package.replace("xl/workbook.xml", text.encode())
    done = graft(package, report(), SHEETS, MARKS)
    assert done.added == ("notes",)
    assert marked_sheets(package, MARKS) == SHEETS


def test_without_its_mark_a_sheet_is_known_by_the_names_that_point_at_it():
    package = renamed_by_user(grafted(package_bytes({"User": USER})))
    text = re.sub(r'<definedName name="_mb_[^<]*</definedName>', "", package["xl/workbook.xml"].decode())
    package.replace("xl/workbook.xml", text.encode())
    recover_marks(package, MARKS, known_sheets(report(), SHEETS, MARKS))
    done = graft(package, report(), SHEETS, MARKS)
    assert done.names["figures"] == "Sizes'24"
    assert set(done.replaced) == {"overview", "figures"}
    assert done.names["notes"] == "Notes (2)"


def test_a_users_sheet_of_the_same_name_stays_the_users():
    before = package_bytes({"overview": USER, "Notes (2)": USER, "NOTES": USER})
    package = Package.from_bytes(before)
    done = graft(package, report(), SHEETS, MARKS)
    assert done.names == {"overview": "Overview (2)", "figures": "Market Figures", "notes": "Notes (3)"}
    after = sound(package, before)
    assert after.parts["xl/worksheets/sheet1.xml"] == USER.encode()
    figures = after.parts[after.sheet_part("Market Figures")]
    assert b"MARKET_SIZE('Overview (2)'!$B$2,A2)" in figures
    graft(package, report(9.0), SHEETS, MARKS)
    assert marked_sheets(package, MARKS) == done.names


def test_a_name_that_the_user_defined_for_something_else_is_not_taken():
    data = package_bytes({"User": USER}, names='<definedName name="MB_Size">User!$A$1</definedName>')
    with pytest.raises(Refused, match="already uses the name mb_size"):
        grafted(data)


def test_a_table_of_the_same_name_makes_ours_another_and_formulas_follow():
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.active.append([1, 2])
    book.active.add_table(Table(displayName="SIZES", ref="A1:B2"))
    out = io.BytesIO()
    book.save(out)
    package = Package.from_bytes(out.getvalue())
    graft(package, report(), SHEETS, MARKS)
    after = sound(package, out.getvalue())
    assert b"Sizes_2[[#Totals],[Size]]" in after.parts[after.sheet_part("Overview")]


def test_a_replaced_sheet_keeps_its_code_name_and_whether_it_is_selected():
    package = grafted(package_bytes({"User": USER}))
    part = "xl/worksheets/sheet2.xml"
    edit(package, part, "<sheetPr>", '<sheetPr codeName="Sheet7">')
    edit(package, part, "<sheetView ", '<sheetView tabSelected="1" ')
    graft(package, report(9.0), SHEETS, MARKS)
    assert b'codeName="Sheet7"' in package[part]
    assert package[part].count(b'tabSelected="1"') == 1
    assert b"<v>9</v>" in package[part]


def test_what_hung_on_the_old_sheet_goes_unless_others_use_it():
    package = grafted(package_bytes({"User": USER}))
    image = next(part for part in package if "/media/" in part)
    package.add("xl/drawings/drawing9.xml", b'<wsDr xmlns="urn:x"/>')
    package.add(
        "xl/drawings/_rels/drawing9.xml.rels",
        f'<Relationships xmlns="{LINKS}"><Relationship Id="a" Type="{OFFICE}/image" Target="/{image}"/>'
        "</Relationships>".encode(),
    )
    package.add("xl/printerSettings/printerSettings1.bin", b"printer")
    rels = "xl/worksheets/_rels/sheet2.xml.rels"
    edit(
        package,
        rels,
        "</Relationships>",
        f'<Relationship Id="p" Type="{OFFICE}/printerSettings" '
        'Target="..\\printerSettings\\PrinterSettings1.bin"/></Relationships>',
    )
    package = Package.from_bytes(package.to_bytes())
    graft(package, report(), SHEETS, MARKS)
    assert image in package
    assert "xl/media/image2.png" in package
    assert "xl/printerSettings/printerSettings1.bin" not in package
    assert [part for part in package if "charts/" in part] == ["xl/charts/chart1.xml", "xl/charts/chart2.xml"]


def test_ten_grafts_grow_nothing():
    package = grafted(package_bytes({"User": USER}))
    parts, styles = list(package), package["xl/styles.xml"]
    for at in range(10):
        graft(package, report(at + 1.5), SHEETS, MARKS)
        package = Package.from_bytes(package.to_bytes())
    assert package["xl/styles.xml"] == styles
    assert sorted(package) == sorted(parts)
    assert sheet_contents(package, "Overview")["B4"].value == 10.5


def test_a_copy_sheet_stands_on_its_own():
    before = package_bytes({"User": USER})
    package = grafted(before)
    edit(package, "xl/tables/table1.xml", "<table ", '<table xmlns:xr="urn:xr" xr:uid="{1F}" ')
    name = copy_sheet(package, "Market Figures", "Market Figures (edited)")
    assert [b"{1F}" in package[part] for part in package if "/tables/" in part] == [True, False]
    assert copy_sheet(package, "Overview", "An Overview: with a name that is far too long") == (
        "An Overview_ with a name that i"
    )
    assert name == "Market Figures (edited)"
    after = sound(package, before)
    rows = sheet_contents(package, name)
    shown = {place: content.value for place, content in sheet_contents(package, "Market Figures").items()}
    assert {place: content.value for place, content in rows.items()} == shown
    assert {content.formula for content in rows.values()} == {None}
    drawings = after.related(after.sheet_part(name), "/drawing")
    charts = after.related(drawings[0], "/chart")
    assert b"'Market Figures (edited)'!$B$2" in after.parts[charts[0]]
    position = [sheet for sheet, _ in after.sheets()].index(name)
    first = after.root.xpath(f"//*[@name='first' and @localSheetId='{position}']")
    assert first[0].text == "'Market Figures (edited)'!$A$2"
    once = package.to_bytes()
    graft(package, report(9.0), SHEETS, MARKS)
    assert sheet_contents(package, name) == rows
    assert sheet_contents(package, "Market Figures") != rows
    sound(package, once)


def test_a_copy_leaves_behind_what_it_cannot_have():
    control = '<legacyDrawing r:id="v"/><controls><control shapeId="1" r:id="k"/></controls>'
    package_with = package_bytes(
        {"User": sheet_xml(cell("A1", "1+1", "2").join(['<row r="1">', "</row>"]), tail=control)},
        parts={
            "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{LINKS}">'
            f'<Relationship Id="v" Type="{OFFICE}/vmlDrawing" Target="../drawings/vml1.vml"/>'
            f'<Relationship Id="k" Type="{OFFICE}/control" Target="../activeX/activeX1.xml"/>'
            "</Relationships>",
            "xl/drawings/vml1.vml": "<xml/>",
            "xl/activeX/activeX1.xml": "<ocx/>",
        },
        types='<Default Extension="vml" ContentType="application/x"/>',
    )
    package = Package.from_bytes(package_with)
    name = copy_sheet(package, "User", "Copy")
    after = sound(package, package_with)
    copy = after.parts[after.sheet_part(name)]
    assert b"<f>" not in copy
    assert b"<v>2</v>" in copy
    assert b"control" not in copy
    assert after.parts["xl/worksheets/sheet1.xml"] == Snapshot(package_with).parts["xl/worksheets/sheet1.xml"]


def test_dates_are_counted_from_the_targets_first_day():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Dates"
    sheet["A1"] = datetime.date(2024, 5, 1)
    sheet["A2"] = datetime.time(12)
    sheet["A3"] = 45413
    sheet["A4"] = 45413
    sheet["A4"].number_format = '"day" 0'
    out = io.BytesIO()
    book.save(out)
    target = Package.from_bytes(package_bytes({"User": USER}, settings='<workbookPr date1904="1"/>'))
    graft(target, Package.from_bytes(out.getvalue()), {"dates": "Dates"}, MARKS)
    values = {place: content.value for place, content in sheet_contents(target, "Dates").items()}
    assert values == {"A1": 45413 - 1462, "A2": 0.5, "A3": 45413.0, "A4": 45413.0}
    shown = openpyxl.load_workbook(io.BytesIO(target.to_bytes()))["Dates"]
    assert shown["A1"].value == datetime.datetime(2024, 5, 1)


def test_neighbours_with_timelines_slicers_and_new_charts_are_left_alone():
    ext = '<extLst><ext uri="{7E03D99C}" xmlns:x15="urn:x15"><x15:timelineRefs><x15:timelineRef r:id="t"/>'
    ext += "</x15:timelineRefs></ext></extLst>"
    kinds = ("timelines/timeline1", "slicers/slicer1", "charts/chartEx1", "richData/richValue1")
    related = "".join(
        f'<Relationship Id="n{at}" Type="http://schemas.microsoft.com/office/2011/relationships/{kind[:5]}" '
        f'Target="../{kind}.xml"/>'
        for at, kind in enumerate(kinds)
    )
    before = package_bytes(
        {"User": sheet_xml(tail=ext.replace('r:id="t"', 'r:id="n0"'))},
        parts={
            **{f"xl/{kind}.xml": f"<part xmlns='urn:{at}'/>" for at, kind in enumerate(kinds)},
            "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{LINKS}">{related}'
            "</Relationships>",
        },
        after='<extLst xmlns:x15="urn:x15"><ext uri="x"><x15:timelineCacheRefs/></ext></extLst>',
    )
    package = grafted(before)
    after = sound(package, before)
    for name, content in Snapshot(before).parts.items():
        if name not in ("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
            assert after.parts[name] == content
    assert [element.tag.rpartition("}")[2] for element in after.root] == ["sheets", "definedNames", "extLst"]


def test_five_hundred_sheets_and_a_hundred_thousand_rows():
    long = "".join(
        f'<row r="{row}"><c r="A{row}"><f>{row}</f><v>{row}</v></c></row>' for row in range(1, 100_001)
    )
    sheets = {f"Sheet {number}": USER for number in range(499)}
    before = package_bytes({**sheets, "Long": sheet_xml(long)})
    package = Package.from_bytes(before)
    started = time.perf_counter()
    graft(package, report(), SHEETS, MARKS)
    data = package.to_bytes()
    assert time.perf_counter() - started < 10
    after = Snapshot(data)
    assert len(after.sheets()) == 503
    assert after.parts["xl/worksheets/sheet500.xml"] == sheet_xml(long).encode()


def test_marks_can_be_put_on_a_workbook_before_any_graft():
    package = report()
    mark(package, SHEETS, MARKS)
    assert marked_sheets(package, MARKS) == SHEETS
    assert edited_sheets(package, MARKS) == []
    again = Package.from_bytes(package.to_bytes())
    done = graft(again, package, SHEETS, MARKS)
    assert set(done.replaced) == set(SHEETS)
    assert edited_sheets(again, MARKS) == []


def test_some_of_the_sheets_follow_the_others_that_stay():
    source = report()
    mark(source, SHEETS, MARKS)
    package = Package.from_bytes(package_bytes({"User": USER}))
    graft(package, source, SHEETS, MARKS)
    package = renamed_by_user(package)
    stays = package["xl/worksheets/sheet3.xml"]
    done = graft(package, source, {"overview": "Overview"}, MARKS)
    assert done.names == {"overview": "Overview"}
    assert package["xl/worksheets/sheet3.xml"] == stays
    assert b"<f>'Sizes''24'!B2*2</f>" in package["xl/worksheets/sheet2.xml"]
    assert edited_sheets(package, MARKS) == []
    edit(package, "xl/workbook.xml", '<sheet name="Sizes\'24"', '<sheet name="Sizes"')
    edit(package, "xl/workbook.xml", "'Sizes''24'!", "Sizes!")
    edit(package, "xl/worksheets/sheet2.xml", "'Sizes''24'!", "Sizes!")
    assert edited_sheets(package, MARKS) == []
