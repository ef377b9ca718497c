"""Links to other workbooks and to add-ins, as Excel puts them into a file."""

from tests.workbook.package.synthetic import LINKS, MAIN, OFFICE, SPREADSHEET
from workbook.package import ContentTypes, Markup, Package, relate, workbook_part


def link(package: Package, target: str) -> None:
    """Add a link to a workbook. Formulas name it by its number, which is the next one: `[1]!`."""
    book = workbook_part(package)
    number = sum("/externalLink" in name and name.endswith(".xml") for name in package) + 1
    part = f"xl/externalLinks/externalLink{number}.xml"
    package.add(part, f'<externalLink xmlns="{MAIN}"/>'.encode())
    package.add(
        f"xl/externalLinks/_rels/externalLink{number}.xml.rels",
        f'<Relationships xmlns="{LINKS}"><Relationship Id="rId1" Type="{OFFICE}/externalLinkPath" '
        f'Target="{target}" TargetMode="External"/></Relationships>'.encode(),
    )
    identity = relate(package, book.part, "externalLink", part)
    markup = Markup(package[book.part], book.part)
    reference = f'<externalReference xmlns:r="{OFFICE}" r:id="{identity}"/>'.encode()
    holder = markup.root.child("externalReferences")
    sheets = markup.root.child("sheets")
    assert sheets is not None
    if holder:
        markup.append(holder, reference)
    else:
        markup.insert_after(sheets, b"<externalReferences>" + reference + b"</externalReferences>")
    package.replace(book.part, markup.result())
    types = ContentTypes(package)
    types.declare(part, f"{SPREADSHEET}.externalLink+xml")
    types.write()
