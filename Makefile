# make demo   installs Rasid into .venv, builds the example cases, prints where their pages are
# make test   installs what the tests need and runs them
# make check  lint, types, direction of imports
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
  BIN := .venv/Scripts
else
  BIN := .venv/bin
endif
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.PHONY: demo test check lock clean

demo: .venv/.run
	$(BIN)/python -m rasid build examples/reports --case demo-case --ask "$$(cat examples/question.txt)"
	$(BIN)/python -m rasid people add examples/lists/hospital-register.csv examples/lists/families-committee.csv \
	  examples/lists/monitor.csv examples/lists/press-watch.csv --deduplicated --case demo-lists
	$(BIN)/python -m rasid people review --answers examples/lists/answers.csv --case demo-lists
	$(BIN)/python -m rasid people report --case demo-lists
	$(BIN)/python -m rasid build examples/isis/reports examples/isis/data --case demo-isis --ask "Has ISIS been defeated?" \
	  --ask "How many civilians were killed in Raqqa?"

test: .venv/.dev
	$(BIN)/python -m pytest $(PYTEST_ARGS)

check: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Requirements are pinned with hashes; the package itself is then installed without asking for anything more.
.venv/.run: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(PIP) --require-hashes -r requirements-dev.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@ .venv/.run

lock:  ## needs uv; writes no address into the files
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --quiet --extra build pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --quiet --extra dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf .venv demo-case demo-lists demo-isis .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
