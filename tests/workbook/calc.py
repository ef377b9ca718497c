"""LibreOffice as a user's program: opens a workbook, edits it and saves it."""

import json
import subprocess
from pathlib import Path

from tests.libreoffice import required

_PROGRAM = Path(__file__).with_name("calc_edits.py")


def edited(workbook: Path, *steps: list[object]) -> Path:
    """Return a copy of a workbook that LibreOffice saved after some steps; see `calc_edits`."""
    folder = workbook.parent
    saved = folder / f"{workbook.stem} edited.xlsx"
    command = [required().python, _PROGRAM, workbook, folder / "calc-profile", saved, json.dumps(steps)]
    run = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stderr
    return saved
