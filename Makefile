# make site     build the site into site/, all languages
# make serve    show the site and rebuild it as you write
# make check    links, coverage and content, one exit code
# make test     every test; the first run fetches a browser
# make bench    what `coverage` costs on 600 made-up pages; ARGS=search: what search finds and costs
# make lock     write the locks anew from pyproject.toml; ARGS=--upgrade takes newer versions
# make clean    delete what the others left; delete .venv too to start from nothing
# make help     show this
#
# ARGS is handed on: make site ARGS='--lang fr,ar', make test ARGS='-k arabic -x'

.POSIX:

PYTHON = python3
ARGS =
RUN = .venv/bin/python
LOCK = .venv/bin/uv --no-config pip compile pyproject.toml --quiet --universal \
	--python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	--custom-compile-command 'make lock' $(UNUSED)
# what Sphinx asks for: only its files are read, it is never started; setup.py installs what is locked
UNUSED = --no-emit-package alabaster --no-emit-package docutils --no-emit-package imagesize \
	--no-emit-package roman-numerals --no-emit-package sphinxcontrib-applehelp \
	--no-emit-package sphinxcontrib-devhelp --no-emit-package sphinxcontrib-htmlhelp \
	--no-emit-package sphinxcontrib-jsmath --no-emit-package sphinxcontrib-qthelp \
	--no-emit-package sphinxcontrib-serializinghtml

site: ready
	@$(RUN) scripts build $(ARGS)

serve: ready
	@$(RUN) scripts serve $(ARGS)

check: ready
	@$(RUN) scripts check $(ARGS)

test: ready-to-test
	@$(RUN) -m pytest $(ARGS)

bench: ready-to-bench
	@$(RUN) scripts bench $(ARGS)

# the tests' lock first, the others held to its versions: they test what is published
lock: ready-to-test
	@$(LOCK) --group test $(ARGS) --output-file requirements-test.lock
	@$(LOCK) --constraint requirements-test.lock $(ARGS) --output-file requirements.lock
	@$(LOCK) --group test --group bench --constraint requirements-test.lock $(ARGS) \
		--output-file requirements-bench.lock

clean:
	@rm -rf site site-* public .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find scripts tests -name __pycache__ -prune -exec rm -rf {} +

help:
	@sed -n '/^.POSIX/q; s/^# //p' Makefile

ready:
	@$(PYTHON) scripts/setup.py site

ready-to-test:
	@$(PYTHON) scripts/setup.py test

ready-to-bench:
	@$(PYTHON) scripts/setup.py bench

.PHONY: site serve check test bench lock clean help ready ready-to-test ready-to-bench
