#!/usr/bin/env bash
# Renew requirements/windows.txt: the packages of a counter PC on Windows, with hashes and without addresses.
# Versions are those of runtime.txt and sign.txt; what only examples, colours and PostgreSQL need stays out.
set -euo pipefail
cd "$(dirname "$0")/../.."
uv=${CC_VENV:-.venv}/bin/uv
[ -x "$uv" ] || uv=uv
unused=(faker polyfactory pygments rich rich-click markdown-it-py mdurl litestar-htmx psycopg psycopg-binary psycopg-pool)
"$uv" pip compile -q --no-config --python-platform x86_64-pc-windows-msvc --python-version 3.11 --generate-hashes \
  --no-annotate --no-emit-index-url --no-emit-find-links --no-header "${unused[@]/#/--no-emit-package=}" \
  pyproject.toml --extra hub --extra serial --extra sign \
  -c requirements/runtime.txt -c requirements/sign.txt -o requirements/windows.txt.new
printf '# %s\n%s\n' "Made by installers/windows/lock.sh from pyproject.toml; do not edit." \
  "$(cat requirements/windows.txt.new)" > requirements/windows.txt
rm requirements/windows.txt.new
