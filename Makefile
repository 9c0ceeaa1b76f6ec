PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test coverage lint bench format clean

run: .venv/installed
	@$(BIN)/uphill up

test: .venv/installed-test
	@$(BIN)/pytest --numprocesses=3 --dist=loadfile

coverage: .venv/installed-test
	@$(BIN)/pytest --cov --cov-report=term

lint: .venv/installed-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/installed-test
	$(BIN)/python -m pip install --quiet --editable '.[bench]'
	$(BIN)/python tests/bench/extraction.py
	$(BIN)/python tests/bench/crawl.py
	$(BIN)/python tests/bench/cluster.py

format: .venv/installed-test
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

clean:
	rm -rf .venv

.venv/bin/python:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip

.venv/installed: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/installed-test: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@ .venv/installed
