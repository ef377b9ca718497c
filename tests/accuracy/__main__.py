"""Print precision and recall of importing, by kind of fact. Run by `make accuracy`."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from markets.importing.extraction import extract
from markets.importing.plain_json import plain
from markets.importing.reading import read_document
from tests.accuracy.scores import Facts, scored

_SHARED = Path(__file__).parents[2] / ".." / "shared" / "articles"


def main() -> None:
    options = _options()
    scores = scored(pairs(options.folder))
    print(f"{'kind':14} {'there':>6} {'found':>6} {'right':>6} {'precision':>10} {'recall':>7}")
    for kind, score in scores.items():
        counts = f"{score.there:6} {score.found:6} {score.right:6}"
        print(f"{kind:14} {counts} {score.precision:10.3f} {score.recall:7.3f}")
    for kind in scores.keys() & {*options.faults, *(scores if "all" in options.faults else ())}:
        print(f"\n{kind}", *scores[kind].faults, sep="\n  ")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make accuracy", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=_SHARED, help="of NNN.txt and NNN.json")
    parser.add_argument("--faults", nargs="*", default=(), help='kinds whose faults to print, or "all"')
    return parser.parse_args()


def pairs(folder: Path) -> Iterator[tuple[str, Facts, Facts]]:
    """Yield each text's name, the facts that are there, and those that the rules find."""
    for path in sorted(folder.glob("*.json")):
        claims = extract(read_document(path.with_suffix(".txt")))
        yield path.stem, json.loads(path.read_text(encoding="utf-8")), plain(claims, ())


if __name__ == "__main__":
    main()
