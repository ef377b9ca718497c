# ruff: noqa: N802 - the names are Excel's
"""The little of Excel's object model that a live refresh uses, where nothing real can stand in.

Workbooks are read from files; a copied formula points at the book that it came from, as in Excel, and
a formula that is entered keeps the value that its cell had, as if it had been calculated.
"""

import copy
import re
import shutil
from collections import defaultdict
from pathlib import Path
from types import SimpleNamespace

import openpyxl
from lxml import etree
from openpyxl.utils import get_column_letter, range_boundaries

from workbook.package import Package

BUSY = -2147418111


class Rejected(Exception):
    """What pywin32 raises where Excel says: call was rejected by callee."""

    hresult = BUSY


class Collection(list):
    def __call__(self, at):
        return self[at - 1] if isinstance(at, int) else next(each for each in self if each.Name == at)

    @property
    def Count(self):
        return len(self)


class App:
    def __init__(self):
        self.log = []
        self.saved = {}
        self.ScreenUpdating = self.EnableEvents = self.DisplayAlerts = self.CopyObjectsWithCells = True
        self.AutomationSecurity, self.Calculation, self.CutCopyMode = 1, -4105, False
        self.StatusBar, self.Hwnd, self.ActiveWorkbook = False, 0, None
        self.Workbooks = SimpleNamespace(Open=self.open)
        self.Intersect = lambda area, _: area

    def open(self, path, links, read_only):
        assert (links, read_only) == (0, True)
        self.log.append("open")
        book = copy.deepcopy(self.saved[path]) if path in self.saved else Book(path)
        book.Application, book.Name = self, Path(path).name
        return book

    @property
    def ActiveWindow(self):
        """Application.ActiveWindow: the window of the active sheet."""
        return self.ActiveWorkbook.ActiveSheet.window

    def Calculate(self):
        self.log.append("calculate")


class Book:
    def __init__(self, path, app=None):
        self.Application = app
        self.path, self.Name = path, Path(path).name
        self.ReadOnly = self.ProtectStructure = False
        self.Windows = lambda _: SimpleNamespace(Visible=True)
        formulas, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
        self.Worksheets = Sheets(Sheet(self, sheet, values[sheet.title]) for sheet in formulas)
        self.Names = Names(self)
        self.ActiveSheet = self.Worksheets[0]
        self.Styles, self.CustomXMLParts = Styles(), CustomXMLParts(path)
        for name, defined in formulas.defined_names.items():
            self.Names.Add(name, f"={defined.attr_text}", not defined.hidden)

    def __deepcopy__(self, memo):
        copied = copy.copy(self)
        memo[id(self)] = copied
        vars(copied).update({k: copy.deepcopy(v, memo) for k, v in vars(self).items() if k != "Application"})
        return copied

    def SaveCopyAs(self, path):
        self.Application.log.append("backup")
        self.Application.saved[path] = copy.deepcopy(self)
        shutil.copy(self.path, path)

    def Activate(self):
        pass

    def Close(self, save):
        assert save is False


class Sheets(Collection):
    def Add(self, After):  # noqa: N803
        assert After is self[-1]
        added = Sheet(After.Parent, openpyxl.Workbook().active, None)
        added._name = f"Sheet{len(self) + 1}"
        self.append(added)
        return added


class Names(Collection):
    def __init__(self, book=None):
        self.book = book

    def Add(self, name, refers_to, visible):
        self.append(Name(self.book, name, refers_to, visible))


class Style(SimpleNamespace):
    """Style: the formats that it sets, by their members."""

    def __init__(self, name):
        super().__init__(Name=name, Font=SimpleNamespace(), Interior=SimpleNamespace())
        self.lines = defaultdict(SimpleNamespace)

    def Borders(self, edge):
        return self.lines[edge]


class Styles(Collection):
    """Workbook.Styles."""

    def Add(self, name):
        assert all(style.Name != name for style in self)
        self.append(Style(name))
        return self[-1]


class CustomXMLParts(Collection):
    """Workbook.CustomXMLParts: SelectByNamespace, Add, and CustomXMLPart.Delete."""

    def __init__(self, path):
        with Package.open(path) as package:
            for part in package:
                if re.fullmatch(r"customXml/item\d+\.xml", part):
                    self.Add(package[part])

    def Add(self, xml):
        root = etree.fromstring(xml)
        part = SimpleNamespace(space=etree.QName(root).namespace, text=root.text)
        part.Delete = lambda: self.remove(part)
        self.append(part)

    def SelectByNamespace(self, space):
        return [part for part in self if part.space == space]


class Name:
    def __init__(self, book, name, refers_to, visible):
        self.book, self.Name, self.RefersTo, self.Visible = book, name, refers_to, visible

    def Delete(self):
        self.book.Names.remove(self)

    @property
    def RefersToRange(self):
        sheet, _, area = self.RefersTo.removeprefix("=").rpartition("!")
        return self.book.Worksheets(sheet.strip("'").replace("''", "'")).Range(area)


class Sheet:
    FilterMode = False

    def __init__(self, book, sheet, values):
        self.Parent, self._name, self.ProtectContents, self.broken = book, sheet.title, False, False
        self.content = {
            (cell.row, cell.column): (cell.value, values[cell.coordinate].value)
            for row in sheet
            for cell in row
            if cell.value is not None
        }
        self.PageSetup = SimpleNamespace(**dict.fromkeys(_PAGE, ""), LeftFooter=sheet.oddFooter.left.text)
        self.charts = Collection()
        for number, _ in enumerate(sheet._charts, start=1):
            self.charts.append(Chart(self, f"chart {number} of {sheet.title}", sheet.title))
        self.Visible = 0 if sheet.sheet_state == "hidden" else -1
        self.styles, self.formats, self.merged, self.links = {}, {}, [], {}
        self.rules, self.validations, self.heights, self.widths = [], {}, {}, {}
        self.hidden_rows, self.breaks, self.filtered = set(), [], ""
        self.window = SimpleNamespace(RangeSelection=self.Range("C3"), DisplayGridlines=True)
        self.HPageBreaks = SimpleNamespace(Add=lambda Before: self.breaks.append(Before.Row - 1))  # noqa: N803
        self.Hyperlinks = SimpleNamespace(Add=self._link, Delete=self.links.clear)

    @property
    def Application(self):
        return self.Parent.Application

    def _link(self, Anchor, Address, SubAddress=""):  # noqa: N803
        """Hyperlinks.Add: Address for a file or page, SubAddress for a place."""
        self.links[Anchor.Row, Anchor.Column] = Address or f"#{SubAddress}"

    def ResetAllPageBreaks(self):
        self.breaks.clear()

    @property
    def AutoFilterMode(self):
        return bool(self.filtered)

    @AutoFilterMode.setter
    def AutoFilterMode(self, on):
        """Worksheet.AutoFilterMode can only be turned off."""
        assert on is False
        self.filtered = ""

    def Columns(self, at):
        return ColumnOrRow(self.widths, at, "ColumnWidth")

    def Delete(self):
        self.Parent.Worksheets.remove(self)

    def Activate(self):
        self.Parent.ActiveSheet = self

    def Copy(self, After):  # noqa: N803
        assert After is self.Parent.Worksheets[-1]
        copied = copy.copy(self)
        copied._name, copied.content, copied.charts = f"{self.Name} (2)", dict(self.content), Collection()
        copied.formats = {}
        self.Parent.Worksheets.append(copied)

    def Paste(self):
        """Worksheet.Paste: only into the active sheet. The chart still refers to the other workbook."""
        assert self.Parent.ActiveSheet is self
        chart = self.Application.clipboard
        pasted = Chart(self, chart.Chart.ChartTitle.Text, "")
        sheet = chart.sheet
        pasted.series.Formula = chart.series.Formula.replace("SERIES(,", f"SERIES(,[{sheet.Parent.Name}]")
        self.charts.append(pasted)

    @property
    def Name(self):
        return self._name

    @Name.setter
    def Name(self, name):
        """Excel rewrites what refers to the sheet."""
        old = re.escape(self._name.replace("'", "''"))
        self._name = name
        reference = re.compile(rf"(?:'{old}'|(?<![\w'\]]){old})!")
        quoted = "'" + name.replace("'", "''") + "'!"

        def follow(formula):
            return reference.sub(lambda _: quoted, formula)

        for sheet in self.Parent.Worksheets:
            for place, (formula, value) in sheet.content.items():
                if str(formula).startswith("="):
                    sheet.content[place] = follow(formula), value
            for chart in sheet.charts:
                chart.series.Formula = follow(chart.series.Formula)
        for each in self.Parent.Names:
            each.RefersTo = follow(each.RefersTo)

    @property
    def Cells(self):
        return Range(self, 1, 1, 1_048_576, 16_384)

    @property
    def UsedRange(self):
        rows, columns = zip(*self.content or [(1, 1)], strict=True)
        return Range(self, min(rows), min(columns), max(rows), max(columns))

    def Range(self, area, to=None):
        """Worksheet.Range: an address of one or more areas, or the first and the last cell."""
        if to is not None:
            return Range(self, area.Row, area.Column, to.Row, to.Column)
        assert len(area) <= 255
        first, *others = [range_boundaries(each) for each in area.replace("$", "").split(",")]
        made = Range(self, first[1], first[0], first[3], first[2])
        made.others = [Range(self, top, left, bottom, right) for left, top, right, bottom in others]
        return made

    def ChartObjects(self, at=None):
        return self.charts if at is None else self.charts(at)


class ColumnOrRow:
    """A column's ColumnWidth, or a row's RowHeight."""

    def __init__(self, sizes, at, name, hidden=()):
        vars(self).update(sizes=sizes, at=at, name=name, Hidden=at in hidden)

    def __setattr__(self, name, value):
        assert name == self.name
        self.sizes[self.at] = value


class Chart:
    Left = Top = 0.0
    Width = Height = 100.0
    TopLeftCell = SimpleNamespace(Address="$B$2")

    def __init__(self, sheet, title, name):
        self.sheet = sheet
        self.series = SimpleNamespace(Formula=f"=SERIES(,'{name}'!$A$1,'{name}'!$B$1,1)")
        self.Chart = SimpleNamespace(
            ChartTitle=SimpleNamespace(Text=title),
            SeriesCollection=lambda _=None: SimpleNamespace(Count=1) if _ is None else self.series,
        )

    def __deepcopy__(self, memo):
        copied = Chart(memo[id(self.sheet)], self.Chart.ChartTitle.Text, "")
        copied.series.Formula = self.series.Formula
        return copied

    def Copy(self):
        self.sheet.Application.clipboard = self

    def Delete(self):
        self.sheet.charts.remove(self)


class Condition(Style):
    """FormatCondition, or Databar."""

    def __init__(self, area, formula):
        super().__init__("")
        self.area, self.formula, self.StopIfTrue = area, formula, True
        self.BarColor = SimpleNamespace()
        self.MinPoint, self.MaxPoint = (SimpleNamespace(Modify=lambda *_: None) for _ in "ab")


class Conditions:
    """FormatConditions: Add, AddDatabar, Delete."""

    def __init__(self, area):
        self.area, self.rules = area, area.Worksheet.rules

    def Add(self, Type, Formula1):  # noqa: N803
        """A formula is in the user's language, and for the active cell."""
        assert Type == 2
        assert Formula1.startswith("=local:")
        book = self.area.Worksheet.Parent
        assert book.ActiveSheet is self.area.Worksheet
        selected = self.area.Worksheet.window.RangeSelection
        assert (selected.Row, selected.Column) == (self.area.Row, self.area.Column)
        self.rules.append(Condition(self.area.Address, Formula1.removeprefix("=local:")))
        return self.rules[-1]

    def AddDatabar(self):
        self.rules.append(Condition(self.area.Address, "bar"))
        return self.rules[-1]

    def Delete(self):
        self.rules.clear()


class Validation(SimpleNamespace):
    """Validation: Add fails where there is one already."""

    def Delete(self):
        self.validations.clear() if self.whole else self.validations.pop(self.area, None)

    def Add(self, **given):
        assert self.area not in self.validations
        self.validations[self.area] = given


class Range:
    HasArray = HasSpill = False
    Left = Top = 7.0

    def __init__(self, sheet, top, left, bottom, right):
        self.Worksheet, self.Row, self.Column, self.bottom, self.right = sheet, top, left, bottom, right
        self.others = []

    def __call__(self, row, column):
        return self.Cells(row, column)

    def places(self):
        for area in (self, *self.others):
            for row in range(area.Row, area.bottom + 1):
                for column in range(area.Column, area.right + 1):
                    yield row, column

    def Select(self):
        assert self.Worksheet.Parent.ActiveSheet is self.Worksheet
        self.Worksheet.window.RangeSelection = self

    def Merge(self):
        self.Worksheet.merged.append(self.Address.replace("$", ""))

    def UnMerge(self):
        self.Worksheet.merged.clear()

    def AutoFilter(self):
        self.Worksheet.filtered = self.Address.replace("$", "")

    @property
    def FormatConditions(self):
        return Conditions(self)

    @property
    def Validation(self):
        area, whole = self.Address.replace("$", ""), self.bottom == 1_048_576
        return Validation(validations=self.Worksheet.validations, area=area, whole=whole)

    @property
    def Interior(self):
        return SimpleNamespace()

    @property
    def EntireRow(self):
        sheet = self.Worksheet
        rows = [ColumnOrRow(sheet.heights, row, "RowHeight", sheet.hidden_rows) for row, _ in self.places()]
        return SimpleNamespace(Hidden=None, Rows=rows)  # Range.Hidden is Null where rows differ

    def _set_style(self, name):
        """Range.Style: a style of the workbook, in place of all formats."""
        assert any(style.Name == name for style in self.Worksheet.Parent.Styles)
        self.Worksheet.styles.update(dict.fromkeys(self.places(), name))

    def _set_format(self, code):
        self.Worksheet.formats.update(dict.fromkeys(self.places(), code))

    Style = property(None, _set_style)
    NumberFormat = property(None, _set_format)

    @property
    def FormulaLocal(self):
        rows = self._get(0)
        rows = rows if isinstance(rows, tuple) else ((rows,),)
        local = tuple(tuple(f"=local:{formula[1:]}" for formula in row) for row in rows)
        return local if len(local) > 1 else local[0][0]

    @property
    def Address(self):
        first, last = (
            f"${get_column_letter(self.Column)}${self.Row}",
            f"${get_column_letter(self.right)}${self.bottom}",
        )
        return first if first == last else f"{first}:{last}"

    def Cells(self, row, column):
        at = self.Row + row - 1, self.Column + column - 1
        return Range(self.Worksheet, *at, *at)

    def Clear(self):
        self.Worksheet.Parent.Application.log.append(f"write {self.Worksheet.Name}")
        if self.Worksheet.broken:
            raise RuntimeError("the printer is on fire")
        for place in list(self.Worksheet.content):
            if self.Row <= place[0] <= self.bottom and self.Column <= place[1] <= self.right:
                for kept in (self.Worksheet.content, self.Worksheet.styles, self.Worksheet.formats):
                    kept.pop(place, None)

    def PasteSpecial(self, kind):
        assert kind == -4163
        content = self.Worksheet.content
        for row, column in list(content):
            if self.Row <= row <= self.bottom and self.Column <= column <= self.right:
                content[row, column] = (content[row, column][1],) * 2

    @property
    def HasFormula(self):
        formulas = self._get(0)
        rows = formulas if isinstance(formulas, tuple) else ((formulas,),)
        return any(str(formula).startswith("=") for row in rows for formula in row)

    def SpecialCells(self, kind):
        assert kind == -4123
        places = [
            place for place, (formula, _) in self.Worksheet.content.items() if str(formula).startswith("=")
        ]
        return SimpleNamespace(Areas=[Range(self.Worksheet, *place, *place) for place in places])

    def Copy(self, target=None):
        if target is None:
            return
        book = self.Worksheet.Parent.Name
        for place, (formula, value) in self.Worksheet.content.items():
            pointing = re.sub(r"('(?:[^']|'')+'!|\b[A-Za-z]+!)", rf"[{book}]\1", str(formula))
            target.Worksheet.content[place] = pointing if str(formula).startswith("=") else formula, value

    def _get(self, part):
        cells = self.Worksheet.content
        rows = tuple(
            tuple(cells.get((row, column), ("", None))[part] for column in range(self.Column, self.right + 1))
            for row in range(self.Row, self.bottom + 1)
        )
        return rows[0][0] if self.Row == self.bottom and self.Column == self.right else rows

    def _set(self, formulas):
        rows = formulas if isinstance(formulas, tuple) else ((formulas,),)
        for down, row in enumerate(rows):
            for across, formula in enumerate(row):
                place = self.Row + down, self.Column + across
                if formula in ("", None):
                    self.Worksheet.content.pop(place, None)
                else:
                    value = self.Worksheet.content.get(place, (0, None))[1]
                    self.Worksheet.content[place] = _entered(formula, value)

    Formula = Formula2 = property(lambda self: self._get(0), _set)
    Value2 = property(lambda self: self._get(1))


_PAGE = (
    *("LeftHeader", "CenterHeader", "RightHeader", "CenterFooter", "RightFooter", "PrintArea"),
    *("PrintTitleRows", "Orientation", "Zoom", "FitToPagesWide", "FitToPagesTall", "PaperSize"),
    *("CenterHorizontally", "CenterVertically", "LeftMargin", "RightMargin", "TopMargin", "BottomMargin"),
    *("HeaderMargin", "FooterMargin"),
)


def _entered(entry, value):
    """What Excel makes of an entry: text after an apostrophe stays text, a number in a text becomes one."""
    if not isinstance(entry, str):
        return entry, entry
    if entry.startswith("'"):
        return entry[1:], entry[1:]
    if entry.startswith("="):
        return entry, value
    assert not re.search(r"\d", entry), f"{entry} would become a number or a date"
    return entry, entry
