# Everything runs in .venv, made from requirements.lock. Two commands are enough: `make run`, `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help setup run demo fetch test browser bench lint lock soak clean

help:
	@echo "make run    show the dashboard on the shipped figures"
	@echo "make test   run all tests, browser included"
	@echo "make fetch  bring the newest RIVM figures and build (needs a network)"
	@echo "make demo   a fictional municipality that shows every verdict"
	@echo "make lint | bench | soak | lock | setup | clean"

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

setup: $(READY)

run: setup
	$(BIN)/python -m etl build
	$(BIN)/python -m dashboard serve

demo: setup
	$(BIN)/python -m etl build --metrics data/demo/metrics.yaml --data data/demo --warehouse data/warehouse/demo
	$(BIN)/python -m dashboard serve --warehouse data/warehouse/demo

fetch: setup
	$(BIN)/python -m etl fetch
	$(BIN)/python -m etl build

# the browser tests need a Chrome-family browser; Debian's is taken where none is installed
browser: setup
	@$(BIN)/python -m tests.browser.install

test: setup browser
	$(BIN)/python -m pytest

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: setup
	$(BIN)/python -m benchmarks

soak: setup
	$(BIN)/python -m benchmarks.soak

# uv writes the lock; it holds hashes and no address
lock:
	uv pip compile pyproject.toml --group test --universal --generate-hashes --no-header -o requirements.lock

clean:
	rm -rf $(VENV) build *.egg-info
