#!/usr/bin/env bash
# Make the README's pictures anew from the real workbook: LibreOffice prints it, page by page.
set -eu
cd "$(dirname "$0")/.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
.venv/bin/marketbook new "$out/book.xlsx" --market "Medical Imaging Outsourcing" >/dev/null
.venv/bin/python - "$out" <<'PYTHON'
import sys
from pathlib import Path
from addin.libreoffice import Office

folder = Path(sys.argv[1])
with Office() as office:
    office.convert(folder / "book.xlsx", "pdf", folder / "book.pdf")
PYTHON
for picture in 3:overview 4:forecast 5:segments; do
  page=${picture%:*}
  pdftoppm -png -r 110 -f "$page" -l "$page" -singlefile "$out/book.pdf" "docs/${picture#*:}"
done
ls -l docs/*.png
