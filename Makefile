# Two commands are enough: `make pdf` and `make test`. Each installs what is missing first.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What WeasyPrint loads, and what makes an environment, on Debian and Ubuntu.
SYSTEM_PACKAGES := python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
# What the tests read finished PDFs with, and the browser that they look at the preview with.
TEST_PACKAGES := chromium gettext ghostscript poppler-utils strace
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header

# One process more than there are processors takes the tests, file by file, since many a test waits
# for a browser, a cluster or a process; tests/conftest.py says in which order.
WORKERS := $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder
LONG := process or browser or cluster or kill or slow

# Where it is said that Python keeps nothing that it has compiled, each of hundreds of processes would
# compile all anew.
unexport PYTHONDONTWRITEBYTECODE

# How long `make fuzz` runs, all targets together.
MINUTES ?= 10

.PHONY: pdf test tests check lint style types format bench fuzz corpus audit notice windows test-windows lock pictures system test-system clean

pdf: $(VENV)/.installed  ## Print every edition to out/
	$(BIN)/careerprint build

# Types are checked while tests run.
test: $(VENV)/.installed-dev style  ## Lint, types and all tests, with the coverage of the quick ones
	@$(MAKE) --no-print-directory --jobs=2 types tests

check: $(VENV)/.installed-dev lint  ## The quick loop: lint, types and the tests that take no time
	$(PYTEST) -m "not ($(LONG))"

tests: $(VENV)/.installed-dev
	$(PYTEST) --cov --cov-report=term

lint: style types

style: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.installed-dev  ## Measure ratios that the project promises
	$(BIN)/python -m benchmarks

fuzz: $(VENV)/.installed-tools  ## Readers against files that nobody would write
	CAREERPRINT_FUZZ_EXAMPLES=$$(( $(MINUTES) * 200 )) $(BIN)/python -m pytest tests/test_fuzz.py
	$(BIN)/python -m tests.fuzzing --minutes $(MINUTES)

corpus: $(VENV)/.installed-dev  ## check and impose over all PDFs in DIR: refusals, seconds, memory
	$(BIN)/python scripts/corpus.py $(DIR)

audit: $(VENV)/.installed-tools  ## What is known of the packages that the lock files pin
	$(BIN)/python scripts/audit.py

notice: $(VENV)/.installed-dev  ## NOTICE, from the metadata of the packages
	$(BIN)/python scripts/notice.py

pictures: $(VENV)/.installed-dev pdf  ## The README's pictures, from out/
	$(BIN)/python scripts/pictures.py
	$(BIN)/python scripts/desk_pictures.py

# `make windows PYTHON_WINDOWS=python-3.11.9-embed-amd64.zip`: the embeddable Python of python.org.
windows: $(VENV)/.installed-dev  ## careerprint-windows.zip, to unpack and double-click
	$(BIN)/python scripts/windows/package.py $(PYTHON_WINDOWS) careerprint-windows.zip

# Not part of `make test`: Wine and a C compiler take 700 MB.
test-windows: $(VENV)/.installed-tools  ## careerprint as a Windows program, under Wine
	$(call install,wine wine64 gcc-mingw-w64-x86-64-win32)
	$(BIN)/python scripts/windows/smoke.py .windows

# The lock files: requirements.lock for printing, requirements-dev.lock for developing it,
# requirements-tools.lock for `make fuzz` and `make audit`. Needs uv. Then: make notice.
lock:
	$(LOCK) pyproject.toml --extra desk --group install -o requirements.lock
	$(LOCK) pyproject.toml --extra desk --group install --group dev -c requirements.lock -o requirements-dev.lock
	$(LOCK) --group tools -c requirements-dev.lock -o requirements-tools.lock

# Installs the packages of $(1) that are missing. Elsewhere than on Debian and Ubuntu it does
# nothing: `careerprint doctor` says what to install there.
define install
	@if command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; then \
	  missing=""; \
	  for package in $(1); do \
	    dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q "ok installed" || missing="$$missing $$package"; \
	  done; \
	  if [ -n "$$missing" ]; then \
	    echo "Installing system packages:$$missing"; \
	    if [ "$$(id -u)" = 0 ]; then as_root=""; else as_root="sudo"; fi; \
	    $$as_root apt-get update && \
	    $$as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $$missing; \
	  fi; \
	fi
endef

system:
	$(call install,$(SYSTEM_PACKAGES))

test-system: system
	$(call install,$(TEST_PACKAGES))

$(VENV)/.installed: requirements.lock pyproject.toml | system
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed | test-system
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	touch $@

$(VENV)/.installed-tools: requirements-tools.lock $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-tools.lock
	touch $@

clean:
	rm -rf $(VENV) .fuzz .windows careerprint-windows.zip out/* out/.careerprint
