PYTHON ?= python3
VENV := .venv/bin/python

.PHONY: site test lint goldens adapters bench bench-scale picture lock clean engines audit museum mutation
.DEFAULT_GOAL := site

site: .venv/site.ready    ## build the zoo into site/
	$(VENV) build.py

test: .venv/test.ready node_modules/.package-lock.json ## run every test
	$(VENV) -m pytest

lint: .venv/test.ready    ## check style and types
	$(VENV) -m ruff check . && $(VENV) -m ruff format --check . && $(VENV) -m mypy

goldens: .venv/site.ready ## capture the goldens from the JavaScript twins; fails if a value changed
	node golden/capture.mjs

adapters: .venv/site.ready ## run every adapter of the suite, and write golden/results/adapters.json (needs node, gcc, rustc)
	$(VENV) golden/run_adapters.py

museum: .venv/site.ready   ## put every wrong port before the suite, and write golden/results/museum.json
	$(VENV) golden/run_museum.py

mutation: .venv/test.ready ## change the generator in thousands of places, ask the vectors, and write golden/results/mutation.json
	$(VENV) -m bench.mutation

bench: .venv/test.ready   ## measure, and write bench/results.json and bench/live.json
	$(VENV) -m bench && $(VENV) -m bench.live

bench-scale: .venv/test.ready ## measure thousands of galleries and exhibits, and write bench/scale.json; HISTORY=FILE adds a line to it
	$(VENV) -m bench.at_scale $(if $(HISTORY),--history $(HISTORY))

engines: .venv/test.ready node_modules/.package-lock.json ## run the twins in every JavaScript engine, and write golden/results/engines.json
	$(VENV) -m bench.engines

audit: .venv/test.ready node_modules/.package-lock.json ## have axe, vnu and Lighthouse judge the pages, and write bench/audit.json and bench/audit.md
	$(VENV) -m bench.audit

picture: site .venv/test.ready ## take the README's picture
	$(VENV) -m bench.picture

lock:                     ## renew the hash-pinned requirements (needs uv)
	uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock" requirements.in -o requirements.txt
	uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock" requirements-dev.in -o requirements-dev.txt

clean:                    ## remove what make made, but the site
	rm -rf .venv .tools node_modules .pytest_cache .hypothesis .mypy_cache .ruff_cache

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version.split()[0])'
	$(PYTHON) -m venv .venv

.venv/site.ready: requirements.txt | .venv/bin/python
	$(VENV) -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt && touch $@

.venv/test.ready: requirements-dev.txt .venv/site.ready | .venv/bin/python
	$(VENV) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt && touch $@

node_modules/.package-lock.json: package-lock.json
	@if command -v npm > /dev/null; then npm ci --ignore-scripts --loglevel=error; \
	else echo "npm is missing: tests that need its packages will be skipped; install Node.js 20 or newer with npm"; fi
