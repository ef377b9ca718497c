"""A catalog of 20,000 reports: the time to the first answer, the memory, and a market asked for anew."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.reports import write_reports

COUNT = 20_000
SEED = "Medical Imaging Outsourcing"
_ASK = """
import json, re, sys, time
from pathlib import Path
from udfs import market_size
from udfs.catalog import catalog

def memory():
    # the most that this process has held; what getrusage gives begins with its parent's
    return int(re.search("VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024

names = json.loads(sys.stdin.read())
before, start = memory(), time.perf_counter()
assert isinstance(market_size(names[0]), float)
first, held = time.perf_counter() - start, memory() - before
start = time.perf_counter()
for name in names[1:]:
    assert isinstance(market_size(name), float), name
each = (time.perf_counter() - start) / len(names[1:])
print(json.dumps({"first": first, "memory": held, "each": each}))
"""


def measure() -> list[tuple[str, float, float, str]]:
    """Return label, ratio, limit and figures in words, for the first answer and for the memory."""
    with tempfile.TemporaryDirectory() as made:
        folder, cache = Path(made, "catalog"), Path(made, "cache")
        names = write_reports(folder, COUNT)
        megabytes = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
        asked = names[:: len(names) // 100]
        cold, warm = _asked(folder, cache, asked), _asked(folder, cache, asked)
        small = _asked(Path(made, "empty"), cache, [SEED, SEED])
    times = f"{warm['first']:.2f} s, where the names are to be read {cold['first']:.2f} s"
    each = f"a market asked for anew {warm['each'] * 1e3:.1f} ms"
    return [
        (
            f"first answer from a catalog of {COUNT:,} reports / from one of 1",
            warm["first"] / small["first"],
            250.0,
            f"{times}, against {small['first'] * 1e3:.0f} ms; {each}",
        ),
        (
            "memory of that catalog / size of its files",
            warm["memory"] / megabytes,
            1.5,
            f"{warm['memory']:.0f} MB against {megabytes:.0f} MB",
        ),
    ]


def _asked(folder: Path, cache: Path, names: list[str]) -> dict[str, Any]:
    folder.mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-c", _ASK],
        input=json.dumps(names),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "MARKETBOOK_CATALOG": str(folder), "XDG_CACHE_HOME": str(cache)},
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
