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
pages=(start functions overview forecast segments)
for number in 1 3 4 5; do
  pdftoppm -png -r 110 -f "$number" -l "$number" -singlefile "$out/book.pdf" "docs/${pages[$((number - 1))]}"
done
ls -l docs/*.png
