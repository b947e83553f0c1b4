# A few verbs, the same for people and for CI. Each sets up what it needs by itself.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help install run test check train bench language widget

# A pyenv's Pythons count without being on the path; uv looks at all of them.
PYENV_BINS := $(wildcard $(HOME)/.pyenv/versions/3.1[01].*/bin)
empty :=
space := $(empty) $(empty)
export PATH := $(CURDIR)/.tools/bin:$(PATH):$(subst $(space),:,$(PYENV_BINS))
export RASA_TELEMETRY_ENABLED := false
export UV_PROJECT_ENVIRONMENT := .venv

help:  ## list these verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: .venv/.done bot/.venv/.done  ## set up both environments from their locks

run: install widget  ## set up what is missing, start everything, print the address
	@.venv/bin/wegwijzer knowledge load
	@.venv/bin/wegwijzer train
	@.venv/bin/wegwijzer run

test: install widget  ## every test: Python, the engine, the widget and the browser
	@.venv/bin/wegwijzer train
	@scripts/test

check: install  ## lint, types, import rules, YAML and knowledge
	@scripts/check

train: install  ## train the model, when what it is made of changed
	@.venv/bin/wegwijzer train

bench: install widget  ## measure matching, and a turn, memory and start-up beside a bare Rasa bot
	@.venv/bin/wegwijzer train
	@.venv/bin/python tests/benchmarks/matching.py
	@.venv/bin/python tests/benchmarks/bench.py

language: install  ## train the Dutch pipeline, when what it is made of changed (most of an hour)
	@bot/.venv/bin/python -m spacy project run all bot/language

widget: widget/dist/wegwijzer.js  ## build the widget

.tools/bin/uv:
	@command -v python3 >/dev/null || { echo "Wegwijzer needs Python 3.11 or newer: install python3 and python3-venv."; exit 1; }
	@mkdir -p .tools/bin
	@if command -v uv >/dev/null; then ln -sf "$$(command -v uv)" $@; \
	else echo "Setting up uv"; python3 -m venv .tools/uv || { echo "Python's venv is missing: install python3-venv."; exit 1; }; \
	.tools/uv/bin/pip install --quiet --disable-pip-version-check uv && ln -sf ../uv/bin/uv $@; fi

.venv/.done: pyproject.toml uv.lock | .tools/bin/uv
	@echo "Setting up the application (Python 3.11 or newer)"
	@uv sync --quiet --locked --compile-bytecode || { echo "No Python 3.11 or newer was found, or its packages could not be fetched; see above."; exit 1; }
	@touch $@

bot/.venv/.done: bot/pyproject.toml bot/uv.lock | .tools/bin/uv
	@echo "Setting up the engine (Python 3.10, a few minutes the first time)"
	@cd bot && uv sync --quiet --locked --compile-bytecode || { echo "The engine needs Python 3.10: install it (for example with pyenv) and try again; see above."; exit 1; }
	@touch $@

widget/node_modules/.done: widget/package.json widget/package-lock.json | .venv/.done
	@echo "Setting up the widget's build"
	@PATH="$$(scripts/node-path):$$PATH"; cd widget && npm ci --silent --no-audit --no-fund && touch node_modules/.done

widget/dist/wegwijzer.js: widget/node_modules/.done $(shell find widget/src -type f 2>/dev/null) widget/package.json
	@echo "Building the widget"
	@PATH="$$(scripts/node-path):$$PATH"; cd widget && npm run --silent build
