"""Claims as plain objects, for JSON: what a text states, whether or not it can be kept as a fact."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from markets.importing.claims import CagrClaim, Claims, SegmentsClaim, ShareClaim, SizeClaim
from markets.importing.drafts import Draft
from markets.importing.review import Finding, State
from markets.importing.segment_names import REGION


def plain(claims: Claims, findings: Iterable[Finding]) -> dict[str, Any]:
    """Return the sure claims by kind, and what is unsure beside them.

    Sizes of segments stand apart from those of the market. A year that the text does not state is None.
    """
    sizes = [claim for claim in claims.sizes if not claim.doubt]
    listed = [claim for claim in claims.segments if not claim.doubt]
    return {
        "market": claims.subject.name if claims.subject else None,
        "geography": claims.subject.geography if claims.subject else None,
        "sizes": [_size(claim) for claim in sizes if not claim.scope],
        "segment_sizes": [{"scope": claim.scope, **_size(claim)} for claim in sizes if claim.scope],
        "cagr": [_cagr(claim) for claim in claims.cagrs if not claim.doubt],
        "shares": [_share(claim) for claim in claims.shares if not claim.doubt],
        "segments": _by_dimension([claim for claim in listed if claim.dimension != REGION]),
        "regions": [name for claim in listed if claim.dimension == REGION for name in claim.names],
        "players": [claim.name for claim in claims.players if not claim.doubt],
        "unsure": [_unsure(finding) for finding in findings if finding.state is State.UNSURE],
    }


def plain_findings(draft: Draft, findings: Iterable[Finding]) -> dict[str, Any]:
    """Return the report of a table and its findings, row by row."""
    source = draft.report.source
    rows = [
        {"state": str(finding.state), **asdict(finding.row), "remark": finding.remark} for finding in findings
    ]
    return {
        "market": draft.report.market.name,
        "publisher": source.publisher,
        "date": str(source.date),
        "findings": rows,
    }


def _size(claim: SizeClaim) -> dict[str, Any]:
    return {
        "year": claim.year,
        "value": _number(claim.value),
        "unit": f"{claim.currency} {claim.scale}".strip(),
        "kind": "forecast" if claim.is_forecast else "base",
        **_qualified(claim.about),
    }


def _cagr(claim: CagrClaim) -> dict[str, Any]:
    return {
        "scope": claim.scope or "total",
        "rate_pct": _number(claim.value),
        "from": claim.first,
        "to": claim.last,
        **_qualified(claim.about),
    }


def _share(claim: ShareClaim) -> dict[str, Any]:
    return {
        "dimension": claim.dimension.lower(),
        "name": " + ".join(claim.names),
        "pct": _number(claim.value),
        "year": claim.year,
        "qualifier": claim.about or "exact",
        **({"combined": True} if len(claim.names) > 1 else {}),
    }


def _qualified(about: str) -> dict[str, str]:
    return {"qualifier": about} if about else {}


def _by_dimension(claims: list[SegmentsClaim]) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for claim in claims:
        named.setdefault(claim.dimension.lower(), []).extend(claim.names)
    return named


def _unsure(finding: Finding) -> dict[str, str]:
    row = finding.row
    return {
        "kind": row.kind,
        "about": row.about,
        "years": row.years,
        "stated": row.stated,
        "reason": finding.remark,
        "words": row.words,
    }


def _number(printed: str) -> float | int:
    number = float(printed.replace(",", "").replace("−", "-"))
    return int(number) if number.is_integer() else number
