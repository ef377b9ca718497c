"""What the add-in's VBA speaks to, as small as it can be: Excel, xlwings' server, files of Windows.

A stand-in has the members that are used, under their own names, and no other: a wrong one is error
438, as in Excel, and a wrong argument is one as well.
"""

import datetime as dt
import inspect
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from pyopenvba.interpreter import (
    EMPTY,
    NOTHING,
    HostBridge,
    Interpreter,
    ModuleRuntime,
    VBAArray,
    VBAErrorValue,
    VBAObject,
    VBARuntimeError,
    parse_module,
)

from tests.addin.desktop.vba.sources import BUTTON, CLASS, DOCUMENT, RIBBON

NOW = dt.datetime(2026, 1, 2, 3, 4, 5)
LOCAL = "C:\\Local"
LOG = f"{LOCAL}\\marketbook\\Logs\\excel.log"
_UNKNOWN = re.compile(r"^Attribute \w+\.VB_Description.*|\bWithEvents ", re.MULTILINE)
"""What the interpreter has no need of and does not read; `names` looks at both."""
_WINDOWS = f"""Public Function Environ(ByVal name As String) As String
    If name = "LOCALAPPDATA" Then Environ = "{LOCAL}"
End Function
"""


@cache
def _parsed(text: str, name: str, kind: str) -> Any:
    return parse_module(text, name=name, kind=kind)


def error(number: int, description: str = "") -> VBARuntimeError:
    return VBARuntimeError(number, description)


class Thing(VBAObject):
    """An object with a few members: values, and functions where they take arguments."""

    def __init__(self, **members: Any) -> None:
        self.members = {name.lower(): value for name, value in members.items()}

    def vba_get(self, name, args=(), named=None):
        if name.lower() not in self.members:
            raise error(438, f"no {name}")
        member = self.members[name.lower()]
        if callable(member):
            return called(member, args, named or {})
        if args or named:
            raise error(450, name)
        return member

    def vba_set(self, name, value, args=(), named=None, *, by_ref=False):
        if name.lower() not in self.members or args or named:
            raise error(438, f"no {name}")
        self.members[name.lower()] = value

    def vba_value(self):
        raise error(438, "no default member")


def called(function: Callable[..., Any], args: Any, named: Mapping[str, Any]) -> Any:
    """Call a stand-in's function; arguments that it does not take are error 450, names of none 448."""
    names = {name.lower(): name for name in inspect.signature(function).parameters}
    if not names.keys() >= {name.lower() for name in named}:
        raise error(448)
    named = {names[name.lower()]: value for name, value in named.items()}
    try:
        inspect.signature(function).bind(*args, **named)
    except TypeError:
        raise error(450) from None
    result = function(*args, **named)
    return EMPTY if result is None else result


class _Vba(Interpreter):
    """The interpreter hands an array on as it is, where VBA copies what goes by value."""

    @staticmethod
    def _by_value(given):
        value = Interpreter._by_value(given)
        return VBAArray(value.bounds, items=list(value.items)) if isinstance(value, VBAArray) else value


class Server:
    """xlwings' server: notes what it is asked, and answers from a list; an integer is an error to raise."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self.answers: list[Any] = []

    def call(self, module_name, func_name, args):
        self.calls.append((module_name, func_name, args))
        assert len(self.calls) < 10, "asked for ever"
        answer = self.answers.pop(0) if self.answers else 8.6
        if type(answer) is int:
            raise error(answer, "gone")
        return answer


class Files:
    """Windows' files as Scripting.FileSystemObject shows them; what is written is there once it is closed."""

    def __init__(self) -> None:
        self.folders, self.content, self.deleted = {LOCAL}, {}, []
        self.thing = Thing(
            CreateFolder=self.create, GetFile=self.file, DeleteFile=self.delete, OpenTextFile=self.open
        )

    def create(self, path):
        parent = path.rpartition("\\")[0]
        if path in self.folders or parent not in self.folders:
            raise error(58)
        self.folders.add(path)

    def file(self, path):
        if path not in self.content:
            raise error(53)
        return Thing(Size=len(self.content[path]))

    def delete(self, path):
        self.file(path)
        self.deleted.append(path)
        del self.content[path]

    def open(self, path, iomode, create, format_):
        assert (iomode, create, format_) == (8, True, -1), "not to append, create, and write Unicode"
        if path.rpartition("\\")[0] not in self.folders:
            raise error(76)
        written = []

        def close():
            self.content[path] = self.content.get(path, "") + "".join(written)

        return Thing(WriteLine=lambda text: written.append(f"{text}\r\n"), Close=close)


class Stage(HostBridge):
    """One project, loaded and ready to run; what it does outside stands in the attributes."""

    def __init__(self, texts: Mapping[str, str], *names: str) -> None:
        self.server, self.files = Server(), Files()
        self.connections = self.killed = self.rebuilt = 0
        self.python: list[str] = []
        self.python_fails = self.open_book = self.scheduling_fails = False
        self.help: list[tuple[Any, ...]] = []
        self.scheduled: list[tuple[Any, ...]] = []
        self.ran: list[str] = []
        self.books = {}
        self.button = Thing(Enabled=True)
        self.application = Thing(
            CommandBars=self.toolbar,
            MacroOptions=self.options,
            CalculateFullRebuild=self.rebuild,
            OnTime=self.schedule,
            Run=self.ran.append,
            StatusBar=False,
        )
        self.book = Thing(Name="marketbook.xlam", Saved=False)
        self.vba = _Vba(self)
        self.vba.freeze(NOW)
        self.vba.add_module(_WINDOWS, name="Windows")
        for name in names or [name for name in texts if name not in (BUTTON, CLASS, RIBBON, "xlwings")]:
            kind = "document" if name == DOCUMENT else "standard"
            parsed = _parsed(_UNKNOWN.sub("", texts[name]), name, kind)
            self.vba.modules[name.lower()] = ModuleRuntime(parsed, self.vba)

    def run(self, procedure: str, *arguments: Any) -> Any:
        return self.vba.run(procedure, arguments)

    # What VBA finds without an object in front

    def global_object(self, name):
        return {
            "application": self.application,
            "thisworkbook": self.book,
            "activeworkbook": self.book if self.open_book else NOTHING,
        }.get(name, super().global_object(name))

    def has_global_member(self, name):
        return name in ("xlpy", "killpy", "runpython", "workbooks")

    def call_global(self, name, args, named):
        functions = {
            "xlpy": self.connect,
            "killpy": self.kill,
            "runpython": self.run_python,
            "workbooks": self.workbook,
        }
        return called(functions[name], args, named)

    def create(self, type_name):
        return self.files.thing if type_name == "Scripting.FileSystemObject" else super().create(type_name)

    # xlwings' procedures

    def connect(self):
        self.connections += 1
        return Thing(CallUDF=self.server.call)

    def kill(self):
        self.killed += 1
        if self.python_fails:
            raise error(1000, "on fire")

    def run_python(self, PythonCommand):  # noqa: N803 - xlwings' name
        self.python.append(PythonCommand)
        if self.python_fails:
            raise error(1000, "on fire")

    # Excel's

    def workbook(self, Index):  # noqa: N803 - Excel's name
        if Index not in self.books:
            raise error(9)
        return self.books[Index]

    def toolbar(self, Index):  # noqa: N803
        if Index != "Standard":
            raise error(5)
        return Thing(Controls=lambda Index: self.button if Index == 1 else Thing(Enabled=True))  # noqa: N803

    def rebuild(self):
        self.rebuilt += 1

    def schedule(self, EarliestTime, Procedure):  # noqa: N803
        if self.scheduling_fails:
            raise error(1004)
        self.scheduled.append((EarliestTime, Procedure))

    def options(self, Macro, Description, Category, ArgumentDescriptions):  # noqa: N803
        if not self.open_book:
            raise error(1004, "no workbook is open")
        self.help.append((Macro, Description, Category, list(ArgumentDescriptions.items)))


def cells(area_count: int = 1, value2: Any = 5.0) -> Thing:
    """A range: Value gives a date where a cell shows one, Value2 its number."""
    return Thing(Areas=Thing(Count=area_count), Value2=value2, Value="a date")


def array(*values: Any) -> VBAArray:
    return VBAArray([(0, len(values) - 1)], items=list(values))


def table(*rows: Any) -> VBAArray:
    """What the server gives for several rows: counted from 0."""
    columns = [row[at] for at in range(len(rows[0])) for row in rows]
    return VBAArray([(0, len(rows) - 1), (0, len(rows[0]) - 1)], items=columns)


def an_error(code: int) -> VBAErrorValue:
    return VBAErrorValue(code)
