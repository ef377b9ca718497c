"""Bars in cells, in one color. The first version of their format, which openpyxl writes, fades them out.

Excel 2010 and later, and LibreOffice, read the second version from extensions of the sheet.
"""

import re

_MAIN = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_FORMULAS = "http://schemas.microsoft.com/office/excel/2006/main"
_FORMATTING = re.compile(
    rb'(<conditionalFormatting sqref="([^"]+)">(?:(?!</conditionalFormatting>).)*?</dataBar>)(</cfRule>)',
    re.S,
)
"""The conditional formats of one area, up to the end of the bar among them."""


def solid(sheet: bytes) -> bytes:
    """Return a worksheet that openpyxl wrote, with bars from 0 to 1 in one color."""
    areas: list[str] = []

    def numbered(formatting: re.Match[bytes]) -> bytes:
        areas.append(formatting[2].decode())
        return formatting[1] + _reference(len(areas)).encode() + formatting[3]

    sheet = _FORMATTING.sub(numbered, sheet)
    if not areas:
        return sheet
    bars = "".join(_bar(number, area) for number, area in enumerate(areas, start=1))
    extension = (
        f'<extLst><ext uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}" xmlns:x14="{_MAIN}">'
        f"<x14:conditionalFormattings>{bars}</x14:conditionalFormattings></ext></extLst>"
    )
    return sheet.replace(b"</worksheet>", extension.encode() + b"</worksheet>")


def _identity(number: int) -> str:
    return f"{{6D61726B-6574-4B6F-8B00-{number:012X}}}"


def _reference(number: int) -> str:
    """Return the extension of a rule that points at its second version."""
    return (
        f'<extLst><ext uri="{{B025F937-C7B1-47D3-B67F-A62EFF666E3E}}" xmlns:x14="{_MAIN}">'
        f"<x14:id>{_identity(number)}</x14:id></ext></extLst>"
    )


def _bar(number: int, area: str) -> str:
    ends = "".join(f'<x14:cfvo type="num"><xm:f>{end}</xm:f></x14:cfvo>' for end in (0, 1))
    return (
        f'<x14:conditionalFormatting xmlns:xm="{_FORMULAS}">'
        f'<x14:cfRule type="dataBar" id="{_identity(number)}">'
        f'<x14:dataBar minLength="0" maxLength="100" gradient="0">{ends}'
        '<x14:negativeFillColor rgb="FFFF0000"/><x14:axisColor rgb="FF000000"/></x14:dataBar></x14:cfRule>'
        f"<xm:sqref>{area}</xm:sqref></x14:conditionalFormatting>"
    )
