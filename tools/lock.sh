#!/usr/bin/env bash
# Renew the locks: every package with its hashes, for Linux and Windows, without any address.
#   tools/lock.sh             newest versions the ranges of pyproject.toml allow
#   tools/lock.sh --keep      only what changed in pyproject.toml
set -euo pipefail
cd "$(dirname "$0")/.."
uv=${CC_VENV:-.venv}/bin/uv
[ -x "$uv" ] || uv=uv
upgrade=--upgrade
[ "${1:-}" = --keep ] && upgrade=

compile() {
  # pygame is named by pytablericons for its drawing code, of which nothing is used.
  "$uv" pip compile -q $upgrade --no-config --universal --python-version 3.11 --generate-hashes --no-annotate \
    --no-emit-index-url --no-emit-find-links --no-header --no-emit-package pygame "$@"
}

compile pyproject.toml --extra hub --extra serial -o requirements/runtime.txt
compile --group build -c requirements/runtime.txt -o requirements/build.txt
# What the extra `sign` adds to runtime.txt, and nothing that already stands there.
standing=$(sed -nE 's/^([A-Za-z0-9._-]+)==.*/--no-emit-package \1/p' requirements/runtime.txt)
# shellcheck disable=SC2086
compile pyproject.toml --extra sign $standing -c requirements/runtime.txt -o requirements/sign.txt
compile pyproject.toml --extra hub --extra serial --extra sign --group dev \
  -c requirements/runtime.txt -c requirements/build.txt -c requirements/sign.txt -o requirements/dev.txt
for lock in runtime build sign dev; do
  printf '# %s\n%s\n' "Made by tools/lock.sh from pyproject.toml; do not edit." "$(cat requirements/$lock.txt)" \
    > requirements/$lock.txt.new
  mv requirements/$lock.txt.new requirements/$lock.txt
done
