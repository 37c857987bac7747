package atlas

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"mappa/internal/diag"
)

// languages gives places their other names and says in which language each is:
// a line for the Comune wins over one for its unit, that over its region.
func (b *builder) languages() {
	lang := map[[2]string]string{}
	for _, l := range b.in.Aliases {
		if l.Name == "" {
			lang[[2]string{l.Kind, l.Key}] = l.Lang
		}
	}
	for i := range b.Regions {
		r := &b.Regions[i]
		setLang(r.Other, lang[[2]string{KindRegion, r.Code}])
	}
	for i := range b.Units {
		u := &b.Units[i]
		setLang(u.Other, cmp.Or(lang[[2]string{KindUnit, u.Code}], lang[[2]string{KindRegion, b.Regions[u.Region].Code}]))
	}
	for i := range b.Comuni {
		c := &b.Comuni[i]
		setLang(c.Other, cmp.Or(lang[[2]string{KindComune, c.Cadastral}], lang[[2]string{KindUnit, b.Units[c.Unit].Code}],
			lang[[2]string{KindRegion, b.Regions[c.Region].Code}]))
	}
	for _, l := range b.in.Aliases {
		if l.Name != "" {
			b.alias(l)
		}
	}
}

func setLang(names []OtherName, lang string) {
	for i := range names {
		names[i].Lang = lang
	}
}

// alias adds one curated name. A key that is not in force at the display date
// is passed over when another date knows it.
func (b *builder) alias(l AliasLine) {
	switch l.Kind {
	case KindRegion:
		if i := slices.IndexFunc(b.Regions, func(r Region) bool { return r.Code == l.Key }); i >= 0 {
			addName(&b.Regions[i].Other, &b.Regions[i].Aliases, l)
			return
		}
	case KindUnit:
		if i, ok := b.look.unit[l.Key]; ok {
			addName(&b.Units[i].Other, &b.Units[i].Aliases, l)
			p := b.Units[i].Prefix
			b.look.areas[p] = append(b.look.areas[p], Fold(l.Name))
			return
		}
		for _, list := range b.in.Lists {
			if slices.ContainsFunc(list.Places, func(p Place) bool { return p.Unit == l.Key }) {
				return
			}
		}
	case KindComune:
		if i, ok := b.look.cad[l.Key]; ok {
			var variants []string
			addName(&b.Comuni[i].Other, &variants, l)
			for _, v := range variants {
				b.Comuni[i].Aliases = append(b.Comuni[i].Aliases, Alias{Text: v, Kind: Variant})
			}
			return
		}
		if len(b.look.history.byCad[l.Key]) > 0 {
			return
		}
	}
	if b.in.Doubt.Of(l.Key) || l.Kind == KindComune && b.in.Doubt.OfKey(l.Key) {
		return
	}
	b.list.Add(diag.Problem{File: b.in.AliasFile, Line: l.Line, Text: fmt.Sprintf("%q is not the code of a known %s", l.Key, l.Kind),
		Hint: "want the cadastral code of a Comune, the UTS code of a unit or the code of a region"})
}

func addName(other *[]OtherName, variants *[]string, l AliasLine) {
	if l.Lang == "" {
		*variants = append(*variants, l.Name)
	} else if o := (OtherName{l.Name, l.Lang}); !slices.Contains(*other, o) {
		*other = append(*other, o)
	}
}

// properNames writes the archive's upper case as the lists and events write the
// same name, or else in Italian title case.
func (b *builder) properNames() {
	known := map[string]string{}
	note := func(cad, name string) {
		if k := cad + Fold(name); known[k] == "" {
			known[k] = name
		}
	}
	for _, l := range slices.Backward(b.in.Lists) {
		for _, p := range l.Places {
			note(p.Cadastral, p.Name)
		}
	}
	for _, e := range b.Events {
		note(e.OldCadastral, e.OldName)
		note(e.NewCadastral, e.NewName)
	}
	for i := range b.look.history.spans {
		s := &b.look.history.spans[i]
		if name := known[s.Cadastral+Fold(s.Name)]; name != "" {
			s.Name = name
		} else {
			s.Name = proper(s.Name)
		}
	}
}

// proper is a name as it is, unless it is in upper case.
func proper(name string) string {
	if strings.ToUpper(name) == name {
		return TitleCase(name)
	}
	return name
}

// aliases gathers every further name and code of each Comune, and indexes all
// names for [Atlas.ByName].
func (b *builder) aliases() {
	both := map[string]string{}
	for _, l := range b.in.Lists {
		for _, p := range l.Places {
			both[p.Cadastral] = p.Both
		}
	}
	for i := range b.Comuni {
		c := &b.Comuni[i]
		curated := c.Aliases
		c.Aliases = nil
		seen := map[string]bool{Fold(c.Name): true}
		add := func(a Alias) {
			if f := Fold(a.Text); f != "" && !seen[f] {
				seen[f] = true
				c.Aliases = append(c.Aliases, a)
			}
		}
		for j, o := range c.Other {
			add(Alias{Text: o.Text, Kind: OtherLanguage})
			if j == 0 && Fold(o.Text) != Fold(c.Name) {
				add(Alias{Text: c.Name + "/" + o.Text, Kind: Bilingual})
			}
		}
		add(Alias{Text: both[c.Cadastral], Kind: Bilingual})
		for _, a := range curated {
			add(a)
		}
		b.former(i, add)
	}
	b.indexNames()
}

// former adds the names and codes that history knows for Comune i.
func (b *builder) former(i int, add func(Alias)) {
	c := &b.Comuni[i]
	h := b.look.history
	own := h.byCad[c.Cadastral]
	for _, at := range slices.Backward(own) {
		s := h.spans[at]
		until := s.To
		if until == Forever {
			until = 0
		}
		add(Alias{Text: s.Name, Kind: Former, Until: until})
	}
	if len(own) > 0 {
		if from := h.spans[own[0]].From; from >= b.in.Archive.BirthFrom && !b.bornInDoubt(*c) {
			c.Born = from
		}
	}
	spans := slices.Clone(own)
	for _, cad := range c.Parts {
		for _, at := range slices.Backward(h.byCad[cad]) {
			s := h.spans[at]
			add(Alias{Text: s.Name, Kind: Absorbed, Until: s.To})
			spans = append(spans, at)
		}
	}
	c.Codes = codeSpans(h, spans)
}

// codeSpans joins spans that differ in name only, in the order of time.
func codeSpans(h history, spans []int) []Span {
	var out []Span
	slices.SortStableFunc(spans, func(a, b int) int {
		x, y := h.spans[a], h.spans[b]
		return cmp.Or(cmp.Compare(x.Cadastral, y.Cadastral), cmp.Compare(x.From, y.From))
	})
	for _, at := range spans {
		s := h.spans[at].Span
		if n := len(out); n > 0 && out[n-1].ISTAT == s.ISTAT && out[n-1].Cadastral == s.Cadastral && s.From <= out[n-1].To.AddDays(1) {
			out[n-1].To = max(out[n-1].To, s.To)
			continue
		}
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b Span) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.ISTAT, b.ISTAT)) })
	return out
}

// bornInDoubt says whether the day on which a merger made the Comune is not known.
func (b *builder) bornInDoubt(c Comune) bool {
	return slices.ContainsFunc(b.Events, func(e Event) bool {
		return e.NewCadastral == c.Cadastral && e.Kind == Merger && e.From != e.To
	})
}
