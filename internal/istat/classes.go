package istat

import (
	"path"

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
	Over  int    `yaml:"oltre,required"`
	UpTo  int    `yaml:"fino_a"` // 0: no end
	Label string `yaml:"nome,required"`
	Slug  string `yaml:"indirizzo,required"`
}

// schemes reads the size-class schemes.
func (r reader) schemes(in single) (string, []atlas.Scheme) {
	if in.File.Text == "" {
		return "", nil
	}
	name := path.Join(r.root, in.File.Text)
	var read []scheme
	yamlfile.Read(r.fsys, name, &read, r.list)
	out := make([]atlas.Scheme, len(read))
	for i, s := range read {
		out[i] = atlas.Scheme{ID: s.ID, Title: s.Title, Line: s.Line}
		for _, c := range s.Classes {
			out[i].Classes = append(out[i].Classes, atlas.Class{Over: c.Over, UpTo: c.UpTo, Label: c.Label, Slug: c.Slug, Line: c.Line})
		}
	}
	return name, out
}
