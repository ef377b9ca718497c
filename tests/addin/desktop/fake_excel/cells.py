# ruff: noqa: N802 - the names are Excel's
"""Ranges of cells, with their rules and drop-downs."""

import re
from types import SimpleNamespace

from openpyxl.utils import get_column_letter

from tests.addin.desktop.fake_excel.styles import Style


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


class ColumnOrRow:
    """A column's ColumnWidth, or a row's RowHeight."""

    def __init__(self, sizes, at, name, hidden=()):
        vars(self).update(sizes=sizes, at=at, name=name, Hidden=at in hidden)

    def __setattr__(self, name, value):
        assert name == self.name
        self.sizes[self.at] = value


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


class Condition(Style):
    """FormatCondition, or Databar."""

    def __init__(self, area, formula):
        super().__init__("")
        self.area, self.formula, self.StopIfTrue = area, formula, True
        self.BarColor = SimpleNamespace()
        self.MinPoint, self.MaxPoint = (SimpleNamespace(Modify=lambda *_: None) for _ in "ab")


class Validation(SimpleNamespace):
    """Validation: Add fails where there is one already."""

    def Delete(self):
        self.validations.clear() if self.whole else self.validations.pop(self.area, None)

    def Add(self, **given):
        assert self.area not in self.validations
        self.validations[self.area] = given
