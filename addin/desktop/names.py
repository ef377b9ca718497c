"""Marketbook's defined names and records in an open workbook."""

from typing import Any
from xml.sax.saxutils import escape

from addin.rebuilding import Belongings


def write_belongings(book: Any, old: Belongings, new: Belongings) -> None:
    """Change Marketbook's names and records from one state to another. Other names are not touched."""
    there = {name.Name: name for name in book.Names}
    for name, defined in new.names.items():
        refers = f"={defined.refers_to}"
        if name not in there:
            book.Names.Add(name, refers, defined.visible)
        elif old.names.get(name) != defined:
            there[name].RefersTo = refers
    for name in old.names.keys() - new.names.keys() & there.keys():
        there[name].Delete()
    for namespace in old.records.keys() | new.records.keys():
        _write_record(book, namespace, new.records.get(namespace))


def _write_record(book: Any, namespace: str, text: str | None) -> None:
    """Replace the custom XML part of a namespace."""
    for part in list(book.CustomXMLParts.SelectByNamespace(namespace)):
        part.Delete()
    if text is not None:
        book.CustomXMLParts.Add(f'<record xmlns="{namespace}">{escape(text)}</record>')
