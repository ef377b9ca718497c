# ruff: noqa: N802 - the names are Excel's
"""The little of Excel's object model that a live refresh uses, where nothing real can stand in.

Workbooks are read from files; a copied formula points at the book that it came from, as in Excel, and
a formula that is entered keeps the value that its cell had, as if it had been calculated.
"""

import copy
import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import openpyxl
from openpyxl.utils import get_column_letter, range_boundaries

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
        for sheet in book.Worksheets:
            for chart in sheet.charts:
                chart.Copy = lambda chart=chart: setattr(self, "clipboard", chart)
        return book

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
        for name, defined in formulas.defined_names.items():
            self.Names.Add(name, f"={defined.attr_text}", not defined.hidden)

    def SaveCopyAs(self, path):
        self.Application.log.append("backup")
        app, self.Application = self.Application, None
        app.saved[path] = copy.deepcopy(self)
        self.Application = app
        shutil.copy(self.path, path)

    def Activate(self):
        pass

    def Close(self, save):
        assert save is False


class Sheets(Collection):
    def Add(self, After):  # noqa: N803
        assert After is self[-1]
        added = copy.copy(After)
        added._name, added.content, added.charts = f"Sheet{len(self) + 1}", {}, Collection()
        self.append(added)
        return added


class Names(Collection):
    def __init__(self, book=None):
        self.book = book

    def Add(self, name, refers_to, visible):
        self.append(Name(self.book, name, refers_to, visible))


class Name:
    def __init__(self, book, name, refers_to, visible):
        self.book, self.Name, self.RefersTo, self.Visible = book, name, refers_to, visible

    @property
    def RefersToRange(self):
        sheet, _, area = self.RefersTo.removeprefix("=").rpartition("!")
        return self.book.Worksheets(sheet.strip("'").replace("''", "'")).Range(area)


class Sheet:
    def __init__(self, book, sheet, values):
        self.Parent, self._name, self.ProtectContents, self.broken = book, sheet.title, False, False
        self.content = {
            (cell.row, cell.column): (cell.value, values[cell.coordinate].value)
            for row in sheet
            for cell in row
            if cell.value is not None
        }
        self.PageSetup = SimpleNamespace(**dict.fromkeys(_PAGE, ""), LeftFooter=sheet.oddFooter.left.text)
        self.charts = Collection(Chart(f"chart of {sheet.title}", sheet.title) for _ in sheet._charts)

    Visible = True

    def Activate(self):
        self.Parent.ActiveSheet = self

    def Copy(self, After):  # noqa: N803
        assert After is self.Parent.Worksheets[-1]
        copied = copy.copy(self)
        copied._name, copied.content, copied.charts = f"{self.Name} (2)", dict(self.content), Collection()
        self.Parent.Worksheets.append(copied)

    def Paste(self):
        self.charts.append(copy.deepcopy(self.Parent.Application.clipboard))

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

    def Range(self, area):
        left, top, right, bottom = range_boundaries(area)
        return Range(self, top, left, bottom, right)

    def ChartObjects(self, at=None):
        return self.charts if at is None else self.charts(at)


class Chart:
    Left = Top = 0.0

    def __init__(self, title, sheet):
        self.series = SimpleNamespace(Formula=f"=SERIES(,{sheet}!$A$1,{sheet}!$B$1,1)")
        self.Chart = SimpleNamespace(
            HasTitle=True,
            ChartTitle=SimpleNamespace(Text=title),
            SeriesCollection=lambda _=None: SimpleNamespace(Count=1) if _ is None else self.series,
        )


class Range:
    HasArray = HasSpill = False

    def __init__(self, sheet, top, left, bottom, right):
        self.Worksheet, self.Row, self.Column, self.bottom, self.right = sheet, top, left, bottom, right

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
        self.Worksheet.content.clear()

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
                if formula != "":
                    self.Worksheet.content[place] = formula, self.Worksheet.content.get(place, (0, 0))[1]

    Formula = Formula2 = property(lambda self: self._get(0), _set)
    Value2 = property(lambda self: self._get(1))


_PAGE = (
    *("LeftHeader", "CenterHeader", "RightHeader", "CenterFooter", "RightFooter", "PrintArea"),
    *("PrintTitleRows", "Orientation", "Zoom", "FitToPagesWide", "FitToPagesTall"),
)
