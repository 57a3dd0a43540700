# The commands of this project; `make` alone lists them.
# Each command sets up what it needs in .venv, and does so once: the stamps beside
# it are older than pyproject.toml or constraints.txt only when there is something to install.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3.11 python3 python; do $$p -c "" 2>/dev/null && echo $$p && break; done)
# how many tests run at once; 0: in this process, as a debugger needs it
WORKERS ?= logical
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help serve test lint types bundle bench clean

help:
	@echo "make serve   set up .venv and serve the app        PORT=5006 ADDRESS=localhost ARGS='--lessons mine'"
	@echo "             LIVE=no leaves out the live model and PyTorch"
	@echo "make test    set up what the tests need, run them  ARGS='-k trace' WORKERS=1 CHROMIUM=/path/to/chromium"
	@echo "make lint    ruff, mypy, import-linter, and the JavaScript types where Node.js is"
	@echo "make bundle  build the bundles of JavaScript after a change to it (needs Node.js)"
	@echo "make bench   measure, in a real Chromium, the figures that the README gives"
	@echo "make clean   remove what these commands have made"
	@echo "PYTHON=python3.12 picks the Python that .venv is made with, 3.11 or newer."

serve: $(VENV)/$(if $(filter no,$(LIVE)),.lessons,.serve)
	$(BIN)/explainer serve $(if $(PORT),--port $(PORT)) $(if $(ADDRESS),--address $(ADDRESS)) $(ARGS)

test: $(VENV)/.test
	@chromium=$$(tools/chromium) && CHROMIUM="$$chromium" \
	  $(BIN)/python -m pytest --numprocesses=$(WORKERS) --dist=worksteal $(ARGS)

bench: $(VENV)/.test
	@chromium=$$(tools/chromium) && CHROMIUM="$$chromium" $(BIN)/python -m tests.benchmarks $(ARGS)

lint: $(VENV)/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory types; \
	else echo "Not checked: the JavaScript types and the bundle, since there is no Node.js here."; fi

types: node_modules/.installed
	node_modules/.bin/tsc
	node tools/bundle.mjs --check

bundle: node_modules/.installed
	node tools/bundle.mjs

clean:
	rm -rf $(VENV) node_modules dist test-results .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find explainer lessons tests -name __pycache__ -prune -exec rm -rf {} +

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then echo "explainer needs Python 3.11 or newer, and there is none on the PATH." >&2; exit 1; fi
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { \
	  echo "explainer needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1)." >&2; \
	  echo "Name another: make serve PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "$(PYTHON) cannot make a virtual environment; on Debian: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/.lessons: EXTRAS :=
$(VENV)/.serve: EXTRAS := [live]
# with live: the lessons are held to PyTorch
$(VENV)/.test: EXTRAS := [test,live]
$(VENV)/.dev: EXTRAS := [test,live,dev]
$(VENV)/.lessons $(VENV)/.serve $(VENV)/.test $(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing explainer$(EXTRAS) into $(VENV) ..."
	@$(INSTALL) --editable ".$(EXTRAS)"
	@touch $@

node_modules/.installed: package.json package-lock.json
	@command -v npm >/dev/null || { echo "This needs Node.js 20 or newer, with npm. Serving and testing do not." >&2; exit 1; }
	npm ci --ignore-scripts
	@touch $@
