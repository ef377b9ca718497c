"""The shared real workbooks, and why some of them are refused."""

import os
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3].parent / "shared" / "workbooks"
FILES = sorted(path.name for path in FOLDER.glob("*.xl*"))

REFUSED = {
    "closedxml__workbookprotection.xlsx": "structure of the workbook is protected",
    "excelize__encryptaes.xlsx": "password-protected",
    "openpyxl__null-archive.xlsx": "not an Excel workbook",
    "openpyxl__null-file.xlsx": "not a zip archive",
    "openxmlsdk__activexcontrols-o12-xl-controls.xlsx": "Strict Open XML",
    "openxmlsdk__ole-o12-xl-ole.xlsx": "Strict Open XML",
    "phpspreadsheet__issue-3720.xlsx": "structure of the workbook is protected",
    "sheetjs__sheet-visibility-strict.xlsx": "Strict Open XML",
}
EDITABLE = [name for name in FILES if name not in REFUSED]

needs_corpus = pytest.mark.skipif(
    not FILES and not os.environ.get("CI"), reason="the shared workbooks are not beside this checkout"
)


def assert_plain(message: str) -> None:
    """A refusal says what is wrong, in one sentence; a second one may say what to do about it, or why."""
    assert message.endswith(".")
    _, _, second = message.partition(". ")
    assert not second or re.fullmatch(
        r"((Save|Unprotect) [\w .]+ and try again|A change would invalidate the signature)\.", second
    )
