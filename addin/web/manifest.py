"""The add-in only manifest (XML), from which Excel learns where the add-in's pages are and what it adds."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from lxml import etree

from addin.web.versions import manifest_version
from workbook.dependency_graph import NAMESPACE

_ICON_SIZES: Final = (16, 32, 80)  # those that Office wants of every button
_environment: Final = Environment(
    loader=PackageLoader("addin.web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Button:
    """A button of the ribbon. Its id is the name of the scripts' action, and of its icon."""

    id: str
    label: str
    tip: str


PANE: Final = Button("pane", "Market pane", "Search markets, and insert functions, series and tables.")
REFRESH: Final = Button(
    "refresh",
    "Refresh workbook",
    "Reads the reports again and rebuilds Marketbook's sheets. Your own sheets stay as they are.",
)
SOURCES: Final = Button(
    "sources", "Sources", "Shows where the figures in the selected cell's formula come from."
)
CONVERT: Final = Button(
    "convert",
    "Convert to values",
    "Replaces Marketbook formulas in this workbook with their values. Save a copy first.",
)
RELINK: Final = Button(
    "relink", "Links", "Makes formulas work with this add-in, or with the one for desktop Excel."
)
RELINK_HERE: Final = Button(
    "relinkHere", "Use this add-in", "Puts MARKETBOOK. before the names of Marketbook's functions."
)
RELINK_DESKTOP: Final = Button(
    "relinkDesktop", "For desktop Excel", "Removes MARKETBOOK. before the names of Marketbook's functions."
)


def manifest(address: str, key: str = "", domains: Iterable[str] = ()) -> bytes:
    """Return the manifest of the add-in that a server at an address has.

    The pane's address has the key of the one-person server, so its manifest is for that person only.
    `domains` are sites at which people sign in. Two servers are two add-ins.
    """
    template = _environment.get_template("manifest.xml")
    query = f"?{urlencode({'key': key})}" if key else ""
    text = template.render(
        address=address,
        domains=sorted({_origin(domain) for domain in domains} - {_origin(address)}),
        host=urlsplit(address).netloc,
        id=identifier(address),
        namespace=NAMESPACE,
        pane=f"{address}/excel/pane.html{query}",
        sizes=_ICON_SIZES,
        version=manifest_version(),
        buttons=[PANE, REFRESH, SOURCES, CONVERT],
        menu=RELINK,
        items=[RELINK_HERE, RELINK_DESKTOP],
    )
    root = etree.fromstring(text.encode(), etree.XMLParser(remove_blank_text=True))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def identifier(address: str) -> str:
    """Return the add-in's id, which says to Excel whether two manifests are of one add-in.

    >>> identifier("https://localhost:3443") == identifier("https://localhost:3444")
    False
    """
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{address}/excel/manifest.xml"))


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
