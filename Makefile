# Everything happens in .venv. `make install` is instant the second time: the stamp is as old as the lock that was installed.
.POSIX:
.PHONY: install demo play test proof bench catalogue lock chromium clean

ARGS =
UV = uv
BIN = .venv/bin
STAMP = .venv/installed
PO = locales/nl/LC_MESSAGES/alvbot.po
POT = .build/alvbot.pot

install: $(STAMP)

$(STAMP): requirements-dev.lock pyproject.toml
	@for python in python3.11 python3.12 python3.13 python3.14 python3; do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			exec $$python -m venv .venv; \
		fi; \
	done; \
	echo "Python 3.11 or newer is needed: install it (Debian: apt-get install python3-venv) and run make again." >&2; exit 1
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

demo: $(STAMP)
	$(BIN)/alvbot demo $(ARGS)

play: $(STAMP)
	$(BIN)/alvbot play $(ARGS)
	$(BIN)/alvbot play --database postgres $(ARGS)

# Runs everything that guards the project, the catalogue's check included; ends with pytest's own closing line.
test: $(STAMP) chromium
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

# What is too long for every change: the marked tests, and the whole evening on both databases.
proof: $(STAMP) chromium
	$(BIN)/pytest -m proof
	$(BIN)/alvbot play
	$(BIN)/alvbot play --database postgres

bench: $(STAMP)
	$(BIN)/python -m bench.commits
	$(BIN)/python -m bench.broadcast
	$(BIN)/python -m bench.votes

# Brings the Dutch catalogue in step with the code: new ids come in empty, unused ones go.
catalogue: $(STAMP)
	@mkdir -p .build
	$(BIN)/pybabel -q extract -F pyproject.toml --no-location --sort-output --project alvbot --version 1 -o $(POT) records screens bot
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 120 -l nl -i $(POT) -o $(PO)

# Pins every dependency with its hashes; needed after a change of dependencies in pyproject.toml.
lock:
	@command -v $(UV) >/dev/null || { echo "uv is needed to pin dependencies: see https://docs.astral.sh/uv/ or give UV=/path/to/uv." >&2; exit 1; }
	$(UV) pip compile -q --generate-hashes --universal --python-version 3.11 pyproject.toml -o requirements.lock --no-emit-index-url --no-header
	$(UV) pip compile -q --generate-hashes --universal --python-version 3.11 pyproject.toml --group dev -o requirements-dev.lock --no-emit-index-url --no-header

# The browser tests drive a real browser.
chromium:
	@if command -v chromium >/dev/null; then exit 0; fi; \
	if [ "$$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && apt-get install -qq --no-install-recommends chromium; \
	else \
		echo "The browser tests need chromium: install your system's package (Debian: sudo apt-get install chromium)." >&2; exit 1; \
	fi

clean:
	rm -rf .venv .build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist
