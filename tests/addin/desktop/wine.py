"""The Wine side of the desktop tests: Excel's end of a call, with xlwings' own DLL and server.

`with WineExcel() as excel: excel.call("MARKET_SIZE", "Medical Imaging Outsourcing", 2028)` gives what
a cell would show: a number, a text, a `CellError`, or rows of them. `excel.raw(...)` gives the
variants as they came, each as (type, value).
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.addin.desktop.vba.cells import cell_value
from udfs.values import CellError

ROOT = Path(__file__).parents[3]
WINE = ROOT / ".wine"
MODULE = "addin.desktop.functions"
MISSING = object()
_CLIENT = Path(__file__).with_name("excel_client.py")


def missing() -> str:
    """Say what keeps the tests from running; nothing where they can."""
    if shutil.which("wine") and (WINE / "ready").is_file():
        return ""
    return "Wine with a Windows Python is missing: tests/setup/wine.sh installs it on Debian as root"


needs_wine = pytest.mark.skipif(bool(missing()) and not os.environ.get("CI"), reason=missing())


def required() -> None:
    """Skip the test that asks without Wine, and fail it in CI."""
    if reason := missing():
        if os.environ.get("CI"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


def environment() -> dict[str, str]:
    """The environment of a program in our own Windows."""
    return os.environ | {
        "WINEPREFIX": str(WINE / "prefix"),
        "WINEARCH": "win64",
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscoree=;mshtml=",
    }


def windows(path: Path) -> str:
    """Return a path as Wine's programs name it: drive Z is this system's root."""
    return "Z:" + str(path.resolve()).replace("/", "\\")


def run_python(code: str, *arguments: str, timeout: float = 120, **variables: str) -> str:
    """Run code in the Windows Python, with the checkout on its path; return what it prints."""
    run = subprocess.run(
        ["wine", str(WINE / "python/python.exe"), "-", *arguments],
        input=f"import sys; sys.path.insert(0, {windows(ROOT)!r})\n{code}",
        capture_output=True,
        text=True,
        timeout=timeout,
        env=environment() | variables,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def server_command() -> str:
    """Return the command line that the add-in's VBA (XLPyCommand) hands to the DLL."""
    addin = windows(ROOT / "marketbook.xlam")
    path = ";".join(["False", addin, addin, "", "", "", windows(ROOT)]).replace("\\", "\\\\")
    python = windows(WINE / "python/python.exe")
    code = (
        f'import sys, os;import xlwings.utils;xlwings.utils.prepare_sys_path(\\"{path}\\");'
        "import xlwings; xlwings.serve('$(CLSID)')"
    )
    return f'cmd.exe  /K ""{python}" -B -c "{code}""'


class WineExcel:
    """One connection to one server."""

    def __init__(self, **variables: str) -> None:
        (dll,) = (WINE / "python").glob("xlwings64-*.dll")
        self._process = subprocess.Popen(
            ["wine", str(WINE / "python/python.exe"), windows(_CLIENT), windows(dll), server_command()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment() | {"PYTHONUTF8": "1"} | variables,
        )
        assert self._answer() == "ready"

    def __enter__(self) -> "WineExcel":
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)
        self._process.stdout.close()

    def call(self, name: str, *arguments: Any) -> Any:
        """Return what a cell shows, the add-in's VBA having mapped the sentinels."""
        return cell_value(self.raw(name, *arguments))

    def raw(self, name: str, *arguments: Any, module: str = MODULE) -> Any:
        """Return a result's variants: (type, value), or ("ARRAY", dimensions, rows)."""
        return self.ask("call", module, name, arguments)

    def seconds(self, name: str, *arguments: Any, count: int, module: str = MODULE) -> list[float]:
        """Return how long each of `count` calls took."""
        return self.ask("time", module, name, arguments, count=count)

    def ask(self, do: str, module: str = "", name: str = "", arguments: Any = (), **more: Any) -> Any:
        """Send one request to the client; raise RuntimeError with the text of a failed call."""
        request = {"do": do, "module": module, "name": name, "arguments": [*map(variant, arguments)], **more}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the client has ended"
        answer = json.loads(line)
        if "error" in answer:
            raise RuntimeError(f"{answer['code']}: {answer['error']}")
        return answer["value"]


def variant(argument: Any) -> tuple[Any, ...]:
    """Return an argument as Excel passes it: numbers are doubles, a range is an array."""
    if argument is MISSING:
        return ("VT_ERROR",)
    if argument is None:
        return ("VT_EMPTY",)
    if isinstance(argument, CellError):
        return ("VT_ERROR", argument.code)
    if isinstance(argument, bool):
        return ("VT_BOOL", argument)
    if isinstance(argument, int | float):
        return ("VT_R8", float(argument))
    if isinstance(argument, str):
        return ("VT_BSTR", argument)
    return ("ARRAY", None, [[variant(cell) for cell in row] for row in argument])
