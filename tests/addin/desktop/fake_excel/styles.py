# ruff: noqa: N802 - the names are Excel's
"""Styles of a workbook."""

from collections import defaultdict
from types import SimpleNamespace

from tests.addin.desktop.fake_excel.collection import Collection


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
