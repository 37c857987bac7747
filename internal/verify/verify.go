// Package verify is the gates: what must hold of the finished tree before it
// may be published. [Gates] is an output.Sink beside the one that writes: it
// takes the facts from each file as it is added, in the goroutine that adds it,
// and keeps no file but the heaviest of each kind; [Gates.Check] then compares
// the facts. Every finding is a problem whose file is the output path.
//
// In HTML: the document is well formed (every tag closed, nothing nested that a
// browser would take apart, no attribute twice, ids unique); it has a language,
// a title, a description and a canonical address, all unique, the last its own;
// alternates in other languages name each other; headings start with the one h1
// and skip no level; images, drawings, form fields and tables can be read
// aloud; nothing runs or styles inline, and no resource comes from elsewhere.
// Everywhere: each internal link and each anchor leads somewhere; CSS and SVG
// fetch nothing from elsewhere; JSON and XML parse; CSV is rectangular and
// holds nothing that a spreadsheet would run; text is UTF-8, without bidi
// controls; a file's name is one of a closed list; what an element (data-cifra) or a
// row (cifra, quota) says to be a figure of the survey, and what a file of answers by
// area has, is one that was published, with its number, and all that was published
// stands somewhere; weights are within their budget.
//
// A page under [Rules.Asides] (a short link, a choice, an embedded card) stands
// beside another: it must be noindex and lead on, and is free of the rules on
// uniqueness and headings.
package verify

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"mappa/internal/diag"
)

// Rules are what the gates need to know of a site.
type Rules struct {
	Origin  string   // https://www.example.it, where the site will live
	Asides  []string // patterns of pages that stand beside others: c/**
	Budgets []Budget // the first whose pattern fits a file counts for it
	// Figures are the figures of the survey that were published: by key, the numbers
	// that may stand under it. Every one must stand somewhere.
	Figures map[string][]float64
	// Survey are patterns of the pages that speak of the survey: every per cent there
	// says where it comes from, but for Words, which hold one that is no figure.
	Survey []string
	Words  []string
	// Tables are patterns of those of them in whose tables and charts every number is a
	// figure, but for differences, which have a sign.
	Tables []string
	// Answers are patterns of the JSON files that have figures of the survey by area.
	Answers []string
	// Names are patterns of all that a file may be called, its folders aside, or, with
	// a slash, its whole path: a name tells nothing that the list does not know of. nil:
	// any.
	Names []string
}

// Budget bounds the weight of the files under a pattern, in bytes. A pattern is
// one of path.Match; ** at its end stands for whatever follows. A bound of 0 is
// none.
type Budget struct {
	Pattern string
	Name    string // of the kind of page, for messages: Comune
	Raw     int    // as it lies in the tree
	Brotli  int    // as it travels
	Visit   int    // HTML only: the page and all it loads at once, as it travels
}

// Gates holds the facts of a tree. Make one with [New]; Add may be called from
// several goroutines.
type Gates struct {
	rules   Rules
	figures map[string]*published
	words   []string // Rules.Words with plain blanks, the longest first

	mu     sync.Mutex
	found  []diag.Problem
	files  map[string]int // weight as it travels; 0 where it was not measured
	pages  []*page
	links  map[string]*link // by absolute address with fragment: /comuni/roma/#sito
	loads  map[string][]load
	heavy  []*heap          // parallel to Rules.Budgets
	idents map[string]int32 // ids are mostly the same on all pages: kept as numbers
}

// page is what is kept of an HTML file.
type page struct {
	path        string
	aside       bool
	lang        string
	title       fact
	description fact
	canonical   fact
	alternates  []alternate
	alternateAt position
	ids         []int32 // sorted
	loads       []load
}

// fact is a text of the page's head and where it stands; the zero fact is none.
type fact struct {
	text string
	at   position
}

type position struct{ line, col int }

// link is an internal address and the first place, by file and position, that
// leads there.
type link struct {
	file string
	at   position
	off  int
}

// New makes empty gates.
func New(r Rules) *Gates {
	g := &Gates{rules: r, figures: newPublished(r.Figures), files: map[string]int{}, links: map[string]*link{},
		loads: map[string][]load{}, idents: map[string]int32{}}
	for _, w := range r.Words {
		g.words = append(g.words, oneSpace.Replace(w))
	}
	slices.SortFunc(g.words, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	for range r.Budgets {
		g.heavy = append(g.heavy, new(heap))
	}
	return g
}

// Add takes the facts from a file.
func (g *Gates) Add(name string, data []byte) {
	d := &document{gates: g, path: name, data: data}
	d.name()
	d.text()
	switch path.Ext(name) {
	case ".html":
		d.html()
	case ".css":
		d.css()
	case ".svg":
		d.svg()
	case ".xml", ".atom", ".rdf":
		d.xml()
	case ".json", ".geojson", ".topojson", ".webmanifest", ".jsonld":
		d.json(data, 0)
	case ".csv":
		d.csv()
	}
	if path.Ext(name) != ".html" {
		d.origins(data, 0)
	}
	weight := travels(name, data)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.files[name] = weight
	g.found = append(g.found, d.found...)
	for _, l := range d.links {
		g.link(d, l)
	}
	if len(d.loads) > 0 && d.page == nil {
		g.loads[name] = d.loads
	}
	if d.page != nil {
		d.page.ids = g.numbered(d.ids)
		d.page.loads = d.loads
		g.pages = append(g.pages, d.page)
	}
	g.weigh(name, data)
}

// Check compares the facts of all files and adds what is wrong to list.
func (g *Gates) Check(list *diag.List) {
	g.mu.Lock()
	defer g.mu.Unlock()
	slices.SortFunc(g.pages, func(a, b *page) int { return cmp.Compare(a.path, b.path) })
	byPath := make(map[string]*page, len(g.pages))
	for _, p := range g.pages {
		byPath[p.path] = p
	}
	all := slices.Concat(g.found, g.deadLinks(byPath), g.heads(byPath), g.weights(), g.nowhere())
	for _, p := range gathered(all) {
		list.Add(p)
	}
}

// gathered shortens what a template repeats on thousands of pages: of problems
// with the same text the first few stay, and the last of them says how many
// more there are.
func gathered(all []diag.Problem) (out []diag.Problem) {
	const few = 3 // shows which pages they are
	slices.SortFunc(all, func(a, b diag.Problem) int {
		return cmp.Or(cmp.Compare(a.Text, b.Text), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
	})
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].Text == all[0].Text {
			n++
		}
		same := all[:n]
		all = all[n:]
		if n > few+1 {
			same = slices.Clone(same[:few])
			more := fmt.Sprintf("the same in %d more places", n-few)
			if same[few-1].Hint != "" {
				more = same[few-1].Hint + "; " + more
			}
			same[few-1].Hint = more
		}
		out = append(out, same...)
	}
	return out
}

// numbered gives each id its number; the caller holds the lock.
func (g *Gates) numbered(ids []ident) []int32 {
	out := make([]int32, 0, len(ids))
	for _, id := range ids {
		n, ok := g.idents[id.name]
		if !ok {
			n = int32(len(g.idents))
			g.idents[id.name] = n
		}
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

// fits reports whether a pattern fits a path.
func fits(pattern, name string) bool {
	if stem, ok := strings.CutSuffix(pattern, "**"); ok {
		n := strings.Count(stem, "/")
		parts := strings.SplitN(name, "/", n+1)
		if len(parts) <= n {
			return false
		}
		pattern, name = strings.TrimSuffix(stem, "/"), strings.Join(parts[:n], "/")
		if n == 0 {
			return true
		}
	}
	ok, err := path.Match(pattern, name)
	return ok && err == nil
}

func fitsAny(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return fits(p, name) })
}
