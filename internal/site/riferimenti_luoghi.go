package site

import (
	"fmt"
	"slices"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/content"
	"mappa/internal/diag"
)

// scope is the Comuni that a reference speaks of. Of the indexes those that the
// author did not give are -1.
type scope struct {
	comuni               []int
	region, rip, unit, i int
	class                int
}

// italy reports whether no key narrows the scope.
func (s scope) italy() bool {
	return s.region < 0 && s.rip < 0 && s.unit < 0 && s.i < 0 && s.class < 0
}

// placeKeys are the keys that say where, class aside: an author gives one.
func placeKeys() []string { return []string{"regione", "ripartizione", "unita", "luogo"} }

// whereKeys are all keys that narrow a scope.
func whereKeys(more ...string) []string { return append(append(placeKeys(), "classe"), more...) }

// scope reads the keys that say where.
func (f figures) scope(r content.Ref) (scope, error) {
	s := scope{comuni: everyone(f.press), region: -1, rip: -1, unit: -1, i: -1, class: -1}
	given := ""
	for _, key := range placeKeys() {
		values := r.List(key)
		switch {
		case len(values) == 0:
			continue
		case len(values) > 1:
			return s, &content.Refusal{Key: key, Text: fmt.Sprintf("%q takes one place, here are %d", key, len(values))}
		case given != "":
			return s, &content.Refusal{Key: key, Text: fmt.Sprintf("%q and %q both say where, want one of them", given, key)}
		}
		given = key
		if err := f.narrow(&s, key, values[0]); err != nil {
			return s, err
		}
	}
	if err := f.narrowToClass(&s, r); err != nil {
		return s, err
	}
	if len(s.comuni) == 0 {
		return s, &content.Refusal{Key: "classe", Text: fmt.Sprintf("no Comune of class %q lies there", r.Arg("classe"))}
	}
	return s, nil
}

// narrow cuts the scope down to the place that a key names.
func (f figures) narrow(s *scope, key, typed string) error {
	a := f.Atlas
	var err error
	switch key {
	case "regione":
		s.region, err = findNamed(key, typed, len(a.Regions), func(i int) []string {
			x := a.Regions[i]
			return namesOf(x.Name, x.Other, append(x.Aliases, x.Slug))
		})
		if err == nil {
			s.comuni = a.Regions[s.region].Comuni
		}
	case "ripartizione":
		s.rip, err = findNamed(key, typed, len(a.Ripartizioni), func(i int) []string {
			return []string{a.Ripartizioni[i].Name, a.Ripartizioni[i].Slug}
		})
		if err == nil {
			s.comuni = a.Ripartizioni[s.rip].Comuni
		}
	case "unita":
		s.unit, err = findNamed(key, typed, len(a.Units), func(i int) []string {
			x := a.Units[i]
			return namesOf(x.Name, x.Other, append(x.Aliases, x.Slug))
		})
		if err == nil {
			s.comuni = a.Units[s.unit].Comuni
		}
	default:
		s.i, err = f.town(typed)
		if err == nil {
			s.comuni = []int{s.i}
		}
	}
	return err
}

// narrowToClass keeps the Comuni of a size class of the default scheme: the
// pages know no other.
func (f figures) narrowToClass(s *scope, r content.Ref) error {
	typed := r.Arg("classe")
	if typed == "" {
		return nil
	}
	classes := f.Atlas.Schemes[0].Classes
	k, err := findNamed("classe", typed, len(classes), func(i int) []string { return []string{classes[i].Slug, classes[i].Label} })
	if err != nil {
		return err
	}
	s.class = k
	var kept []int
	for _, i := range s.comuni {
		if f.Atlas.Comuni[i].Class[0] == k {
			kept = append(kept, i)
		}
	}
	s.comuni = kept
	return nil
}

func namesOf(name string, other []atlas.OtherName, more []string) []string {
	out := []string{name}
	for _, o := range other {
		out = append(out, o.Text)
	}
	out = append(out, longName(name, other))
	return append(out, more...)
}

// findNamed is the index of what bears the typed name, compared without regard
// to case, accents and kind of apostrophe.
func findNamed(key, typed string, n int, names func(i int) []string) (int, error) {
	want := atlas.Fold(typed)
	var all []string
	for i := range n {
		for _, name := range names(i) {
			if atlas.Fold(name) == want {
				return i, nil
			}
		}
		all = append(all, names(i)[0])
	}
	return -1, &content.Refusal{Key: key, Text: fmt.Sprintf("there is no %s %q", key, typed), Hint: diag.DidYouMean(typed, all)}
}

// town is the Comune of a name, "Samone" or "Samone (TN)", by the names that are
// in use today.
func (f figures) town(typed string) (int, error) {
	name, plate := strings.TrimSpace(typed), ""
	if bare, rest, ok := strings.Cut(name, "("); ok && strings.HasSuffix(rest, ")") {
		name, plate = strings.TrimSpace(bare), strings.TrimSpace(strings.TrimSuffix(rest, ")"))
	}
	var today, former []int
	for _, m := range f.Atlas.ByName(name, "") {
		c := f.Atlas.Comuni[m.Comune]
		switch {
		case plate != "" && !strings.EqualFold(c.Plate, plate):
		case m.Alias == 0 || m.Alias == atlas.OtherLanguage || m.Alias == atlas.Bilingual:
			today = append(today, m.Comune)
		default:
			former = append(former, m.Comune)
		}
	}
	if len(today) == 1 {
		return today[0], nil
	}
	no := &content.Refusal{Key: "luogo", Text: fmt.Sprintf("there is no Comune %q", typed)}
	switch {
	case len(today) > 1:
		no.Text = fmt.Sprintf("%d Comuni are called %q", len(today), name)
		no.Hint = "write " + strings.Join(f.withPlates(today), " or ")
	case len(former) > 0:
		no.Hint = "today it is " + strings.Join(f.withPlates(former), " or ")
	default:
		no.Hint = diag.DidYouMean(name, f.townNames())
	}
	return -1, no
}

func (f figures) withPlates(comuni []int) []string {
	var out []string
	for _, i := range comuni {
		out = append(out, fmt.Sprintf("%q", f.Atlas.Comuni[i].Name+" ("+f.Atlas.Comuni[i].Plate+")"))
	}
	return slices.Compact(out)
}

func (f figures) townNames() []string {
	out := make([]string, len(f.Atlas.Comuni))
	for i, c := range f.Atlas.Comuni {
		out[i] = c.Name
	}
	return out
}
