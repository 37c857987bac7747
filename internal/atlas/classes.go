package atlas

import (
	"fmt"
	"slices"

	"mappa/internal/diag"
)

// classes checks the size-class schemes and puts every Comune into one class of
// each: the lower edge is outside, the upper inside.
func (b *builder) classes() {
	checkSchemes(b.in.Schemes, b.in.SchemeFile, b.list)
	for _, s := range b.in.Schemes {
		s.Classes = slices.Clone(s.Classes)
		b.Schemes = append(b.Schemes, s)
	}
	for i := range b.Comuni {
		c := &b.Comuni[i]
		c.Class = make([]int, len(b.Schemes))
		for j := range b.Schemes {
			k := b.Schemes[j].Find(c.Residents)
			c.Class[j] = k
			if k >= 0 {
				b.Schemes[j].Classes[k].Comuni = append(b.Schemes[j].Classes[k].Comuni, i)
			}
		}
	}
}

// Find is the index of the class that so many residents fall in, -1 for 0,
// which is not known, and for what no class holds.
func (s Scheme) Find(residents int) int {
	return slices.IndexFunc(s.Classes, func(c Class) bool {
		return residents > c.Over && (residents <= c.UpTo || c.UpTo == 0)
	})
}

func checkSchemes(schemes []Scheme, file string, list *diag.List) {
	ids, slugs := map[string]bool{}, map[string]bool{}
	for _, s := range schemes {
		at := func(line int, text, hint string) {
			list.Add(diag.Problem{File: file, Line: line, Text: text, Hint: hint})
		}
		if ids[s.ID] {
			at(s.Line, fmt.Sprintf("the scheme %q stands twice", s.ID), "delete or rename one")
		}
		ids[s.ID] = true
		if len(s.Classes) == 0 {
			at(s.Line, fmt.Sprintf("the scheme %q has no classes", s.ID), "")
			continue
		}
		edge := 0
		for i, c := range s.Classes {
			if slugs[c.Slug] {
				at(c.Line, fmt.Sprintf("the address %q belongs to two classes", c.Slug), "choose another, in all schemes")
			}
			slugs[c.Slug] = true
			switch {
			case i > 0 && edge == 0:
				at(c.Line, "a class follows the one without upper edge", "give fino_a to the class before, or delete this one")
			case c.Over > edge:
				at(c.Line, fmt.Sprintf("the scheme %q has a gap: residents over %d up to %d fall in no class", s.ID, edge, c.Over), fmt.Sprintf("want oltre: %d", edge))
			case c.Over < edge:
				at(c.Line, fmt.Sprintf("the scheme %q overlaps: residents over %d up to %d fall in two classes", s.ID, c.Over, edge), fmt.Sprintf("want oltre: %d", edge))
			case c.UpTo != 0 && c.UpTo <= c.Over:
				at(c.Line, fmt.Sprintf("the class is empty: over %d and up to %d", c.Over, c.UpTo), "")
			}
			edge = c.UpTo
		}
		if edge != 0 {
			at(s.Classes[len(s.Classes)-1].Line, fmt.Sprintf("the scheme %q has a gap: residents over %d fall in no class", s.ID, edge), "leave fino_a out of the last class")
		}
	}
}
