"""What an import found, row by row, for a person to say yes to: new, changed, same and unsure."""

from dataclasses import dataclass
from enum import StrEnum

from markets.importing.drafts import Draft
from markets.listing import Row, fact_rows
from markets.market import Market
from markets.names import name_key


class State(StrEnum):
    """How a fact compares with the earlier edition, or that it is unsure."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Finding:
    """A row of the review. The remark is the earlier figure of a changed fact, or why a claim is unsure."""

    state: State
    row: Row
    remark: str = ""


def findings(draft: Draft, earlier: Market | None) -> list[Finding]:
    """Return everything that was found, compared with an earlier edition of the report if there is one."""
    before = {_key(row): row for row in fact_rows(earlier)} if earlier else {}
    found = [_compared(row, before.get(_key(row)), earlier) for row in fact_rows(draft.report)]
    return found + [Finding(State.UNSURE, one.row, one.reason) for one in draft.unsure]


def _key(row: Row) -> tuple[str, str, str]:
    return row.kind, name_key(row.about), row.years


def _compared(row: Row, before: Row | None, earlier: Market | None) -> Finding:
    if before is None or earlier is None:
        return Finding(State.NEW, row)
    if before.stated == row.stated:
        return Finding(State.SAME, row)
    return Finding(State.CHANGED, row, f"{before.stated} in the edition of {earlier.source.date}")
