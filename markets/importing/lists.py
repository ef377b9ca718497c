"""The lists of a page: what stands below a lead line, and names separated by commas."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from markets.importing.documents import Block, Document, Kind, Place

_BULLET = re.compile(
    r"\s*(?:(?:[•·▪●○◦‣⁃∙*➤➢►▶✓✔❖■□§–—-]|o(?=\s+[A-Z])|\(?[a-z]\)|\(?\d{1,2}[.)](?!\d)|\(\d{1,2}\))\s*)"
)
_BRACKETS = re.compile(r"[(\[（][^()\[\]]{0,500}[)\]）]?")
_LONGEST_ITEM = 110
_MOST_ITEMS = 300
_MOST_PROSE = 4
_LONGEST_TAIL = 90
_TAIL_STEMS = ("other", "etc", "more", "so on", "a few", "…", "...")

_SUFFIX = (
    r"(?:(?:Inc|Incorporated|Ltd|Limited|LLC|L\.L\.C|LLP|LP|L\.P|Corp|Corporation|Co|Company|GmbH|AG|SA|S\.A|"
    r"S\.A\.S|SAS|SpA|S\.p\.A|S\.L|S\.R\.L|Srl|NV|N\.V|BV|B\.V|PLC|KG|KGaA|SE|AB|A/S|Pvt|Pte|Pty|Sdn|Bhd|K\.K)"
    r"\b\.?[ ,&]{0,3}){1,4}"
)
_ONLY_SUFFIX = re.compile(rf"(?:{_SUFFIX})\s*(?:\([^()]{{1,40}}\))?\s*[.;,]?", re.IGNORECASE)
_ENDS_SHORT = re.compile(
    r"(?:\b(?:Inc|Ltd|Corp|Co|Cos|Bros|Pvt|Pte|Pty|Bhd|Intl|Mfg)|\b[A-Za-z]\.[A-Za-z]|\b[A-Z])\.$"
)
_TAIL = re.compile(
    r"[\s,;]*(?:\b(?:and|&|as well as|or)\s+)?(?:\b(?:among|amongst|and)\s+)?"
    r"(?:\b(?:the\s+)?(?:many\s+|several\s+|various\s+)?(?:other|others)\b(?:\s+(?:major|key|leading|prominent|"
    r"notable|market|active|local|regional|global|significant|small|emerging))*"
    r"(?:\s+(?:players?|companies|vendors?|manufacturers?|participants?|ones|firms|competitors?))?"
    r"|\b(?:and\s+)?(?:many\s+)?more\b|\betc\b\.?|\bso on\b|\bto name a few\b|\bamongst? others\b|…|\.\.\.)"
    r"[\s.,;\"”…]*$",
    re.IGNORECASE,
)
_HEADING_WORDS = re.compile(
    r"\b(?:overview|conclusions?|introduction|methodology|highlights|takeaways|FAQs?|frequently|chapters|"
    r"table of|contact us|about us|base year|forecast period|executive summary|historical data)\b|"
    r"^(?:request|download|buy|inquire|enquire|click|speak to|ask for|browse|subscribe|related|discuss|"
    r"for more|to know|customi[sz]\w+|get (?:a|the|your|free|in)|view (?:full|the|all)|read more|share)\b|"
    r"^(?:summary|analysis|scope|reports?|outlook|segmentation|dynamics|trends|drivers|restraints)\b|"
    r"\b(?:market|regional|geographic\w*|key|competiti\w+|competitors?|recent|report|industry|covid-?19|segment\w*|"
    r"growth|research|country|company|latest|vendor)\b.*\b(?:analysis|insights|trends|developments?|scope|report|"
    r"forecasts?|drivers|challenges|opportunities|landscape|impact|coverage|outlook|segmentation|dynamics|restraints|"
    r"objectives|size|shares?|news)\b|"
    r"\w+\s\w+\smarket\b",
    re.IGNORECASE,
)
_TABLE_HEAD = re.compile(
    r"(?i)(?:sub-?)?(?:segments?|compan(?:y|ies)|players?|names?|types?|vendors?|regions?|countr(?:y|ies)|#|"
    r"s\.? ?no\.?|rank|categor(?:y|ies)|applications?|attributes?)(?: name| names)?$"
)
_VERB = re.compile(
    r"\s(?:is|are|was|were|has|have|had|will|held|dominated|accounted|leads?|led|includes?|comprises?)\s"
)
_EXPLAINED = re.compile(r"([^:–—]{2,70}?)(?::\s|\s[-–—]\s)(?=.{30})")
_DEFINED = re.compile(r"((?:[A-Z(&][\w/&()’'-]*\s?){1,6}?):\s(?=[A-Z].{20})")
"""A name in capitals and what it is, on a line without a mark: "Paper: Bags and boxes of paper"."""
_NO_NAME = re.compile(
    r"\(%\)|\(\s?(?:US)?\$|\b(?:19|20)\d{2}\b.*[-–,(].*\b(?:19|20)\d{2}\b|^(?:Chapter|Part|Section|Figure|Table)\s?\d|"
    r"(?i:disclaimer|exhaustive|particular order)|https?:|www\.|@|\bUSD\b|US\$|\bCAGR\b|"
    r"^\d{1,3}\.\d{1,2}\s?%$|(?i:^(?:market|value|revenue)\sshare\b|^(?:january|february|march|april|may|june|july|august|september|"
    r"october|november|december)\s\d)"
)


@dataclass(frozen=True)
class Item:
    """One name of a list, without bullet or number, and where it stands."""

    text: str
    place: Place
    depth: int = 0


def items_below(document: Document, lead: int, ends: Callable[[Block], bool]) -> tuple[Item, ...]:
    """Return the items of the list below the block `lead`, with deeper ones among them.

    An indented or marked list ends with its indent or its marks, any other with a sentence or a heading.
    `ends` tells the lead line of another list.
    """
    found: list[Item] = []
    first: Block | None = None
    for at in range(lead + 1, min(len(document.blocks), lead + 1 + _MOST_ITEMS)):
        block = document.blocks[at]
        first = first or block
        if ends(block) or not _belongs(block, first, document.blocks[lead]):
            break
        item = _item(block, at, first)
        if not item.text or (block.kind is Kind.ROW and block is first and _TABLE_HEAD.match(item.text)):
            continue
        if found and is_suffix(item.text):
            found[-1] = replace(found[-1], text=f"{found[-1].text} {item.text}")
            continue
        found.append(item)
        if _is_last(block.text):
            break
    return tuple(trimmed for item in found if (trimmed := without_tail(item)).text)


def items_behind_prose(document: Document, lead: int, ends: Callable[[Block], bool]) -> tuple[Item, ...]:
    """Return the items of a marked list that follows the block `lead` after a few sentences."""
    for at in range(lead + 1, min(len(document.blocks), lead + 2 + _MOST_PROSE)):
        block = document.blocks[at]
        if block.kind in {Kind.HEADING, Kind.ROW}:
            break
        if _marks(block):
            return items_below(document, at - 1, ends)
    return ()


def is_suffix(text: str) -> bool:
    """Return whether a text is only the end of a company's name.

    >>> is_suffix("Inc."), is_suffix("Co., Ltd. (Japan)"), is_suffix("Incyte")
    (True, True, False)
    """
    return bool(_ONLY_SUFFIX.fullmatch(text.strip()))


def without_tail(item: Item) -> Item:
    """Return an item without "and other major players", "etc." or a period behind it.

    >>> without_tail(Item("Acme Inc. (US) and Other Major Players.", Place(0, 0, 39))).text
    'Acme Inc. (US)'
    """
    text = item.text.strip(" \"“”'‘’;,\t")
    if not re.fullmatch(r"(?i)others?\b.{0,60}", text):
        tail = _tail(text)
        text = text[: tail.start()] if tail else text
    if text.endswith(".") and not _ENDS_SHORT.search(text):
        text = text[:-1]
    text = text.strip(' "“”;,\t')
    return item if text == item.text else replace(item, text=text)


def _tail(text: str) -> re.Match[str] | None:
    end = text[-_LONGEST_TAIL:]
    return _TAIL.search(text, len(text) - len(end)) if mentions(end, _TAIL_STEMS) else None


def mentions(text: str, stems: Iterable[str]) -> bool:
    """Return whether one of some stems in small letters stands in a text. Faster than a pattern."""
    lowered = text.lower()
    for stem in stems:  # noqa: SIM110 - any() with a generator takes twice the time
        if stem in lowered:
            return True
    return False


def is_heading(block: Block) -> bool:
    """Return whether a block heads what follows: marked so, ending with a colon, or worded so."""
    text = block.text.strip()
    return block.kind is Kind.HEADING or text.endswith(":") or bool(_HEADING_WORDS.search(text))


def _belongs(block: Block, first: Block, lead: Block) -> bool:
    text = block.text.strip()
    if block.kind is Kind.HEADING or block.kind is not first.kind or block.depth < first.depth:
        return False
    if block.kind is Kind.ROW:
        return True
    marked = _marks(first)
    named = _EXPLAINED.match(text) if marked else _DEFINED.match(text)
    if len(_BRACKETS.sub("", named[1] if named else text)) > _LONGEST_ITEM or _NO_NAME.search(text):
        return False
    if marked:
        return _marks(block)
    if first.depth > lead.depth:
        return True
    return not is_heading(block) and not _is_sentence(text)


def _marks(block: Block) -> bool:
    return block.kind is Kind.ITEM or bool(_BULLET.match(block.text))


def _is_sentence(text: str) -> bool:
    if not text.endswith(".") or _ENDS_SHORT.search(text):
        return False
    return len(text.split()) > 8 or bool(_VERB.search(text))


def _is_last(text: str) -> bool:
    """Whether words such as "and other players" close the list. "Others" alone is an item like another."""
    tail = _tail(text)
    return bool(tail and tail.start() > 0 and re.match(r"[\s,;]*(?:and|&|among)", tail[0], re.IGNORECASE))


def _item(block: Block, at: int, first: Block) -> Item:
    """Return a line, or the first cell of a row, as an item; another mark than the first is deeper."""
    if block.kind is Kind.ROW and block.cells:
        return Item(block.cells[0].strip(), Place(at, 0, len(block.cells[0])), first.depth)
    bullet = _BULLET.match(block.text)
    start = bullet.end() if bullet else 0
    mark = _mark(block)
    other_mark = mark != _mark(first) and not re.search(r"\w", mark)
    explained = (_EXPLAINED if _marks(block) else _DEFINED).match(block.text, start)
    end = explained.end(1) if explained else len(block.text)
    return Item(block.text[start:end].strip(), Place(at, start, end), block.depth + other_mark)


def _mark(block: Block) -> str:
    bullet = _BULLET.match(block.text)
    return bullet[0].strip() if bullet else ""


_LED = re.compile(r"[\s•·*-]*(?P<lead>[^:：\t]{2,120}?)(?:[:：\t]|\s[-–—]\s)\s*(?P<list>\S.*)", re.DOTALL)


def led_lists(document: Document) -> Iterator[tuple[str, Item]]:
    """Yield the lead and the rest of each line such as "Key players: a, b" and of each row of two cells.

    >>> [(lead, item.text) for lead, item in led_lists(Document("page", (Block("Types: a, b"),)))]
    [('Types', 'a, b')]
    """
    for at, block in enumerate(document.blocks):
        if block.kind is Kind.ROW and len(block.cells) > 1:
            lead, text = block.cells[:2]
            start = max(0, block.text.find(text, len(lead)))
            yield lead.strip(), Item(text, Place(at, start, start + len(text)))
        elif match := _LED.match(block.text):
            yield match["lead"].strip(), Item(match["list"], Place(at, match.start("list"), len(block.text)))


_OPEN, _CLOSE = "([{（", ")]}）"
_COMMA = re.compile(
    r"\s*[,;，、|\n•]\s*(?:(?:and|or|&)\s+)?|\s+(?:as well as|along with|and also)\s+", re.IGNORECASE
)
_AND = re.compile(r"\s+(?:and|or)\s+", re.IGNORECASE)
_KEPT = re.compile(
    r"banking,? financial services,?(?: and| &)? insurance|middle east,? and africa|"
    r"(?:central|south) and (?:central|south) america|latin america and (?:the )?caribbean",
    re.IGNORECASE,
)
"""Names that are lists themselves."""


def split_names(text: str, place: Place, *, companies: bool = False) -> tuple[Item, ...]:
    """Return the names of a list such as "a, b (c, d), e and f", each with its place.

    `text` starts at `place`. What stands in brackets is not split, and "Inc." belongs to the name before.

    >>> [item.text for item in split_names("Dell, Inc., Acme Co., Ltd. (US) and IBM", Place(0, 0, 0))]
    ['Dell, Inc.', 'Acme Co., Ltd. (US)', 'IBM']
    >>> [item.text for item in split_names("media and art, oil (raw, clean), and others", Place(0, 0, 0))]
    ['media and art', 'oil (raw, clean)', 'others']
    """
    text = text.rstrip(" ,;:")
    spans = _joined(text, list(_pieces(text)))
    found = (
        Item(text[start:end].strip(), Place(place.block, place.start + start, place.start + end))
        for start, end in spans
    )
    trimmed = (without_tail(item) for item in found)
    return tuple(item for item in trimmed if item.text and not (companies and is_others(item.text)))


_OTHERS = re.compile(r"(?i)(?:and |among |the )*others?(?: .{0,40})?|etc|more|many more")


def is_others(text: str) -> bool:
    """Return whether a text stands for what a list leaves out: "Others", "among others", "etc."."""
    return bool(_OTHERS.fullmatch(text.strip(" .…")))


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the pieces stand; the last "and" separates too, unless a comma stands before it."""
    cuts = [match for match in _COMMA.finditer(text) if not _is_inside(text, match.start())]
    kept = [match.span() for match in _KEPT.finditer(text)]
    cuts = [cut for cut in cuts if not any(start <= cut.start() < end for start, end in kept)]
    ends_with_and = bool(cuts) and bool(
        re.search(r"(?i)\b(?:and|or|&)\s+$|as well as|along with", cuts[-1][0])
    )
    start = 0
    for cut in cuts:
        yield start, cut.start()
        start = cut.end()
    last = (
        []
        if ends_with_and
        else [
            match
            for match in _AND.finditer(text, start)
            if not _is_inside(text, match.start()) and not any(a <= match.start() < b for a, b in kept)
        ]
    )
    if last:
        yield start, last[-1].start()
        start = last[-1].end()
    yield start, len(text)


def _is_inside(text: str, at: int) -> bool:
    before = text[:at]
    return sum(map(before.count, _OPEN)) > sum(map(before.count, _CLOSE))


def _joined(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join "Inc." to the name before it."""
    last: tuple[int, int] | None = None
    for start, end in spans:
        if last and is_suffix(text[start:end]):
            last = last[0], end
            continue
        if last:
            yield last
        last = start, end
    if last:
        yield last
