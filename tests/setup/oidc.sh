#!/usr/bin/env bash
# Set up oidc-provider, a certified OpenID provider, on Debian, as root: tests sign in there.
set -eu
cd "$(dirname "$0")/../.."
exec tests/setup/npm.sh tests/setup/oidc .oidc "node --input-type=module -e \"await import('oidc-provider')\"" \
  "npm's oidc-provider" "The tests that sign in"
