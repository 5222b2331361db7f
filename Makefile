# mailflow: what we do every day. `make demo` and `make test` need nothing but Python 3.11+.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed-runtime
DEV    := $(VENV)/.installed-dev

.DEFAULT_GOAL := help

help: ## This list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(STAMP): requirements/runtime.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517 -r requirements/runtime.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(DEV): requirements/dev.txt $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/dev.txt
	@touch $@

dev: $(DEV) ## The environment with all tools

demo: $(STAMP) ## The whole story on an embedded mail server; leaves demo-out/
	$(BIN)/mailflow demo --out demo-out

test: $(DEV) ## The tests; with Dovecot and Postfix present also against them
	$(BIN)/python -m pytest -q -n 2 --dist loadfile

check: $(DEV) ## Format, lint, types, walls of the house
	$(BIN)/ruff format --check mailflow tests tools hatch_build.py
	$(BIN)/ruff check mailflow tests tools hatch_build.py
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEV) ## Put the code in form
	$(BIN)/ruff format mailflow tests tools hatch_build.py
	$(BIN)/ruff check --fix mailflow tests tools hatch_build.py

golden: $(DEV) ## Write the golden letters, pages and calendars anew; then read the diff
	MAILFLOW_GOLDEN=write $(BIN)/python -m pytest -q tests/writing

servers: ## Install Dovecot, Postfix and swaks (Debian, as root)
	tools/servers/install

eval: $(DEV) ## Measure extraction and understanding on the project's own corpora
	$(BIN)/python tools/eval_extract.py
	$(BIN)/python tools/eval_understand.py

bench: $(DEV) ## Speed, as a table with ratios
	$(BIN)/python tools/bench.py

torture: $(DEV) ## Kill the journey at every stop, many seeds; takes long
	MAILFLOW_TORTURE=1 $(BIN)/python -m pytest -q tests/journeys tests/store tests/test_wheel.py -n 2
	$(BIN)/python tools/fuzz_extract.py

gallery: $(DEV) ## Render letters and pages to pictures in docs/gallery
	$(BIN)/python tools/gallery.py
	$(BIN)/python tools/gallery_pages.py

wheel: $(DEV) ## Build the wheel into dist/
	$(BIN)/python -m build --wheel --no-isolation

wheel-compiled: $(DEV) ## The same with a compiled reader (needs a C compiler); proves and measures it
	HATCH_BUILD_HOOK_ENABLE_CUSTOM=true $(BIN)/python -m build --wheel --no-isolation
	$(BIN)/python tools/compiled.py

requirements: $(DEV) ## Compile the pinned versions anew
	$(BIN)/pip-compile -q --no-emit-find-links --no-emit-index-url --no-emit-trusted-host --strip-extras -o requirements/runtime.txt pyproject.toml
	$(BIN)/pip-compile -q --no-emit-find-links --no-emit-index-url --no-emit-trusted-host --strip-extras --allow-unsafe --extra dev -c requirements/runtime.txt -o requirements/dev.txt pyproject.toml

clean: ## Remove what was built
	rm -rf build dist demo-out sandbox-out .pytest_cache .mypy_cache .ruff_cache .hypothesis

.PHONY: help dev demo test check format golden servers eval bench torture gallery wheel wheel-compiled requirements clean
