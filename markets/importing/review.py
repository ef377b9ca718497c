"""What an import found, row by row, for a person to say yes to: new, changed, same and unsure."""

from dataclasses import dataclass
from enum import StrEnum
from functools import singledispatch

from markets.importing.claims import CagrClaim, Claim, PlayerClaim, RankingClaim, ShareClaim, SizeClaim
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
    return found + [Finding(State.UNSURE, _row(one.claim), one.reason) for one in draft.unsure]


def _key(row: Row) -> tuple[str, str, str]:
    return row.kind, name_key(row.about), row.years


def _compared(row: Row, before: Row | None, earlier: Market | None) -> Finding:
    if before is None or earlier is None:
        return Finding(State.NEW, row)
    if before.stated == row.stated:
        return Finding(State.SAME, row)
    return Finding(State.CHANGED, row, f"{before.stated} in the edition of {earlier.source.date}")


@singledispatch
def _row(claim: Claim) -> Row:
    raise NotImplementedError(type(claim))


def _of(kind: str, about: str, years: str, stated: str, claim: Claim) -> Row:
    return Row(kind, about, years, stated, str(claim.place), claim.words)


@_row.register
def _(claim: SizeClaim) -> Row:
    stated = f"{claim.about} {claim.currency} {claim.value} {claim.scale}".strip()
    return _of("size", claim.scope, str(claim.year or ""), stated, claim)


@_row.register
def _(claim: CagrClaim) -> Row:
    years = f"{claim.first or ''}-{claim.last or ''}".strip("-")
    return _of("CAGR", claim.scope, years, f"{claim.about} {claim.value}%".strip(), claim)


@_row.register
def _(claim: ShareClaim) -> Row:
    names, stated = " + ".join(claim.names), f"{claim.about} {claim.value}%".strip()
    return _of("share", names, str(claim.year or ""), stated, claim)


@_row.register
def _(claim: RankingClaim) -> Row:
    return _of("ranking", claim.name, str(claim.year or ""), f"no. {claim.rank} by {claim.by}", claim)


@_row.register
def _(claim: PlayerClaim) -> Row:
    return _of("player", claim.name, "", "named", claim)
