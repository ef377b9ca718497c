"""Who published a text, under which title, and when; blank where the text does not say so."""

import datetime
import re
from dataclasses import dataclass

from markets.importing.documents import Document, Kind

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*)\.?"
_DATES = [
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>20\d\d)\b", re.IGNORECASE),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?P<year>20\d\d)\b", re.IGNORECASE),
    re.compile(r"\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"),
]
_DATED = re.compile(
    r"(?:/\s?(?:PR\s?Newswire|EINPresswire[\w.]*)|GLOBE\s?NEWSWIRE|Business\s?Wire|Newswire|--|—|"
    r"\b(?:updated|published|posted|date|dated|released?)\b)",
    re.IGNORECASE,
)
_FIRM = (
    r"(?P<firm>(?:[A-Z0-9][\w.&’'-]*|of|and|&)(?:\s(?:[A-Z0-9][\w.&’'-]*|of|and|&)){0,5}?"
    r"(?:\s(?:Research|Insights?|Intelligence|Analytics|Consulting|Reports|Monitor(?:\sGlobal)?|Markets|Info\sResearch|"
    r"Statistics|Data|Group|View\sResearch|Market\sResearch|Media)){1,2})"
)
_SOURCE = (
    r"(?i:according\sto|as\sper|(?:published|released|report|study|research|analysis|survey)\s(?:by|from))"
)
_SAYS = [
    re.compile(
        rf"\b{_SOURCE}\s(?:(?:an?|the|its|new|latest|recent|market|report|study|research|analysis|by|from)\s)*{_FIRM}"
    ),
    re.compile(rf"[:|–-]\s{_FIRM}(?:®|,\sInc\.?)?\s*$"),
    re.compile(
        rf"\b{_FIRM}(?:\s\([A-Z]+\))?\s(?:has|expects|estimates|projects|forecasts|analy[sz]es|finds|says|predicts)\b"
    ),
    re.compile(rf"\bAt\s{_FIRM},\swe\b"),
    re.compile(r"(?P<firm>\b[A-Z][A-Z]+(?:\s[A-Z]+){1,4}),?\s(?:INC|LLC|LTD)\b"),
]
_INC = re.compile(r",?\s(?:Inc|LLC|Ltd|Pvt)\b.*$")
_HEAD = 12
_LONGEST_TITLE = 250


@dataclass(frozen=True)
class Edition:
    """A text's publisher, title and date; blank or None where it does not say so."""

    publisher: str = ""
    title: str = ""
    date: datetime.date | None = None


def edition(document: Document) -> Edition:
    """Return who published a text, its title, and its date, from its file or else from its words."""
    return Edition(
        publisher=document.publisher or _publisher(document),
        title=document.title or _title(document),
        date=document.date or _date(document),
    )


def _title(document: Document) -> str:
    """Return the first heading, or a first line that ends like one."""
    heading = next((block.text for block in document.blocks[:_HEAD] if block.kind is Kind.HEADING), "")
    first = document.blocks[0].text if document.blocks else ""
    if (
        heading
        or len(first) > _LONGEST_TITLE
        or re.search(r"(?<!Inc)(?<!Ltd)[.…]$", first)
        or len(first.split()) < 3
    ):
        return heading
    return first.rstrip(":")


def _date(document: Document) -> datetime.date | None:
    """Return the date of a dateline, or one marked as updated or published."""
    for block in document.blocks[:_HEAD]:
        for pattern in _DATES:
            for found in pattern.finditer(block.text[:400]):
                around = block.text[max(0, found.start() - 80) : found.end() + 60]
                if (_DATED.search(around) or len(block.text) < 40) and (date := _day(found)):
                    return date
    return None


def _day(found: re.Match[str]) -> datetime.date | None:
    month = found["month"]
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    try:
        return datetime.date(int(found["year"]), number, int(found["day"]))
    except ValueError:
        return None


def _publisher(document: Document) -> str:
    """Return the research firm that a title or a sentence names as the source."""
    for pattern in _SAYS:
        for block in document.blocks[: 3 * _HEAD]:
            if found := pattern.search(block.text[:1500]):
                firm = _INC.sub("", found["firm"]).strip()
                return firm.title() if firm.isupper() and " " in firm else firm
    return ""
