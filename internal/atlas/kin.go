package atlas

import (
	"cmp"
	"slices"
	"strings"
)

// kinship is what became of Comuni: found once, asked often.
type kinship struct {
	ended    map[string][]Event // by old cadastral code, until the display date
	cameFrom map[string][]Event // by new cadastral code, after the display date
	starts   map[Date][]string  // cadastral codes whose record begins anew on a day
	known    map[string]fate
}

// fate is what a Comune became by the display date.
type fate struct {
	comuni  []int // sorted; several are candidates
	certain bool  // one Comune, and a source says so
}

// one is the Comune that carries on for certain, or -1.
func (f fate) one() int {
	if f.certain && len(f.comuni) == 1 {
		return f.comuni[0]
	}
	return -1
}

// kinship works out the fate of every Comune on record.
func (b *builder) kinship() {
	k := &b.kin
	k.ended, k.cameFrom, k.starts, k.known = map[string][]Event{}, map[string][]Event{}, map[Date][]string{}, map[string]fate{}
	for _, e := range b.Events {
		switch {
		case e.OldCadastral == e.NewCadastral:
		case e.To <= b.Display && e.Kind.ends():
			k.ended[e.OldCadastral] = append(k.ended[e.OldCadastral], e)
		case e.To > b.Display && (e.Kind == Merger || e.Kind == Institution):
			k.cameFrom[e.NewCadastral] = append(k.cameFrom[e.NewCadastral], e)
		}
	}
	for _, r := range b.in.Archive.Records {
		if r.Cadastral != "" {
			k.starts[r.From] = append(k.starts[r.From], r.Cadastral)
		}
	}
	for i := range b.look.history.spans {
		s := &b.look.history.spans[i]
		f := fate{}
		if s.Cadastral != "" {
			f = b.become(s.Cadastral, nil)
		}
		if s.Comune = f.one(); s.Comune < 0 {
			s.Candidates = f.comuni
		} else {
			s.Living = b.Comuni[s.Comune].Cadastral == s.Cadastral
		}
	}
}

// become is the fate of a Comune. trail holds the Comuni on the way to it, so
// that records which lead back to themselves come to an end.
func (b *builder) become(cad string, trail []string) fate {
	if i, ok := b.look.cad[cad]; ok {
		return fate{[]int{i}, true}
	}
	if f, ok := b.kin.known[cad]; ok {
		return f
	}
	if slices.Contains(trail, cad) {
		return fate{}
	}
	trail = append(trail, cad)
	var next []string
	certain := true
	if events := b.kin.ended[cad]; len(events) > 0 {
		last := events[len(events)-1].To
		for _, e := range events {
			if e.To == last {
				next = append(next, e.NewCadastral)
			}
		}
	} else if events := b.kin.cameFrom[cad]; len(events) > 0 {
		for _, e := range events {
			next = append(next, e.OldCadastral)
		}
	} else {
		next, certain = b.heirs(cad), false
	}
	slices.Sort(next)
	var f fate
	for _, n := range slices.Compact(next) {
		heir := b.become(n, trail)
		certain = certain && heir.certain
		f.comuni = append(f.comuni, heir.comuni...)
	}
	slices.Sort(f.comuni)
	f.comuni = slices.Compact(f.comuni)
	f.certain = certain && len(f.comuni) == 1
	if len(trail) == 1 {
		b.kin.known[cad] = f
	}
	return f
}

// heirs are the Comuni of the same unit whose archive record begins anew on the
// day after this one ended: the archive opens a record when an extent changes,
// but does not say to whom the ended Comune went.
func (b *builder) heirs(cad string) []string {
	of := b.look.history.byCad[cad]
	last := b.look.history.spans[slices.MaxFunc(of, func(x, y int) int {
		return cmp.Compare(b.look.history.spans[x].To, b.look.history.spans[y].To)
	})]
	if last.To == Forever {
		return nil
	}
	day := last.To.AddDays(1)
	var out []string
	for _, heir := range b.kin.starts[day] {
		if heir != cad && b.borneOn(heir, day, prefix(last.ISTAT)) {
			out = append(out, heir)
		}
	}
	return out
}

func (b *builder) borneOn(cad string, day Date, prefix string) bool {
	return slices.ContainsFunc(b.look.history.byCad[cad], func(i int) bool {
		s := b.look.history.spans[i]
		return strings.HasPrefix(s.ISTAT, prefix) && s.From <= day && day <= s.To
	})
}
