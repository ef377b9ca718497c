#!/usr/bin/env bash
# Install Chromium on Debian, as root: tests look at the server's pages in a real browser.
set -eu

command -v chromium >/dev/null 2>&1 && exit 0
if [ ! -r /etc/debian_version ] || [ "$(id -u)" != 0 ]; then
  echo "Chromium is missing: on Debian, run 'make test' once as root; elsewhere install it so that 'chromium'" \
       "is on the path. The tests of the server's pages are skipped until then." >&2
  exit 0
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -qq -y --no-install-recommends chromium fonts-liberation >/dev/null
