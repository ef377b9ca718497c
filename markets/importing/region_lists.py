"""Regions: the parts of the world that a page lists as what its report covers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from markets.importing.claims import SegmentsClaim
from markets.importing.companies import is_players_heading
from markets.importing.dimensions import heading_dimension, is_region_heading
from markets.importing.documents import Block, Document, Kind, Place
from markets.importing.lists import Item, items_below, led_lists, split_names
from markets.importing.regions import is_region, region_name
from markets.importing.sentences import sentences_of
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
_OPENS = re.compile(
    r"(?i)^(?:[^:]{0,80}:\s+)?(?:(?:in|within|across|the|meanwhile|similarly|moreover|while|whereas|additionally|and|"
    r"finally|furthermore|lastly|currently|geographically|regionally|by region)\b,?\s+)*"
)
_FOLLOWS = re.compile(r"(?i)\bfollowed (?:closely )?by (?:the )?|\bahead of (?:the )?")
_LEAST = 3
_LONGEST_HEAD = 120
_LONGEST_LIST = 4000
_WORDS = 200


def regions(document: Document) -> tuple[SegmentsClaim, ...]:
    """Return the regions that a page lists as its coverage, in its order, as one claim; none if it has none.

    A list below a heading counts before a row or a sentence, and these before the regions that a section
    of the page is about, which are not the whole list. Countries below regions are left out.
    """
    for listed in (_below_headings, _in_rows, _in_sentences, _in_sections):
        found = max(listed(document), key=_worth, default=None)
        if found:
            return (found,)
    return ()


def _worth(claim: SegmentsClaim) -> tuple[int, int]:
    """A list of parts of the world is worth more than one of countries, which may stand beside it."""
    world = len(_world(claim.names))
    return (world if world >= len(claim.names) / 2 else 0, len(claim.names))


def _claim(names: Iterable[str], place: Place, lead: str, *, complete: bool = True) -> SegmentsClaim:
    distinct: dict[str, str] = {}
    for name in names:
        distinct.setdefault(name_key(name), name)
    kept = tuple(distinct.values())
    words = f"{lead.strip(' :')}: {', '.join(kept)}" if complete else lead.strip()
    return SegmentsClaim(place=place, words=words[:_WORDS], dimension="Region", names=kept, complete=complete)


def _below_headings(document: Document) -> Iterator[SegmentsClaim]:
    for at, block in enumerate(document.blocks):
        if block.kind is not Kind.ROW and is_region_heading(block.text):
            items = items_below(document, at, _is_lead)
            least = min((item.depth for item in items), default=0)
            own = [item for item in items if item.depth == least]
            parts = split_names(own[0].text, own[0].place) if own else ()
            if len(own) == 1 or len(_world(part.text for part in parts)) >= _LEAST:
                own = list(parts)
            if names := _listed(own, 2):
                yield _claim(names, Place(at, 0, len(block.text)), block.text)


def _is_lead(block: Block) -> bool:
    text = block.text
    return is_region_heading(text) or bool(heading_dimension(text)) or is_players_heading(text)


def _in_rows(document: Document) -> Iterator[SegmentsClaim]:
    """Yield the lists of rows and lines such as "Regional scope: North America; Europe"."""
    for lead, item in led_lists(document):
        if is_region_heading(lead) and (names := _listed(split_names(item.text, item.place), 2)):
            yield _claim(names, item.place, lead)


def _in_sentences(document: Document) -> Iterator[SegmentsClaim]:
    for number, block in enumerate(document.blocks):
        for sentence in sentences_of(block, number) if _COVERS.search(block.text) else ():
            whole = sentence.place(0, len(sentence.text))
            for match in _IN_BRACKETS.finditer(sentence.text):
                place = sentence.place(match.start(1), match.end(1))
                if names := _listed(split_names(match[1], place), 2):
                    yield _claim(names, place, match[0][: match.start(1) - match.start() - 1])
            if "," in sentence.text and _COVERS.search(sentence.text) and (run := _run(sentence.text)):
                yield replace(_claim(run, whole, ""), words=sentence.text[:_WORDS])


def _run(text: str) -> Sequence[str]:
    """Return the first row of regions in a sentence that is long enough to be what a report covers."""
    items = split_names(_BRACKETS.sub("", text)[:_LONGEST_LIST], Place(0, 0, 0))
    run: list[str] = []
    for item in items:
        if name := _at_end(item.text) if not run else _at_start(item.text):
            run.append(name)
        elif _is_coverage(run):
            return run
        else:
            run = [name] if (name := _at_end(item.text)) else []
    return run if _is_coverage(run) else ()


def _is_coverage(run: Sequence[str]) -> bool:
    world = len(_world(run))
    return world >= _LEAST or (world > 0 and len(run) > _LEAST)


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


def _in_sections(document: Document) -> Iterator[SegmentsClaim]:
    """Yield the regions that the sentences of a section on regions are about."""
    names: list[str] = []
    places: list[Place] = []
    inside = False
    for number, block in enumerate(document.blocks):
        text = block.text.strip()
        if (head := _SECTION.search(text[:_LONGEST_HEAD])) and (
            len(text) < _LONGEST_HEAD or ":" in text[head.end() : head.end() + 3]
        ):
            inside = True
        elif block.kind is Kind.HEADING or (len(text) < 60 and not text.endswith(".")):
            inside = bool(inside and region_name(text))
        if inside and (found := [name for one in sentences_of(block, number) for name in _about(one.text)]):
            names += found
            places.append(Place(number, 0, len(block.text)))
    if names:
        yield _claim(names, places[0], places[0].words(document), complete=False)


def _about(sentence: str) -> Iterator[str]:
    """Yield the world regions that a sentence starts with or ranks: "Europe leads, followed by Asia"."""
    text = _OPENS.sub("", sentence)
    clauses = [text, *(text[match.end() :] for match in _FOLLOWS.finditer(text))]
    for clause in clauses:
        for item in split_names(clause[:120], Place(0, 0, 0))[:3]:
            if not (name := _at_start(item.text)) or not _WORLD.search(name := _noun(name)):
                break
            yield name


def _noun(name: str) -> str:
    """Return the region of an adjective: "North American" is North America."""
    return region_name(name) if name.endswith(("an", "ern")) else name


def _listed(items: Sequence[Item], least: int) -> Sequence[str]:
    """Return the regions of a list, without the countries below them; none if most are no places."""
    names = [_BRACKETS.sub("", item.text).strip(" :;,.") for item in items]
    names = [re.split(r"\s*(?::|\s[-–—]\s)", name)[0] for name in names]
    places = [name for name in names if is_region(name)]
    if len(places) < least or len(places) < len(names) / 2:
        return ()
    world = _world(places)
    return world if len(world) >= 2 and _is_nested(places, world) else places


def _is_nested(places: Sequence[str], world: Sequence[str]) -> bool:
    """Return whether countries stand below each region: many of them, or one or more behind every region."""
    behind_each = all(
        one not in world or following not in world
        for one, following in zip(places, [*places[1:], world[0]], strict=True)
    )
    return len(places) > 2 * len(world) or behind_each


def _world(names: Iterable[str]) -> list[str]:
    return [name for name in names if _WORLD.search(name)]
