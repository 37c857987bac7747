package atlas

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"mappa/internal/diag"
)

// lookup is what the Atlas finds places by.
type lookup struct {
	history history
	cad     map[string]int      // living Comuni by cadastral code
	ended   map[string]int      // index in Atlas.Ended by cadastral code
	unit    map[string]int      // units by UTS code
	names   map[string][]naming // by folded name
	bearers map[string][]int    // spans by folded name
	areas   map[string][]string // folded names and plates of a unit, by ISTAT prefix, whatever its time
	comuni  [][]string          // prefixes that each Comune's codes have had
	after   after
}

// builder holds what the steps of [New] share.
type builder struct {
	*Atlas
	in   Input
	set  Setting
	list *diag.List
	kin  kinship
}

// New brings what the files say to the display date. It reports whether the
// Atlas can be used; when not, list says why, and the Atlas is as complete as
// the files allow. What follows from a fault that the Input is in doubt of is
// not reported again.
func New(in Input, set Setting, all *diag.List) (*Atlas, bool) {
	list := all.Part()
	in.Doubt = in.Doubt.followed(sortEvents(in.Variations.Events))
	b := builder{Atlas: &Atlas{Display: set.Date, doubt: in.Doubt}, in: in, set: set, list: list}
	if len(in.Lists) == 0 {
		if !in.Doubt.Of() {
			list.Add(set.problem("there is no list of Comuni in force", "name one in the manifest"))
		}
		b.doubt.All()
		return b.Atlas, false
	}
	b.sources()
	checkEvents(in.Variations, list)
	standing := stateAt(in, b.Display, list)
	b.look.history = gather(in, list)
	b.areasAndComuni(standing)
	b.languages()
	b.kinship()
	b.afterwards()
	b.properNames()
	b.population()
	b.classes()
	b.ended()
	b.aliases()
	b.addresses()
	return b.Atlas, list.Len() == 0
}

// sources copies where the facts come from, and holds the display date to the
// time that the variations speak for.
func (b *builder) sources() {
	newest := b.in.Lists[len(b.in.Lists)-1]
	b.List, b.Population, b.Archive = newest.Source, b.in.Population.Source, b.in.Archive.Source
	b.Boundaries, b.BoundariesFile = b.in.Boundaries.Source, b.in.Boundaries.File
	b.Events = sortEvents(b.in.Variations.Events)
	v := b.in.Variations
	last := max(v.To, newest.Source.Date)
	if n := len(b.Events); n > 0 {
		last = max(last, b.Events[n-1].To)
	}
	b.Variations = v.Source
	b.Variations.Date = last
	if b.Display == 0 {
		b.Display = newest.Source.Date
	}
	if b.Display < v.From {
		b.list.Add(b.set.problem(fmt.Sprintf("the display date %s is too early: the variations begin on %s", b.Display, v.From),
			"choose a later date, or complete "+v.File))
	}
	if b.Display > last && !b.in.Doubt.any() {
		b.list.Add(b.set.problem(fmt.Sprintf("the display date %s is too late: list and variations are known until %s", b.Display, last),
			"choose an earlier date, or put in a newer list"))
	}
	for _, e := range b.Events {
		if e.From <= b.Display && b.Display < e.To {
			b.list.Note(b.set.problem(fmt.Sprintf("on %s it is not known whether %s (%s) is still: %s between %s and %s; it is shown as still there",
				b.Display, e.OldName, e.OldISTAT, e.Kind, e.From, e.To), ""))
		}
	}
}

// byNearness are the lists in the order in which they are believed: those of a
// date near the display date first, of two as near the newer.
func (b *builder) byNearness() []List {
	far := func(l List) float64 {
		return max(b.Display.Time().Sub(l.Source.Date.Time()), l.Source.Date.Time().Sub(b.Display.Time())).Hours()
	}
	out := slices.Clone(b.in.Lists)
	slices.Reverse(out)
	slices.SortStableFunc(out, func(x, y List) int {
		switch {
		case far(x) < far(y):
			return -1
		case far(x) > far(y):
			return 1
		}
		return 0
	})
	return out
}

// facts are what the lists say, each from the list nearest to the display date
// that says it.
type facts struct {
	area    map[string]*Place  // a row of each unit, by ISTAT prefix
	own     map[string]*Place  // a row of each Comune, by cadastral code
	fiscal  map[string]string  // fiscal code, by cadastral code
	capital map[string]Capital // by cadastral code
}

func (b *builder) facts() facts {
	f := facts{map[string]*Place{}, map[string]*Place{}, map[string]string{}, map[string]Capital{}}
	b.look.areas = map[string][]string{}
	for _, l := range b.byNearness() {
		for i := range l.Places {
			p := &l.Places[i]
			if f.area[p.Prefix] == nil {
				f.area[p.Prefix] = p
			}
			if f.own[p.Cadastral] == nil {
				f.own[p.Cadastral] = p
				f.capital[p.Cadastral] = p.Capital
			}
			if p.Capital == RegionCapital { // which the lists of the website do not say
				f.capital[p.Cadastral] = RegionCapital
			}
			if f.fiscal[p.Cadastral] == "" {
				f.fiscal[p.Cadastral] = p.FiscalCode
			}
			b.area(p)
		}
	}
	return f
}

// areasAndComuni lays out ripartizioni, regions, units and Comuni, each in the
// order of its code.
func (b *builder) areasAndComuni(standing state) {
	f := b.facts()
	codes := slices.Sorted(maps.Keys(standing))
	b.layAreas(codes, f.area)
	b.look.cad = make(map[string]int, len(codes))
	for _, code := range codes {
		stands := standing[code]
		area := f.area[prefix(code)]
		if area == nil && b.in.Doubt.Of(prefix(code), code, stands.cad) {
			continue
		}
		if area == nil {
			b.doubt.Row(0, 0, code, stands.cad, stands.name)
			b.list.Add(b.set.problem(fmt.Sprintf("no list of Comuni names the unit %q, to which %s (%s) belongs on %s", prefix(code), stands.name, code, b.Display),
				"add a list of about that date to the earlier lists"))
			continue
		}
		c := Comune{Cadastral: stands.cad, ISTAT: code, Name: stands.name, FiscalCode: f.fiscal[stands.cad], Plate: area.Plate, Capital: f.capital[stands.cad]}
		if own := f.own[stands.cad]; own != nil && own.Other != "" {
			c.Other = []OtherName{{Text: own.Other}}
		}
		b.place(c, area)
	}
}

func prefix(istat string) string { return istat[:min(len(istat), 3)] }

// area remembers what a unit has been called, for matching.
func (b *builder) area(p *Place) {
	known := b.look.areas[p.Prefix]
	for _, s := range append(strings.Split(p.UnitName, "/"), p.UnitName, p.Plate) {
		if f := Fold(s); f != "" && !slices.Contains(known, f) {
			known = append(known, f)
		}
	}
	b.look.areas[p.Prefix] = known
}

// place appends the Comune to the Atlas and to the areas it lies in.
func (b *builder) place(c Comune, area *Place) {
	i := len(b.Comuni)
	c.Unit = b.look.unit[area.Unit]
	c.Region = b.Units[c.Unit].Region
	c.Rip = b.Regions[c.Region].Rip
	b.look.cad[c.Cadastral] = i
	b.Comuni = append(b.Comuni, c)
	b.Units[c.Unit].Comuni = append(b.Units[c.Unit].Comuni, i)
	b.Regions[c.Region].Comuni = append(b.Regions[c.Region].Comuni, i)
	for r := range b.Ripartizioni {
		if rip := &b.Ripartizioni[r]; r == c.Rip || slices.Contains(rip.Parts, c.Rip) {
			rip.Comuni = append(rip.Comuni, i)
		}
	}
}
