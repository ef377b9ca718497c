#!/usr/bin/env bash
# Set up xlwings Server with Marketbook beside it: tests run the project that Marketbook writes for it.
#
# It lies in an environment of its own, .xlwings-server/ of the checkout, and is never a dependency: its license
# is free for noncommercial use only, such as these tests. A second run does nothing.
set -eu
cd "$(dirname "$0")/../.."
pins=tests/setup/xlwings-server.txt
home=$PWD/.xlwings-server
stamp=$(cat "$pins" pyproject.toml tests/setup/xlwings-server.sh | sha256sum)

[ "$(cat "$home/ready" 2>/dev/null)" = "$stamp" ] && exit 0

python=${PYTHON:-.venv/bin/python}
rm -f "$home/ready"
if "$python" -m venv "$home" &&
  "$home/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$pins" --editable . &&
  "$home/bin/python" -c "import addin, uvicorn, xlwings_server"; then
  echo "$stamp" >"$home/ready"
  exit 0
fi
echo "xlwings Server could not be installed from $pins. Its tests are skipped until this script can do that." >&2
