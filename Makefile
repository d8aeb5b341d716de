# Sluice: a living systematic review as a pipeline.
#
#   make screen     install what is missing, build, and run the shipped review offline; prints the PRISMA flow
#   make test       build and run all tests
#
#   make deps       install the system packages below (Debian and Ubuntu; elsewhere it prints what to install)
#   make build      build the command in release: .build/release/sluice
#   make refresh    make screen LIVE=1, for a schedule
#   make check      lint the code and check the shipped pipeline files
#   make bench      measure speed, with ratios against peers where they are installed
#   make format     put the code into the house's format
#   make clean      remove what was built (workspaces stay)
#
# Variables: LIVE=1 asks PubMed (set NCBI_EMAIL; NCBI_API_KEY raises the rate), PIPELINE names another review,
# WORKSPACE another workspace.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help deps build screen refresh test check release-flags bench format clean

# Everything that the build needs beyond Swift and git, once.
PACKAGES := libxml2-dev libcurl4-openssl-dev libsqlite3-dev libisal-dev libssl-dev libboost-math-dev \
            libxlsxwriter-dev pkg-config ca-certificates

PIPELINE ?= Pipelines/iv-ketamine-trd
REVIEW := $(notdir $(PIPELINE))
ifdef LIVE
WORKSPACE ?= workspaces/$(REVIEW)
SOURCE_FLAGS :=
else
WORKSPACE ?= workspaces/$(REVIEW)-example
SOURCE_FLAGS := --replay Fixtures/$(REVIEW)
endif

# Without debug information a first build takes about a sixth less time.
RELEASE_FLAGS := -debug-info-format none
# With Swift's own libraries in it the command starts sooner, works faster, and runs on a machine without Swift. Only
# toolchains for Linux bring them in this form; their own linker is as quick as it is quiet.
SWIFT_LIBRARIES := $(dir $(realpath $(shell command -v swift)))../lib/swift_static/linux
ifneq ($(wildcard $(SWIFT_LIBRARIES)/libFoundationEssentials.a),)
RELEASE_FLAGS += --static-swift-stdlib -Xswiftc -use-ld=lld
endif

# As many tests at a time as a machine of few cores can serve, so that none waits long for its turn in the midst of work.
TEST_ENVIRONMENT := SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=8

SLUICE := .build/release/sluice
SOURCES := Package.swift $(shell find Sources -type f)

help:
	@awk '!/^#/ { exit } { sub(/^# ?/, ""); print }' Makefile

deps:
	@missing=(); for package in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing+=($$package); \
	done; \
	if ! command -v dpkg-query >/dev/null; then missing=($(PACKAGES)); fi; \
	if [ $${#missing[@]} -eq 0 ]; then exit 0; fi; \
	if ! command -v apt-get >/dev/null; then \
	  if [ "$$(uname)" = Darwin ]; then \
	    for formula in isa-l boost openssl@3 libxlsxwriter; do \
	      [ -d "$$(brew --prefix $$formula 2>/dev/null)" ] || { \
	        echo "Please install with Homebrew: brew install libxml2 curl isa-l openssl@3 boost libxlsxwriter pkg-config"; exit 1; }; \
	    done; exit 0; \
	  fi; \
	  if pkg-config --exists libxml-2.0 libcurl sqlite3 libisal libcrypto xlsxwriter 2>/dev/null; then exit 0; fi; \
	  echo "This system has no apt. Please install what these Debian packages hold, then run make again:"; \
	  echo "  $${missing[*]}"; exit 1; \
	fi; \
	echo "Installing: $${missing[*]}"; \
	if [ "$$(id -u)" = 0 ]; then SUDO=; elif command -v sudo >/dev/null; then SUDO=sudo; else \
	  echo "Please install as root: apt-get install $${missing[*]}"; exit 1; fi; \
	$$SUDO apt-get update -qq && \
	$$SUDO env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $${missing[*]} >/dev/null

build: $(SLUICE)

# Built again only when something changed, so that a run after the build starts at once.
$(SLUICE): $(SOURCES)
	@$(MAKE) --no-print-directory deps
	@command -v swift >/dev/null || { echo "Swift 6.3 is needed: https://www.swift.org/install"; exit 1; }
	swift build -c release --product sluice $(RELEASE_FLAGS)
	@touch $@

screen: $(SLUICE)
	@$(SLUICE) run $(PIPELINE) --workspace $(WORKSPACE) $(SOURCE_FLAGS)

refresh:
	@$(MAKE) --no-print-directory screen LIVE=1

test:
	@$(MAKE) --no-print-directory deps
	swift build --build-tests
	$(TEST_ENVIRONMENT) swift test --skip-build
	@echo "All tests passed."

check: $(SLUICE)
	swift format lint --strict --recursive Package.swift Sources Tests
	@for pipeline in Pipelines/*/; do $(SLUICE) check $$pipeline || exit 1; done

# What the bench builds besides, it builds alike; else everything would be built twice.
release-flags:
	@echo $(RELEASE_FLAGS)

bench: $(SLUICE)
	@Tests/Benchmarks/run
	@Tests/Benchmarks/fetch

format:
	swift format --in-place --recursive Package.swift Sources Tests

clean:
	rm -rf .build
