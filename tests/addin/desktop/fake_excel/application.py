# ruff: noqa: N802 - the names are Excel's
"""Excel itself."""

import copy
from pathlib import Path
from types import SimpleNamespace

from tests.addin.desktop.fake_excel.book import Book

BUSY = -2147418111


class Rejected(Exception):
    """What pywin32 raises where Excel says: call was rejected by callee."""

    hresult = BUSY


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
