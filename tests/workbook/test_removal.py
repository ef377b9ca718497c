"""Removal: what was ours is gone, what refers to it keeps what it showed, every other byte is the same."""

import io
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.data_source import StrRef
from openpyxl.chart.series import SeriesLabel
from openpyxl.formatting.rule import FormulaRule
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink

from addin.commands.removing import consequences
from addin.libreoffice import Office
from tests.conftest import SEED
from tests.workbook.calc import edited
from tests.workbook.package.corpus import EDITABLE
from tests.workbook.package.soundness import Snapshot, parts_of
from workbook.freezing import freeze_file
from workbook.package import (
    Content,
    ContentTypes,
    NoCachedValue,
    Package,
    Refused,
    Valued,
    relate,
    set_cached_values,
    sheet_contents,
    workbook_part,
)
from workbook.refresh import refresh, refresh_file
from workbook.refusals import ConvertedToValues, NoReportSheets
from workbook.removal import remove, remove_file
from workbook.template import TITLES

MAY_DIFFER = {"xl/styles.xml", "xl/workbook.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"}
USES = {
    "A1": f'=MARKET_SIZE("{SEED}",2033)',
    "A2": "=mb_size_base+1",
    "A3": "=Overview!B8*2",
    "A4": "=my_base*2",
    "A5": '=INDIRECT("Overview!B8")',
    "A6": "=SUM(A1:A3)",
    "A7": '="Overview!B8"',
}
VALUES = {"A1": 13.1, "A2": 9.6, "A3": 26.2, "A4": 17.2, "A5": 13.1, "A6": 48.9, "A7": "Overview!B8"}


def user_book(path: Path) -> Path:
    """A user's workbook with our sheets, and everything on its own sheet that can refer to them."""
    own = Workbook()
    model = own.active
    model.title = "Model"
    for place, formula in USES.items():
        model[place] = formula
    own.defined_names["my_base"] = DefinedName("my_base", attr_text="Overview!$B$7")
    own.defined_names["my_own"] = DefinedName("my_own", attr_text="Model!$A$6")
    for area, formula in (("C1", "mb_units"), ("C2", "$A$6:$A$7")):
        checked = DataValidation(type="list", formula1=formula, sqref=area)
        model.add_data_validation(checked)
    model.conditional_formatting.add("D1:D9", FormulaRule(formula=["D1>Overview!$B$8"]))
    model.conditional_formatting.add("E1:E9", FormulaRule(formula=["E1>1"]))
    model["F1"] = "to the overview"
    model["F1"].hyperlink = Hyperlink(ref="F1", location="Overview!A1")
    own.save(path)
    refresh_file(path, SEED, user_sheets=False)
    with Package.open(path) as package:
        set_cached_values(package, "Model", VALUES)
        package.save(path)
    return path


def test_the_user_s_formulas_become_values_and_nothing_refers_to_what_is_gone(
    tmp_path: Path, office: Office
) -> None:
    path = user_book(tmp_path / "own.xlsx")
    done = remove_file(path)
    assert len(done.removed.sheets) == len(TITLES)
    assert done.removed.kept == ()
    assert done.choices.market == SEED
    assert done.removed.converted == {
        "Model": {place: USES[place][1:] for place in ("A1", "A2", "A3", "A4", "A5")}
    }
    assert done.removed.names == {"my_base": "Overview!$B$7"}
    assert done.removed.rules == (
        "Model!D1:D9 (conditional format): D1>Overview!$B$8",
        "Model!C1 (data validation): mb_units",
        "Model!F1 (hyperlink): Overview!A1",
    )
    assert done.removed.left == ()
    assert Snapshot(path.read_bytes()).complaints() == set()
    left = openpyxl.load_workbook(path)
    model = left["Model"]
    assert left.sheetnames == ["Model"]
    assert list(left.defined_names) == ["my_own"]
    assert [model[place].value for place in USES] == [13.1, 9.6, 26.2, 17.2, 13.1, USES["A6"], USES["A7"]]
    assert [str(rule.sqref) for rule in model.data_validations.dataValidation] == ["C2"]
    assert [str(area.sqref) for area in model.conditional_formatting] == ["E1:E9"]
    assert office.recalculate(path)["Model", "A6"] == pytest.approx(48.9)


MIXED = {
    "A1": ("TODAY()+mb_size_base", "TODAY()+8.6"),
    "A2": ("B1*Overview!$C$41", "B1*13.1"),
    "A3": ('B1&"/"&mb_unit&"!"', 'B1&"/"&"USD billion"&"!"'),
    "A4": ("IF(B1>1,ROUND(my_base^-1,2),mb_added)", "IF(B1>1,ROUND(my_base^-1,2),4.5)"),
    "A5": ("OFFSET(B1,0,mb_size_base)", None),
    "A6": (f'MARKET_SIZE("{SEED}",B1)', None),
    "A7": ("B1+SUM(Overview!C40:C41)", None),
    "A8": ("mb_size_base*2", None),
    "A9": ("ROW(mb_size_base)+B1", None),
}


def mixed_book(path: Path, formulas: Mapping[str, str]) -> Path:
    own = Workbook()
    model = own.active
    model.title, model["B1"] = "Model", 2
    for place, formula in formulas.items():
        model[place] = f"={formula}"
    own.save(path)
    refresh_file(path, SEED, user_sheets=False)
    with Package.open(path) as package:
        set_cached_values(package, "Model", dict.fromkeys(formulas, 4.5))
        package.save(path)
    return path


def test_a_formula_that_follows_other_cells_or_the_date_stays_or_is_told(tmp_path: Path) -> None:
    path = mixed_book(tmp_path / "own.xlsx", {place: old for place, (old, _) in MIXED.items()})
    removed = remove_file(path).removed
    stay = {place: Valued(old, new) for place, (old, new) in MIXED.items() if new}
    assert removed.valued == {"Model": stay}
    assert removed.converted == {"Model": {place: old for place, (old, new) in MIXED.items() if not new}}
    assert removed.fixed == {"Model": ["A5", "A6", "A7", "A9"]}
    left = openpyxl.load_workbook(path)["Model"]
    assert [left[place].value for place in stay] == [f"={valued.new}" for valued in stay.values()]
    assert left["A5"].value == left["A8"].value == 4.5
    assert openpyxl.load_workbook(path, data_only=True)["Model"]["A1"].value == 4.5
    assert Snapshot(path.read_bytes()).complaints() == set()
    said = list(consequences(removed))
    assert "  Now with values: Model!A1 is =TODAY()+8.6, and was =TODAY()+mb_size_base" in said
    assert (
        "  Now a value, which no longer follows other cells or the date: Model!A5, "
        "which was =OFFSET(B1,0,mb_size_base)"
    ) in said
    assert "  Now a value: Model!A8, which was =mb_size_base*2" in said


def test_each_cell_of_a_shared_formula_that_stays_is_written_on_its_own(tmp_path: Path) -> None:
    path = mixed_book(tmp_path / "own.xlsx", {"A1": "B1*mb_size_base", "A2": "B2*mb_size_base"})
    with Package.open(path) as package:
        part = next(part for part in package if b"B1*mb_size_base" in package[part])
        shared = package[part].replace(b"<f>B1*", b'<f t="shared" ref="A1:A2" si="0">B1*')
        package.replace(part, re.sub(rb"<f>B2\*[^<]*</f>", b'<f t="shared" si="0"/>', shared))
        removed = remove(package).removed
        assert removed.valued["Model"]["A2"] == Valued("B2*mb_size_base", "B2*8.6")
        assert b"shared" not in package[part]
        assert sheet_contents(package, "Model")["A2"] == Content("B2*8.6", 4.5)


def test_a_negative_value_stands_in_brackets(tmp_path: Path) -> None:
    path = mixed_book(tmp_path / "own.xlsx", {"A1": "B1-mb_added^2"})
    with Package.open(path) as package:
        place = workbook_part(package).defined("mb_added").text.rpartition("!")[2].replace("$", "")
        set_cached_values(package, "Overview", {place: -4.5})
        assert remove(package).removed.valued["Model"]["A1"].new == "B1-(-4.5)^2"


def test_charts_keep_what_they_showed(tmp_path: Path, book: Path) -> None:
    loaded = openpyxl.load_workbook(book)
    mine = loaded.create_sheet("Mine", 0)
    chart = BarChart()
    chart.add_data(Reference(loaded["Forecast"], min_col=2, min_row=8, max_row=10))
    chart.set_categories(Reference(loaded["Forecast"], min_col=1, min_row=8, max_row=10))
    chart.series[0].tx = SeriesLabel(strRef=StrRef(f="Forecast!$B$7"))
    mine.add_chart(chart)
    stream = io.BytesIO()
    loaded.save(stream)
    with Package.from_bytes(stream.getvalue()) as package:
        part = next(name for name in package if "charts/chart" in name and b"$B$8:$B$10" in package[name])
        cache = b"<c:numCache><c:ptCount val='1'/><c:pt idx='0'><c:v>8.6</c:v></c:pt></c:numCache>"
        name = b"<c:strCache><c:ptCount val='1'/><c:pt idx='0'><c:v>Size</c:v></c:pt></c:strCache>"
        cache, name = (xml.replace(b"c:", b"") for xml in (cache, name))
        xml = (
            package[part].replace(b"$B$10</f>", b"$B$10</f>" + cache).replace(b"$B$7</f>", b"$B$7</f>" + name)
        )
        assert xml.count(b"Cache>") == 4
        package.replace(part, xml)
        done = remove(package)
        assert done.removed.drawings == ("Mine",)
        assert done.removed.left == ()
        left = package[part]
        assert b"Forecast" not in left
        assert b"<tx><v>Size</v></tx>" in left
        assert b"<val><numLit><ptCount val='1'/><pt idx='0'><v>8.6</v></pt></numLit></val>" in left
        assert openpyxl.load_workbook(io.BytesIO(package.to_bytes())).sheetnames[0] == "Mine"


def test_what_was_typed_stays_as_values(tmp_path: Path, book: Path) -> None:
    loaded = openpyxl.load_workbook(book)
    loaded.create_sheet("Mine")["A1"] = "=Overview!B30"
    loaded["Lists"]["B30"] = 0.25
    loaded["Overview"]["B30"] = "my note"
    loaded["Start"]["B7"] = 2028
    loaded.save(book)
    with Package.open(book) as package:
        for name in ("Overview", "Lists", "Mine"):
            formulas = {p: c for p, c in sheet_contents(package, name).items() if c.formula is not None}
            set_cached_values(package, name, dict.fromkeys(formulas, 1.0))
        package.save(book)
    done = remove_file(book)
    assert set(done.removed.kept) == {"Overview", "Lists"}
    assert done.removed.converted == {}
    left = openpyxl.load_workbook(book)
    assert left.sheetnames == ["Overview", "Lists", "Mine"]
    assert left["Lists"]["B30"].value == 0.25
    assert left["Overview"]["B30"].value == "my note"
    assert left["Mine"]["A1"].value == "=Overview!B30"
    assert [name for name in left.defined_names if "mb_" in name] == []
    assert Snapshot(book.read_bytes()).complaints() == set()


def test_what_was_typed_on_start_stays_and_a_choice_is_told(book: Path) -> None:
    loaded = openpyxl.load_workbook(book)
    loaded["Start"]["D20"] = "ask Anna"
    loaded["Start"]["B7"] = 2028
    loaded.save(book)
    refresh_file(book)
    with Package.open(book) as package:
        done = remove(package)
        assert done.removed.kept == ("Start",)
        assert done.choices.year == 2028
        assert sheet_contents(package, "Start")["D20"].value == "ask Anna"


def test_a_workbook_is_refused_and_stays_as_it_was(tmp_path: Path, book: Path) -> None:
    before = book.read_bytes()
    with pytest.raises(Refused, match="needs at least one visible sheet"):
        remove_file(book)
    assert book.read_bytes() == before
    own = Workbook()
    own.active["A1"] = "=Overview!B8"
    own.save(tmp_path / "own.xlsx")
    with pytest.raises(NoReportSheets):
        remove_file(tmp_path / "own.xlsx")
    refresh_file(tmp_path / "own.xlsx", SEED, user_sheets=False)
    before = (tmp_path / "own.xlsx").read_bytes()
    with pytest.raises(NoCachedValue, match="Sheet!A1 has no saved value"):
        remove_file(tmp_path / "own.xlsx")
    assert (tmp_path / "own.xlsx").read_bytes() == before


def test_sheets_before_and_between_the_user_s_leave_positions_right(tmp_path: Path, book: Path) -> None:
    loaded = openpyxl.load_workbook(book)
    for at, name in ((3, "Between"), (len(TITLES) + 1, "Last")):
        sheet = loaded.create_sheet(name, at)
        sheet["A1"], sheet.print_area = name, "A1:B2"
    loaded.active = len(TITLES) + 1
    loaded.save(book)
    remove_file(book)
    left = openpyxl.load_workbook(book)
    assert left.sheetnames == ["Between", "Last"]
    assert [sheet.print_area for sheet in left] == ["'Between'!$A$1:$B$2", "'Last'!$A$1:$B$2"]
    assert left.active.title == "Last"


@pytest.mark.parametrize("name", EDITABLE[::6])
def test_adding_and_removing_leaves_a_real_workbook_as_it_was(
    shared: Path, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    shutil.copy(shared / "workbooks" / name, path)
    data = path.read_bytes()
    before, complaints = parts_of(data), Snapshot(data).complaints()
    with Package.open(path) as package:
        refresh(package, SEED, user_sheets=False)
        done = remove(package)
        after = package.to_bytes()
    assert done.removed.converted == {}
    assert (done.removed.rules, done.removed.names, done.removed.left) == ((), {}, ())
    assert {part for part, data in parts_of(after).items() if before.get(part) != data} <= MAY_DIFFER
    assert set(parts_of(after)) == set(before)
    assert Snapshot(after).complaints() <= complaints


def test_records_in_custom_xml_go_and_the_user_s_stay(tmp_path: Path) -> None:
    path = user_book(tmp_path / "own.xlsx")
    with Package.open(path) as package:
        workbook, types = "xl/workbook.xml", ContentTypes(package)
        for number, namespace in ((8, "urn:marketbook:another"), (9, "urn:someone-else")):
            item, properties = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
            package.add(item, f'<x:record xmlns:x="{namespace}">text</x:record>'.encode())
            package.add(properties, b"<properties/>")
            for part in (item, properties):
                types.declare(part, "application/xml")
            relate(package, item, "customXmlProps", properties)
            relate(package, workbook, "customXml", item)
        types.write()
        remove(package)
        assert [part for part in package if part.startswith("customXml/item")] == [
            *("customXml/item9.xml", "customXml/itemProps9.xml")
        ]
        assert Snapshot(package.to_bytes()).complaints() == set()


@pytest.mark.parametrize("name", ["new.xlsx", "saved-by-libreoffice.xlsx"])
def test_a_start_sheet_of_layout_1_that_was_not_edited_goes(tmp_path: Path, name: str) -> None:
    loaded = openpyxl.load_workbook(Path(__file__).parent / "earlier" / name)
    loaded.create_sheet("Mine")
    loaded.save(tmp_path / name)
    assert remove_file(tmp_path / name).removed.kept == ()
    assert openpyxl.load_workbook(tmp_path / name).sheetnames == ["Mine"]


def test_a_copy_that_was_converted_to_values_is_refused(book: Path, tmp_path: Path) -> None:
    copy = tmp_path / "values.xlsx"
    freeze_file(book, copy)
    before = copy.read_bytes()
    with pytest.raises(ConvertedToValues, match="does not need Marketbook"):
        remove_file(copy)
    assert copy.read_bytes() == before


def test_an_assumptions_sheet_stays_if_it_has_figures_of_the_user_s(book: Path) -> None:
    chosen_only = edited(book, ["add", "Mine"], ["enter", "Assumptions", "B6", "low"])
    with Package.open(chosen_only) as package:
        assert remove(package).removed.kept == ()
    with_figure = edited(
        chosen_only, ["enter", "Assumptions", "B12", "size"], ["enter", "Assumptions", "D12", "14"]
    )
    refresh_file(with_figure)
    with Package.open(with_figure) as package:
        assert remove(package).removed.kept == ("Assumptions",)
        assert sheet_contents(package, "Assumptions")["D12"].value == 14
