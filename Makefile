PYTHON ?= python3
PORT ?= 8000
FIXTURE ?= fixtures/north_korea_russia.json
export PORT
# Python is started hundreds of times by the tests: what it has compiled once is kept, whoever says otherwise.
unexport PYTHONDONTWRITEBYTECODE
ifndef SEED
SEED := $(shell date +%s)
endif

VENV := .venv
RUN := $(VENV)/bin/python -m
MANAGE := $(VENV)/bin/python manage.py
TORTURE = $(RUN) pytest --torture --seed $(SEED) --verbose --numprocesses auto --dist worksteal
STEP = @printf '\n\033[1m── %s\033[0m\n'

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:

##@ Use it

.PHONY: serve
serve: $(VENV)/requirements.stamp ## Set up what is missing, load the dataset into an empty database, serve on 127.0.0.1
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_if_empty $(FIXTURE)
	@printf '%s\n' "$$WELCOME"
# gunicorn rather than runserver: it is what production runs, and WhiteNoise gives it the admin's files
# without a collectstatic.
	@$(RUN) gunicorn newsdb.wsgi --bind 127.0.0.1:$(PORT) --workers 1 --log-level warning

define WELCOME

  newsdb   http://127.0.0.1:$(PORT)/
  API      http://127.0.0.1:$(PORT)/api/v1/
  docs     http://127.0.0.1:$(PORT)/api/v1/docs/
  admin    http://127.0.0.1:$(PORT)/admin/

Try, in another terminal:
  curl 'http://127.0.0.1:$(PORT)/api/v1/statements/?speaker=john-kirby'
  curl 'http://127.0.0.1:$(PORT)/api/v1/statements/?outlet=the-hill&date_after=2024-10-20&date_before=2024-10-31'
  curl 'http://127.0.0.1:$(PORT)/api/v1/actors/?q=zelenskyy'

For the admin, make yourself a user there:
  $(MANAGE) createsuperuser

Ctrl-C stops it; `make help` lists what else there is.
endef
export WELCOME

##@ Work on it

.PHONY: test
test: lint types contracts drift test-sqlite test-postgresql ## All checks: style, types, imports, migrations, tests on both stores

.PHONY: lint
lint: $(VENV)/requirements-dev.stamp ## Style: ruff
	$(STEP) "Style (ruff)"
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .

.PHONY: types
types: $(VENV)/requirements-dev.stamp ## Types: mypy
	$(STEP) "Types (mypy)"
	@$(RUN) mypy

.PHONY: contracts
contracts: $(VENV)/requirements-dev.stamp ## Which module may import which: import-linter
	$(STEP) "Imports (import-linter)"
	@$(VENV)/bin/lint-imports

.PHONY: drift
drift: $(VENV)/requirements-dev.stamp ## Migrations say what the models say
	$(STEP) "Migrations (makemigrations --check)"
	@DATABASE_URL=sqlite://:memory: $(MANAGE) makemigrations --check --dry-run

.PHONY: test-sqlite
test-sqlite: $(VENV)/requirements-dev.stamp ## Tests on SQLite
	$(STEP) "Tests on SQLite (pytest)"
# Requests of both stores side by side are made where there are both: with the tests on PostgreSQL. Tests wait for
# browsers and servers, so there is a process more than there are cores; below, PostgreSQL uses what they leave.
	@$(RUN) pytest --store sqlite --ignore tests/hostile --numprocesses $$(($$(getconf _NPROCESSORS_ONLN) + 1))

.PHONY: test-postgresql
test-postgresql: $(VENV)/requirements-dev.stamp ## Tests of the database on PostgreSQL (DATABASE_URL, or a throwaway server)
	$(STEP) "Tests on PostgreSQL (pytest)"
	@$(RUN) pytest --store postgresql --database-only --numprocesses auto

.PHONY: torture
torture: $(VENV)/requirements-dev.stamp ## The long forms of tests on both stores, with other chances each time (SEED=n)
	$(STEP) "Long forms on SQLite (SEED=$(SEED))"
	@$(TORTURE) --store sqlite
	$(STEP) "Long forms on PostgreSQL (SEED=$(SEED))"
	@$(TORTURE) --store postgresql
	$(STEP) "On PostgreSQL, what make test asks on SQLite alone"
	@$(RUN) pytest --store postgresql -m any_store --numprocesses auto
	$(STEP) "The API through PgBouncer"
	@$(RUN) pytest --store postgresql --pgbouncer --database-only --numprocesses auto $(wildcard tests/*/api)

.PHONY: bench
bench: $(VENV)/requirements-bench.stamp ## How fast it is, beside what could be (STATEMENTS=n ONLY=part,…)
	@$(RUN) tests.bench

.PHONY: schema
schema: $(VENV)/requirements.stamp ## Write docs/openapi.yaml, the description of the API
	@DATABASE_URL=sqlite://:memory: $(MANAGE) spectacular --validate --fail-on-warn --file docs/openapi.yaml

.PHONY: fmt
fmt: $(VENV)/requirements-dev.stamp ## Format the code and mend what ruff can mend
	@$(RUN) ruff check --fix-only --quiet .
	@$(RUN) ruff format .

.PHONY: help
help: ## This list
	@awk 'BEGIN { FS = ":.*## "; print "make TARGET [NAME=value …]" } \
		/^##@/ { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@printf '%s\n' "$$VARIABLES"

define VARIABLES

Names
  PORT=8000              where it serves
  FIXTURE=file           what an empty database is given; FIXTURE= alone gives it nothing
  DATABASE_URL=url       the database, as in postgres://user:password@host/name (default: db.sqlite3 here)
  PYTHON=python3         what .venv is made with: Python 3.11 or newer

Names that make bench takes besides
  STATEMENTS=1000000     rows of the dataset, which is made once (SEED=1) and kept in BENCH_DIR=.bench
  ROUNDS=5 SECONDS=3     how often everything is measured, and how long each time
  GROWTH=10000,100000,…  sizes in which a page is measured (by default up to STATEMENTS)
  WRITES=20000           statements that are exported and imported, and quotations of a corpus
  LEDGER=0               leaves articles and statements out of the ledger, to save half of the disk
  RESPONSE_CACHE_BYTES=0 no response cache: every page is made anew
  ONLY=part,…            of list, cursor, q, facets, detail, 304, growth, words, sizes, memory,
                         writes, locked, checks, crossed, pages, cache, partitions, ingest, decisions, corpus
endef
export VARIABLES

$(VENV)/requirements.stamp: requirements.txt
$(VENV)/requirements-bench.stamp: requirements.txt requirements-extras.txt requirements-bench.txt
$(VENV)/requirements-dev.stamp: requirements.txt requirements-extras.txt requirements-dev.txt

# pip is the last thing venv installs: without it the environment was never finished. What is installed is
# compiled when it is first imported: most of it never is.
$(VENV)/%.stamp:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("newsdb needs Python 3.11 or newer, and $(PYTHON) is %s. Name another: make PYTHON=python3.12" % sys.version.split()[0])'
	@test -x $(VENV)/bin/pip || $(PYTHON) -m venv $(VENV)
	@echo "Installing $*.txt into $(VENV)"
	@$(RUN) pip install --quiet --no-compile --disable-pip-version-check --requirement $*.txt
	@touch $@
