"""A claim in words: the row that a review shows for it."""

from functools import singledispatch

from markets.importing.claims import CagrClaim, Claim, PlayerClaim, RankingClaim, ShareClaim, SizeClaim
from markets.listing import Row, spelled_window


@singledispatch
def row_of(claim: Claim) -> Row:
    """Return the row of a claim, as it stands in the text."""
    raise NotImplementedError(type(claim))


def _of(kind: str, about: str, years: str, stated: str, claim: Claim) -> Row:
    return Row(kind, about, years, stated, str(claim.place), claim.words)


@row_of.register
def _(claim: SizeClaim) -> Row:
    stated = f"{claim.about} {claim.currency} {claim.value} {claim.scale}".strip()
    return _of("size", claim.scope, str(claim.year or ""), stated, claim)


@row_of.register
def _(claim: CagrClaim) -> Row:
    years = spelled_window(claim.first, claim.last)
    return _of("CAGR", claim.scope, years, f"{claim.about} {claim.value}%".strip(), claim)


@row_of.register
def _(claim: ShareClaim) -> Row:
    names, stated = " + ".join(claim.names), f"{claim.about} {claim.value}%".strip()
    return _of("share", names, str(claim.year or ""), stated, claim)


@row_of.register
def _(claim: RankingClaim) -> Row:
    return _of("ranking", claim.name, str(claim.year or ""), f"no. {claim.rank} by {claim.by}", claim)


@row_of.register
def _(claim: PlayerClaim) -> Row:
    return _of("player", claim.name, "", "named", claim)
