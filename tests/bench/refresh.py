"""A refresh of a large user workbook against copying the file: time, and memory."""

import math
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl

from workbook.refresh import refresh_file
from workbook.template import write_workbook

_SHEETS, _ROWS, _COLUMNS = 4, 20_000, 50
_ROUNDS = 7
SEED = "Medical Imaging Outsourcing"
_MEMORY = 150
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATED = "application/vnd.openxmlformats-package.relationships+xml"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def measure() -> list[tuple[str, float, float, str]]:
    """Return label, ratio, limit and detail of each measurement."""
    with tempfile.TemporaryDirectory() as folder:
        book, small = Path(folder) / "large.xlsx", Path(folder) / "small.xlsx"
        write_large(book)
        write_workbook(small, SEED)
        memory = _memory(book, "refresh")
        first = _timed(lambda: refresh_file(book, SEED))
        return [
            _time(book, small),
            ("Memory of the first refresh, in MB", memory, _MEMORY, f"{first:.2f} s, reading every sheet"),
            _openpyxl(book),
        ]


def write_large(path: Path) -> None:
    """Write a workbook of 4 sheets and 4 million cells, about 54 MB, without building it in memory."""
    sheets = range(1, _SHEETS + 1)
    listed = "".join(f'<sheet name="Data {n}" sheetId="{n}" r:id="rId{n}"/>' for n in sheets)
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in sheets
    )
    declared = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_SPREADSHEET}.worksheet+xml"/>'
        for n in sheets
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Default Extension="rels" ContentType="{_RELATED}"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_SPREADSHEET}.sheet.main+xml"/>'
            f"{declared}</Types>",
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_LINKS}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{_LINKS}">{related}</Relationships>'
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        )
        for n in sheets:
            _write_sheet(archive, f"xl/worksheets/sheet{n}.xml", n)


def _write_sheet(archive: zipfile.ZipFile, name: str, seed: int) -> None:
    with archive.open(name, "w") as out:
        out.write(f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
        columns = [chr(65 + at) if at < 26 else "A" + chr(39 + at) for at in range(_COLUMNS)]
        state = seed
        for row in range(1, _ROWS + 1):
            cells = []
            for column in columns:
                state = (state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
                cells.append(f'<c r="{column}{row}"><v>{(state >> 14) / 1e12!r}</v></c>')
            out.write(f'<row r="{row}">{"".join(cells)}</row>'.encode())
        out.write(b"</sheetData></worksheet>")


def _time(book: Path, small: Path) -> tuple[str, float, float, str]:
    """What the size of the workbook adds to a refresh, against copying the file."""
    copied, refreshed, least = [], [], []
    for _ in range(_ROUNDS):
        copied.append(_timed(lambda: _copy(book, book.with_name("copy.xlsx"))))
        refreshed.append(_timed(lambda: refresh_file(book)))
        least.append(_timed(lambda: refresh_file(small)))
    copy, refresh, sheets = map(statistics.median, (copied, refreshed, least))
    detail = (
        f"{refresh * 1000:.0f} ms, of which the report sheets {sheets * 1000:.0f} ms; "
        f"copying and fsyncing {book.stat().st_size / 1e6:.0f} MB {copy * 1000:.0f} ms"
    )
    return (
        "Refresh of 4 million cells, less the report sheets / copying",
        (refresh - sheets) / copy,
        3.0,
        detail,
    )


def _memory(book: Path, way: str) -> float:
    command = [sys.executable, "-m", "tests.bench.refresh", str(book), way]
    return float(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


def _openpyxl(book: Path) -> tuple[str, float, float, str]:
    """For comparison: there is no limit to it."""
    memory = 0.0

    def load_and_save() -> None:
        nonlocal memory
        memory = _memory(book, "openpyxl")

    seconds = _timed(load_and_save)
    return "openpyxl: loading and saving the same, in MB", memory, math.inf, f"{seconds:.0f} s"


def _timed(action: Callable[[], None]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def _copy(book: Path, target: Path) -> None:
    with book.open("rb") as source, target.open("wb") as out:
        while piece := source.read(1 << 20):
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())


def _peak(book: Path, way: str) -> float:
    """Return the most memory, in MB, that this process took for it; the book stays as it is."""
    copy = book.with_name(f"{way}.xlsx")
    if way == "openpyxl":
        openpyxl.load_workbook(book).save(copy)
    else:
        shutil.copy(book, copy)
        refresh_file(copy, SEED)
    copy.unlink()
    return _most_memory()


def _most_memory() -> float:
    """Linux counts what the parent had before the start into ru_maxrss, but not into VmHWM."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(_peak(Path(sys.argv[1]), sys.argv[2]))
