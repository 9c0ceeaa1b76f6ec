PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test coverage lint bench format translations clean

run: .venv/installed
	@$(BIN)/uphill up

test: .venv/installed-test
	@PYTHONDONTWRITEBYTECODE= $(BIN)/pytest --numprocesses=4 --dist=loadfile --no-loadscope-reorder

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
	$(BIN)/python tests/bench/site.py

format: .venv/installed-test
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

translations: .venv/installed
	$(BIN)/pybabel -q extract -F babel.cfg -k NP_:1c,2 --add-location=file --sort-by-file --omit-header \
		-o .venv/messages.pot .
	@for language in de fr it; do \
		$(BIN)/pybabel -q update -l $$language -i .venv/messages.pot -o uphill/translations/$$language.po \
			--no-fuzzy-matching --ignore-obsolete --omit-header --width=110; \
	done

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
