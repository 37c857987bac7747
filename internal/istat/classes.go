package istat

import (
	"fmt"
	"path"
	"strconv"

	"mappa/internal/atlas"
	"mappa/internal/yamlfile"
)

// scheme is a size-class scheme as it is written down.
type scheme struct {
	yamlfile.Place
	ID      string  `yaml:"id,required"`
	Title   string  `yaml:"titolo,required"`
	Classes []class `yaml:"classi,required"`
}

type class struct {
	yamlfile.Place
	Over  yamlfile.Word `yaml:"oltre,required"`
	UpTo  yamlfile.Word `yaml:"fino_a"` // empty: no end
	Label string        `yaml:"nome,required"`
	Slug  string        `yaml:"indirizzo,required"`
}

// schemes reads the size-class schemes. One with an edge that is no number is
// left out: its classes neither join nor overlap.
func (r reader) schemes(in single) (string, []atlas.Scheme) {
	if in.File.Text == "" {
		return "", nil
	}
	name := path.Join(r.root, in.File.Text)
	var read []scheme
	yamlfile.Read(r.fsys, name, &read, r.list)
	check := &yamlfile.Check{File: name, List: r.list}
	var out []atlas.Scheme
	for _, s := range read {
		x, good := atlas.Scheme{ID: s.ID, Title: s.Title, Line: s.Line}, true
		for _, c := range s.Classes {
			over, okOver := edge(check, c.Over)
			upTo, okUpTo := edge(check, c.UpTo)
			good = good && okOver && okUpTo && c.Over.Text != ""
			x.Classes = append(x.Classes, atlas.Class{Over: over, UpTo: upTo, Label: c.Label, Slug: c.Slug, Line: c.Line})
		}
		if good && len(x.Classes) > 0 {
			out = append(out, x)
		}
	}
	return name, out
}

// edge is a number of residents, 0 where none is given.
func edge(c *yamlfile.Check, w yamlfile.Word) (int, bool) {
	if w.Text == "" {
		return 0, true
	}
	n, err := strconv.Atoi(w.Text)
	if err != nil || !isDigits(w.Text) {
		c.At(w.Place, fmt.Sprintf("%q stands here, want a number in digits only", w.Text), "")
		return 0, false
	}
	return n, true
}
