#!/usr/bin/env bash
# Set up what tests of the Office.js add-in need, on Debian, as root: Microsoft's scripts and TypeScript from npm,
# and certutil, by which Chromium trusts a certificate.
set -eu
cd "$(dirname "$0")/../.."
exec tests/setup/npm.sh tests/web .web "node_modules/.bin/tsc --version" \
  "Microsoft's packages for Office.js" "The tests of the Office.js add-in that need it" certutil:libnss3-tools
