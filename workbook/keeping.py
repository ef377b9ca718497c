"""What users changed on report sheets: kept aside on copies, or refused where a refresh would lose it."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from workbook import layout_1
from workbook.choices import Cells, input_cells
from workbook.package import (
    Edit,
    Edits,
    Package,
    Refused,
    copy_sheet,
    edits_of,
    moved_sheets,
    names_follow,
    not_copied,
    referring,
    sheet_contents,
    table_names,
    workbook_part,
)
from workbook.refusals import ConflictingChoice
from workbook.template import MARKS, TITLES, USERS

_PROTECTED = re.compile(rb"<(?:[^\s<>/:]+:)?sheetProtection\s[^>]*\bsheet\s*=\s*[\"'](?:1|true)")
_LISTED = 3


@dataclass(frozen=True)
class KeptAside:
    """A report sheet that the user had changed, and the name of the copy of its old state.

    `edits` are the cells that the user had edited; they are highlighted in the copy. `foreign` says what
    else the user had added, such as "charts". `referring` are the user's formulas, charts and names that
    refer to cells which the user had filled and which are blank now.
    """

    sheet: str
    copy: str
    edits: tuple[Edit, ...]
    foreign: tuple[str, ...]
    referring: tuple[str, ...]

    @property
    def typed(self) -> list[str]:
        """The cells with formulas that the user typed, which stay formulas in the copy."""
        return _typed(self.edits)


def refuse_protected(package: Package, sheets: Mapping[str, str]) -> None:
    """Refuse protected report sheets, given by key and name. The user's may be protected."""
    book = workbook_part(package)
    for key, name in sheets.items():
        part = book.sheet(name).part
        if key not in USERS and part and _PROTECTED.search(package[part]):
            raise ConflictingChoice(f"The sheet {name} is protected. Unprotect it and try again.")


def refuse_moved(package: Package, sheets: Mapping[str, str]) -> None:
    """Refuse sheets whose cells moved, if anything refers to them: it would show other figures."""
    for key in sorted(moved_sheets(package, MARKS, layout_1.NAMED_CELLS) & sheets.keys()):
        name = sheets[key]
        if found := referring(package, [name], list(sheets.values()), MARKS):
            more = f" and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
            raise Refused(moved_refusal(name, f"{', '.join(found[:_LISTED])}{more}"))


def moved_refusal(sheet: str, places: str) -> str:
    """Return why a sheet whose cells moved is not refreshed. `places` is what refers to it."""
    return (
        f"Rows or columns were inserted or deleted on the sheet {sheet}, and other cells refer to it "
        f"({places}). A refresh would make them show other figures. "
        "Undo the change on the sheet, and try again."
    )


def keep_aside(package: Package, sheets: Mapping[str, str], built: Package | None) -> tuple[KeptAside, ...]:
    """Copy each report sheet, given by key and name, that was changed since it was built.

    The user's inputs are no reason for a copy, because the new sheet has them too. `built` has the
    sheets that are about to replace them, None if they have another layout.
    """
    inputs = input_cells(Cells(package))
    kept, edited = [], {key: edits_of(package, key, MARKS, built, TITLES) for key in sheets}
    for key, name in sheets.items():
        part = workbook_part(package).sheet(name).part or ""
        if lost := not_copied(package, part):
            raise Refused(
                f"The sheet {name} has {' and '.join(lost)}, which a refresh cannot keep there. Move it to "
                "another sheet, and try again."
            )
        changed = _without(edited[key], inputs.get(name, ()))
        if not changed:
            continue
        edits = changed.cells
        copy = copy_sheet(
            package,
            name,
            f"{name} (edited)",
            typed=_typed(edits),
            highlighted=[edit.cell for edit in edits],
            successor=table_names(built) if built else (),
        )
        there = sheet_contents(built, TITLES[key]) if built else {}
        gone = [edit.cell for edit in edits if edit.new is not None and edit.cell not in there]
        names_follow(package, name, copy, gone, MARKS)
        blank = referring(package, [name], [*sheets.values(), copy], MARKS, gone) if gone else ()
        kept.append(KeptAside(name, copy, edits, changed.foreign, tuple(blank)))
    return tuple(kept)


def _typed(edits: Iterable[Edit]) -> list[str]:
    return [edit.cell for edit in edits if isinstance(edit.new, str) and edit.new.startswith("=")]


def _without(edits: Edits, inputs: Collection[str]) -> Edits:
    """Return edits without those of inputs."""
    return Edits(tuple(edit for edit in edits.cells if edit.cell not in inputs), edits.foreign)
