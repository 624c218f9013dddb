# The commands of the project. Everything is built in release mode, so that all share one build.

.PHONY: help demo test score bench compare confirm confirm-patches format lint links pictures \
	setup build goldens book clean

CASES ?= Book
DOWNHILL := .build/release/downhill
EXAMPLE := Examples/digits-rate-too-high
PYTHON := .venv-keras/bin/python
KERAS := .venv-keras/ready

help: ## Shows this list.
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "make %-15s %s\n", $$1, $$2}' Makefile

demo: build ## Heals a sick model: finds the cause, proves it, writes the repaired model.
	@mkdir -p out
	@rm -f out/digits-repaired.keras
	@printf '\n$$ downhill fix %s -o out/digits-repaired.keras\n\n' $(EXAMPLE)
	@$(DOWNHILL) fix $(EXAMPLE) -o out/digits-repaired.keras || test $$? -eq 1
	@ls -l out/digits-repaired.keras

test: setup ## Runs every test.
	swift build -c release --build-tests
	swift test -c release --skip-build

score: build ## Scores diagnoses over the book, or over other cases: make score CASES=FOLDER.
	$(DOWNHILL) score $(CASES) $(SCORE_OPTIONS)

bench: build $(KERAS) ## Compares the speed of training with Keras, interleaved on this machine.
	swift build -c release --product BenchmarkTrials
	$(PYTHON) Benchmarks/run.py $(BENCH_OPTIONS)

compare: build $(KERAS) ## Compares training and files with real Keras.
	$(PYTHON) Comparison/compare_with_keras.py $(COMPARE_OPTIONS)
	$(PYTHON) Comparison/check_recorder.py --overhead
	$(PYTHON) Comparison/check_conversion.py
	$(PYTHON) Comparison/check_texts.py
	swift build -c release --product ExampleRegression
	$(PYTHON) Comparison/check_events.py

confirm: build $(KERAS) ## Lets real Keras train repaired models: make confirm CASES=FOLDER.
	$(PYTHON) Comparison/confirm_cures.py $(CASES)

confirm-patches: build $(KERAS) ## Lets real Keras run patched scripts: make confirm-patches CASES=FOLDER.
	$(PYTHON) Comparison/confirm_patches.py $(PATCH_OPTIONS) $(CASES)

format: ## Formats all Swift code.
	swift format --in-place --recursive Sources Tests Benchmarks Package.swift

lint: ## Checks the format as CI does.
	swift format lint --strict --recursive Sources Tests Benchmarks Package.swift

links: ## Looks for dead links in the documentation.
	python3 Scripts/check_links.py

pictures: build ## Shows report and live page in Chromium, checks them, leaves pictures in out/.
	Scripts/screenshots.sh

goldens: $(KERAS) ## Asks Keras anew for the golden numbers of the tests.
	$(PYTHON) Tests/Goldens/make_goldens.py

book: $(KERAS) ## Runs the programs of the book under Keras anew and records them.
	$(PYTHON) Book/make_captures.py

setup: ## Installs the system libraries that are missing.
	@Scripts/setup.sh

build: setup
	swift build -c release --product downhill

$(KERAS): Comparison/requirements.txt Comparison/requirements-tensorflow.txt
	@Scripts/python_environment.sh

clean: ## Removes what was built.
	rm -rf .build out
