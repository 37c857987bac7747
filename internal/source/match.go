package source

import (
	"fmt"
	"slices"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/yamlfile"
)

// body is how a row names the one it is about.
type body struct {
	istat, ipa, name, province, cup string
}

// String is the body as the match report quotes it.
func (b body) String() string {
	var s []string
	for _, x := range []string{b.istat, b.ipa, b.name} {
		if x != "" {
			s = append(s, fmt.Sprintf("%q", x))
		}
	}
	return strings.Join(s, " ")
}

// How says by what a row was matched, or why it was left out though it was.
type How uint8

const (
	Plain         How = iota // by the ISTAT code at the date of the file; not in the report
	ByException              // the manifest says so: Match.Reason
	ByCodeAndName            // outvoting the IPA id, which is that of Match.Other
	ByCodeAlone              // neither IPA id nor name is known
	ByOtherCode              // by a code that Match.Bearer bore at another date
	ByIPAAndName             // outvoting the ISTAT code, which is that of Match.Other
	ByIPA
	ByName     // Match.Alias says which kind of name
	LeftNotYet // the Comune, Match.Unborn, is not yet one at the display date
	LeftNoMore // the Comune is no more on the day of the row
)

// Code is the way of matching as languages name it; "" for Plain.
func (h How) Code() string {
	return [...]string{"", "eccezione", "codice-e-nome", "codice-solo", "codice-di-altra-data", "ipa-e-nome", "ipa", "nome", "non-ancora", "non-piu"}[h]
}

// Match is a row that was not matched by plain code at the date of its file, or
// that was left out because its Comune was not, or not yet, one. What a How
// speaks of is in the field that its comment names; the others are empty.
type Match struct {
	Source, File string
	Line         int
	Found        string // what the row says: its code, IPA id and name
	Comune       int    // index in atlas.Atlas.Comuni, -1 for LeftNotYet
	How          How
	Other        int // index in atlas.Atlas.Comuni, -1 where How does not ask for it
	Reason       string
	Bearer       atlas.Bearer
	Alias        atlas.AliasKind
	Unborn       atlas.Unborn
}

// verdict is what the matcher found: a Comune, a reason to leave the row out,
// or a problem.
type verdict struct {
	comune int // -1 where there is none
	how    How
	other  int // -1 for none
	reason string
	bearer atlas.Bearer
	alias  atlas.AliasKind
	unborn atlas.Unborn

	out           bool
	exclude       Reason
	problem, hint string
}

// match is the line of the report that a verdict makes.
func (v verdict) match(source, file string, line int, b body) Match {
	return Match{Source: source, File: file, Line: line, Found: b.String(), Comune: v.comune, How: v.how, Other: v.other,
		Reason: v.reason, Bearer: v.bearer, Alias: v.alias, Unborn: v.unborn}
}

// lost are the Comuni of the display date that a list has rows of together, as
// the one that they have become since.
type lost map[int]bool

func (l lost) add(v verdict) {
	for _, c := range v.unborn.Of {
		l[c] = true
	}
}

// matcher finds the Comune of a body.
type matcher struct {
	atlas    *atlas.Atlas
	prefixes []string // what stands before the Comune's name: "Comune di"
	special  []special
	used     []bool // parallel to special
	byCode   map[string]int
}

func newMatcher(set setting, prefixes []word, exceptions []special) *matcher {
	m := &matcher{atlas: set.atlas, prefixes: yamlfile.Texts(prefixes), special: exceptions,
		used: make([]bool, len(exceptions)), byCode: make(map[string]int, len(set.atlas.Comuni))}
	for i, c := range set.atlas.Comuni {
		m.byCode[c.Cadastral] = i
	}
	return m
}

// find decides which Comune in force b is, or was at the date of the file.
func (m *matcher) find(b body, at atlas.Date) verdict {
	if v, ok := m.exception(b); ok {
		return v
	}
	code := m.atlas.Resolve(atlas.Ref{ISTAT: b.istat, At: at})
	ipa := m.atlas.Resolve(atlas.Ref{IPA: b.ipa, At: at})
	name := m.atlas.Resolve(atlas.Ref{Name: m.bare(b.name), Province: b.province, At: at})
	v := m.weigh(b, at, code, ipa, name)
	if u, ok := m.unborn(b, at, code, ipa, name); ok {
		v = verdict{comune: -1, how: LeftNotYet, unborn: u, out: true, exclude: Reason{Cause: NotYet}}
	} else if v.problem == "" && !v.out && m.atlas.Outlived(v.comune, at) {
		v = verdict{comune: v.comune, how: LeftNoMore, out: true, exclude: Reason{Cause: NoMore}}
	}
	if v.how != ByCodeAndName && v.how != ByIPAAndName {
		v.other = -1
	}
	return v
}

// unborn finds the Comune not yet born that b is about. Its code says so, unless
// IPA id and name agree on a Comune in force; without a known code the IPA id,
// and without either the name.
func (m *matcher) unborn(b body, at atlas.Date, code, ipa, name atlas.Match) (atlas.Unborn, bool) {
	if code.OK || ipa.OK && name.OK && ipa.Comune == name.Comune {
		return atlas.Unborn{}, false
	}
	if u, ok := m.atlas.Unborn(atlas.Ref{ISTAT: b.istat, At: at}); ok || ipa.OK {
		return u, ok
	}
	if u, ok := m.atlas.Unborn(atlas.Ref{IPA: b.ipa, At: at}); ok || name.OK {
		return u, ok
	}
	return m.atlas.Unborn(atlas.Ref{Name: m.bare(b.name), Province: b.province, At: at})
}

// weigh lets two of code, IPA id and name outvote the third.
func (m *matcher) weigh(b body, at atlas.Date, code, ipa, name atlas.Match) verdict {
	switch agree := func(x, y atlas.Match) bool { return x.OK && y.OK && x.Comune == y.Comune }; {
	case agree(code, ipa):
		return found(code)
	case agree(code, name) && ipa.OK:
		return verdict{comune: code.Comune, how: ByCodeAndName, other: ipa.Comune}
	case agree(code, name):
		return found(code)
	case code.OK && !name.OK && !ipa.OK && code.How == atlas.CodeAtDate:
		return verdict{comune: code.Comune, how: ByCodeAlone}
	case code.OK && !name.OK && !ipa.OK:
		return found(code)
	case code.OK && agree(ipa, name):
		return verdict{comune: ipa.Comune, how: ByIPAAndName, other: code.Comune}
	case code.OK:
		return m.undecided(b, code, ipa, name)
	case agree(ipa, name) || ipa.OK && !name.OK:
		return verdict{comune: ipa.Comune, how: ByIPA}
	case ipa.OK:
		return m.undecided(b, code, ipa, name)
	case name.OK:
		return verdict{comune: name.Comune, how: ByName, alias: name.Alias}
	}
	return m.unknown(b, at, name)
}

// found is a match by code, plain when the code held at the date of the file.
func found(code atlas.Match) verdict {
	if code.How == atlas.CodeAtDate {
		return verdict{comune: code.Comune}
	}
	return verdict{comune: code.Comune, how: ByOtherCode, bearer: code.Bearer}
}

// exception looks for the manifest's word on b.
func (m *matcher) exception(b body) (verdict, bool) {
	fits := func(w word, s string) bool { return w.Text == "" || strings.EqualFold(w.Text, s) }
	for i, e := range m.special {
		if !fits(e.ISTAT, b.istat) || !fits(e.IPA, b.ipa) || !fits(e.Body, b.name) || !fits(e.CUP, b.cup) {
			continue
		}
		m.used[i] = true
		if e.Out {
			return verdict{comune: -1, other: -1, out: true, exclude: said(e.Reason.Text)}, true
		}
		c, ok := m.byCode[e.Comune.Text]
		if !ok {
			return verdict{comune: -1, other: -1, problem: fmt.Sprintf("the exception gives %s to %q, which is not the cadastral code of a Comune in force", b, e.Comune.Text),
				hint: "correct eccezioni in the manifest"}, true
		}
		return verdict{comune: c, other: -1, how: ByException, reason: e.Reason.Text}, true
	}
	return verdict{}, false
}

// unusedExceptions notes what no row of the files asks for any more.
func (m *matcher) unusedExceptions(file string, list *diag.List) {
	for i, e := range m.special {
		if !m.used[i] {
			list.Note(e.Reason.Problem(file, "no row fits this exception any more", "delete it when the files do not need it"))
		}
	}
}

const exceptionHint = "say which Comune it is, or that the row is left out, under eccezioni in the manifest"

func (m *matcher) undecided(b body, code, ipa, name atlas.Match) verdict {
	var says []string
	for _, x := range []struct {
		match atlas.Match
		text  string
	}{{code, "ISTAT code " + b.istat}, {ipa, "IPA id " + b.ipa}, {name, fmt.Sprintf("name %q", b.name)}} {
		if x.match.OK {
			says = append(says, fmt.Sprintf("%s is %s", x.text, m.name(x.match)))
		}
	}
	return verdict{comune: -1, problem: "the row names two Comuni: " + strings.Join(says, ", "), hint: exceptionHint}
}

func (m *matcher) unknown(b body, at atlas.Date, name atlas.Match) verdict {
	v := verdict{comune: -1, problem: fmt.Sprintf("no Comune in force or ended fits %s on %s", b, at), hint: exceptionHint}
	if len(name.Others) > 0 {
		var others []string
		for _, i := range name.Others {
			others = append(others, m.atlas.Comuni[i].Name+" ("+m.atlas.Comuni[i].ISTAT+")")
		}
		v.hint = "it may be " + strings.Join(others, " or ") + "; " + exceptionHint
	}
	return v
}

func (m *matcher) name(x atlas.Match) string {
	c := m.atlas.Comuni[x.Comune]
	return c.Name + " (" + c.ISTAT + ")"
}

// bare takes the prefixes off a body's name: (SOPPRESSO) Comune di Carceri is
// Carceri.
func (m *matcher) bare(name string) string {
	name = strings.TrimSpace(name)
	for _, p := range m.prefixes {
		if len(name) > len(p) && strings.EqualFold(name[:len(p)], p) {
			if rest := name[len(p):]; strings.HasPrefix(rest, " ") {
				name = strings.TrimSpace(rest)
			}
		}
	}
	return name
}

// born is the cadastral code of the Comune that bore an ISTAT code at a date:
// the key of c, or that of a Comune that has since merged into it.
func born(c atlas.Comune, istat string, at atlas.Date) string {
	for _, s := range c.Codes {
		if s.ISTAT == istat && s.From <= at && at <= s.To {
			return s.Cadastral
		}
	}
	return c.Cadastral
}

// parts is how many Comuni c was at a date, as far as the readings go: a merger
// whose day is not known is taken to lie before the date if the merged Comune
// has a reading of its own, else after it.
func parts(a *atlas.Atlas, c atlas.Comune, at atlas.Date, of []reading) int {
	alive := map[string]bool{}
	for _, s := range c.Codes {
		if s.From <= at && at <= s.To {
			alive[s.Cadastral] = true
		}
	}
	if len(alive) <= 1 {
		return 1
	}
	for _, e := range a.Events {
		if e.Kind == atlas.Merger && e.NewCadastral == c.Cadastral && e.From <= at && at < e.To && alive[c.Cadastral] {
			if slices.ContainsFunc(of, func(r reading) bool { return r.born == c.Cadastral }) {
				return 1
			}
			return len(alive) - 1
		}
	}
	return len(alive)
}
