package verify

import (
	"cmp"
	"fmt"
	"path"
	"runtime"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"
	"golang.org/x/sync/errgroup"

	"mappa/internal/diag"
)

// Brotli qualities that a host is assumed to serve: pages on the fly, shared
// assets compressed once and for all.
const (
	pageQuality  = 5
	assetQuality = 11
)

// heaviest is how many pages of each kind are weighed. Compressing all 9,000
// would take longer than all other gates; pages of a kind share their template,
// so that the heaviest to travel is among the largest as they lie.
const heaviest = 12

// heap keeps the largest files under one budget.
type heap struct{ files []kept }

type kept struct {
	path string
	data []byte
}

func (h *heap) add(k kept) {
	larger := func(a, b kept) int { return cmp.Or(cmp.Compare(len(b.data), len(a.data)), cmp.Compare(a.path, b.path)) }
	at, _ := slices.BinarySearchFunc(h.files, k, larger)
	if at >= heaviest {
		return
	}
	h.files = slices.Insert(h.files, at, k)
	h.files = h.files[:min(len(h.files), heaviest)]
}

// travels is the weight of a file over the network where it is known at once:
// of styles and scripts, which are few, as a host compresses them; of all else
// but pages as it lies.
func travels(name string, data []byte) int {
	switch path.Ext(name) {
	case ".css", ".js", ".mjs":
		return compressed(data, assetQuality)
	case ".html":
		return 0
	}
	return len(data)
}

// weight is what a kept file weighs over the network.
func (g *Gates) weight(k kept) int {
	switch path.Ext(k.path) {
	case ".css", ".js", ".mjs":
		return g.files[k.path]
	}
	if binary(k.path) {
		return len(k.data)
	}
	return compressed(k.data, pageQuality)
}

func compressed(data []byte, quality int) int {
	var n counter
	w := brotli.NewWriterLevel(&n, quality)
	if _, err := w.Write(data); err != nil {
		panic(err) // a counter takes everything
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return int(n)
}

// counter is a writer that counts.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// weigh keeps a file for its budget; the caller holds the lock.
func (g *Gates) weigh(name string, data []byte) {
	for i, b := range g.rules.Budgets {
		if fits(b.Pattern, name) {
			g.heavy[i].add(kept{name, data})
			return
		}
	}
}

// weights checks the heaviest files of each kind against their budget.
func (g *Gates) weights() []diag.Problem {
	over := make([][]diag.Problem, len(g.rules.Budgets)*heaviest)
	var all errgroup.Group
	all.SetLimit(runtime.GOMAXPROCS(0))
	for i, b := range g.rules.Budgets {
		for k, file := range g.heavy[i].files {
			all.Go(func() error {
				over[i*heaviest+k] = g.over(b, file)
				return nil
			})
		}
	}
	all.Wait() // no file fails: what is wrong with one is in over
	return slices.Concat(over...)
}

// over is what a file weighs too much.
func (g *Gates) over(b Budget, k kept) (out []diag.Problem) {
	check := func(n, most int, how string) {
		if most > 0 && n > most {
			out = append(out, diag.Problem{File: k.path, Text: fmt.Sprintf("%s: %d bytes %s, the budget is %d", b.Name, n, how, most)})
		}
	}
	check(len(k.data), b.Raw, "as it lies")
	if b.Brotli == 0 && b.Visit == 0 {
		return out
	}
	own := g.weight(k)
	check(own, b.Brotli, "with brotli")
	if b.Visit > 0 {
		check(own+g.visit(k), b.Visit, "on a first visit")
	}
	return out
}

// visit is the weight of all that a page loads at once, and of what that loads
// (the fonts of a stylesheet), each once.
func (g *Gates) visit(k kept) (sum int) {
	i, ok := slices.BinarySearchFunc(g.pages, k.path, func(p *page, path string) int { return cmp.Compare(p.path, path) })
	if !ok {
		return 0
	}
	text := decoded(k.data)
	seen := map[string]bool{}
	for todo := slices.Clone(g.pages[i].loads); len(todo) > 0; todo = todo[1:] {
		file := filed(todo[0].address)
		if seen[file] || !needed(todo[0].only, text) {
			continue
		}
		seen[file] = true
		sum += g.travels(file)
		todo = append(todo, g.loads[file]...)
	}
	return sum
}

// travels is the weight of a file that a page loads: compressed where it was
// kept for a budget of its own.
func (g *Gates) travels(file string) int {
	for _, h := range g.heavy {
		for _, k := range h.files {
			if k.path == file {
				return g.weight(k)
			}
		}
	}
	return g.files[file]
}

// needed reports whether text has one of the characters; none at all are asked
// for by what is always loaded.
func needed(only []span, text string) bool {
	return only == nil || strings.ContainsFunc(text, func(r rune) bool {
		return r >= ' ' && slices.ContainsFunc(only, func(s span) bool { return s.from <= r && r <= s.to }) // a line break is not drawn
	})
}
