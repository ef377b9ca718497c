"""Make mutants of a layer's code with mutmut, run the layer's fast tests on them, and print what survives.

Run by `make mutants`. It works on a copy in `out/mutants/<layer>`: there, `mutmut browse` shows each mutant.
"""

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.mutation.unfolded import unfolded

ROOT = Path(__file__).parents[2]
LAYERS = {
    "markets": ["tests/markets", "markets", "tests/cases"],
    "udfs": ["tests/udfs", "tests/cases", "udfs"],
    "workbook": ["tests/workbook", "workbook"],
}
"""The layers, and the tests that should see a fault in each."""

_COPIED = ("markets", "udfs", "workbook", "addin", "tests", "docs", "README.md", "pyproject.toml", "Makefile")
_MUTMUT = [sys.executable, "-m", "mutmut"]
_FIRST = 40
"""So many mutants are tried first, to learn how many the time is enough for."""

_SETTINGS = """
[tool.mutmut]
source_paths = ["{layer}"]
also_copy = {copied}
pytest_add_cli_args = ["-p", "fast_only", "-p", "no:cacheprovider", "--hypothesis-profile=ci"]
pytest_add_cli_args_test_selection = {tests}
timeout_multiplier = 5.0
timeout_constant = 5.0
use_git_change_detection = false
process_isolation = "forkserver"
forkserver_warmup = "import"
preload_modules_file = "preloaded.txt"
"""
_PRELOADED = ("pytest", "numpy", "pandas", "lxml.etree", "msgspec", "openpyxl", "rapidfuzz", "typer")
"""What each mutant's process finds imported. Our code it imports itself: that does things on import, too."""

_FAILED = 1
_KILLED = {1: "killed", 3: "killed", 0: "survived", 5: "no tests", 33: "no tests", None: ""}
"""What mutmut's codes mean. All others are endless loops and crashes, which are seen as well."""


def main() -> None:
    options = _options()
    os.nice(15)
    for layer in options.layers:
        folder = ROOT / "out" / "mutants" / layer
        _copy(layer, folder)
        tried = _try(folder, options.minutes * 60, options.seed)
        print(f"\n{layer}: {tried} mutants tried, seed {options.seed}\n")
        _report(folder)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("layers", nargs="*", default=list(LAYERS), help="markets, udfs, workbook")
    parser.add_argument("--minutes", type=float, default=30, help="time for a layer; a sample, if not enough")
    parser.add_argument("--seed", type=int, default=1, help="of the sample")
    return parser.parse_args()


def _copy(layer: str, folder: Path) -> None:
    """Lay out the project in a folder, the layer's code with its decorators unfolded."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in _COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    for path in (folder / layer).rglob("*.py"):
        path.write_text(unfolded(path.read_text(encoding="utf-8")), encoding="utf-8")
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as settings:
        others = [name for name in _COPIED if name != layer]
        settings.write(_SETTINGS.format(layer=layer, copied=others, tests=LAYERS[layer]))
    (folder / "preloaded.txt").write_text("\n".join(_PRELOADED), encoding="utf-8")
    # the tests look for the test data beside the checkout, and they run in the folder `mutants`
    (folder / "shared").symlink_to((ROOT / ".." / "shared").resolve())


def _try(folder: Path, seconds: float, seed: int) -> int:
    """Try a random order of the mutants for some time, and return how many there were."""
    # mutmut makes all mutants before it finds that none has this name
    made = _mutmut(folder, "run", "--max-children", "1", "none")
    names = [name for _, results in _results(folder) for name in results]
    if not names or "nothing matches" not in made:
        raise SystemExit(made)
    _widen(folder / "mutants" / "mutmut-stats.json")
    random.Random(seed).shuffle(names)
    started = time.monotonic()
    _run(folder, names[:_FIRST])
    pace = (time.monotonic() - started) / _FIRST
    if not any(code == _FAILED for _, results in _results(folder) for code in results.values()):
        raise SystemExit("The tests fail for no mutant: mutmut cannot run them.")
    rest = int((seconds - _FIRST * pace) / pace)
    if rest > 0:
        _run(folder, names[_FIRST : _FIRST + rest])
    return min(len(names), _FIRST + max(rest, 0))


def _widen(stats: Path) -> None:
    """Let all the tests of a file see a function that one of them calls.

    What the first of them works out may be kept for the others (a fixture, a cached answer). What the
    very first test calls may have been called by an import, which all tests depend on.
    """
    known = json.loads(stats.read_text(encoding="utf-8"))
    tests_of: dict[str, set[str]] = {}
    for test in known["duration_by_test"]:
        tests_of.setdefault(test.split("::")[0], set()).add(test)
    everything = set(known["duration_by_test"])
    first = next(iter(known["duration_by_test"]))
    for function, tests in known["tests_by_mangled_function_name"].items():
        files = [tests_of[test.split("::")[0]] for test in tests]
        wider = everything if first in tests else set().union(*files)
        known["tests_by_mangled_function_name"][function] = sorted(wider)
    stats.write_text(json.dumps(known), encoding="utf-8")


def _run(folder: Path, names: Sequence[str]) -> None:
    if names:
        said = _mutmut(folder, "run", "--max-children", "1", *names)
        if "mutations/second" not in said:
            raise SystemExit(said)


def _mutmut(folder: Path, *arguments: str) -> str:
    environment = os.environ | {
        "PYTHONPATH": str(folder / "tests" / "mutation"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    environment.pop("CI", None)
    ended = subprocess.run(
        [*_MUTMUT, *arguments], cwd=folder, env=environment, capture_output=True, text=True
    )
    return ended.stdout + ended.stderr


def _results(folder: Path) -> list[tuple[str, dict[str, int | None]]]:
    """Return each module and how each of its mutants ended: mutmut's code, None if it was not tried."""
    return [
        (
            str(path.relative_to(folder / "mutants")).removesuffix(".meta"),
            json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"],
        )
        for path in sorted((folder / "mutants").rglob("*.py.meta"))
    ]


def _report(folder: Path) -> None:
    total: Counter[str] = Counter()
    print(f"{'module':40} {'made':>6} {'tried':>6} {'killed':>7} {'survived':>9} {'no tests':>9}")
    survivors = []
    for module, results in _results(folder):
        counts = Counter(_KILLED.get(code, "killed") for code in results.values())
        survivors += [name for name, code in results.items() if code in (0, 5, 33)]
        counts["made"], counts["tried"] = len(results), len(results) - counts[""]
        if counts["tried"]:
            print(_row(module, counts))
        total += counts
    print(_row("all", total))
    for name in survivors:
        print(f"\n{name}\n{_changed_lines(folder, name)}")


def _row(module: str, counts: Counter[str]) -> str:
    figures = [counts[kind] for kind in ("made", "tried", "killed", "survived", "no tests")]
    return "{:40} {:6} {:6} {:7} {:9} {:9}".format(module, *figures)


def _changed_lines(folder: Path, name: str) -> str:
    return "\n".join(re.findall(r"^[-+](?![-+]).*", _mutmut(folder, "show", name), re.MULTILINE))


if __name__ == "__main__":
    main()
