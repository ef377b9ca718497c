"""Sheets renamed in a file."""

from workbook.package import Package


def rename_sheet(path, old, new):
    """Rename a sheet in a file as Excel does, with all references to it."""
    quoted = new.replace("'", "''")
    with Package.open(path) as package:
        for part in package:
            if part.endswith(".xml"):
                text = package[part].decode()
                text = text.replace(f"'{old}'!", f"'{quoted}'!").replace(f"{old}!", f"'{quoted}'!")
                text = text.replace(f'name="{old}"', f'name="{new}"')
                package.replace(part, text.encode())
        package.save(path)
