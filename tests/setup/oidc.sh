#!/usr/bin/env bash
# Set up oidc-provider, a certified OpenID provider, on Debian, as root: tests sign in there.
#
# Its packages lie in .oidc/ of the checkout. A second run does nothing.
set -eu
cd "$(dirname "$0")/../.."
pins=tests/setup/oidc
home=$PWD/.oidc
stamp=$(cat "$pins"/package*.json tests/setup/oidc.sh | sha256sum)

[ "$(cat "$home/ready" 2>/dev/null)" = "$stamp" ] && command -v node >/dev/null 2>&1 && exit 0
missing=""
command -v node >/dev/null 2>&1 || missing="nodejs npm"
[ -n "$missing" ] || command -v npm >/dev/null 2>&1 || missing="npm"
if [ -n "$missing" ]; then
  if [ ! -r /etc/debian_version ] || [ "$(id -u)" != 0 ]; then
    echo "Node.js with npm is missing: on Debian, run 'make test' once as root; elsewhere install it from nodejs.org." \
         "The tests that sign in at an OpenID provider are skipped until then." >&2
    exit 0
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  # shellcheck disable=SC2086 - two packages are two words
  apt-get install -qq -y --no-install-recommends $missing >/dev/null
fi

mkdir -p "$home"
cp "$pins"/package*.json "$home"
(cd "$home" && npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error >/dev/null)
(cd "$home" && node --input-type=module -e "await import('oidc-provider')" >/dev/null 2>&1)
echo "$stamp" >"$home/ready"
