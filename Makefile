# One command each: run, test, lint, bench, mutants (each of LAYERS for MINUTES); engines, comparison and pictures make what stands in docs/. Every target sets up what it needs.
PYTHON ?= python3
BIN := .venv/bin
MINUTES ?= 30
LAYERS ?= markets udfs workbook

.PHONY: run test lint bench accuracy engines mutants comparison pictures
run: .venv/ready
	@$(BIN)/marketbook new out/medical-imaging-outsourcing.xlsx --market "Medical Imaging Outsourcing" --force

test: .venv/ready
	@tests/setup/libreoffice.sh
	@tests/setup/wine.sh
	@tests/setup/postgresql.sh
	@tests/setup/chromium.sh
	@tests/setup/oidc.sh
	@tests/setup/web.sh
	@tests/setup/xlwings-server.sh
	@$(BIN)/python -m pytest

lint: .venv/ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: .venv/ready
	@tests/setup/libreoffice.sh
	@tests/setup/wine.sh
	@tests/setup/postgresql.sh
	@tests/setup/chromium.sh
	@tests/setup/web.sh
	@tests/setup/xlwings-server.sh
	@$(BIN)/python -m tests.bench

accuracy: .venv/ready
	@$(BIN)/python -m tests.accuracy

mutants: .venv/ready
	@$(BIN)/python -m tests.mutation $(LAYERS) --minutes $(MINUTES)

engines: .venv/ready
	@tests/setup/libreoffice.sh
	@$(BIN)/python -m tests.engines

comparison: .venv/ready
	@$(BIN)/python -m tests.comparison

pictures: .venv/ready
	@tests/setup/libreoffice.sh
	@docs/make_pictures.sh

.venv/ready: pyproject.toml
	@echo "Setting up .venv (once) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@
