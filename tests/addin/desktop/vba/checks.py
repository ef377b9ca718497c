"""All that is known of the VBA and the ribbon, the quickest first."""

from collections import Counter
from collections.abc import Iterable, Mapping

from tests.addin.desktop.vba.faults import Fault
from tests.addin.desktop.vba.grammar import syntax_faults
from tests.addin.desktop.vba.names import name_faults
from tests.addin.desktop.vba.ribbon import ribbon_faults
from tests.addin.desktop.vba.scenes import SCENES
from tests.addin.desktop.vba.sources import RIBBON, sources


def verdict(texts: Mapping[str, str], changed: str) -> str:
    """Return which check finds that one text is wrong; nothing where none does."""
    if next(iter(ribbon_faults(texts)), None):
        return "the ribbon"
    if changed == RIBBON:
        return ""
    for scene in SCENES:
        try:
            scene(texts)
        except Exception:
            return "scenes"
    if next(name_faults(texts, changed), None):
        return "names"
    return "the grammar" if syntax_faults(texts[changed]) else ""


def tried(faults: Iterable[Fault]) -> tuple[Counter[str], list[str]]:
    """Return how many faults each check finds, and which ones none does."""
    found: Counter[str] = Counter()
    alive = []
    for fault in faults:
        check = verdict({**sources(), fault.name: fault.text}, fault.name)
        if check:
            found[check] += 1
        else:
            alive.append(fault.what)
    return found, alive


def summary(found: Counter[str], alive: list[str]) -> str:
    """Return what `tried` gave as a few lines."""
    count = found.total() + len(alive)
    checks = ", ".join(f"{number} by {check}" for check, number in found.most_common())
    return "\n  ".join(
        [f"{count} faults made, {found.total()} found: {checks}", *map("lives: {}".format, alive)]
    )
