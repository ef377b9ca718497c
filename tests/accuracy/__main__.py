"""Print precision and recall of importing, by kind of fact. Run by `make accuracy`."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from markets.catalogs.folders import BUNDLED
from markets.facts import Report
from markets.importing.extraction import extract
from markets.importing.plain_json import plain
from markets.importing.reading import read_document
from markets.importing.segment_names import REGION
from markets.reports import read_report
from tests.accuracy.scores import Facts, scored

_SHARED = Path(__file__).parents[2] / ".." / "shared" / "articles"
_SEED = _SHARED.with_name("seed")


def main() -> None:
    options = _options()
    scores = scored([*pairs(options.folder), *(seed(_SEED) if options.folder == _SHARED else ())])
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
        yield path.stem, json.loads(path.read_text(encoding="utf-8")), _found(path.with_suffix(".txt"))


def seed(folder: Path) -> Iterator[tuple[str, Facts, Facts]]:
    """Yield the report of the first workbook: its facts were entered by hand, and its text is in a folder."""
    for path in folder.glob("*.txt"):
        yield "seed", _stated(read_report(BUNDLED / "medical-imaging-outsourcing.toml")), _found(path)


def _found(path: Path) -> Facts:
    return plain(extract(read_document(path)), ())


def _stated(report: Report) -> Facts:
    """A report's facts in the shape of the hand-checked files."""
    segments = {d.name: [segment.name for segment in d.segments] for d in report.dimensions}
    return {
        "market": report.market.name,
        "sizes": [
            {"year": size.year, "value": size.value.value, "unit": str(size.unit)} for size in report.sizes
        ],
        "cagr": [
            {"scope": c.segment or "total", "rate_pct": c.value.value, "from": c.first, "to": c.last}
            for c in report.cagrs
        ],
        "shares": [{"name": share.segment, "pct": share.value.value} for share in report.shares],
        "regions": segments.pop(REGION, []),
        "segments": segments,
        "players": [player.name for player in report.players],
    }


if __name__ == "__main__":
    main()
