"""What a database can keep: a report is checked, and each text beside it, before anything is written."""

from collections.abc import Iterator

from markets.errors import CatalogError, shortened
from markets.facts import Report
from markets.names import name_key
from markets.validation import problems

_LISTED = 5
_LONGEST_PROBLEM = 300
_LARGEST_FIGURE = 10**18
_LONGEST_KEY = 2500  # bytes: PostgreSQL's indexes take no more
_LARGEST_RANK = 2**31 - 1
_LONGEST = {"who": 320, "why": 2000, "file": 255, "mark": 64, "request": 64, "workspace": 80}
_CALLED = {"who": "author", "why": "reason", "file": "name of the file", "workspace": "name of the workspace"}


def refuse_invalid(report: Report, name: str) -> None:
    """Raise CatalogError, with every problem, for a report that is not valid or that no row can hold."""
    found = [shortened(str(one), _LONGEST_PROBLEM) for one in [*problems(report), *_too_large(report)]]
    if found:
        listed = "; ".join(found[:_LISTED])
        more = f"; and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
        raise CatalogError(f"{shortened(name)}: {listed}{more}.", [f"{problem}." for problem in found])


def refuse_unstorable(**texts: str) -> None:
    """Raise CatalogError for a text beside a report that is too long, or that is no text for a database."""
    for name, text in texts.items():
        called = _CALLED.get(name, name)
        if len(text) > _LONGEST.get(name, len(text)):
            raise CatalogError(f"The {called} is longer than {_LONGEST[name]} characters.")
        if "\0" in text or not _is_unicode(text):
            raise CatalogError(f"The {called} contains a character that a database cannot store.")


def _is_unicode(text: str) -> bool:
    """Half of a pair of characters is none."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _too_large(report: Report) -> Iterator[str]:
    names = (report.market.name, report.market.geography, report.source.publisher)
    if sum(len(name_key(name).encode(errors="replace")) for name in names) > _LONGEST_KEY:
        yield "market.name: is too long, together with geography and publisher"
    for table in ("sizes", "cagrs", "shares", "indicators"):
        for at, fact in enumerate(getattr(report, table)):
            if not -_LARGEST_FIGURE < fact.value.exact < _LARGEST_FIGURE:
                yield f"{table}[{at}].value: must be below {_LARGEST_FIGURE:,}"
    for at, ranking in enumerate(report.rankings):
        if ranking.place > _LARGEST_RANK:
            yield f"rankings[{at}].place: must be at most {_LARGEST_RANK:,}"
