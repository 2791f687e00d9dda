# `make` alone tells what there is.
.PHONY: help run setup check test format pictures benchmark constraints clean
.NOTPARALLEL:
.SILENT:

python := .venv/bin/python
sources := studyapp tests benchmarks migrations docs .ci

help:  ## this list
	sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 14

run:  ## open the app; the first time sets it up
	.ci/set_up app
	$(python) -m studyapp

setup:  ## get all that running, testing and building take
	.ci/set_up dev

check: setup  ## format, lint, types and import contracts
	$(python) -m ruff format --check $(sources)
	$(python) -m ruff check $(sources)
	$(python) -m mypy
	$(python) .venv/bin/lint-imports

test: check  ## all of check, then the tests
	$(python) -m pytest -n auto --maxprocesses 4

format: setup  ## lay out the code and fix what can be fixed without asking
	$(python) -m ruff format $(sources)
	$(python) -m ruff check --fix $(sources)

pictures: setup  ## take the pictures of the README and the docs from the running app
	$(python) -m docs.make_pictures

benchmark: setup  ## measure this app beside Anki on this machine
	$(python) -m benchmarks.run --window --into docs/benchmarks.md

constraints: setup  ## move every package to its newest version
	$(python) .ci/constraints.py

clean:  ## remove all that was made here
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist
	find $(sources) -name __pycache__ -prune -exec rm -rf {} +
