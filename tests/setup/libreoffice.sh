#!/usr/bin/env bash
# Install LibreOffice Calc 25.2 and its Python bridge on Debian, as root.
#
# Debian 12 ships 7.4, which does not resolve add-in functions by their plain names in an
# .xlsx; its backports carry 25.2. The backports source is derived from the machine's own
# Debian source, so that mirrors and keys stay whatever the machine already trusts.
set -eu

enough() {
  command -v soffice >/dev/null 2>&1 || return 1
  command -v pdftoppm >/dev/null 2>&1 || return 1
  /usr/bin/python3 -c 'import uno' 2>/dev/null || return 1
  version=$(dpkg-query -W -f '${Version}' libreoffice-calc 2>/dev/null | sed 's/^[0-9]*://')
  dpkg --compare-versions "${version:-0}" ge 24.8
}

enough && exit 0
if [ ! -r /etc/debian_version ] || [ "$(id -u)" != 0 ]; then
  echo "LibreOffice 24.8 or newer with its Python bridge is missing: on Debian, run 'make test' once as root;" \
       "elsewhere install it from libreoffice.org. Its tests are skipped until then." >&2
  exit 0
fi

. /etc/os-release
suite=""
if [ "$VERSION_CODENAME" = bookworm ]; then
  suite=bookworm-backports
  list=/etc/apt/sources.list.d/marketbook-backports
  if [ -r /etc/apt/sources.list.d/debian.sources ]; then
    uri=$(sed -n 's/^URIs: *//p' /etc/apt/sources.list.d/debian.sources | head -n 1)
    key=$(sed -n 's/^Signed-By: *//p' /etc/apt/sources.list.d/debian.sources | head -n 1)
    printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\n' "$uri" "$suite" >"$list.sources"
    [ -z "$key" ] || printf 'Signed-By: %s\n' "$key" >>"$list.sources"
  else
    sed -n "s/^deb \(.*\) bookworm main.*/deb \1 $suite main/p" /etc/apt/sources.list | head -n 1 >"$list.list"
  fi
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -qq -y --no-install-recommends ${suite:+-t "$suite"} \
  libreoffice-calc libreoffice-script-provider-python python3-uno >/dev/null
apt-get install -qq -y --no-install-recommends poppler-utils fonts-liberation fonts-crosextra-carlito >/dev/null
enough || { echo "LibreOffice was installed, but is older than 24.8 or lacks its Python bridge." >&2; exit 1; }
