#!/usr/bin/env bash
# Make the pictures of README and docs anew. Real workbooks: LibreOffice calculates and prints them, page by page.
# Pages of the server: Chromium shows them.
set -eu
cd "$(dirname "$0")/.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
.venv/bin/python -m addin.commands new "$out/book.xlsx" --market "Medical Imaging Outsourcing" >/dev/null
PYTHONPATH=. .venv/bin/python - "$out" <<'PYTHON'
import sys
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from addin.libreoffice import Office

folder = Path(sys.argv[1])
cells = Workbook()
sheet = cells.active
sheet.append(["Segment", "Year", "Size, USD billion", "Where the figure comes from"])
for cell in sheet[1]:
    cell.font = Font(name="Calibri", bold=True)
for segment, year in ((None, 2023), (None, 2028), (None, 2040), ("CT", 2023), ("CT", 2028)):
    row = sheet.max_row + 1
    arguments = f'"Medical Imaging Outsourcing",B{row},A{row}'
    sheet.append([segment, year, f"=MARKET_SIZE({arguments})", f"=MARKET_SOURCE({arguments})"])
    sheet.cell(row, 3).number_format = "0.0"
    for cell in sheet[row]:
        cell.alignment = Alignment(wrap_text=cell.column == 4, vertical="center", indent=cell.column == 4)
    sheet.row_dimensions[row].height = 30
for column, width in zip("ABCD", (11, 8, 20, 90), strict=True):
    sheet.column_dimensions[column].width = width
sheet["A8"] = 'C3:  =MARKET_SIZE("Medical Imaging Outsourcing", B3, A3)'
sheet["A9"] = 'D3:  =MARKET_SOURCE("Medical Imaging Outsourcing", B3, A3)'
sheet.print_options.headings = sheet.print_options.gridLines = True
sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
sheet.sheet_properties.pageSetUpPr.fitToPage = True
cells.save(folder / "cells.xlsx")
with Office() as office:
    for name in ("book", "cells"):
        office.convert(folder / f"{name}.xlsx", "pdf", folder / f"{name}.pdf")
PYTHON
for picture in book:4:overview book:10:scenarios cells:1:source; do
  IFS=: read -r book page name <<<"$picture"
  pdftoppm -png -r 110 -f "$page" -l "$page" -singlefile "$out/$book.pdf" "docs/$name"
done
.venv/bin/python - docs/{overview,scenarios,source}.png <<'PYTHON'
import sys

from PIL import Image, ImageChops, ImageOps

for path in sys.argv[1:]:
    page = Image.open(path).convert("RGB")
    page = page.crop((0, 0, page.width, page.height * 90 // 100))  # without the footer
    ink = ImageChops.difference(page, Image.new("RGB", page.size, "white")).getbbox()
    ImageOps.expand(page.crop(ink), 16, "white").save(path, optimize=True)
PYTHON
tests/setup/chromium.sh
tests/setup/web.sh
PYTHONPATH=. .venv/bin/python docs/make_team_pictures.py docs
PYTHONPATH=. .venv/bin/python docs/make_web_pictures.py docs
ls -l docs/*.png
