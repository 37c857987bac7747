# "make" lists what can be made.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: checksums help site check serve test lint fmt fuzz bench scale ratio compare clean tools

# A tool of the tests, not of the program: it stays out of go.mod.
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

# The typeface, cut to the characters that the site uses.
FONTS := themes/italia/caratteri/caratteri.css

# How long each fuzz test runs in "make fuzz".
FUZZTIME := 60s

# What "make scale" measures: LargeSurvey, or LargeFigures, which is all of it but
# disclosure.
STAGES := LargeSurvey
SIZES := 400,editions=2 800,editions=2 1600,editions=2 400,editions=5

# What "make ratio" measures against, and how often: on a machine that others
# share, the least of several turns says most.
BASE := HEAD~1
ROUNDS := 3

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

site: $(FONTS) mappa ## make the site in public/
	./mappa build

check: $(FONTS) mappa ## do all of that but write nothing
	./mappa check

serve: $(FONTS) mappa ## show the site on this computer and follow changes
	./mappa serve

test: tools $(FONTS) ## run all tests
	@unformatted=$$(gofmt -l cmd internal); if [ -n "$$unformatted" ]; then echo "not formatted:"; echo "$$unformatted"; exit 1; fi
	go vet ./...
	npm run --silent tipi
	npm test --silent
	go test -timeout 40m ./...

lint: ## look for what the compiler lets through
	go vet ./...
	go run $(STATICCHECK) ./...

fmt: ## format the Go code
	gofmt -w cmd internal

fuzz: ## try each parser with a minute of broken input
	@go list -f '{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}' ./... | while read -r pkg; do \
		for name in $$(go test -list '^Fuzz' "$$pkg" | grep '^Fuzz'); do \
			echo "$$pkg $$name"; go test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x "$$pkg" || exit 1; \
		done; \
	done

checksums: ## write the checksums of the data files again, after one was replaced
	cd data && find fonti territorio indagini -mindepth 2 -type f \( -name '*.csv' ! -path 'indagini/*' -o -name '*.csv.gz' -o -name '*.zip' \) | LC_ALL=C sort | xargs sha256sum > SHA256SUMS

bench: ## measure
	go test -run '^$$' -bench . -benchmem ./...

scale: ## measure a survey that every Comune answers: 400 items in 2 and in 5 editions, twice and four times the items (STAGES=LargeFigures: without disclosure)
	@set -e; bin=$$(mktemp); trap "rm -f $$bin" EXIT; go test -c -o $$bin ./cmd/mappa; cd cmd/mappa; \
	echo "seconds of the processors / by the clock"; \
	for size in $(SIZES); do \
		GOMAXPROCS=2 $$bin -test.run '^$$' -test.bench "$(STAGES)/items=$$size\$$" -test.benchtime 1x -test.timeout 120m; \
	done | awk -v stages="import score estimate search keep kept audit" '/^Benchmark/ { \
		for (i = 3; i < NF; i += 2) v[$$(i + 1)] = $$i; \
		n = split(stages, stage, " "); line = ""; \
		for (i = 1; i <= n; i++) if (stage[i] "-s" in v) line = line sprintf("%s %.1f/%.1f  ", stage[i], v[stage[i] "-cpu-s"], v[stage[i] "-s"]); \
		sub(/.*items=/, "", $$1); sub(/-[0-9]+$$/, "", $$1); printf "%-16s %s most %.0f MB\n", $$1, line, v["peak-MB"]; fflush(); delete v }'

ratio: $(FONTS) ## measure the Comune pages against the commit BASE, turn by turn
	@set -e; dir=$$(mktemp -d); trap 'git worktree remove --force '$$dir'/base; rm -rf '$$dir EXIT; \
	git worktree add -q --detach $$dir/base $(BASE); cp -r themes/italia/caratteri $$dir/base/themes/italia/; ln -s $(CURDIR) $$dir/here; \
	for tree in base here; do (cd $$dir/$$tree/ && go test -c -o $$dir/$$tree.test ./internal/site); done; \
	for round in $$(seq $(ROUNDS)); do for tree in base here; do \
		(cd $$dir/$$tree/internal/site && $$dir/$$tree.test -test.run '^$$' -test.bench ComunePages -test.benchtime 1x) | \
			awk -v tree=$$tree '/^Benchmark/ { for (i = 2; i < NF; i++) if ($$(i+1) ~ /cpu-ms|pages/) { printf "%s %s %s ", tree, $$i, $$(i+1) }; print "" }'; \
	done; done | awk '{ print; if (!($$1 in least) || $$2 < least[$$1]) least[$$1] = $$2 } END { printf "least processor time a page, here to base: %.2f\n", least["here"] / least["base"] }'

compare: site tools cmd/compare/peers/node_modules ## measure our map beside others in a slowed browser
	go run ./cmd/compare

clean: ## remove what was made
	rm -rf public .public.* .cache riservato/prove mappa themes/italia/caratteri

.PHONY: mappa
mappa:
	go build -o mappa ./cmd/mappa

node_modules: package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund
	@touch node_modules

cmd/compare/peers/node_modules: cmd/compare/peers/package-lock.json
	npm ci --prefix cmd/compare/peers --ignore-scripts --no-audit --no-fund
	@touch cmd/compare/peers/node_modules

$(FONTS): node_modules themes/italia/caratteri.mjs
	npm run --silent caratteri
	@touch $(FONTS)

# The browser of the tests, from the system's packages where it is missing.
tools:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { \
		command -v apt-get >/dev/null || { echo "the tests want a Chromium: install it"; exit 1; }; \
		sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
		$$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends chromium fonts-liberation; \
	}
