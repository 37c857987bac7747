package atlas

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"mappa/internal/diag"
)

// holder is a place that has an address.
type holder struct {
	kind, key, name, suffix string
	slug                    *string
}

// space says which kinds share one folder of addresses: ended Comuni keep
// theirs among the living.
func space(kind string) string {
	if kind == KindEnded {
		return KindComune
	}
	return kind
}

// holders are all places with an address, in the order of the file.
func (a *Atlas) holders() []holder {
	var out []holder
	for i := range a.Comuni {
		c := &a.Comuni[i]
		out = append(out, holder{KindComune, c.Cadastral, c.Name, c.Cadastral, &c.Slug})
	}
	for i := range a.Ended {
		e := &a.Ended[i]
		out = append(out, holder{KindEnded, e.Cadastral, e.Name, e.Cadastral, &e.Slug})
	}
	for i := range a.Units {
		u := &a.Units[i]
		out = append(out, holder{KindUnit, u.Code, u.Name, u.Code, &u.Slug})
	}
	for i := range a.Regions {
		r := &a.Regions[i]
		out = append(out, holder{KindRegion, r.Code, r.Name, r.Code, &r.Slug})
	}
	for i := range a.Ripartizioni {
		r := &a.Ripartizioni[i]
		out = append(out, holder{KindRip, r.Code, r.Name, r.Code, &r.Slug})
	}
	for _, s := range a.Schemes {
		for i := range s.Classes {
			c := &s.Classes[i]
			out = append(out, holder{KindClass, fmt.Sprintf("%s/%d-%d", s.ID, c.Over, c.UpTo), c.Slug, s.ID, &c.Slug})
		}
	}
	return out
}

// ProposeSlugs returns the lines that the table of addresses lacks, in the
// order in which they are to be appended. An address is the name in ASCII;
// where places of one folder share a name, each that has no address yet takes
// its code as a suffix, and the bare name is left to a page of choices. Lines
// that exist are never changed.
func ProposeSlugs(existing []SlugLine, a *Atlas) []SlugLine {
	has, taken, sharing := map[[2]string]bool{}, map[[2]string]bool{}, map[[2]string]int{}
	for _, l := range existing {
		has[[2]string{space(l.Kind), l.Key}] = true
		taken[[2]string{space(l.Kind), l.Slug}] = true
	}
	all := a.holders()
	for _, h := range all {
		sharing[[2]string{space(h.kind), Slugify(h.name)}]++
	}
	var out []SlugLine
	for _, h := range all {
		in := space(h.kind)
		if has[[2]string{in, h.key}] {
			continue
		}
		slug := Slugify(h.name)
		if bare := [2]string{in, slug}; slug == "" || taken[bare] || sharing[bare] > 1 {
			slug = strings.TrimPrefix(slug+"-"+strings.ToLower(h.suffix), "-")
		}
		for taken[[2]string{in, slug}] {
			slug += "-bis"
		}
		taken[[2]string{in, slug}] = true
		out = append(out, SlugLine{Kind: h.kind, Key: h.key, Slug: slug})
	}
	return out
}

// addresses gives every place its address and checks the table of addresses.
func (b *builder) addresses() {
	file := b.in.SlugFile
	good := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	byKey, bySlug := map[[2]string]SlugLine{}, map[[2]string]SlugLine{}
	for _, l := range b.in.Slugs {
		at := func(text, hint string) { b.list.Add(diag.Problem{File: file, Line: l.Line, Text: text, Hint: hint}) }
		if !good.MatchString(l.Slug) {
			at(fmt.Sprintf("%q is not an address, want small letters, digits and single hyphens", l.Slug), "")
		}
		key, slug := [2]string{space(l.Kind), l.Key}, [2]string{space(l.Kind), l.Slug}
		if first, twice := byKey[key]; twice && first.Slug != l.Slug {
			at(fmt.Sprintf("the address of %s %s is changed from %q (line %d) to %q; addresses are for ever", l.Kind, l.Key, first.Slug, first.Line, l.Slug), "delete this line")
			continue
		} else if twice {
			at(fmt.Sprintf("%s %s stands twice, first on line %d", l.Kind, l.Key, first.Line), "delete this line")
			continue
		}
		if first, twice := bySlug[slug]; twice {
			at(fmt.Sprintf("the address %q belongs to %s %s already (line %d)", l.Slug, first.Kind, first.Key, first.Line), "add the code to the newer of the two: "+l.Slug+"-"+strings.ToLower(l.Key))
		}
		byKey[key], bySlug[slug] = l, l
	}
	b.NewSlugs = ProposeSlugs(b.in.Slugs, b.Atlas)
	for _, l := range b.NewSlugs {
		byKey[[2]string{space(l.Kind), l.Key}] = l
	}
	for _, h := range b.holders() {
		l := byKey[[2]string{space(h.kind), h.key}]
		if h.kind == KindClass && l.Line > 0 && l.Slug != h.name {
			b.list.Add(diag.Problem{File: b.in.SchemeFile, Line: b.classLine(h.key),
				Text: fmt.Sprintf("the address of the class is changed from %q (%s:%d) to %q; addresses are for ever", l.Slug, file, l.Line, h.name),
				Hint: fmt.Sprintf("want indirizzo: %s", l.Slug)})
		}
		*h.slug = l.Slug
	}
}

func (b *builder) classLine(key string) int {
	for _, s := range b.Schemes {
		for _, c := range s.Classes {
			if key == fmt.Sprintf("%s/%d-%d", s.ID, c.Over, c.UpTo) {
				return c.Line
			}
		}
	}
	return 0
}

// Choice is a page on which a reader chooses between Comuni of one name.
type Choice struct {
	Slug, Name string
	Comuni     []int // indexes in Atlas.Comuni
	Ended      []int // indexes in Atlas.Ended
}

// Choices are the addresses that a name would have if several Comuni did not
// share it, in the order of the alphabet.
func (a *Atlas) Choices() []Choice {
	at, taken := map[string]int{}, map[string]bool{}
	var out []Choice
	add := func(name, slug string) *Choice {
		taken[slug] = true
		bare := Slugify(name)
		i, ok := at[bare]
		if !ok {
			i = len(out)
			at[bare] = i
			out = append(out, Choice{Slug: bare, Name: name})
		}
		return &out[i]
	}
	for i, c := range a.Comuni {
		choice := add(c.Name, c.Slug)
		choice.Comuni = append(choice.Comuni, i)
	}
	for i, e := range a.Ended {
		choice := add(e.Name, e.Slug)
		choice.Ended = append(choice.Ended, i)
	}
	out = slices.DeleteFunc(out, func(c Choice) bool { return taken[c.Slug] || len(c.Comuni)+len(c.Ended) < 2 })
	slices.SortFunc(out, func(x, y Choice) int { return strings.Compare(x.Slug, y.Slug) })
	return out
}
