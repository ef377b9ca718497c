#!/usr/bin/env bash
# Install packages from npm for tests. Run from the top of the checkout:
#
#   npm.sh PINS HOME CHECK WHAT TESTS [COMMAND:PACKAGE...]
#
# The packages that package.json and package-lock.json in PINS name are installed into HOME, a folder that git
# ignores. CHECK is a command that works there once WHAT is installed, without which TESTS are skipped. A second run
# does nothing. On Debian, as root, Node.js and the packages of other commands are installed where they are missing.
# Elsewhere, a Node.js that is there is used.
set -eu
pins=$1 home=$PWD/$2 check=$3 what=$4 tests=$5
shift 5
stamp=$(cat "$pins"/package*.json tests/setup/npm.sh | sha256sum)

packages=""
for each in node:nodejs npm:npm "$@"; do
  command -v "${each%%:*}" >/dev/null 2>&1 || packages="$packages ${each#*:}"
done
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
  sh -c "$check" >/dev/null 2>&1; then
  echo "$stamp" >ready
  rm -rf "$home.old"
  [ ! -e "$home" ] || mv "$home" "$home.old"
  mv "$home.new" "$home"
  rm -rf "$home.old"
  exit 0
fi
echo "Node.js 18 or newer with $what is missing: on Debian, run 'make test' once as root;" \
     "elsewhere install Node.js from nodejs.org. $tests are skipped until then." >&2
[ -z "$may_install" ]
