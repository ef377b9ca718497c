"""What tests of the Office.js add-in have from npm: Microsoft's scripts and types, and TypeScript.

`tests/setup/web.sh` installs them.
"""

import shutil
import subprocess
from pathlib import Path

from tests.missing import missing

_HOME = Path(__file__).parents[2] / ".web"
_SECONDS = 240


def modules() -> Path:
    """Return the folder of the npm packages; without them skip the test, and in CI fail it."""
    if not (_HOME / "ready").exists():
        missing(
            "Microsoft's packages for Office.js are missing. On Debian, 'make test' as root installs them."
        )
    return _HOME / "node_modules"


def node(*arguments: str, folder: Path = _HOME) -> "subprocess.CompletedProcess[str]":
    """Run Node.js in a folder, and return what it said. In .web, scripts can require the packages."""
    modules()
    program = shutil.which("node")
    if program is None:
        missing("Node.js is missing. On Debian, 'make test' as root installs it.")
    return subprocess.run(
        [program, *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=_SECONDS,
        check=False,
    )
