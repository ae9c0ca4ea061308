# `make run` and `make test` need Python ≥ 3.11 and make, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test check bench import-corpus demo-remove lock screenshots clean help
.DEFAULT_GOAL := help

help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

run: $(VENV)/.installed ## set up everything and serve the product (HOST, PORT, FAIREALLIANCE_HOME, DATABASE_URL)
	@exec $(BIN)/fairealliance serve

test: $(VENV)/.installed-dev ## the tests on SQLite, and on PostgreSQL when TEST_POSTGRES_URL is set
	$(BIN)/python -m pytest -n auto --dist loadgroup
	@if [ -n "$$TEST_POSTGRES_URL" ]; then \
		echo "Again on PostgreSQL"; \
		TEST_DATABASE_URL="$$TEST_POSTGRES_URL" $(BIN)/python -m pytest -n auto --dist loadgroup; \
	else echo "TEST_POSTGRES_URL is not set: PostgreSQL was not tested"; fi

check: $(VENV)/.installed-dev ## ruff, mypy, import-linter, migrations, templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py check --fail-level WARNING
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/djlint --lint --quiet fairealliance

bench: $(VENV)/.installed-dev ## every figure beside its best alternative
	$(BIN)/python -m bench

import-corpus: $(VENV)/.installed ## load all of ../shared/data, or FAIREALLIANCE_CORPUS
	$(BIN)/fairealliance prepare
	$(BIN)/fairealliance import-corpus

screenshots: $(VENV)/.installed-dev ## the README's pictures, from a running `make run`
	$(BIN)/python scripts/take_screenshots.py

demo-remove: $(VENV)/.installed ## remove the invented organisations and cases (asks nothing more)
	$(BIN)/fairealliance demo remove --yes

lock: ## resolve pyproject.toml again into requirements/*.txt (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		requirements/build.in pyproject.toml -o requirements/run.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		requirements/build.in pyproject.toml --group dev -o requirements/dev.txt

clean: ## remove what was built (state in var/ stays)
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed (found: $$($(PYTHON) --version)). Set PYTHON=…"; exit 1; }
	@echo "Making $(VENV)…"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "Installing locked packages (first time: about a minute)…"
	@$(BIN)/python -m pip install -q --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: requirements/dev.txt $(VENV)/.installed
	@echo "Installing the tools of the tests…"
	@$(BIN)/python -m pip install -q --require-hashes -r requirements/dev.txt
	@touch $@
