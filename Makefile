# `make run` and `make test` set everything up themselves; see README.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export UV_PROJECT_ENVIRONMENT := $(VENV)
export UV_LINK_MODE ?= copy

.PHONY: run test setup model writer check clean

run: setup model
	@$(BIN)/python scripts/start.py

test: setup model writer
	@$(BIN)/python scripts/qt_libraries.py
	@$(BIN)/python scripts/offline_tools.py
	@$(BIN)/python scripts/site_tools.py
	@$(BIN)/python scripts/wordpress.py
	@$(BIN)/python scripts/checks.py

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml uv.lock scripts/bootstrap.py
	@$(PYTHON) scripts/bootstrap.py $(VENV)

# Everything works without the pack but summaries: a failed download is told, not fatal, and the
# next start goes on where it broke off.
model: setup
	@$(BIN)/journal model install || true

# The model that puts things into words (93 MB): its tests skip where it could not be fetched.
writer: setup
	@$(BIN)/journal model install smollm2-135m-instruct-q4 || true

check: setup
	@$(BIN)/python scripts/checks.py --no-tests

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build
