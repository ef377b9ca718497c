"""Regions: the parts of the world that a page lists as what its report covers."""

import re
from collections.abc import Iterable, Iterator, Sequence

from markets.importing.dimensions import heading_dimension, is_region_heading
from markets.importing.documents import Block, Document, Kind
from markets.importing.lists import Item, items_below, led_lists, split_names
from markets.importing.regions import is_region
from markets.importing.sentences import sentences
from markets.names import name_key

_WORLD = re.compile(
    r"(?i)^(?!rest of (?!the world|world))(?!south africa$).*\b(?:americas?|europe|asia|pacific|africa|"
    r"middle east|mea|apac|latam|lamea|emea|oceania|australasia|cis|gcc|world|row|mena|asean)\b"
)
_COVERS = re.compile(
    r"(?i)\b(?:regions?|regional(?:ly)?|region-wise|geograph\w+|segment\w*|cover\w*|across|analy[sz]ed|geographies)\b"
)
_SECTION = re.compile(
    r"(?i)\b(?:regional|region|geograph\w+)\b.{0,40}\b(?:analysis|insights?|outlook|overview|landscape|trends)\b"
)
_IN_BRACKETS = re.compile(
    r"(?i)\b(?:regions?|geograph(?:y|ies)|countr(?:y|ies))\s?[(\[]"
    r"((?:[^()\[\]]|[(\[][^()\[\]]{0,300}[)\]]){5,2000})[)\]]"
)
_BRACKETS = re.compile(r"\s*[(\[（][^()\[\]]{0,400}(?:[)\]）]|$)")
_LEAST = 3


def regions(document: Document) -> tuple[str, ...]:
    """Return the regions that a page lists as its coverage, in its order; countries below them are none.

    A list below a heading counts before a row or a sentence, and these before the regions that a section
    of the page is about.
    """
    for listed in (_below_headings, _in_rows, _in_sentences, _in_sections):
        found = max(listed(document), key=len, default=())
        if found:
            return found
    return ()


def _below_headings(document: Document) -> Iterator[tuple[str, ...]]:
    for at, block in enumerate(document.blocks):
        if block.kind is not Kind.ROW and is_region_heading(block.text):
            items = items_below(document, at, _is_lead)
            least = min((item.depth for item in items), default=0)
            own = [item for item in items if item.depth == least]
            if len(own) == 1:
                own = list(split_names(own[0].text, own[0].place))
            yield from _listed(own, 2)


def _is_lead(block: Block) -> bool:
    return is_region_heading(block.text) or bool(heading_dimension(block.text))


def _in_rows(document: Document) -> Iterator[tuple[str, ...]]:
    """Yield the lists of rows and lines such as "Regional scope: North America; Europe"."""
    for lead, item in led_lists(document):
        if is_region_heading(lead):
            yield from _listed(split_names(item.text, item.place), 2)


def _in_sentences(document: Document) -> Iterator[tuple[str, ...]]:
    for sentence in sentences(document):
        for match in _IN_BRACKETS.finditer(sentence.text):
            yield from _listed(split_names(match[1], sentence.place(match.start(1), match.end(1))), 2)
        if not _COVERS.search(sentence.text) or sentence.text.count(",") < 1:
            continue
        text = _BRACKETS.sub("", sentence.text)
        items = split_names(text[:4000], sentence.place(0, 0))
        run: list[str] = []
        for item in items:
            if name := _at_end(item.text) if not run else _at_start(item.text):
                run.append(name)
            elif len(_world(run)) >= _LEAST:
                break
            else:
                run = [name] if (name := _at_end(item.text)) else []
        if len(_world(run)) >= _LEAST:
            yield tuple(_distinct(run))


def _at_end(text: str) -> str:
    """Return the region that a phrase ends with: "across North America" ends with North America."""
    words = text.split()
    for start in range(max(0, len(words) - 6), len(words)):
        name = " ".join(words[start:]).removeprefix("the ")
        if is_region(name):
            return name
    return ""


def _at_start(text: str) -> str:
    """Return the region that a phrase starts with: "Asia Pacific is the largest" starts with Asia Pacific."""
    words = re.sub(r"(?i)^(?:and|the)\s+", "", text).split()
    for end in range(min(6, len(words)), 0, -1):
        name = re.sub(r"(?i)\s+(?:region|market)s?$", "", " ".join(words[:end]).strip(" .;:"))
        if is_region(name):
            return name
    return ""


def _in_sections(document: Document) -> Iterator[tuple[str, ...]]:
    """Yield the regions that the paragraphs of a section on regions start with."""
    run: list[str] = []
    inside = False
    for block in document.blocks:
        text = block.text.strip()
        if _SECTION.search(text) and len(text) < 120:
            inside = True
        elif inside and (name := _at_start(text)) and _WORLD.search(name):
            run.append(name)
        elif block.kind is Kind.HEADING or (len(text) < 60 and not text.endswith(".")):
            inside = False
    yield tuple(_distinct(run))


def _listed(items: Sequence[Item], least: int) -> Iterator[tuple[str, ...]]:
    names = [_BRACKETS.sub("", item.text).strip(" :;,.") for item in items]
    names = [re.split(r"\s*(?::|\s[-–—]\s)", name)[0] for name in names]
    places = [name for name in names if is_region(name)]
    if len(places) < least or len(places) < len(names) / 2:
        return
    world = _world(places)
    nested = len(world) >= 2 and len(places) > 2 * len(world)
    yield tuple(_distinct(world if nested else places))


def _world(names: Iterable[str]) -> list[str]:
    return [name for name in names if _WORLD.search(name)]


def _distinct(names: Iterable[str]) -> Iterable[str]:
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(name_key(name), name)
    return kept.values()
