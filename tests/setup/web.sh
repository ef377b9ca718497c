#!/usr/bin/env bash
# Set up what tests of the Office.js add-in need, on Debian, as root: Microsoft's scripts and TypeScript from npm,
# and certutil, by which Chromium trusts a certificate.
#
# The packages lie in .web/ of the checkout. A second run does nothing. Elsewhere, a Node.js that is
# there is used.
set -eu
cd "$(dirname "$0")/../.."
pins=tests/web
home=$PWD/.web
stamp=$(cat "$pins"/package*.json tests/setup/web.sh | sha256sum)

packages=""
command -v node >/dev/null 2>&1 || packages="nodejs"
command -v npm >/dev/null 2>&1 || packages="$packages npm"
command -v certutil >/dev/null 2>&1 || packages="$packages libnss3-tools"
may_install=yes
[ -r /etc/debian_version ] && [ "$(id -u)" = 0 ] || may_install=""

if [ -n "$packages" ] && [ -n "$may_install" ]; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  # shellcheck disable=SC2086 - several packages are several words
  apt-get install -qq -y --no-install-recommends $packages >/dev/null
fi

[ "$(cat "$home/ready" 2>/dev/null)" = "$stamp" ] && command -v node >/dev/null 2>&1 && exit 0
rm -rf "$home.new"
mkdir "$home.new"
cp "$pins"/package*.json "$home.new"
cd "$home.new"
if command -v npm >/dev/null 2>&1 && npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error >/dev/null &&
  node_modules/.bin/tsc --version >/dev/null 2>&1; then
  echo "$stamp" >ready
  rm -rf "$home"
  mv "$home.new" "$home"
  exit 0
fi
echo "Node.js 18 or newer with Microsoft's packages for Office.js is missing: on Debian, run 'make test' once as root;" \
     "elsewhere install Node.js from nodejs.org. The tests of the Office.js add-in that need it are skipped until then." >&2
[ -z "$may_install" ]
