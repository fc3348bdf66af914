# The two ways in: `make report` makes a report from the sample, `make test` tests.
# `make check` is everything that continuous integration runs. Needs Python 3.11 or newer.
#
#   make test PYTHON=python3.13    the same under another Python, in an environment of its own

.PHONY: report test check lint types floors notebooks browser bench pictures clean
.NOTPARALLEL:
.DEFAULT_GOAL := report

# A Python that is asked for gets its own directory, so that no test run is credited
# to an interpreter that did not do it.
VENV := .venv$(if $(PYTHON),-$(notdir $(PYTHON)))
BIN := $(VENV)/bin

# Tried by running, newest first: version managers put a name on the path for
# interpreters that are not installed, and Debian ships Python without ensurepip.
CANDIDATES := $(if $(PYTHON),$(PYTHON),python3.14 python3.13 python3.12 python3.11 python3 python)
USABLE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))

report: $(VENV)/.ready
	$(BIN)/netquality report data/samples -o report
	@echo "Report: $(CURDIR)/report/report.html"

test: $(VENV)/.ready-test
	@echo "Deselected here: the browser and notebook tests. 'make check' requires them."
	$(BIN)/python -m pytest -n 2 -m "not browser and not notebook"

check: lint types floors test notebooks browser

lint: $(VENV)/.ready-check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.ready-check
	$(BIN)/mypy

floors: $(VENV)/.ready-test
	$(BIN)/lint-imports

notebooks: $(VENV)/.ready-test $(VENV)/.ready-check
	$(BIN)/python -m pytest -m notebook

browser: $(VENV)/.ready-test $(VENV)/.ready-check
	$(BIN)/python -m pytest -m browser

bench: $(VENV)/.ready-bench
	$(BIN)/python benchmarks/run.py

# The pictures of the README, as the report draws them from the sample.
pictures: report
	mkdir -p docs/pictures
	cp $(addprefix report/charts/,ties.png path.png rings.png give_and_take.png) docs/pictures/

clean:
	rm -rf .venv .venv-* report build dist .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.made:
	@found=; for python in $(CANDIDATES); do \
	  if $$python -c '$(USABLE)' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "No usable Python among: $(CANDIDATES)." >&2; \
	  echo "netquality needs Python 3.11 or newer with venv (Debian, Ubuntu: apt install python3-venv)." >&2; \
	  exit 1; \
	fi; \
	echo "Making $(VENV) with $$found"; \
	$$found -m venv --clear $(VENV)
	@echo '*' > $(VENV)/.gitignore
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	@touch $@

$(VENV)/.ready: $(VENV)/.made pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

# Dependency groups are read by pip 25.1 and newer, which the rule for .made installs.
$(VENV)/.ready-%: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --group $*
	@touch $@
