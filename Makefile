# Everything a developer runs.  Each target sets up what it needs: nothing has to be typed before it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SOURCES := src tests benchmarks scripts

.DEFAULT_GOAL := help
.PHONY: help demo screenshots test lint types contracts format bench bench-reading bench-comparing browser lock clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

# The environment: exactly what the lock file names, held by hashes.
$(READY): requirements-dev.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Recoupe needs Python 3.11 or newer: make PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

demo: $(READY) ## Check the sample articles and say where the dossier is
	$(BIN)/recoupe check examples --format text
	@mkdir -p build
	@$(BIN)/recoupe check examples --output build/dossier.html --quiet
	@echo
	@echo "The same as a page: open file://$(CURDIR)/build/dossier.html in a browser."

test: $(READY) browser ## Run the tests
	$(BIN)/python -m pytest -n auto

lint: $(READY) types contracts ## Check style, types and the direction of imports
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)

types: $(READY)
	$(BIN)/mypy

contracts: $(READY)
	$(BIN)/lint-imports

format: $(READY) ## Put the code into the house style
	$(BIN)/ruff check --fix $(SOURCES)
	$(BIN)/ruff format $(SOURCES)

# The pages are tested in Debian's Chromium.  Where it is missing and cannot be installed, those tests are skipped.
browser:
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
		&& apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -q chromium >/dev/null; } \
		|| echo "chromium is not installed: the tests that need a browser will be skipped"

bench: bench-reading bench-comparing ## Measure accuracy and speed (SETS=folder of annotated sets)

bench-reading: $(READY)
	$(BIN)/python -m benchmarks.reading $(if $(SETS),--sets $(SETS))

bench-comparing: $(READY)
	$(BIN)/python -m benchmarks.comparing $(if $(SETS),--sets $(SETS))
	$(BIN)/python -m benchmarks.comparing_growth

screenshots: $(READY) browser ## Renew the pictures of the documentation
	$(BIN)/python scripts/screenshots.py

lock: $(READY) ## Renew the lock files after a change of dependencies
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		pyproject.toml --group dev --output-file requirements-dev.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		pyproject.toml --constraint requirements-dev.lock --output-file requirements.lock

clean: ## Remove the environment and everything made
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis
