package atlas

import (
	"slices"
	"strings"
)

// Unborn is a Comune that came to be after the display date.
type Unborn struct {
	Cadastral, ISTAT, Name string
	Born                   Date  // the first day on which it is sure to be
	Of                     []int // indexes in Atlas.Comuni: those that become it, or that it was split from
}

// after is what happens to Comuni after the display date.
type after struct {
	unborn map[string]Unborn // by cadastral code
	gone   map[int]Date      // Comuni in force: the first day on which they are surely no more
	grown  map[int][]Date    // Comuni in force: the days on which others join them
}

// afterwards goes through the variations later than the display date. One whose
// day is not known counts from the last day of its interval on, as everywhere.
func (b *builder) afterwards() {
	f := after{map[string]Unborn{}, map[int]Date{}, map[int][]Date{}}
	for _, e := range b.Events {
		if e.To <= b.Display || e.OldCadastral == e.NewCadastral {
			continue
		}
		old, stands := b.look.cad[e.OldCadastral]
		if stands && e.Kind.ends() {
			f.gone[old] = e.To
		}
		if is, living := b.look.cad[e.NewCadastral]; living {
			if e.Kind == Incorporation {
				f.grown[is] = append(f.grown[is], e.To)
			}
			continue
		}
		if e.Kind != Merger && e.Kind != Institution {
			continue
		}
		u, known := f.unborn[e.NewCadastral]
		if !known {
			u = Unborn{Cadastral: e.NewCadastral, ISTAT: e.NewISTAT, Name: e.NewName, Born: e.To}
		}
		if stands {
			u.Of = append(u.Of, old)
		}
		u.Of = append(u.Of, f.unborn[e.OldCadastral].Of...)
		slices.Sort(u.Of)
		u.Of = slices.Compact(u.Of)
		f.unborn[e.NewCadastral] = u
	}
	b.look.after = f
}

// Unborn is the Comune that a feed means and that is not yet one at the display
// date, by the first of code, IPA id and name that the feed gives. A name that a
// Comune in force bears too is that Comune's.
func (a *Atlas) Unborn(r Ref) (Unborn, bool) {
	if len(a.look.after.unborn) == 0 {
		return Unborn{}, false
	}
	if code, _ := sixDigits(r.ISTAT); code != "" {
		return a.oneUnborn(a.bearersAt(code, r.At))
	}
	if cad, is := strings.CutPrefix(strings.ToLower(r.IPA), "c_"); is {
		u, ok := a.look.after.unborn[strings.ToUpper(cad)]
		return u, ok
	}
	if placeholder(r.Name) || len(a.look.names[Fold(r.Name)]) > 0 {
		return Unborn{}, false
	}
	of := a.NameBearers(Fold(r.Name))
	if p := Fold(r.Province); a.knowsArea(p) {
		of = slices.DeleteFunc(of, func(s Bearer) bool { return !slices.Contains(a.look.areas[prefix(s.ISTAT)], p) })
	}
	return a.oneUnborn(of)
}

// UnbornByCadastral is the Comune of a cadastral code that is not yet one.
func (a *Atlas) UnbornByCadastral(code string) (Unborn, bool) {
	u, ok := a.look.after.unborn[strings.ToUpper(code)]
	return u, ok
}

// oneUnborn is the one Comune not yet born among bearers of a code or a name.
func (a *Atlas) oneUnborn(of []Bearer) (found Unborn, ok bool) {
	for _, s := range of {
		u, is := a.look.after.unborn[s.Cadastral]
		if !is || ok && u.Cadastral != found.Cadastral {
			return Unborn{}, false
		}
		found, ok = u, true
	}
	return found, ok
}

// Outlived reports whether a Comune in force at the display date is surely no
// more at a later one: it has ended in another by then.
func (a *Atlas) Outlived(comune int, at Date) bool {
	day, ends := a.look.after.gone[comune]
	return ends && day <= at
}

// Grown reports whether others have joined a Comune between the display date
// and a later one: what is counted of it then is of more than its extent.
func (a *Atlas) Grown(comune int, at Date) bool {
	return slices.ContainsFunc(a.look.after.grown[comune], func(day Date) bool { return day <= at })
}
