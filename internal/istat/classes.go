package istat

import (
	"fmt"
	"path"
	"strconv"

	"mappa/internal/atlas"
	"mappa/internal/diag"
)

// schemes reads the size-class schemes.
func (r reader) schemes(in input) (string, []atlas.Scheme) {
	if in.glob == "" {
		return "", nil
	}
	name := path.Join(r.root, in.glob)
	return name, schemes(yamlFile(r.fsys, name, r.list), name, r.list)
}

func schemes(n *node, name string, list *diag.List) []atlas.Scheme {
	if n == nil {
		return nil
	}
	at := func(n *node, text, hint string) {
		list.Add(diag.Problem{File: name, Line: n.line, Col: n.col, Text: text, Hint: hint})
	}
	if n.kind != sequence {
		at(n, fmt.Sprintf("%s here, want %s", n.kind, sequence), "begin each scheme with - id:")
		return nil
	}
	var out []atlas.Scheme
	for _, item := range n.items {
		if !(shape{want: []string{"id", "titolo", "classi"}}).check(item, name, list) {
			continue
		}
		s := atlas.Scheme{ID: item.at("id"), Title: item.at("titolo"), Line: item.line}
		classes := item.fields["classi"]
		if classes.kind != sequence {
			at(classes, fmt.Sprintf("%s here, want %s", classes.kind, sequence), "begin each class with a hyphen")
			continue
		}
		for _, c := range classes.items {
			if !(shape{want: []string{"oltre", "nome", "indirizzo"}, may: []string{"fino_a"}}).check(c, name, list) {
				continue
			}
			s.Classes = append(s.Classes, atlas.Class{Over: residents(c, "oltre", at), UpTo: residents(c, "fino_a", at),
				Label: c.at("nome"), Slug: c.at("indirizzo"), Line: c.line})
		}
		out = append(out, s)
	}
	return out
}

// residents reads a number of residents written in digits, 0 when there is none.
func residents(n *node, key string, at func(n *node, text, hint string)) int {
	f := n.fields[key]
	if f == nil {
		return 0
	}
	v, err := strconv.Atoi(f.text)
	if err != nil || !isDigits(f.text) {
		at(f, fmt.Sprintf("%q is not a number of residents, want digits only", f.text), "")
	}
	return v
}
