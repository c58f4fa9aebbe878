# Needs Python 3.11 or later with pip, and make; everything else goes into .venv. Windows: see README.md.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCKING := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet

.PHONY: demo test test-browser lint format lock bench screenshots docs
.DEFAULT_GOAL := demo

demo: .venv/.runtime
	$(BIN)/offendermgmt demo

test: lint
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not browser"

test-browser: .venv/.dev
	@$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m pytest -m browser

lint: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/mypy --no-warn-unused-ignores pages
	$(BIN)/lint-imports

format: .venv/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/.dev
	$(BIN)/python -m benchmarks

screenshots: .venv/.dev
	@$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m tests.browser.screenshots build/screenshots

# The pages that are written from code, each held true by a test.
docs: .venv/.dev
	$(BIN)/python -m tests.spec.page
	$(BIN)/python -m offendermgmt.intake.page > docs/data-contract.md

# Versions move only here: the lock files name what is tested, for Linux, macOS and Windows alike.
lock:
	$(PYTHON) -m venv build/lock-env
	build/lock-env/bin/python -m pip --disable-pip-version-check --quiet install uv
	build/lock-env/bin/uv pip compile pyproject.toml --group build $(LOCKING) --upgrade -o requirements.lock
	build/lock-env/bin/uv pip compile pyproject.toml --group build --group dev $(LOCKING) --upgrade \
		--constraint requirements.lock -o requirements-dev.lock

.venv/.runtime: requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here. Install Python 3.11 or later, or name it: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed, and $(PYTHON) is older. Name a newer one: make PYTHON=python3.12"; exit 1; }
	@echo "Installing what the product needs into .venv (once; a minute or two)."
	$(PYTHON) -m venv .venv
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.runtime
	@echo "Installing what the tests need into .venv (once)."
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
