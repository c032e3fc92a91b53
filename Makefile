# make run    install into .venv and run the main study into results/traitors
# make watch  install what the browser needs and open the models' pages
# make test   install what tests need and pass them
# make lint   style and types
# make bench  the benchmarks (minutes)

# The first interpreter that is new enough; or name one: make test PYTHON=python3.12
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
VENV ?= .venv
STUDY ?= traitors
OUT ?= results/$(STUDY)
WORKERS ?= 2
ARGS ?=

export PIP_DISABLE_PIP_VERSION_CHECK = 1
INSTALL = $(VENV)/bin/python -m pip install --quiet --constraint constraints.txt --editable

.PHONY: run watch test lint bench clean
run: $(VENV)/with-run
	$(VENV)/bin/accord run $(STUDY) --out $(OUT) --workers $(WORKERS) $(ARGS)

watch: $(VENV)/with-browser
	$(VENV)/bin/accord watch $(ARGS)

test: $(VENV)/with-test
	$(VENV)/bin/python -m pytest -n logical $(ARGS)

lint: $(VENV)/with-lint .types/accord
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

bench: $(VENV)/with-bench
	$(VENV)/bin/python -m benchmarks

clean:
	rm -rf $(VENV) .types build *.egg-info

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "accord needs Python 3.11 or newer; name one with make PYTHON=..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/with-run: $(VENV)/bin/python pyproject.toml constraints.txt
	$(INSTALL) .
	touch $@

$(VENV)/with-%: $(VENV)/bin/python pyproject.toml constraints.txt
	$(INSTALL) '.[$*]'
	touch $@

# mypy must see the repository root as the package accord
.types/accord:
	mkdir -p .types
	ln -sfn .. .types/accord
