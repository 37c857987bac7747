package site

import (
	"slices"
	"sync"
	"testing"
	"testing/fstest"

	"mappa/internal/atlas"
	"mappa/internal/browsertest"
	"mappa/internal/diag"
	"mappa/internal/output"
)

// placesShown are the Comuni that the browser tests open. Their pages are
// written with those of their group, all others are left out.
var placesShown = []string{"suvereto", "bolzano", "roma", "reggio-nell-emilia"}

// nation is the real site as far as the browser tests open it, rendered once.
// A text that disagrees with the data is not their matter: it shows all the same.
var nation = sync.OnceValues(func() (fstest.MapFS, error) {
	in, _ := readShipped()
	in.Theme, _ = loadShippedTheme()
	tree := new(output.Memory)
	p, err := newPress(in, tree, new(diag.List))
	if err != nil {
		return nil, err
	}
	for _, f := range in.Theme.Files() {
		tree.Add(f.Path, f.Data)
	}
	for _, j := range p.jobsShown() {
		if err := j(); err != nil {
			return nil, err
		}
	}
	files := fstest.MapFS{}
	for _, path := range tree.Paths() {
		data, _ := tree.File(path)
		files[path] = &fstest.MapFile{Data: data}
	}
	return files, tree.Err()
})

// jobsShown are the jobs of the site without most of the Comuni.
func (p *press) jobsShown() []job {
	var out []job
	for _, kind := range []func() []job{p.areas, p.classes, p.indicators, p.questions, p.indices, p.objectives, p.cohorts, p.academy, p.lists, p.prose, p.reports, p.redirects} {
		out = append(out, kind()...)
	}
	comuni, done := p.comuni(), map[int]bool{}
	for _, slug := range placesShown {
		i := slices.IndexFunc(p.Atlas.Comuni, func(c atlas.Comune) bool { return c.Slug == slug })
		if k := i / group; !done[k] {
			done[k] = true
			out = append(out, comuni[k])
		}
	}
	return out
}

// serveNation answers with the real site until the test ends.
func serveNation(t testing.TB) string {
	t.Helper()
	realInputs(t)
	realTheme(t)
	files, err := nation()
	if err != nil {
		t.Fatal(err)
	}
	return browsertest.Serve(t, files)
}
