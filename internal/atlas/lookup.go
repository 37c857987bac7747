package atlas

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"mappa/internal/diag"
)

// naming is a name under which a Comune is found.
type naming struct {
	comune int
	text   string
	kind   AliasKind // 0 for its Italian name
	until  Date
}

func (s Span) holds(at Date) bool { return at == 0 || s.From <= at && at <= s.To }

func (b *builder) indexNames() {
	b.look.names, b.look.bearers = make(map[string][]naming, len(b.Comuni)*2), make(map[string][]int, len(b.look.history.spans))
	b.look.comuni = make([][]string, len(b.Comuni))
	for i, c := range b.Comuni {
		add := func(n naming) { f := Fold(n.text); b.look.names[f] = append(b.look.names[f], n) }
		add(naming{i, c.Name, 0, 0})
		for _, a := range c.Aliases {
			add(naming{i, a.Text, a.Kind, a.Until})
		}
		prefixes := []string{b.Units[c.Unit].Prefix}
		for _, s := range c.Codes {
			if p := prefix(s.ISTAT); !slices.Contains(prefixes, p) {
				prefixes = append(prefixes, p)
			}
		}
		b.look.comuni[i] = prefixes
	}
	for i, s := range b.look.history.spans {
		f := Fold(s.Name)
		b.look.bearers[f] = append(b.look.bearers[f], i)
	}
}

// bearersAt are the spans of a code at a date.
func (a *Atlas) bearersAt(istat string, at Date) []Bearer {
	var out []Bearer
	for _, i := range a.look.history.byCode[istat] {
		if s := a.look.history.spans[i]; s.holds(at) {
			out = append(out, s)
		}
	}
	return out
}

// CodeBearers are all Comuni, living or ended, that have borne the ISTAT code,
// in the order of time. A code that the shipped files do not know gives none.
func (a *Atlas) CodeBearers(istat string) []Bearer { return a.bearersAt(istat, 0) }

// NameBearers are all Comuni, living or ended, that have borne the name, given
// folded by [Fold], in the order of the code they bore it under and of time.
func (a *Atlas) NameBearers(folded string) []Bearer {
	var out []Bearer
	for _, i := range a.look.bearers[folded] {
		out = append(out, a.look.history.spans[i])
	}
	return out
}

// Codes are all ISTAT codes on record that lead to a place, sorted.
func (a *Atlas) Codes() []string {
	var out []string
	for code := range a.look.history.byCode {
		out = append(out, code)
	}
	slices.Sort(out)
	return out
}

// ByISTAT are the Comuni that bore the code at the date, or into which its
// bearers have certainly merged since, sorted. Date 0 asks for any time.
func (a *Atlas) ByISTAT(code string, at Date) []int {
	var out []int
	for _, s := range a.bearersAt(code, at) {
		if s.Comune >= 0 {
			out = append(out, s.Comune)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// ByCadastral is the Comune of a cadastral code, in either case. An ended
// Comune's code leads to its certain successor, and successor says so.
func (a *Atlas) ByCadastral(code string) (comune int, successor, ok bool) {
	code = strings.ToUpper(code)
	if i, ok := a.look.cad[code]; ok {
		return i, false, true
	}
	for _, at := range a.look.history.byCad[code] {
		if s := a.look.history.spans[at]; s.Comune >= 0 {
			return s.Comune, true, true
		}
	}
	return -1, false, false
}

// ByIPA is ByCadastral for an id of the Indice PA, whose Comuni are c_h501. Ids
// of another form are not known here.
func (a *Atlas) ByIPA(id string) (comune int, successor, ok bool) {
	cad, is := strings.CutPrefix(strings.ToLower(id), "c_")
	if !is {
		return -1, false, false
	}
	return a.ByCadastral(cad)
}

// EndedByCadastral is the index in Ended of a suppressed Comune with a page.
func (a *Atlas) EndedByCadastral(code string) (int, bool) {
	i, ok := a.look.ended[strings.ToUpper(code)]
	return i, ok
}

// UnitByCode is the unit with the UTS code, 201, or with the prefix of ISTAT
// codes, 001.
func (a *Atlas) UnitByCode(code string) (int, bool) {
	if i, ok := a.look.unit[code]; ok {
		return i, true
	}
	i := slices.IndexFunc(a.Units, func(u Unit) bool { return u.Prefix == code })
	return i, i >= 0
}

// Trace is the Comune that the bearer of an ISTAT code at a date has become by
// the display date. Where two bore it about that date they must have become the
// same one.
func (a *Atlas) Trace(code string, at Date) (comune int, ok bool) {
	of := a.bearersAt(code, at)
	comune = -1
	for _, s := range of {
		if s.Comune < 0 || comune >= 0 && comune != s.Comune {
			return -1, false
		}
		comune = s.Comune
	}
	return comune, comune >= 0
}

// Shapes are the ISTAT codes of shapes at the date of the lines.
type Shapes struct {
	Codes   []string
	Date    Date
	Where   func(i int) diag.Problem // where shape i is, and for -1 the file, with Text left empty
	Partial bool                     // there are more, which could not be read
}

// Regroup maps shapes to the Comuni of the display date: -1 for a shape that
// belongs to none. Problems: a code that nobody bore at the date, a code twice, a
// shape without a Comune, a Comune without a shape; but none that a fault of the
// lines or of the territory, which was reported, may be the reason of.
func (a *Atlas) Regroup(s Shapes, list *diag.List) []int {
	at := s.Date
	out, drawn := make([]int, len(s.Codes)), make([]bool, len(a.Comuni))
	first := map[string]int{}
	report := func(i int, hint, format string, args ...any) {
		p := s.Where(i)
		p.Text, p.Hint = fmt.Sprintf(format, args...), hint
		list.Add(p)
	}
	for i, code := range s.Codes {
		out[i] = -1
		if was, twice := first[code]; twice {
			p := s.Where(was)
			report(i, "keep one shape for each code", "two shapes bear the code %q, the first is %s", code, cmp.Or(p.Record, p.Place()))
			continue
		}
		first[code] = i
		comune, ok := a.Trace(code, at)
		switch {
		case ok:
			out[i], drawn[comune] = comune, true
		case a.doubt.Of(code):
		case len(a.bearersAt(code, at)) == 0:
			report(i, a.hintCode(code), "the code %q was nobody's on %s", code, at)
		default:
			report(i, "add the variation that leads from it to its successor", "the shape of %s, code %q on %s, belongs to no one Comune of %s",
				a.bearersAt(code, at)[0].Name, code, at, a.Display)
		}
	}
	for i, c := range a.Comuni {
		if !drawn[i] && !s.Partial && !a.doubt.Of(c.ISTAT, c.Cadastral) {
			report(-1, "add the shape, or the variation that the Comune came from", "%s, code %q, has no shape", c.Name, c.ISTAT)
		}
	}
	return out
}

// hintCode says when a code was in use, or which one is near.
func (a *Atlas) hintCode(code string) string {
	of := a.CodeBearers(code)
	if len(of) == 0 {
		return "it is on no list; look for a lost digit"
	}
	var said []string
	for _, s := range of {
		when := "until " + s.To.String()
		if s.To == Forever {
			when = "since " + s.From.String()
		}
		said = append(said, s.Name+" bore it "+when)
	}
	return strings.Join(said, ", ")
}
