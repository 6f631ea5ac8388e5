# `make run` and `make test` set up all they need. PYTHON=python3.12 make run uses another Python.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CHROMIUM ?= chromium
NGINX ?= nginx
TEAMS := tests/handlers/teams

.PHONY: run test ready browser proxy clean

run: ready
	@$(BIN)/python bot.py index
	@if [ -t 0 ]; then $(BIN)/python bot.py serve; else DATABASE_URL="sqlite:///$$(mktemp -d)/examples.db" $(BIN)/python bot.py chat < knowledge/examples.txt; fi

test: $(VENV)/dev $(TEAMS)/node_modules/installed | browser proxy
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

$(TEAMS)/node_modules/installed: $(TEAMS)/package-lock.json
	@command -v npm > /dev/null || { $(call install,nodejs npm); }
	@node -e 'process.exit(+(parseInt(process.versions.node) < 18))' || { echo "Node.js 18 or later is needed for the Teams tests."; exit 1; }
	npm ci --silent --prefix $(TEAMS)
	@touch $@

browser:
	@command -v $(CHROMIUM) > /dev/null || { $(call install,chromium); }

proxy:
	@PATH="$$PATH:/usr/sbin"; command -v $(NGINX) > /dev/null || { $(call install,nginx-light); }

# On Debian, as root (as CI runs), what is missing is installed; elsewhere it is named.
install = if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(1); else echo "The tests need more programs: sudo apt-get install $(1)"; exit 1; fi

clean:
	rm -rf $(VENV) var $(TEAMS)/node_modules
