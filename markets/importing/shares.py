"""Shares: which part of the market a text gives to a segment, a region or a company."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from markets.importing.claims import ShareClaim, SubjectClaim
from markets.importing.documents import Document
from markets.importing.holders import Holder, Teller
from markets.importing.percents import QUALIFIER, kind, qualifier, year_of
from markets.importing.quantities import Percentage, percentages
from markets.importing.sentences import Sentence, sentences_of
from markets.importing.tiles import Tile, tiles
from markets.names import name_key

_HAS_PERCENT = re.compile(r"\d\s?(?:%|per\s?cent|pct)", re.IGNORECASE)
_ONE_RUN = re.compile(rf"\s*(?:,|and|&|,\s?and|/)\s*(?:{QUALIFIER}\s*)*", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:-|–|—|to)?\s*", re.IGNORECASE)
_RANGE_BEFORE = re.compile(r"\d\s?(?:-|–|—|to)\s?$|\bbetween\s[\d.]+\sand\s$", re.IGNORECASE)
_OF_WHAT = re.compile(
    r"(?i)\b(?:markets?|shares?|revenues?|sales|segments?|industry|lead|leads|leading|led|dominat\w+|"
    r"largest|demand|total|"
    r"ratios?|volume|consumption|production|sub-segment)\b"
)
_SHARE_CONTEXT = re.compile(r"(?i)\bshares?\b|\blargest\b|\baccount|\bdominat|\blead|\bmake up\b")
_LABEL = re.compile(r"[A-Z][A-Z/& -]{3,30}:\s|(?:Top|Leading|Key|Largest)\s[A-Z][\w/ -]{2,30}:\s")
"""A heading in the line itself: "SEGMENT: Glass holds 40%"."""
_LONGEST_WORDS = 200
_LONGEST_SENTENCE = 3000
_MOST = 40


@dataclass(frozen=True)
class _Run:
    """Shares that stand side by side ("35%, 30% and 25%"), and the text since the last ones and after."""

    values: tuple[Percentage, ...]
    before: str
    after: str
    doubt: str


def shares(document: Document, subject: SubjectClaim | None) -> tuple[ShareClaim, ...]:
    """Return the shares of a market that a document states, in its order, each once.

    Growth rates, shares of something else, and placeholders are none. What may be a share of another
    market, of its volume, or of several names together or each has a doubt.
    """
    found: dict[tuple[str, ...], list[ShareClaim]] = {}
    for number, block in enumerate(document.blocks):
        if _HAS_PERCENT.search(block.text):
            teller = Teller(document, number, subject)
            for sentence in sentences_of(block, number):
                for claim in _claims(sentence, teller):
                    _keep(claim, found)
                teller.heard(sentence.text)
    for tile in tiles(document):
        if tile.measure == "share" and 0 < _percent(tile.value) <= 100:
            _keep(_of_tile(tile), found)
    return tuple(sorted((claim for kept in found.values() for claim in kept), key=lambda claim: claim.place))


def _of_tile(tile: Tile) -> ShareClaim:
    return ShareClaim(
        place=tile.place,
        words=tile.words,
        value=tile.value,
        names=(tile.name,),
        dimension=tile.dimension,
        year=tile.last,
    )


def _keep(claim: ShareClaim, found: dict[tuple[str, ...], list[ShareClaim]]) -> None:
    """Keep one claim of each fact: a sure one, one with a year, the most precise, else the first."""
    kept = found.setdefault(tuple(sorted(name_key(name).rstrip("s") for name in claim.names)), [])
    for at, other in enumerate(kept):
        if _are_one_fact(claim, other):
            kept[at] = max(other, claim, key=_worth)
            return
    kept.append(claim)


def _worth(claim: ShareClaim) -> tuple[bool, bool, int]:
    return not claim.doubt, claim.year is not None, _decimals(claim)


def _decimals(claim: ShareClaim) -> int:
    return len(claim.value.partition(".")[2])


def _are_one_fact(claim: ShareClaim, other: ShareClaim) -> bool:
    places = min(_decimals(claim), _decimals(other))
    is_one_year = claim.year == other.year or None in (claim.year, other.year)
    return is_one_year and round(_percent(claim.value), places) == round(_percent(other.value), places)


def _percent(printed: str) -> float:
    return float(printed.replace(",", ""))


def _claims(sentence: Sentence, teller: Teller) -> Iterator[ShareClaim]:
    if not _HAS_PERCENT.search(sentence.text):
        return
    earlier: list[float] = []
    holder: Holder | None = None
    for run in islice(_runs(sentence.text[:_LONGEST_SENTENCE]), _MOST):
        holder = teller.holder(run.before, run.after, len(run.values), holder)
        if holder is not None:
            yield from _of_run(run, holder, sentence, earlier)
            earlier += [_percent(value.value) for value in run.values]


def _runs(text: str) -> Iterator[_Run]:
    """Yield the percentages of a sentence that are shares."""
    found = percentages(text)
    label = _LABEL.match(text)
    since = last = label.end() if label else 0
    at, follows_share = 0, False
    while at < len(found):
        end, is_range = at + 1, False
        while end < len(found) and (between := text[found[end - 1].end : found[end].start]) is not None:
            if not _ONE_RUN.fullmatch(between) and not _RANGE.fullmatch(between):
                break
            is_range = (
                is_range or not _ONE_RUN.fullmatch(between) or text[: found[at].start].endswith("between ")
            )
            end += 1
        values = tuple(found[at:end])
        is_range = is_range or bool(_RANGE_BEFORE.search(text, 0, values[0].start))
        before, _ = qualifier(text[since : values[0].start])
        stop = found[end].start if end < len(found) else len(text)
        after = text[values[-1].end : stop]
        listing = before.endswith("(") and after.startswith(")") and bool(_SHARE_CONTEXT.search(text))
        what = kind(qualifier(text[last : values[0].start])[0], after, follows_share or listing)
        follows_share = what != "none"
        if what != "none" and all(0 < _percent(value.value) <= 100 for value in values):
            yield _Run(values, before, after, _RANGES if is_range else _VOLUMES if what == "volume" else "")
            since = values[-1].end
        last, at = values[-1].end, end


_RANGES = "The text gives a range."
_VOLUMES = "It may be a share of the volume, not of the revenue."
_UNTOLD = "The text does not say of what it is a share."
_TOGETHER = "It is unclear whether each has this share, or all together."


def _of_run(run: _Run, holder: Holder, sentence: Sentence, earlier: list[float]) -> Iterator[ShareClaim]:
    """Give the values of a run to their holders: one by one, to each, or to all together."""
    pairs: list[tuple[Percentage, tuple[str, ...]]]
    if len(run.values) == len(holder.names):
        pairs = [(value, (name,)) for value, name in zip(run.values, holder.names, strict=True)]
    elif len(run.values) > 1 and run.doubt != _RANGES:
        return
    elif holder.sharing == "each":
        pairs = [(run.values[0], (name,)) for name in holder.names]
    else:
        pairs = [(run.values[0], holder.names)]
    for value, names in pairs:
        doubt = run.doubt or holder.doubt
        if not doubt and not holder.dimension and not _OF_WHAT.search(sentence.text):
            doubt = _UNTOLD
        if len(names) > 1 and not doubt and not _must_be_together(value, holder, earlier):
            doubt = _TOGETHER
        yield _claim(value, names, holder, sentence, run, doubt)


def _must_be_together(value: Percentage, holder: Holder, earlier: list[float]) -> bool:
    """Return whether several names have a share as one. "Both have" says so if each cannot have it."""
    if holder.sharing == "both":
        share = _percent(value.value)
        return sum(earlier) + share * len(holder.names) > 100 or any(share > other for other in earlier)
    return holder.sharing == "together"


def _claim(
    value: Percentage, names: tuple[str, ...], holder: Holder, sentence: Sentence, run: _Run, doubt: str
) -> ShareClaim:
    text = sentence.text
    start = max(0, value.end - _LONGEST_WORDS + 40)
    if start:
        start = text.find(" ", start) + 1
    end = min(len(text), start + _LONGEST_WORDS)
    return ShareClaim(
        place=sentence.place(start, end),
        words=text[start:end],
        doubt=doubt,
        value=value.value,
        names=names,
        dimension=holder.dimension,
        year=year_of(text, run.values[-1].end),
        about=qualifier(text[: value.start])[1] or qualifier(text[: run.values[0].start])[1],
    )
