"""A rebuilt report as instructions for the scripts that write it into the open workbook."""

from base64 import b64encode
from collections.abc import Sequence

from addin.following import followed
from addin.rebuilding import Rebuilt
from addin.telling import told_of_change, told_of_edits
from addin.web.refreshing import wire
from addin.web.refreshing.looks import styles
from addin.web.refreshing.new_file import new_file
from addin.web.refreshing.sheets import sheet_instructions
from workbook.keeping import KeptAside
from workbook.package import HIGHLIGHT


def instructions(
    rebuilt: Rebuilt, request: wire.RefreshRequest, moved: Sequence[wire.Moved]
) -> wire.Instructions:
    """Return what is to be done in the workbook that a request describes."""
    made = {title: followed(rebuilt.report.sheet(title), rebuilt.names) for title in rebuilt.written}
    new = [made[title] for title in rebuilt.added]
    sheets = [
        sheet_instructions(title, sheet, is_new=title in rebuilt.added) for title, sheet in made.items()
    ]
    names = {
        name: wire.Name(f"={defined.refers_to}", defined.visible)
        for name, defined in rebuilt.after.names.items()
    }
    return wire.Instructions(
        market=rebuilt.report.shown.market,
        unit=rebuilt.report.shown.unit,
        changes=list(map(told_of_change, rebuilt.changes)),
        refused=rebuilt.refused,
        creates=[*(kept.copy for kept in rebuilt.kept_aside), *(sheet.title for sheet in new)],
        moved=list(moved),
        kept_aside=list(map(_kept_aside, rebuilt.kept_aside)),
        new=[sheet.title for sheet in new],
        file=b64encode(new_file(rebuilt.report, new)).decode() if new else "",
        names=names,
        names_gone=[name for name in request.names if name in rebuilt.before.names and name not in names],
        styles=styles({styled.style for sheet in sheets for styled in sheet.styles}),
        sheets=sheets,
        records=dict(rebuilt.after.records),
    )


def _kept_aside(kept: KeptAside) -> wire.KeptAside:
    return wire.KeptAside(
        sheet=kept.sheet,
        copy=kept.copy,
        edited=[edit.cell for edit in kept.edits],
        typed=kept.typed,
        color=f"#{HIGHLIGHT}",
        told=list(told_of_edits(kept)),
    )
