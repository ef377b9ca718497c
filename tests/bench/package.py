"""A refresh of a large user workbook against copying the file: time, and memory."""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.workbook.package.reports import MARKS, SHEETS, report
from workbook.package import Package, graft

_SHEETS, _ROWS, _COLUMNS = 4, 20_000, 50
_ROUNDS = 7
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
        book = Path(folder) / "large.xlsx"
        write_large(book)
        size = book.stat().st_size / 1e6
        rows = [_time(book, size), _memory(book)]
        if os.environ.get("BENCH_OPENPYXL"):
            rows.append(_openpyxl(book))
        return rows


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


def _time(book: Path, size: float) -> tuple[str, float, float, str]:
    source = report()
    copied, grafted = [], []
    for at in range(_ROUNDS):
        target = book.with_name(f"copy{at}.xlsx")
        copied.append(_timed(lambda target=target: _copy(book, target)))
        grafted.append(_timed(lambda target=target: _graft(target, source)))
        target.unlink()
    copy, refresh = statistics.median(copied), statistics.median(grafted)
    detail = f"{size:.0f} MB: {refresh * 1000:.0f} ms, copying and fsyncing it {copy * 1000:.0f} ms"
    return "Sheets put into a 4-million-cell workbook", refresh / copy, 3.0, detail


def _memory(book: Path) -> tuple[str, float, float, str]:
    command = [sys.executable, "-m", "tests.bench.package", str(book)]
    peak = float(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    return f"Its memory, against {_MEMORY} MB", peak / _MEMORY, 1.0, f"{peak:.0f} MB at the peak"


def _openpyxl(book: Path) -> tuple[str, float, float, str]:
    command = [sys.executable, "-m", "tests.bench.package", str(book), "openpyxl"]
    started = time.perf_counter()
    peak = float(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    seconds = time.perf_counter() - started
    return "The same by openpyxl, for comparison", 0.0, 1.0, f"{seconds:.0f} s and {peak:.0f} MB"


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


def _graft(target: Path, source: Package) -> None:
    with Package.open(target) as package:
        graft(package, source, SHEETS, MARKS)
        package.save(target)


def _peak(book: Path, way: str) -> float:
    if way == "openpyxl":
        import openpyxl

        openpyxl.load_workbook(book).save(book.with_name("openpyxl.xlsx"))
    else:
        _graft(book, report())
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(_peak(Path(sys.argv[1]), sys.argv[-1]))
