# ruff: noqa: N802 - the names are Excel's
"""A worksheet and its charts."""

import copy
import re
from types import SimpleNamespace

from openpyxl.utils import range_boundaries

from tests.addin.desktop.fake_excel.cells import ColumnOrRow, Range
from tests.addin.desktop.fake_excel.collection import Collection

_PAGE = (
    *("LeftHeader", "CenterHeader", "RightHeader", "CenterFooter", "RightFooter", "PrintArea"),
    *("PrintTitleRows", "Orientation", "Zoom", "FitToPagesWide", "FitToPagesTall", "PaperSize"),
    *("CenterHorizontally", "CenterVertically", "LeftMargin", "RightMargin", "TopMargin", "BottomMargin"),
    *("HeaderMargin", "FooterMargin"),
)


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
