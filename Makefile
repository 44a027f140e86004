# The commands of the README. `make run` and `make test` set up what they need; a second call starts at once.
# Nothing is installed outside this folder: uv goes to .tools/, the locked packages to .venv/.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
SIZES ?= 10000

UV := PYTHONPATH=.tools .tools/bin/uv
BIN := .venv/bin
RUNTIME := .venv/.runtime-installed
DEV := .venv/.dev-installed
EDITOR := api/editor/node_modules/.installed
CSVW := tests/csvw/node_modules/.installed
LDES := tests/ldes/node_modules/.installed

.PHONY: run publish serve dagster quality test check format bench bench-endpoints findings tables lock clean

run: publish serve

publish: $(RUNTIME)
	$(BIN)/stadtziele publish

serve: $(RUNTIME) $(EDITOR)
	$(BIN)/stadtziele serve --host $(HOST) --port $(PORT)

dagster: $(RUNTIME)
	mkdir -p .dagster
	cp dagster.yaml .dagster/
	DAGSTER_HOME="$(CURDIR)/.dagster" $(BIN)/dagster dev

# Of the current release, or of the catalogue at URL.
quality: $(RUNTIME)
	$(BIN)/stadtziele quality $(URL)

test: $(DEV) $(EDITOR) $(CSVW) $(LDES)
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

check: $(DEV)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(DEV)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(DEV)
	$(BIN)/python -m bench

# Virtuoso takes part where it is installed (Debian: virtuoso-opensource-7-bin).
bench-endpoints: $(DEV)
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-bench.lock
	$(BIN)/python -m bench.endpoints $(SIZES)

findings: $(RUNTIME)
	$(BIN)/python -m pipeline.findings.page > docs/findings.md

tables: $(RUNTIME)
	$(BIN)/python -m pipeline.exports.page > docs/tables.md

# Writes the lock files anew from pyproject.toml: exact versions with hashes, for every platform.
lock: .tools/.installed
	$(UV) pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
	  --group build -o requirements.lock
	$(UV) pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
	  --group build --group dev --constraint requirements.lock -o requirements-dev.lock
	$(UV) pip compile --group node --universal --python-version 3.11 --generate-hashes --no-header \
	  -o requirements-node.lock
	$(UV) pip compile --group bench --universal --python-version 3.11 --generate-hashes --no-header \
	  --constraint requirements-dev.lock -o requirements-bench.lock
	cd api/editor && npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved
	cd tests/csvw && npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved
	cd tests/ldes && npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved

clean:
	rm -rf .venv .tools .dagster data/work api/editor/node_modules tests/csvw/node_modules tests/ldes/node_modules

# `pip install --target` needs neither a virtual environment nor the right to change the system's Python.
.tools/.installed: requirements-uv.lock
	$(PYTHON) -m pip install --quiet --no-warn-script-location --upgrade --target .tools \
	  --require-hashes --no-deps -r requirements-uv.lock
	touch $@

.venv/.created: .tools/.installed
	$(UV) venv --quiet --clear --no-project --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" .venv
	touch $@

$(RUNTIME): requirements.lock pyproject.toml .venv/.created
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch $@

$(DEV): requirements-dev.lock $(RUNTIME)
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock
	touch $@

# Without it the SPARQL page has a plain form, which says so here and is tried again next time.
$(EDITOR): api/editor/package-lock.json .tools/.installed
	PYTHON=$(PYTHON) sh api/editor/install.sh api/editor && touch $@ \
	  || echo "The editor could not be installed; the SPARQL page shows a plain form instead."

# A processor of CSV on the Web that somebody else wrote; without it its tests are skipped.
$(CSVW): tests/csvw/package-lock.json .tools/.installed
	PYTHON=$(PYTHON) sh api/editor/install.sh tests/csvw && touch $@ \
	  || echo "The CSVW processor could not be installed; the tests that need it are skipped."

$(LDES): tests/ldes/package-lock.json .tools/.installed
	PYTHON=$(PYTHON) sh api/editor/install.sh tests/ldes && touch $@ \
	  || echo "The client of event streams could not be installed; the tests that need it are skipped."
