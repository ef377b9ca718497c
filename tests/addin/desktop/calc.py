"""LibreOffice as the one program here that runs VBA: opens a macro workbook and reads its cells."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

_PROGRAM = Path(__file__).with_name("calc_cells.py")
_MISSING = "LibreOffice is missing: tests/setup/libreoffice.sh installs it on Debian as root"

needs_calc = pytest.mark.skipif(not shutil.which("soffice") and not os.environ.get("CI"), reason=_MISSING)


def first_column(workbook: Path, folder: Path, *saved: Path) -> list[str]:
    """Return the texts of column A after a recalculation; save copies to `saved`."""
    run = subprocess.run(
        [
            "/usr/bin/python3",
            str(_PROGRAM),
            *map(str, (workbook.resolve(), folder.resolve() / "profile", *saved)),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    cells: list[str] = json.loads(run.stdout)
    return cells
