#!/usr/bin/env bash
# Install the PostgreSQL server, 15 or newer, on Debian, as root.
#
# Tests start throw-away clusters of their own. The one that Debian's package would create and
# start is not created; one that exists already is left as it is.
set -eu

enough() {
  for folder in /usr/lib/postgresql/*/bin; do
    [ -x "$folder/postgres" ] && [ -x "$folder/initdb" ] || continue
    version=${folder#/usr/lib/postgresql/}
    [ "${version%%/*}" -ge 15 ] && return 0
  done
  version=$(postgres --version 2>/dev/null | sed 's/^[^0-9]*\([0-9]*\).*/\1/')
  [ "${version:-0}" -ge 15 ] && command -v initdb >/dev/null 2>&1
}

enough && exit 0
if [ ! -r /etc/debian_version ] || [ "$(id -u)" != 0 ]; then
  echo "PostgreSQL 15 or newer is missing: on Debian, run 'make test' once as root;" \
       "elsewhere install it from postgresql.org. Its tests are skipped until then." >&2
  exit 0
fi

no_cluster=/etc/postgresql-common/createcluster.d/marketbook-tests.conf
trap 'rm -f "$no_cluster"' EXIT
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -qq -y --no-install-recommends postgresql-common >/dev/null
mkdir -p "${no_cluster%/*}"
echo "create_main_cluster = false" >"$no_cluster"
apt-get install -qq -y --no-install-recommends postgresql >/dev/null
enough || { echo "PostgreSQL was installed, but is older than 15." >&2; exit 1; }
