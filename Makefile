# Targets people remember. `make` alone lists them.
SHELL       := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# One static binary: without this it links libc where a C compiler is found.
export CGO_ENABLED ?= 0

# As the binary is built: what vet, staticcheck and the tests compile serves it, too.
# With two ways of naming files everything was compiled twice on a fresh machine.
export GOFLAGS := -trimpath $(filter-out -trimpath,$(GOFLAGS))

TOOL := go tool -modfile=tools/go.mod
# The longest two come first in test, so that nothing runs last and alone.
# Two packages at a time, two tests at a time within each: what two cores carry.
TEST := go test -p 2 -parallel 2 -vet=off -timeout 25m

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: ## serve the demo on this machine only; prints the address
	@go run ./cmd/tidewaiter demo

.PHONY: dev
dev: generate ## regenerate, then serve the demo from ./demo-data, kept between runs
	@go run ./cmd/tidewaiter demo --data demo-data

.PHONY: build
build: ## build the binary into bin/
	@go build -trimpath -o bin/tidewaiter ./cmd/tidewaiter

.PHONY: generate
generate: ## rebuild everything that is generated and committed (pages, assets, tables)
	@if [ -n "$$(find internal -name '*.templ' -print -quit)" ]; then $(TOOL) templ generate; fi
	@if [ -d tools/assets ]; then go -C tools run ./assets; fi
	@go generate ./...

.PHONY: test
test: ## everything that must pass before a change lands; installs PostgreSQL and Chromium if missing
	@.ci/install
	@$(MAKE) --no-print-directory lint
	@go build -trimpath -buildvcs=false -o bin/tidewaiter ./cmd/tidewaiter
	@.ci/with-memory .ci/with-story .ci/with-postgres $(TEST) ./internal/web/tour ./internal/web ./...
	@go -C tools/powercut test -vet=off -timeout 25m ./...

.PHONY: lint
lint: ## generated files are fresh, gofmt, go vet, staticcheck
	@.ci/generated
	@unformatted=$$(find cmd internal tools -name '*.go' -exec gofmt -l {} +); \
	if [ -n "$$unformatted" ]; then echo "not gofmt-ed (cure: gofmt -w FILE):"; echo "$$unformatted"; exit 1; fi
	@go vet ./...
	@if [ -n "$$(find tools -name '*.go' -print -quit)" ]; then go -C tools vet ./...; fi
	@go -C tools/powercut mod tidy -diff >/dev/null || { echo "tools/powercut/go.mod is behind the product's (cure: go -C tools/powercut mod tidy)"; exit 1; }
	@go -C tools/powercut vet ./...
	@$(TOOL) staticcheck ./...

.PHONY: race
race: ## all tests under the race detector (needs a C compiler)
	@.ci/install
	@CGO_ENABLED=1 .ci/with-memory .ci/with-postgres go test -race -p 2 -parallel 2 -vet=off -timeout 60m ./...

.PHONY: vuln
vuln: ## known vulnerabilities in what we call; says so loudly when it cannot look them up
	@.ci/vuln

.PHONY: check
check: test vuln race ## test, then known vulnerabilities and the race detector: before a release

.PHONY: powercut
powercut: ## the long trial of power cuts; CUTS=20000 SEED=1
	@go -C tools/powercut test -count=1 -vet=off -timeout 0 -v -run 'PowerCuts|SickDisk' . -args -cuts $(or $(CUTS),20000) -seed $(or $(SEED),1)

.PHONY: screenshots
screenshots: ## make the pictures of README and docs anew, in docs/screenshots
	@.ci/install
	@TIDEWAITER_SCREENSHOTS="$(CURDIR)/docs/screenshots" go test -count=1 -run '^TestScreenshots$$' ./internal/web/...

.PHONY: bench
bench: ## run the benchmarks
	@.ci/with-postgres go test -run '^$$' -bench . -benchmem ./...
