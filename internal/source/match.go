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

// verdict is what the matcher found: a Comune, a reason to leave the row out,
// or a problem.
type verdict struct {
	comune        int
	how, note     string // how is "" for a plain match by code
	exclude       string
	problem, hint string
	column        key // the column the problem is in
}

// key is one of the columns that name a body.
type key uint8

const (
	keyISTAT key = iota
	keyIPA
	keyName
	keyProvince
	keyCUP
)

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
	if code.OK && ipa.OK && code.Comune == ipa.Comune {
		return found(code, "")
	}
	name := m.atlas.Resolve(atlas.Ref{Name: m.bare(b.name), Province: b.province, At: at})
	switch agree := func(x atlas.Match) bool { return name.OK && name.Comune == x.Comune }; {
	case code.OK && agree(code) && ipa.OK:
		return noted(code, "codice e nome", fmt.Sprintf("the IPA id is that of %s", m.name(ipa)))
	case code.OK && agree(code):
		return found(code, name.Note)
	case code.OK && !name.OK && !ipa.OK && code.How == atlas.CodeAtDate:
		return noted(code, "codice, senza conferma", "neither the IPA id nor the name is known")
	case code.OK && !name.OK && !ipa.OK:
		return found(code, "")
	case code.OK && agree(ipa) && ipa.OK:
		return noted(ipa, "codice IPA e nome", fmt.Sprintf("the ISTAT code is that of %s", m.name(code)))
	case code.OK:
		return m.undecided(b, code, ipa, name)
	case ipa.OK && (agree(ipa) || !name.OK):
		return noted(ipa, "codice IPA", "")
	case ipa.OK:
		return m.undecided(b, code, ipa, name)
	case name.OK:
		return noted(name, "nome", name.Note)
	}
	return m.unknown(b, at, name)
}

// found is a match by code, plain when the code held at the date of the file.
func found(code atlas.Match, note string) verdict {
	if code.How == atlas.CodeAtDate {
		return verdict{comune: code.Comune}
	}
	if code.Note != "" {
		note = code.Note
	}
	return noted(code, "codice di un'altra data", note)
}

func noted(x atlas.Match, how, note string) verdict {
	return verdict{comune: x.Comune, how: how, note: note}
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
			return verdict{exclude: e.Reason.Text}, true
		}
		c, ok := m.byCode[e.Comune.Text]
		if !ok {
			return verdict{problem: fmt.Sprintf("the exception gives %s to %q, which is not the cadastral code of a Comune in force", b, e.Comune.Text),
				hint: "correct eccezioni in the manifest"}, true
		}
		return verdict{comune: c, how: "eccezione del manifesto", note: e.Reason.Text}, true
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
	return verdict{problem: "the row names two Comuni: " + strings.Join(says, ", "), hint: exceptionHint, column: keyISTAT}
}

func (m *matcher) unknown(b body, at atlas.Date, name atlas.Match) verdict {
	v := verdict{problem: fmt.Sprintf("no Comune in force or ended fits %s on %s", b, at), hint: exceptionHint, column: keyISTAT}
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
