import re

import pytest

from addin.desktop.relink import relink
from tests.addin.desktop.calc import first_column, needs_calc
from workbook.dependency_graph import OURS
from workbook.package import Package, Unwritable, formulas_calling
from workbook.package.opc.markup import RELATIONSHIPS, Markup
from workbook.package.opc.relationships import ContentTypes, relate
from workbook.package.sheets.workbook_part import workbook_part
from workbook.template import write_workbook

LINK = "xl/externalLinks/externalLink1.xml"
PLACE = "file:///C:\\Users\\Ada\\AppData\\Roaming\\Microsoft\\Excel\\XLSTART\\marketbook.xlam"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.fixture
def plain(tmp_path):
    path = tmp_path / "plain.xlsx"
    write_workbook(path, "Medical Imaging Outsourcing")
    return path


@pytest.fixture
def tied(plain, tmp_path):
    """As Excel leaves a workbook that was saved where the add-in lay elsewhere."""
    path = tmp_path / "tied.xlsx"
    with Package.open(plain) as package:
        book = workbook_part(package)
        for sheet in book.sheets:
            tied = re.sub(rb"<f>[^<]*", _tie, package[sheet.part])
            package.replace(sheet.part, tied)
        package.add(LINK, f'<externalLink xmlns="{MAIN}"/>'.encode())
        package.add(
            "xl/externalLinks/_rels/externalLink1.xml.rels",
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            b'<Relationship Id="rId1" Type="%b/externalLinkPath" Target="%b" TargetMode="External"/>'
            b"</Relationships>" % (RELATIONSHIPS.encode(), PLACE.encode()),
        )
        identity = relate(package, book.part, "externalLink", LINK)
        markup = Markup(package[book.part], book.part)
        reference = f'<externalReference xmlns:r="{RELATIONSHIPS}" r:id="{identity}"/>'
        markup.insert_after(
            markup.root.child("sheets"), f"<externalReferences>{reference}</externalReferences>".encode()
        )
        package.replace(book.part, markup.result())
        types = ContentTypes(package)
        types.declare(LINK, "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml")
        types.write()
        package.save(path)
    return path


def _tie(formula):
    return formula[0].replace(b"MARKET_SIZE(", b"[1]!MARKET_SIZE(")


def _unescaped(xml):
    return xml.replace(b"&quot;", b'"')


def formulas(path):
    with Package.open(path) as package:
        return [(call.sheet, call.cell, call.formula) for call in formulas_calling(package, OURS)]


def test_formulas_are_mended_and_nothing_else_changes(plain, tied):
    assert any("[1]!" in formula for _, _, formula in formulas(tied))
    sizes = [formula for _, _, formula in formulas(plain) if "MARKET_SIZE(" in formula]
    assert relink(tied) == len(sizes) > 10
    assert formulas(tied) == formulas(plain)
    with Package.open(plain) as before, Package.open(tied) as after:
        for sheet in workbook_part(before).sheets:
            assert _unescaped(after[sheet.part]) == _unescaped(before[sheet.part])


def test_mended_once_there_is_nothing_to_mend(tied):
    relink(tied)
    before = tied.stat().st_mtime_ns
    assert relink(tied) == 0
    assert tied.stat().st_mtime_ns == before


def test_an_open_workbook_is_refused(tied):
    tied.with_name("~$tied.xlsx").write_bytes(b"")
    with pytest.raises(Unwritable, match="is open in Excel"):
        relink(tied)


@needs_calc
def test_libreoffice_opens_what_was_mended(tied, tmp_path):
    relink(tied)
    assert first_column(tied, tmp_path)[0] == "Marketbook"
