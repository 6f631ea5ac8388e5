# `make run` and `make test` set up all they need. PYTHON=python3.12 make run uses another Python.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test ready clean

run: ready
	@$(BIN)/python bot.py index
	@if [ -t 0 ]; then $(BIN)/python bot.py chat; else DATABASE_URL="sqlite:///$$(mktemp -d)/examples.db" $(BIN)/python bot.py chat < knowledge/examples.txt; fi

test: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

ready: $(VENV)/run

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed: PYTHON=python3.12 make run"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run: requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/dev: requirements-dev.txt $(VENV)/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

clean:
	rm -rf $(VENV) var
