# ruff: noqa: N802 - the names are Excel's
"""A workbook: its sheets, names and custom XML parts."""

import copy
import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import openpyxl
from lxml import etree

from tests.addin.desktop.fake_excel.collection import Collection
from tests.addin.desktop.fake_excel.sheet import Sheet
from tests.addin.desktop.fake_excel.styles import Styles
from workbook.package import Package


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


class Name:
    def __init__(self, book, name, refers_to, visible):
        self.book, self.Name, self.RefersTo, self.Visible = book, name, refers_to, visible

    def Delete(self):
        self.book.Names.remove(self)

    @property
    def RefersToRange(self):
        sheet, _, area = self.RefersTo.removeprefix("=").rpartition("!")
        return self.book.Worksheets(sheet.strip("'").replace("''", "'")).Range(area)


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
