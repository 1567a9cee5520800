# `make run` shows the portal with invented data, `make test` checks it. Neither needs root.

PORT ?= 8000
PYTHON ?= $(or $(shell for each in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; \
	done),python3)

PY := .venv/bin/python
SERVERS := $(PY) -m banding_portal.servers
IN_TEST := $(SERVERS) exec --database banding_portal_tests --redis 1 --

.DEFAULT_GOAL := help
.PHONY: help setup run test test-days style lint format bench soak pictures accessibility stop
export PORT
# Not a secret: nothing but the tests and checks uses it.
lint test test-days bench soak pictures accessibility: export SECRET_KEY ?= for-tests-only-for-tests-only-for-tests-only-for-tests

help: ## list these targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1|\2/p' Makefile | \
		while IFS='|' read -r name text; do printf '%-12s %s\n' "$$name" "$$text"; done

setup: .venv/.stamp ## install packages into .venv and build the front end
	@$(PY) -m banding_portal.servers.front_end

.venv/.stamp: requirements.txt requirements-dev.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or later is needed; there is no $(PYTHON) here." >&2; exit 1; }
	@$(PYTHON) banding_portal/servers/virtual_environment.py

run: setup ## show the portal with invented data, on port 8000 or the one in PORT
	@$(PY) -m banding_portal.servers.run

stop: ## stop what an earlier `make run` or a crash left running
	@$(SERVERS) stop

style: setup
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	.venv/bin/djangofmt check templates
	.venv/bin/djangofmt --check templates

lint: style ## linters and type checks
	$(IN_TEST) $(PY) -m pytest -q tests/test_types.py

format: setup ## put code and templates into the form that lint asks for
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	.venv/bin/djangofmt templates

test: style ## linters and all tests, the check of types among them; ARGS="-k name" for some tests
	$(IN_TEST) $(PY) -m pytest -n 3 --dist worksteal -m "not soak" $(ARGS)

# Other days for this machine: the deadline of the tests past, the next year, the next academic year.
DAYS ?= 2026-12-02 2027-01-20 2027-09-03

test-days: setup ## all tests, the machine's date set to other days by faketime; DAYS="2027-02-28" for some
	@command -v faketime >/dev/null || { echo "faketime is needed: apt-get install faketime" >&2; exit 1; }
	@for day in $(DAYS); do \
		faketime "$$day 09:30:00" date && \
		faketime "$$day 09:30:00" $(IN_TEST) $(PY) -m pytest -n 2 -m "not soak" $(ARGS) || exit 1; \
	done

bench: setup ## benchmarks, each printed as a ratio
	$(SERVERS) exec --database banding_portal_bench --redis 2 -- $(PY) -m benchmarks $(ARGS)

soak: setup ## the long tests, for the night
	$(IN_TEST) $(PY) -m pytest -m soak $(ARGS)

pictures: setup ## take the pictures of docs/tour.md anew, and say which differ from the last ones
	$(IN_TEST) $(PY) -m pytest -q tests/browser/take_pictures.py

accessibility: setup ## test every page with axe, and write the results into the accessibility statement
	ACCESSIBILITY=new TESTED_ON=$$(date +%F) $(IN_TEST) $(PY) -m pytest -q tests/browser/test_accessibility.py
