# Two commands do everything: `make run` and `make test`. Each prepares what it needs and is quick the second time.
SHELL := /bin/bash
.DELETE_ON_ERROR:

PYTHON  ?= $(shell for p in python3 python3.11 python3.12 python3.13; do \
             $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
CC_VENV ?= .venv
PY      := $(CC_VENV)/bin/python
OUT     ?= out
SIZE    ?= full
export CC_VENV PYTHONDONTWRITEBYTECODE=1
# A program that is started keeps its bytecode as an installation does: compiling it each time is most of a start.
RUN     := env -u PYTHONDONTWRITEBYTECODE $(PY)

.PHONY: help run test lint types contracts pytest test-system faults simulate fuzz bench bench-sync pictures law wheel \
        assets lock env env-run installers clean

help:            ## what can be asked
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

env-run:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer is needed: apt-get install python3"; exit 1; }
	@$(PYTHON) tools/setup.py run

env:             ## the environment for work and tests
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer is needed: apt-get install python3"; exit 1; }
	@$(PYTHON) tools/setup.py dev

assets: env-run  ## fonts and icons, prepared from locked packages
	@$(PY) tools/build_assets.py

run: assets      ## the program on the practice commune; without a screen it plays the scripted day into out/
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then $(RUN) -m counter_app --practice; \
	else QT_QPA_PLATFORM=offscreen $(RUN) -m counter_app --practice --play-day --out $(OUT); fi

test: env        ## lint, types, import contracts and all tests that need no root
	@$(PY) tools/build_assets.py
	@$(PY) tools/run_tests.py all

lint: env        ## ruff
	@$(PY) tools/run_tests.py lint
types: env       ## mypy --strict
	@$(PY) tools/run_tests.py types
contracts: env   ## who may import whom
	@$(PY) tools/run_tests.py contracts

test-system: env ## root: CUPS, secret service, power cuts (CUTS=500), a bare Debian; says what is skipped
	@$(PY) tools/build_assets.py
	@$(PY) -m pytest tests/system -m system -p no:randomly -p no:xdist -ra

faults: env      ## kills, power-loss images, full disks at full size
	@SIZE=$(SIZE) $(PY) -m pytest tests/faults

simulate: env    ## counters and a hub under every trouble; SIZE=small, or KIND, STEPS, NUMBERS, ACTS, TWICE, YEARS, SEED, JOBS
	@SIZE=$(SIZE) $(PY) -m tests.sync.simulate

fuzz: env        ## parsers and hub under bent bytes: FUZZ_SECONDS each (20), FUZZ_REQUESTS (200000) at the hub
	@$(PY) -m tests.fuzz

bench: env       ## timings beside their limits
	@$(PY) tools/build_assets.py
	@$(PY) -m benchmarks

bench-sync: env  ## bytes and times of the exchange through a counting, throttling proxy
	@$(PY) -m benchmarks.sync

pictures: env    ## every screen in every state into out/, those of the technician's guide renewed
	@$(PY) tools/build_assets.py
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.support.pictures --out $(OUT)/pictures
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.support.pictures.guide docs/pictures/guide

law: env         ## the cases worked by hand
	@$(PY) -m pytest tests/law

wheel: env       ## the wheel, with fonts and icons
	@$(PY) tools/build_assets.py
	@$(PY) -m build --no-isolation --wheel

lock: env        ## renew requirements/*.txt
	@tools/lock.sh

installers: env  ## Debian packages of counter and hub, Windows setup, wheel and locks; KEYS=update-keys.json: they take updates
	@$(PY) tools/build_assets.py
	@$(PY) -m installers.debian.build --out $(OUT)/installers $(if $(KEYS),--keys $(KEYS))
	@$(PY) -m installers.windows.build --out $(OUT)/installers $(if $(KEYS),--keys $(KEYS))
	@$(PY) -m installers.bundle.release --out $(OUT)/installers

clean:           ## remove what was made, keep the environment
	rm -rf $(OUT) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis htmlcov .coverage*
	find counter_app sync resources tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null; true
