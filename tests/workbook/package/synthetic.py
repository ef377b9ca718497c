"""Small packages built part by part, in shapes that the shared workbooks lack."""

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
RELATED = "application/vnd.openxmlformats-package.relationships+xml"


def sheet_xml(rows: str = "", head: str = "", tail: str = "") -> str:
    return (
        f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{head}<sheetData>{rows}</sheetData>{tail}</worksheet>'
    )


def cell(reference: str, formula: str = "", value: str = "", kind: str = "") -> str:
    f = f"<f>{formula}</f>" if formula else ""
    t = f' t="{kind}"' if kind else ""
    return f'<c r="{reference}"{t}>{f}<v>{value}</v></c>'


def package_bytes(
    sheets: dict[str, str],
    *,
    names: str = "",
    settings: str = "",
    after: str = "",
    links: str = "",
    types: str = "",
    parts: dict[str, str | bytes] | None = None,
) -> bytes:
    """Return a workbook of sheets, given by name and XML; the other arguments are put in as they are."""
    numbered = list(enumerate(sheets, start=1))
    listed = "".join(f'<sheet name="{name}" sheetId="{n * 3}" r:id="x{n}"/>' for n, name in numbered)
    related = "".join(
        f'<Relationship Id="x{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n, _ in numbered
    )
    declared = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{SPREADSHEET}.worksheet+xml"/>'
        for n, _ in numbered
    )
    defined = f"<definedNames>{names}</definedNames>" if names else ""
    contents: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="{RELATED}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{SPREADSHEET}.sheet.main+xml"/>'
        f"{declared}{types}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{LINKS}"><Relationship Id="a" Type="{OFFICE}/officeDocument" '
        'Target="/xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{settings}<sheets>{listed}</sheets>'
        f"{defined}{after}</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{LINKS}">{related}{links}</Relationships>',
        **{f"xl/worksheets/sheet{n}.xml": sheets[name] for n, name in numbered},
        **(parts or {}),
    }
    return zipped(contents)


def zipped(contents: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return out.getvalue()
