# make run   talk in the terminal, or start the Telegram bot if BOT_TOKEN is set
# make lint  check the knowledge, as editors do
# make test  everything that guards the project; continuous integration calls just this
# make fuzz  100,000 mutated updates through the whole bot; FUZZ_SEED=2 makes others
# make chaos kills, faults and floods while the bot delivers and answers; takes some minutes
# make evaluate how well it understands: build/evaluation.html, .json; BEFORE=old.json says what changed
# make bench how fast the bot is, beside another one; takes half an hour and rewrites docs/benchmarks.*
# make bench-matching   the matcher beside its peers; DATA=DIR adds public data; rewrites docs/peers.*
# make word-vectors     what English words mean, anew, after large changes to what people say in the knowledge
# make encoder          what English sentences mean, likewise; takes an hour of one core

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
QUESTIONS := $(wildcard tests/evaluation/*.jsonl)
SEALED := $(wildcard tests/evaluation/sealed/*.jsonl)
# The knowledge is as fresh as the day on which it was committed: old commits stay green.
COMMITTED := $(shell git log -1 --format=%cs 2>/dev/null || date +%F)

# What is learned before the tests is not learned once more in them.
LEARNED := XDG_CACHE_HOME=$(CURDIR)/.pytest_cache/d/learned

.PHONY: run lint test check-code check-knowledge chaos fuzz evaluate bench bench-matching word-vectors encoder format lock clean

run: $(VENV)/ready-to-run
	@exec $(BIN)/python -m bot

lint: $(VENV)/ready-to-run
	@$(BIN)/python -m bot lint

test: $(VENV)/ready-to-test
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target check-code check-knowledge
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

check-code:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check-knowledge:
	$(LEARNED) $(BIN)/python -m bot lint --today $(COMMITTED)
	$(LEARNED) $(BIN)/python -m bot evaluate $(QUESTIONS:%=--set %) --floors tests/evaluation/floors.json

chaos: $(VENV)/ready-to-test
	@PYTHONPATH=tests $(BIN)/python -m benchmarks.chaos

fuzz: $(VENV)/ready-to-test
	FUZZED_UPDATES=100000 $(BIN)/python -m pytest tests/test_fuzzed_updates.py

evaluate: $(VENV)/ready-to-run
	$(BIN)/python -m bot evaluate $(QUESTIONS:%=--set %) $(SEALED:%=--set %) --folds --robustness \
		$(BEFORE:%=--against %) --json build/evaluation.json --report build/evaluation.html

bench: $(VENV)/ready-to-bench
	@PYTHONPATH=tests $(BIN)/python -m benchmarks
	@PYTHONPATH=tests $(BIN)/python -m benchmarks.scale
	@PYTHONPATH=tests $(BIN)/python -m benchmarks.players
	@PYTHONPATH=tests $(BIN)/python -m benchmarks.composing
	@PYTHONPATH=tests $(BIN)/python -m benchmarks.sharing

bench-matching: $(VENV)/ready-to-bench
	@PYTHONPATH=tests $(BIN)/python -m benchmarks.peers $(if $(DATA),--data $(DATA))

word-vectors: $(VENV)/ready-to-bench
	@PYTHONPATH=tests $(BIN)/python -m benchmarks.word_vectors

encoder: $(VENV)/ready-to-bench
	@PYTHONPATH=tests $(BIN)/python -m benchmarks.encoder

format: $(VENV)/ready-to-test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Choose the newest versions that pyproject.toml allows and write them down with their hashes.
lock: $(VENV)/python-found
	$(PIP) install uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--upgrade pyproject.toml --group build --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--upgrade pyproject.toml --group build --group dev --constraint requirements.lock \
		--output-file requirements-dev.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--upgrade pyproject.toml --group build --group bench --constraint requirements-dev.lock \
		--output-file requirements-bench.lock

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/python-found:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "Strong Back needs Python 3.11 or newer: install it, or name it like 'make $(MAKECMDGOALS) PYTHON=python3.12'." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/ready-to-run: $(VENV)/python-found requirements.lock pyproject.toml
	$(PIP) install --require-hashes --requirement requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/ready-to-test: $(VENV)/python-found requirements-dev.lock pyproject.toml
	$(PIP) install --require-hashes --requirement requirements-dev.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/ready-to-run

# The benchmarks start the PostgreSQL of the tests.
$(VENV)/ready-to-bench: $(VENV)/ready-to-test requirements-bench.lock
	$(PIP) install --require-hashes --no-deps --requirement requirements-bench.lock
	@touch $@
